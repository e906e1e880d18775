using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>A shop with data of its customers and of nobody, and an authorized controller over it.</summary>
internal static class ObjectModel
{
    public const string Text = """
        using Microsoft.EntityFrameworkCore;

        public sealed class Order { public int Id { get; set; } public string UserId { get; set; } = ""; public decimal Total { get; set; } }
        public sealed class Invoice { public Guid Id { get; set; } public AppUser? Owner { get; set; } }
        public sealed class AppUser { public string Id { get; set; } = ""; public string Name { get; set; } = ""; }
        public sealed class Note { public int Id { get; set; } public string CreatedBy { get; set; } = ""; }
        public sealed class Setting { public int Id { get; set; } public string CreatedBy { get; set; } = ""; public string LastModifiedBy { get; set; } = ""; }
        public sealed class Review { public int Id { get; set; } public string UserId { get; set; } = ""; }
        public sealed class Country { public int Id { get; set; } public string Name { get; set; } = ""; }
        public sealed record OrderInput(int OrderId, decimal Total);

        public sealed class ShopContext : DbContext
        {
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<Invoice> Invoices => Set<Invoice>();
            public DbSet<Note> Notes => Set<Note>();
            public DbSet<Setting> Settings => Set<Setting>();
            public DbSet<Review> Reviews => Set<Review>();
            public DbSet<Country> Countries => Set<Country>();
            public DbSet<AppUser> Users => Set<AppUser>();
        }
        """;

    public static string Controller(string members, string attributes = "[ApiController, Authorize, Route(\"orders\")]", string parameters = "ShopContext db") => $$"""
        using Microsoft.EntityFrameworkCore;

        {{attributes}}
        public sealed class OrdersController({{parameters}}) : ControllerBase
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal).Replace("    \n", "\n", StringComparison.Ordinal)}}
        }
        """;

    /// <summary>Members of the controller in a project whose host is elsewhere.</summary>
    public static CodeTest Members(string members, params (string Name, string Text)[] files) => With(Controller(members), files);

    public static CodeTest With(string controller, params (string Name, string Text)[] files) =>
        Code.Files([("OrdersController.cs", controller), ("Model.cs", Text), .. files]).Reference(Packages.EntityFrameworkCore).Option("api_security.host", "protected").Asks("ASA1021").Severity("ASA1021", DiagnosticSeverity.Info);
}
