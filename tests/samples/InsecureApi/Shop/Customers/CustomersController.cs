using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Protection;

namespace Shop.Customers;

/// <summary>The customer file.</summary>
[ApiController]
[Route("customers")]
public sealed class CustomersController(ShopContext context, CustomerSearch search, FieldCipher cipher, NoteCipher notes, PageTokens pages) : ControllerBase
{
    private const int PageSize = 2;

    /// <summary>All customers, a page at a time.</summary>
    [HttpGet]
    public async Task<ActionResult<CustomerPage>> List(string? page)
    {
        var after = page is null ? 0 : pages.Read(page);
        var rows = await context.Customers.Where(c => c.Id > after).OrderBy(c => c.Id).Take(PageSize).Select(c => new CustomerRow(c.Id, c.Name, c.Email)).ToListAsync();
        return new CustomerPage(rows, rows.Count == PageSize ? pages.Write(rows[^1].Id) : null);
    }

    /// <summary>The customer with an address.</summary>
    [HttpGet("by-email")]
    public async Task<IReadOnlyList<CustomerRow>> ByEmail(string email) => await search.ByEmailAsync(email);

    /// <summary>Customers whose name contains a text.</summary>
    [HttpGet("by-name")]
    public async Task<IReadOnlyList<CustomerRow>> ByName(string name) => await search.ByNameAsync(name);

    /// <summary>One customer with everything that is known.</summary>
    [HttpGet("{id:int}")]
    public async Task<ActionResult<CustomerDetails>> Get(int id)
    {
        var customer = await context.Customers.FindAsync(id);
        if (customer is null)
            return NotFound();
        return new CustomerDetails(customer.Name, customer.Email, cipher.Decrypt(customer.Iban), customer.Note is null ? null : notes.Decrypt(customer.Note));
    }

    /// <summary>Adds a customer.</summary>
    [HttpPost]
    public async Task<ActionResult<CustomerRow>> Add(CustomerDetails details)
    {
        var customer = new Customer
        {
            Name = details.Name,
            Email = details.Email,
            Iban = cipher.Encrypt(details.Iban),
            Note = details.Note is null ? null : notes.Encrypt(details.Note),
        };
        context.Customers.Add(customer);
        await context.SaveChangesAsync();
        return new CustomerRow(customer.Id, customer.Name, customer.Email);
    }
}
