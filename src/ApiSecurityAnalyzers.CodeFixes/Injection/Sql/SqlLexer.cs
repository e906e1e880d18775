using System.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Splits composed SQL text into tokens; values of the program are tokens, or parts of quoted ones.</summary>
internal sealed class SqlLexer
{
    private readonly List<SqlElement> _elements;
    private readonly Func<HolePiece, IReadOnlyList<SqlPiece>?> _expand;
    private int _position;
    private bool _glued;

    private SqlLexer(List<SqlElement> elements, Func<HolePiece, IReadOnlyList<SqlPiece>?> expand)
    {
        _elements = elements;
        _expand = expand;
    }

    public List<SqlToken> Tokens { get; } = [];

    /// <summary>All elements; where a value outside quotes is itself composed text, its parts stand in its place.</summary>
    public IReadOnlyList<SqlElement> Elements => _elements;

    /// <summary>Set where the text cannot be understood: a quote left open, a value in a comment, alternatives in quotes.</summary>
    public bool HasFailed { get; private set; }

    public static SqlLexer Run(IEnumerable<SqlPiece> pieces, Func<HolePiece, IReadOnlyList<SqlPiece>?> expand)
    {
        var elements = new List<SqlElement>();
        SqlElement.Flatten(pieces, elements);
        var lexer = new SqlLexer(elements, expand);
        while (lexer._position < elements.Count && !lexer.HasFailed)
            lexer.Next();
        return lexer;
    }

    private SqlElement this[int index] => index < _elements.Count ? _elements[index] : default;

    private void Next()
    {
        var element = _elements[_position];
        switch (element.Kind)
        {
            case SqlElementKind.Hole:
                if (_expand(element.Hole!) is { } pieces)
                {
                    var expanded = new List<SqlElement>();
                    SqlElement.Flatten(pieces, expanded);
                    _elements.RemoveAt(_position);
                    _elements.InsertRange(_position, expanded);
                    return;
                }

                Add(SqlTokenKind.Hole, _position + 1, "").Holes.Add(element.Hole!);
                return;
            case SqlElementKind.BranchStart:
                AddBorder(SqlTokenKind.BranchStart);
                return;
            case SqlElementKind.BranchNext:
                AddBorder(SqlTokenKind.BranchNext);
                return;
            case SqlElementKind.BranchEnd:
                AddBorder(SqlTokenKind.BranchEnd);
                return;
        }

        var c = element.Character;
        var next = this[_position + 1].Character;
        if (char.IsWhiteSpace(c))
        {
            _position++;
            _glued = false;
        }
        else if (c == '-' && next == '-' || c == '/' && next == '*')
            SkipComment(c == '/');
        else if (c == '\'')
            Quoted(SqlTokenKind.QuotedText, '\'', '\'');
        else if (c is '"' or '`')
            Quoted(SqlTokenKind.QuotedName, c, c);
        else if (c == '[' && !StartsArray())
            Quoted(SqlTokenKind.QuotedName, c, ']');
        else if (IsWordPart(c) || c is '@' or ':' or '#' or '$' && IsWordPart(next))
            Word(c);
        else
            Sign(c, next);
    }

    /// <summary><c>ARRAY[…]</c> and <c>column[1]</c> are no names.</summary>
    private bool StartsArray() => _glued && Tokens.Count > 0 && Tokens[Tokens.Count - 1].Kind == SqlTokenKind.Word && Tokens[Tokens.Count - 1].To == _position;

    private void Word(char first)
    {
        var text = new StringBuilder().Append(first);
        var end = _position + 1;
        while (this[end].Kind == SqlElementKind.Character && end < _elements.Count && IsWordPart(this[end].Character))
            text.Append(this[end++].Character);
        Add(char.IsDigit(first) ? SqlTokenKind.Number : SqlTokenKind.Word, end, text.ToString());
    }

    private void Sign(char c, char next)
    {
        var kind = c switch { ',' => SqlTokenKind.Comma, '(' => SqlTokenKind.Open, ')' => SqlTokenKind.Close, ';' => SqlTokenKind.Semicolon, _ => SqlTokenKind.Operator };
        var isTwo = c is '<' or '>' or '!' && next is '=' or '>' || c == '|' && next == '|' || c == ':' && next == ':';
        Add(kind, _position + (isTwo ? 2 : 1), isTwo ? $"{c}{next}" : c.ToString());
    }

    private void Quoted(SqlTokenKind kind, char open, char close)
    {
        var end = _position + 1;
        var holes = new List<HolePiece>();
        while (true)
        {
            if (end >= _elements.Count || _elements[end].IsBorder)
            {
                HasFailed = true;
                return;
            }

            if (_elements[end].Kind == SqlElementKind.Hole)
                holes.Add(_elements[end].Hole!);
            else if (_elements[end].Character == close)
            {
                if (this[end + 1].Character != close)
                    break;
                end++;
            }

            end++;
        }

        Add(kind, end + 1, open.ToString()).Holes.AddRange(holes);
    }

    private void SkipComment(bool isBlock)
    {
        _position += 2;
        _glued = false;
        while (_position < _elements.Count)
        {
            if (_elements[_position].Kind == SqlElementKind.Hole || _elements[_position].IsBorder && isBlock)
            {
                HasFailed = true;
                return;
            }

            if (_elements[_position].IsBorder)
                return;
            var c = _elements[_position++].Character;
            if (!isBlock && c == '\n')
                return;
            if (isBlock && c == '*' && this[_position].Character == '/')
            {
                _position++;
                return;
            }
        }

        HasFailed |= isBlock;
    }

    private SqlToken Add(SqlTokenKind kind, int end, string text)
    {
        var token = new SqlToken(kind, _position, end, text, _glued);
        Tokens.Add(token);
        _position = end;
        _glued = true;
        return token;
    }

    private void AddBorder(SqlTokenKind kind)
    {
        Add(kind, _position + 1, "");
        _glued = false;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '#' or '@';
}
