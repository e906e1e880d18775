namespace ApiSecurityAnalyzers.Tests.Platform;

public sealed partial class StateChangingGetTests
{
    private const string Types = """
        using Microsoft.EntityFrameworkCore;
        public class Order { public int Id { get; set; } public string Name { get; set; } = ""; public int Views { get; set; } public DateTime LastSeen { get; set; } public bool IsRead { get; set; } public string LastName { get; set; } = ""; }
        public class AuditEntry { public int Id { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<AuditEntry> Entries => Set<AuditEntry>(); }
        public interface IUnitOfWork { Task<int> SaveChangesAsync(); Task CommitAsync(); }
        public interface IOrderRepository { void Delete(int id); Task UpdateAsync(Order order); void Insert(Order order); void Add(Order order); Order? Find(int id); }
        public interface IOrderService { Task RemoveAsync(int id); Task<bool> DeleteOrder(int id); Order Get(int id); string RemoveHtml(string text); void UpdateLastSeen(int id); List<Order> RemoveDuplicates(List<Order> orders); }
        public interface IOrderCache { void Remove(int id); }
        public interface ISessionStore { void Delete(int id); }
        public interface IStringManager { void Update(string text); }
        public interface ISender { Task Send(object message); }
        public record DeleteOrder(int Id);
        public record ShipCommand(int Id);
        public record GetOrderQuery(int Id);
        public record ExportOrdersCommand(int Id);
        public record RecordVisitCommand(int Id);
        """;

    private const string Fields = """
        private readonly Shop _shop = null!;
        private readonly IUnitOfWork _work = null!;
        private readonly IOrderRepository _orders = null!;
        private readonly IOrderService _service = null!;
        private readonly IOrderCache _cache = null!;
        private readonly ISessionStore _sessions = null!;
        private readonly IStringManager _strings = null!;
        private readonly ISender _sender = null!;
        private readonly HttpClient _client = null!;
        private readonly Microsoft.Extensions.Caching.Memory.IMemoryCache _memory = null!;
        private readonly ILogger _logger = null!;
        private readonly System.Data.Common.DbConnection _connection = null!;
        private readonly Microsoft.AspNetCore.Identity.UserManager<Order> _users = null!;
        """;

    [Theory]
    [InlineData("_shop.Orders.Remove(_shop.Orders.First()); await _shop.SaveChangesAsync();", "Remove")]
    [InlineData("var order = await _shop.Orders.FirstAsync(); order.Name = \"x\"; await _shop.SaveChangesAsync();", "SaveChangesAsync")]
    [InlineData("var order = await _shop.Orders.FirstAsync(); order.LastName = \"x\"; await _shop.SaveChangesAsync();", "SaveChangesAsync")]
    [InlineData("var order = await _shop.Orders.FirstAsync(); order.Views++; order.Name = \"x\"; _shop.SaveChanges();", "SaveChanges")]
    [InlineData("_shop.Add(new Order()); _shop.SaveChanges();", "Add")]
    [InlineData("await _shop.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();", "ExecuteDeleteAsync")]
    [InlineData("await _shop.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Name, \"x\"));", "ExecuteUpdateAsync")]
    [InlineData("await _shop.Database.ExecuteSqlAsync($\"DELETE FROM Orders WHERE Id = {id}\");", "ExecuteSqlAsync")]
    [InlineData("await _shop.Database.ExecuteSqlRawAsync(\"EXEC purge_all\");", "ExecuteSqlRawAsync")]
    [InlineData("await _work.SaveChangesAsync();", "SaveChangesAsync")]
    [InlineData("await _work.CommitAsync();", "CommitAsync")]
    [InlineData("_orders.Delete(id);", "Delete")]
    [InlineData("_orders.Insert(new Order());", "Insert")]
    [InlineData("_orders.Add(new Order());", "Add")]
    [InlineData("var order = _orders.Find(id)!; order.Name = \"x\"; await _orders.UpdateAsync(order);", "UpdateAsync")]
    [InlineData("await _service.RemoveAsync(id);", "RemoveAsync")]
    [InlineData("if (await _service.DeleteOrder(id)) return;", "DeleteOrder")]
    [InlineData("_service?.DeleteOrder(id);", "DeleteOrder")]
    [InlineData("using var command = _connection.CreateCommand(); command.CommandText = \"UPDATE Orders SET Name = ''\"; command.ExecuteNonQuery();", "ExecuteNonQuery")]
    [InlineData("await _connection.ExecuteAsync(\"delete from Orders where Id = @id\", new { id });", "ExecuteAsync")]
    [InlineData("const string Sql = \"INSERT INTO Orders VALUES (1)\"; _connection.Execute(Sql);", "Execute")]
    [InlineData("await _sender.Send(new DeleteOrder(id));", "Send")]
    [InlineData("await _sender.Send(new ShipCommand(id));", "Send")]
    [InlineData("var command = new ShipCommand(id); await _sender.Send(command);", "Send")]
    [InlineData("await _users.DeleteAsync(new Order());", "DeleteAsync")]
    [InlineData("await _users.AddToRoleAsync(new Order(), \"admin\");", "AddToRoleAsync")]
    [InlineData("Wipe(id);", "Wipe")]
    [InlineData("this.Wipe(id);", "Wipe")]
    [InlineData("new Cleaner(_orders).RemoveAll(id);", "RemoveAll")]
    [InlineData("try { _orders.Delete(id); } catch (Exception) when (id > 0) { }", "Delete")]
    [InlineData("await Task.Run(() => _orders.Delete(id));", "Delete")]
    public Task Reports_action(string body, string changed) => Action("[HttpGet(\"{id}/x\")] public async Task {|ASA8002:Finish|}(int id) { " + body + " await Task.Yield(); }")
        .Message("ASA8002", $"'AController.Finish' changes state by '{changed}' on a GET request, which a link, an image or a crawler sends without anybody's will").CheckAsync();

    [Theory]
    [InlineData("[HttpGet] public void {|ASA8002:Delete|}(int id) => _orders.Delete(id);")]
    [InlineData("[HttpGet] public void {|ASA8002:GetAndForget|}(int id) => _orders.Delete(id);")]
    [InlineData("[HttpGet] public void {|ASA8002:GetOrder|}(int id) { _shop.Orders.Add(new Order()); _shop.SaveChanges(); }")]
    [InlineData("[HttpHead] public void {|ASA8002:Delete|}(int id) => _orders.Delete(id);")]
    [InlineData("[HttpGet, HttpPost] public void {|ASA8002:Delete|}(int id) => _orders.Delete(id);")]
    [InlineData("[AcceptVerbs(\"GET\", \"POST\")] public void {|ASA8002:Delete|}(int id) => _orders.Delete(id);")]
    [InlineData("[Route(\"x\"), HttpGet] public void {|ASA8002:Delete|}(int id) => _orders.Delete(id);")]
    [InlineData("[AllowAnonymous, HttpGet(\"x\", Name = \"n\")] public IActionResult {|ASA8002:Delete|}(int id) { _orders.Delete(id); return Ok(); }")]
    public Task Reports_verbs(string action) => Action(action).CheckAsync();

    [Theory]
    [InlineData("public class AController(IOrderRepository orders) : Controller { public IActionResult {|ASA8002:Delete|}(int id) { orders.Delete(id); return RedirectToAction(\"Index\"); } public IActionResult Index() => View(); }")]
    [InlineData("public class AController(IOrderRepository orders) : Controller { [HttpGet] public IActionResult {|ASA8002:Delete|}(int id) { orders.Delete(id); return View(); } }")]
    [InlineData("public abstract class Base(IOrderRepository orders) : ControllerBase { [HttpGet(\"x\")] public void {|ASA8002:Delete|}(int id) => orders.Delete(id); }\n[Route(\"a\")] public class AController(IOrderRepository orders) : Base(orders);\n[Route(\"b\")] public class BController(IOrderRepository orders) : Base(orders);")]
    [InlineData("public interface IStockService { Task ReduceStock(int id); Task UpdateStock(int id); }\npublic class StockService(Shop shop) : IStockService { public Task ReduceStock(int id) => shop.SaveChangesAsync(); public async Task UpdateStock(int id) { await ReduceStock(id); } }\n[Route(\"a\")] public class AController(IStockService stock) : ControllerBase { [HttpGet] public Task {|ASA8002:Change|}(int id) => stock.UpdateStock(id); }")]
    public Task Reports_controller(string types) => Code.Library(types).With("Types.cs", Types).Reference(Packages.EntityFrameworkCore).CheckAsync();

    [Theory]
    [InlineData("app.{|ASA8002:MapGet|}(\"/orders/delete/{id}\", (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();")]
    [InlineData("app.{|ASA8002:MapGet|}(\"/orders/x\", async (int id, Shop shop) => { shop.Orders.Add(new Order()); await shop.SaveChangesAsync(); return Results.Ok(); }).RequireAuthorization();")]
    [InlineData("app.{|ASA8002:MapGet|}(\"/x\", Delete).RequireAuthorization();\nstatic void Delete(int id, IOrderRepository orders) => orders.Delete(id);")]
    [InlineData("app.{|ASA8002:MapMethods|}(\"/x\", [\"GET\", \"POST\"], (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();")]
    [InlineData("app.{|ASA8002:MapMethods|}(\"/x\", new[] { HttpMethods.Head }, (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();")]
    [InlineData("app.MapGroup(\"/g\").RequireAuthorization().{|ASA8002:MapGet|}(\"/x\", async (int id, ISender sender) => await sender.Send(new ShipCommand(id)));")]
    [InlineData("app.{|ASA8002:MapGet|}(\"/x\", async context => { context.RequestServices.GetRequiredService<IOrderRepository>().Delete(1); await Task.Yield(); }).RequireAuthorization();")]
    public Task Reports_route(string routes) => Code.MinimalApi(routes).With("Types.cs", Types).Reference(Packages.EntityFrameworkCore).CheckAsync();

    private static CodeTest Action(string action) => Code.Library($$"""
        using Dapper;
        using Microsoft.EntityFrameworkCore;

        [ApiController, Route("a")]
        public class AController : ControllerBase
        {
        {{Fields}}
            {{action}}
            private void Wipe(int id) => _orders.Delete(id);
        }
        public class Cleaner(IOrderRepository orders) { public void RemoveAll(int id) => orders.Delete(id); }
        """).With("Types.cs", Types).Reference(Packages.EntityFrameworkCore).Reference(Packages.Dapper);
}
