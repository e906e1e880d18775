namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <content>Where the caller has a part in it, where nobody owns what is loaded, or where that cannot be seen.</content>
public sealed partial class UncheckedObjectReferenceTests
{
    [Theory]
    [InlineData("[HttpGet(\"{id}\")] public Task<Order> Get(int id) => db.Orders.SingleAsync(o => o.Id == id && o.UserId == User.Identity!.Name);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<IActionResult> Get(int id) { var order = await db.Orders.FindAsync(id); var name = User.FindFirst(\"sub\")?.Value; return order?.UserId == name ? Ok(order) : Forbid(); }")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<IActionResult> Get(int id, [FromServices] IAuthorizationService authorization) { var order = await db.Orders.FindAsync(id); return (await authorization.AuthorizeAsync(User, order, \"own\")).Succeeded ? Ok(order) : Forbid(); }")]
    [InlineData("[HttpGet(\"{id}\")] public Task<Order> Get(int id) => db.Orders.SingleAsync(o => o.Id == id && o.UserId == CurrentId); private string CurrentId => HttpContext.User.Identity!.Name!;")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) { await Check(id); return await db.Orders.FindAsync(id); } private Task Check(int id) => HttpContext.User.IsInRole(\"a\") ? Task.CompletedTask : throw new InvalidOperationException();")]
    [InlineData("[HttpGet(\"{id}\"), Authorize(Roles = \"Staff\")] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id);")]
    [InlineData("[HttpGet(\"{id}\"), Authorize(\"CanReadOrders\")] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id);")]
    [InlineData("[HttpGet(\"{id}\"), AllowAnonymous] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Country?> Get(int id) => await db.Countries.FindAsync(id);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Note?> Get(int id) => await db.Notes.FindAsync(id);")]
    [InlineData("[HttpPut(\"{id}\")] public async Task Put(int id) { var setting = await db.Settings.FindAsync(id); await db.SaveChangesAsync(); }")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Review?> Get(int id) => await db.Reviews.FindAsync(id);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<AppUser?> Get(string id) => await db.Users.FindAsync(id);")]
    [InlineData("[HttpGet] public Task<List<Order>> Get() => db.Orders.ToListAsync();")]
    [InlineData("[HttpGet(\"top/{count}\")] public Task<List<Order>> Top(int count) => db.Orders.Take(count).ToListAsync();")]
    [InlineData("[HttpPost] public async Task Post(OrderInput input) { db.Orders.Add(new Order { Id = input.OrderId, Total = input.Total }); await db.SaveChangesAsync(); }")]
    [InlineData("[HttpGet(\"{id}\")] public Task<bool> Has(int id) => db.Orders.AnyAsync(o => o.Id == id);")]
    public Task Silent_where_the_caller_is_asked_for_or_nobody_owns_it(string member) => ObjectModel.Members(member).CheckAsync();

    [Theory]
    [InlineData("[ApiController, Authorize(Policy = \"Staff\"), Route(\"orders\")]")]
    [InlineData("[ApiController, Authorize(Roles = \"Admin\"), Route(\"orders\")]")]
    [InlineData("[ApiController, Authorize, OwnOrders, Route(\"orders\")]")]
    [InlineData("[ApiController, Authorize, Route(\"admin/orders\")]")]
    [InlineData("[ApiController, Authorize, TypeFilter(typeof(OwnOrdersAttribute)), Route(\"orders\")]")]
    public Task Silent_where_the_controller_asks_for_more_than_a_sign_in(string attributes) => ObjectModel.With(
        ObjectModel.Controller("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id);", attributes),
        ("OwnOrders.cs", "public sealed class OwnOrdersAttribute : Attribute, Microsoft.AspNetCore.Mvc.Filters.IActionFilter { public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext c) { } public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext c) { } }")).CheckAsync();

    [Theory]
    [InlineData("public sealed class OrderService(ShopContext db, ICurrentUser currentUser) : IOrderService { public Task<Order> GetAsync(int id) => db.Orders.SingleAsync(o => o.Id == id && o.UserId == currentUser.Id); }")]
    [InlineData("public sealed class OrderService(ShopContext db, IHttpContextAccessor accessor) : IOrderService { public Task<Order> GetAsync(int id) => Load(id); private Task<Order> Load(int id) { var name = accessor.HttpContext!.User.Identity!.Name; return db.Orders.SingleAsync(o => o.Id == id && o.UserId == name); } }")]
    [InlineData("")]
    public Task Silent_where_the_service_asks_for_the_caller_or_cannot_be_seen(string service) => ObjectModel.With(
        ObjectModel.Controller("[HttpGet(\"{id}\")] public Task<Order> Get(int id) => orders.GetAsync(id);", parameters: "IOrderService orders"),
        ("Services.cs", "using Microsoft.EntityFrameworkCore;\npublic interface IOrderService { Task<Order> GetAsync(int id); }\npublic interface ICurrentUser { string Id { get; } }\n" + service)).CheckAsync();

    [Fact]
    public Task Silent_where_the_model_narrows_every_query() => ObjectModel.Members("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id);", ("Filtered.cs", """
        using Microsoft.EntityFrameworkCore;

        public sealed class OtherContext(string tenant) : DbContext
        {
            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>().HasQueryFilter(o => o.UserId == tenant);
        }
        """)).CheckAsync();

    [Theory]
    [InlineData("app.MapGet(\"/orders/{id}\", async (int id, ShopContext db) => await db.Orders.FindAsync(id)).RequireAuthorization(\"Staff\");")]
    [InlineData("app.MapGet(\"/orders/{id}\", async (int id, ShopContext db) => await db.Orders.FindAsync(id)).AllowAnonymous();")]
    [InlineData("app.MapGroup(\"/orders\").RequireAuthorization(p => p.RequireRole(\"Staff\")).MapGet(\"/{id}\", async (int id, ShopContext db) => await db.Orders.FindAsync(id));")]
    [InlineData("app.MapGet(\"/orders/{id}\", async (int id, ShopContext db, System.Security.Claims.ClaimsPrincipal who) => await db.Orders.SingleAsync(o => o.Id == id && o.UserId == who.Identity!.Name)).RequireAuthorization();")]
    [InlineData("app.MapGet(\"/orders/{id}\", [Authorize(Roles = \"Staff\")] async (int id, ShopContext db) => await db.Orders.FindAsync(id));")]
    public Task Silent_about_mapped_endpoints_that_ask_for_more(string endpoints) =>
        Code.MinimalApi("using Microsoft.EntityFrameworkCore;\n" + endpoints).With("Model.cs", ObjectModel.Text).Reference(Packages.EntityFrameworkCore).Asks("ASA1021").CheckAsync();

    [Fact]
    public Task Silent_where_the_default_policy_asks_for_a_role() => ObjectModel.Members("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) => await db.Orders.FindAsync(id);",
        ("Policies.cs", "public static class Policies { public static void Add(IServiceCollection services) { services.AddAuthorization(o => o.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(\"Staff\").Build()); } }")).CheckAsync();

    [Fact]
    public Task Silent_in_broken_code() => ObjectModel.Members("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) => await db.Ordrs.FindAsync(id);").Broken().CheckAsync();
}
