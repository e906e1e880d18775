using Microsoft.EntityFrameworkCore;

namespace Shop.Data;

/// <summary>The shop's database.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Employee> Employees => Set<Employee>();
}
