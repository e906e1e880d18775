using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1021: what belongs to somebody is reached by its id without regard to the caller.</summary>
public sealed partial class UncheckedObjectReferenceTests
{
    [Fact]
    public Task Reports_entity_that_is_found_by_the_id_of_the_route() =>
        ObjectModel.Members("[HttpGet(\"{id}\")] public async Task<Order?> {|ASA1021:Get|}(int id) => await db.Orders.FindAsync(id);")
            .Message("ASA1021", "'OrdersController.Get' reaches 'Order' by an id of the request and never compares its 'UserId' with the caller, so whoever is signed in reaches everybody's")
            .CheckAsync();

    [Theory]
    [InlineData("[HttpGet(\"{id}\")] public async Task<ActionResult<Order>> {|ASA1021:Get|}(int id) { var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id); return order is null ? NotFound() : order; }")]
    [InlineData("[HttpGet(\"{id}\")] public Order {|ASA1021:Get|}(int id) => db.Orders.Single(o => o.Id == id);")]
    [InlineData("[HttpGet(\"{id}\")] public decimal {|ASA1021:Get|}(int id) => db.Orders.Where(o => o.Id == id).Select(o => o.Total).First();")]
    [InlineData("[HttpGet(\"{id}\")] public decimal {|ASA1021:Get|}(int id) => (from o in db.Orders.Where(x => x.Id == id) select o.Total).First();")]
    [InlineData("[HttpGet(\"{invoiceId}\")] public async Task<IActionResult> {|ASA1021:Get|}(Guid invoiceId) => Ok(await db.Invoices.AsNoTracking().SingleOrDefaultAsync(i => i.Id == invoiceId));")]
    [InlineData("[HttpPut] public async Task {|ASA1021:Update|}(OrderInput input) { var order = await db.Orders.FindAsync(input.OrderId); order!.Total = input.Total; await db.SaveChangesAsync(); }")]
    [InlineData("[HttpDelete(\"{id}\")] public Task {|ASA1021:Delete|}(int id) => db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();")]
    [InlineData("[HttpDelete(\"{id}\")] public async Task {|ASA1021:Delete|}(int id) { var note = await db.Notes.FindAsync(id); db.Notes.Remove(note!); await db.SaveChangesAsync(); }")]
    [InlineData("[HttpDelete(\"{id}\")] public async Task {|ASA1021:Delete|}(int id) { var review = await db.Reviews.FindAsync(id); db.Reviews.Remove(review!); await db.SaveChangesAsync(); }")]
    [InlineData("[HttpGet(\"of/{userId}\")] public Task<List<Order>> {|ASA1021:Of|}(string userId) => db.Orders.Where(o => o.UserId == userId).ToListAsync();")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<object?> {|ASA1021:Get|}(int id) { var order = await db.Orders.FindAsync(id); return new { order!.Id, order.UserId }; }")]
    public Task Reports_however_it_is_loaded_or_changed(string member) => ObjectModel.Members(member).CheckAsync();

    [Fact]
    public Task Reports_what_an_own_repository_and_service_load() => ObjectModel.With(ObjectModel.Controller("""
        [HttpGet("{id}")]
        public async Task<IActionResult> {|ASA1021:Get|}(int id) => Ok(await orders.GetTotalAsync(id));

        [HttpGet("{id}/all")]
        public async Task<IActionResult> {|ASA1021:All|}(int id) => Ok(await repository.GetByIdAsync(id));
        """, parameters: "IOrderService orders, IOrderRepository repository"), ("Services.cs", """
        public interface IOrderService { Task<decimal> GetTotalAsync(int id); }
        public interface IOrderRepository { Task<Order?> GetByIdAsync(int id); }
        public sealed class OrderService(IOrderRepository repository) : IOrderService { public async Task<decimal> GetTotalAsync(int id) => (await repository.GetByIdAsync(id))!.Total; }
        public sealed class OrderRepository(ShopContext db) : IOrderRepository { public async Task<Order?> GetByIdAsync(int id) => await db.Orders.FindAsync(id); }
        """)).CheckAsync();

    [Fact]
    public Task Reports_what_the_handler_of_a_message_loads() => ObjectModel.With(ObjectModel.Controller("[HttpGet(\"{id}\")] public Task<decimal> {|ASA1021:Get|}(int id) => mediator.Send(new GetTotal(id));", parameters: "IMediator mediator"), ("Mediator.cs", """
        public interface IRequest<T> { }
        public interface IMediator { Task<T> Send<T>(IRequest<T> request); }
        public interface IRequestHandler<TRequest, T> where TRequest : IRequest<T> { Task<T> Handle(TRequest request, CancellationToken cancellationToken); }
        public sealed class Mediator(IServiceProvider services) : IMediator { public Task<T> Send<T>(IRequest<T> request) => services.GetRequiredService<Task<T>>(); }
        public sealed record GetTotal(int Id) : IRequest<decimal>;
        public sealed class GetTotalHandler(ShopContext db) : IRequestHandler<GetTotal, decimal>
        {
            public async Task<decimal> Handle(GetTotal request, CancellationToken cancellationToken) => (await db.Orders.FindAsync([request.Id], cancellationToken))!.Total;
        }
        """)).CheckAsync();

    [Theory]
    [InlineData("app.{|ASA1021:MapGet|}(\"/orders/{id}\", async (int id, ShopContext db) => await db.Orders.FindAsync(id)).RequireAuthorization();")]
    [InlineData("var orders = app.MapGroup(\"/orders\").RequireAuthorization(); orders.{|ASA1021:MapDelete|}(\"/{id}\", (int id, ShopContext db) => db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync());")]
    [InlineData("app.{|ASA1021:MapGet|}(\"/orders/{id}\", Get).RequireAuthorization(); static ValueTask<Order?> Get(int id, ShopContext db) => db.Orders.FindAsync(id);")]
    public Task Reports_mapped_endpoints(string endpoints) =>
        Code.MinimalApi("using Microsoft.EntityFrameworkCore;\n" + endpoints).With("Model.cs", ObjectModel.Text).Reference(Packages.EntityFrameworkCore).Asks("ASA1021").Severity("ASA1021", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Reports_although_deleted_rows_are_filtered_out() => ObjectModel.Members("[HttpGet(\"{id}\")] public async Task<Order?> {|ASA1021:Get|}(int id) => await db.Orders.FindAsync(id);", ("Filtered.cs", """
        using Microsoft.EntityFrameworkCore;

        public sealed class Entry { public int Id { get; set; } public bool IsDeleted { get; set; } }
        public sealed class OtherContext : DbContext
        {
            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Entry>().HasQueryFilter(entry => !entry.IsDeleted);
        }
        """)).CheckAsync();
}
