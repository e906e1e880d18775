(() => {
  'use strict';
  const find = id => document.getElementById(id);
  const body = find('rows');
  if (!body)
    return;
  document.documentElement.classList.add('js');

  const ranks = {
    access: ['open', 'unknown', 'anonymous', 'protected'],
    limiter: ['no', 'disabled', 'unknown', 'yes'],
    log: ['no', 'unknown', 'yes'],
    forgery: ['no', 'unknown', 'yes'],
  };
  // what the page was written with is the order of equal rows
  const rows = Array.from(body.rows, (row, index) => ({ row, index, data: row.dataset, text: '', keys: {} }));
  const heads = Array.from(document.querySelectorAll('thead th[data-sort]'));
  const sortChoice = find('sort');
  let sorted = 'access';
  let descending = false;

  const key = (item, column) => item.keys[column] ??= ranks[column]
    ? ranks[column].indexOf(item.data[column])
    : item.row.querySelector(column === 'route' ? '.route' : '.name').textContent.toLowerCase();

  const compare = (left, right) => {
    const a = key(left, sorted);
    const b = key(right, sorted);
    if (a === b)
      return left.index - right.index;
    return (a < b) === descending ? 1 : -1;
  };

  const sort = (column, isDescending) => {
    sorted = column;
    descending = isDescending;
    rows.sort(compare);
    // out of the page, rows move in a third of the time
    body.remove();
    body.append(...rows.map(item => item.row));
    find('table').append(body);
    for (const head of heads) {
      if (head.dataset.sort === column)
        head.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      else
        head.removeAttribute('aria-sort');
    }
    sortChoice.value = column;
  };

  const filter = () => {
    const access = document.querySelector('input[name="access"]:checked').value;
    const method = find('method').value;
    const gap = find('gap').value;
    const terms = find('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of rows) {
      const { data } = item;
      const isShown = (access === '' || data.access === access)
        // without methods an endpoint answers any
        && (method === '' || data.methods === '' || data.methods.split(' ').includes(method))
        && (gap === '' || data[gap] === 'no' || data[gap] === 'disabled')
        && terms.every(term => (item.text ||= item.row.textContent.toLowerCase()).includes(term));
      if (item.row.hidden === isShown)
        item.row.hidden = !isShown;
      shown += isShown ? 1 : 0;
    }
    find('status').textContent = shown === rows.length ? `All ${shown} shown` : `${shown} of ${rows.length} shown`;
    find('none').hidden = shown > 0;
    find('table').hidden = shown === 0;
  };

  let waiting = 0;
  const filterSoon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(filter);
  };

  for (const head of heads)
    head.firstElementChild.addEventListener('click', () => sort(head.dataset.sort, head.getAttribute('aria-sort') === 'ascending'));
  sortChoice.addEventListener('change', () => sort(sortChoice.value, false));
  find('search').addEventListener('input', filterSoon);
  for (const control of document.querySelectorAll('select:not(#sort), input[name="access"]'))
    control.addEventListener('change', filterSoon);
  // a browser restores what was chosen before a reload
  sort(sorted, descending);
  filter();
})();
