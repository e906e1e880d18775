using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shop.Protection;

namespace Shop.Data;

/// <summary>Creates the database at the first start. The first employee comes from the settings 'FirstEmployee:Name' and 'FirstEmployee:Password'.</summary>
public static class ShopSeed
{
    public static async Task RunAsync(IServiceProvider services, IConfiguration configuration)
    {
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ShopContext>();
        var cipher = scope.ServiceProvider.GetRequiredService<FieldCipher>();
        if (!await context.Database.EnsureCreatedAsync())
            return;

        context.Customers.AddRange(
            new Customer { Name = "Ada Bell", Email = "ada@example.org", Iban = cipher.Encrypt("GB33BUKB20201555555555") },
            new Customer { Name = "Ben Cole", Email = "ben@example.org", Iban = cipher.Encrypt("GB94BARC10201530093459") },
            new Customer { Name = "Cem Dal", Email = "cem@example.org", Iban = cipher.Encrypt("GB15MIDL40051512345678") });
        context.Orders.AddRange(
            new Order { CustomerId = 1, Product = "Kettle", Status = "new", Cents = 4990 },
            new Order { CustomerId = 1, Product = "Teapot", Status = "paid", Cents = 2950 },
            new Order { CustomerId = 2, Product = "Kettle", Status = "new", Cents = 4990 },
            new Order { CustomerId = 3, Product = "Mug", Status = "shipped", Cents = 890 });

        if (configuration["FirstEmployee:Name"] is { } name && configuration["FirstEmployee:Password"] is { } password)
        {
            var employee = new Employee { Name = name };
            employee.PasswordHash = new PasswordHasher<Employee>().HashPassword(employee, password);
            context.Employees.Add(employee);
        }

        await context.SaveChangesAsync();
    }
}
