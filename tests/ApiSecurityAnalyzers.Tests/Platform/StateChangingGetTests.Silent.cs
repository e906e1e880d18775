namespace ApiSecurityAnalyzers.Tests.Platform;

public sealed partial class StateChangingGetTests
{
    [Theory]
    [InlineData("_logger.LogInformation(\"x\");")]
    [InlineData("_memory.Remove(\"x\"); _cache.Remove(id); _sessions.Delete(id);")]
    [InlineData("HttpContext.Session.Remove(\"x\"); HttpContext.Session.SetString(\"a\", \"b\"); Response.Cookies.Delete(\"x\"); Response.Headers.Remove(\"x\");")]
    [InlineData("await _client.DeleteAsync(\"https://example.com\"); await _client.SendAsync(new HttpRequestMessage());")]
    [InlineData("var list = new List<int> { 1 }; list.Remove(1); list.Add(2); list.RemoveAll(i => i > 1); list.Insert(0, 1);")]
    [InlineData("var map = new Dictionary<int, int>(); map.Remove(1); map.Add(1, 2);")]
    [InlineData("var text = \"abc\".Remove(1).Insert(0, \"x\").Replace(\"a\", \"b\");")]
    [InlineData("var text = new System.Text.StringBuilder(\"abc\").Remove(0, 1).Insert(0, \"x\");")]
    [InlineData("_strings.Update(\"x\");")]
    [InlineData("var text = _service.RemoveHtml(\"x\"); var rest = _service.RemoveDuplicates([]);")]
    [InlineData("_service.UpdateLastSeen(id);")]
    [InlineData("_shop.Entries.Add(new AuditEntry()); await _shop.SaveChangesAsync();")]
    [InlineData("var order = await _shop.Orders.FirstAsync(); order.LastSeen = DateTime.UtcNow; await _shop.SaveChangesAsync();")]
    [InlineData("var order = await _shop.Orders.FirstAsync(); order.Views++; await _shop.SaveChangesAsync();")]
    [InlineData("var order = await _shop.Orders.FirstAsync(); order.Views += 1; var answer = new Order(); answer.Name = order.Name; await _shop.SaveChangesAsync();")]
    [InlineData("var order = _orders.Find(id)!; order.IsRead = true; await _orders.UpdateAsync(order);")]
    [InlineData("await _shop.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Views, o => o.Views + 1));")]
    [InlineData("var order = await _shop.Orders.FirstOrDefaultAsync(); if (order is null) { order = new Order(); _shop.Orders.Add(order); await _shop.SaveChangesAsync(); }")]
    [InlineData("if (!_shop.Orders.Any()) { _orders.Add(new Order()); }")]
    [InlineData("using var command = _connection.CreateCommand(); command.CommandText = \"SET NOCOUNT ON\"; command.ExecuteNonQuery();")]
    [InlineData("using var command = _connection.CreateCommand(); command.CommandText = \"INSERT INTO AuditLog VALUES (1)\"; command.ExecuteNonQuery();")]
    [InlineData("await _shop.Database.ExecuteSqlAsync($\"UPDATE Orders SET Views = Views + 1 WHERE Id = {id}\");")]
    [InlineData("await _connection.ExecuteAsync(\"get_orders\"); _connection.Execute(\"SELECT 1\");")]
    [InlineData("await _sender.Send(new GetOrderQuery(id)); await _sender.Send(new ExportOrdersCommand(id)); await _sender.Send(new RecordVisitCommand(id));")]
    [InlineData("await _users.CreateSecurityTokenAsync(new Order()); await _users.GeneratePasswordResetTokenAsync(new Order()); await _users.FindByIdAsync(\"x\");")]
    [InlineData("_ = _service.Get(id);")]
    [InlineData("_ = GetOrders(id);")]
    [InlineData("if (HttpMethods.IsPost(Request.Method)) _orders.Delete(id);")]
    [InlineData("if (Request.Method == \"POST\") _orders.Delete(id);")]
    [InlineData("Func<string> name = () => nameof(_orders.Delete);")]
    public Task Silent_action(string body) => Action("[HttpGet(\"{id}/x\")] public async Task Finish(int id) { " + body + " await Task.Yield(); } private int GetOrders(int id) { _orders.Delete(id); return 0; }").CheckAsync();

    [Theory]
    [InlineData("[HttpPost] public void Delete(int id) => _orders.Delete(id);")]
    [InlineData("[HttpDelete(\"{id}\")] public void Delete(int id) => _orders.Delete(id);")]
    [InlineData("[AcceptVerbs(\"POST\", \"PUT\")] public void Delete(int id) => _orders.Delete(id);")]
    [InlineData("[NonAction] public void Delete(int id) => _orders.Delete(id);")]
    [InlineData("[HttpGet(\"confirm\")] public void ConfirmEmail(string token) => _orders.Delete(1);")]
    [InlineData("[HttpGet(\"unsubscribe/{code}\")] public void Leave(string code) => _orders.Delete(1);")]
    [InlineData("[HttpGet(\"signin-callback\")] public void Back() => _orders.Add(new Order());")]
    [InlineData("[HttpGet] public void ExternalLoginCallback() => _orders.Add(new Order());")]
    [InlineData("[HttpGet(\"slack/create\")] public void CreateIntegration(string code, string state) => _orders.Add(new Order());")]
    [InlineData("[HttpGet] public async Task<Order> GetOrder(int id) { var order = _service.Get(id); await _orders.UpdateAsync(order); return order; }")]
    [InlineData("[HttpGet] public void GetLicense(int id) => SaveInstallation(id); private void SaveInstallation(int id) { _orders.Insert(new Order()); }")]
    [InlineData("[HttpGet(\"logout\")] public void Leave() => _orders.Delete(1);")]
    [InlineData("[HttpGet] public Order Get(int id) => _service.Get(id);")]
    public Task Silent_verbs(string action) => Action(action).CheckAsync();

    [Fact]
    public Task Silent_where_ASA8001_asks_for_a_verb() => Action("public void {|ASA8001:Delete|}(int id) => _orders.Delete(id);").CheckAsync();

    [Theory]
    [InlineData("public class AController(IOrderRepository orders) : Controller { public IActionResult Delete([FromBody] Order order) { orders.Delete(order.Id); return View(); } }")]
    [InlineData("public class AController(IOrderRepository orders) : Controller { public IActionResult Delete() { orders.Delete(int.Parse(Request.Form[\"id\"]!)); return View(); } }")]
    [InlineData("public class ListService(IOrderService inner) { private readonly List<int> _list = []; public void RemoveFilter(int id) { _list.Remove(id); inner.Get(id); } }\n[Route(\"a\")] public class AController(ListService list) : ControllerBase { [HttpGet] public void Show(int id) => list.RemoveFilter(id); }")]
    [InlineData("public class OrderReader(Shop shop) { public Order GetOrder(int id) { var order = shop.Orders.Find(id)!; order.Name = \"x\"; shop.SaveChanges(); return order; } }\n[Route(\"a\")] public class AController(OrderReader reader) : ControllerBase { [HttpGet] public Order Show(int id) => reader.GetOrder(id); }")]
    [InlineData("public interface ISeriesRepository { Task AddSeriesModifiers(int id, List<Order> series); }\npublic class SeriesRepository(Shop shop) : ISeriesRepository { public async Task AddSeriesModifiers(int id, List<Order> series) { var order = await shop.Orders.FindAsync(id); foreach (var s in series) s.Name = order!.Name; } }\n[Route(\"a\")] public class AController(ISeriesRepository series) : ControllerBase { [HttpGet] public Task Show(int id) => series.AddSeriesModifiers(id, []); }")]
    [InlineData("public interface IReaderService { Task SaveReadingProgress(int id); }\n[Route(\"a\")] public class AController(IReaderService reader) : ControllerBase { [HttpGet] public Task Page(int id) => reader.SaveReadingProgress(id); }")]
    [InlineData("public interface ISeriesRepository { Task AddSeriesModifiers(int id, List<Order> series); }\n[Route(\"a\")] public class AController(ISeriesRepository series) : ControllerBase { [HttpGet] public Task Show(int id) => series.AddSeriesModifiers(id, []); }")]
    [InlineData("public class Basket(Shop shop) { public void Create(int id) { shop.Orders.Add(new Order()); shop.SaveChanges(); } public Order? Of(int id) => shop.Orders.Find(id); }\n[Route(\"a\")] public class AController(Basket baskets) : ControllerBase { [HttpGet] public void Show(int id) { if (baskets.Of(id) == null) baskets.Create(id); } }")]
    public Task Silent_controller(string types) => Code.Library(types).With("Types.cs", Types).Reference(Packages.EntityFrameworkCore).CheckAsync();

    [Theory]
    [InlineData("app.MapPost(\"/x\", (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();")]
    [InlineData("app.MapGet(\"/x\", (int id, IOrderRepository orders) => orders.Find(id)).RequireAuthorization();")]
    [InlineData("app.MapGet(\"/confirm\", (string token, IOrderRepository orders) => orders.Delete(1)).RequireAuthorization();")]
    [InlineData("app.MapGet(\"/logout\", (IOrderRepository orders) => orders.Delete(1)).RequireAuthorization();")]
    [InlineData("app.MapGet(\"/x\", (IOrderCache cache) => cache.Remove(1)).RequireAuthorization();")]
    [InlineData("if (app.Environment.IsDevelopment())\n    app.MapGet(\"/seed\", (IOrderRepository orders) => orders.Add(new Order()));")]
    [InlineData("app.MapMethods(\"/x\", [\"POST\"], (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();")]
    public Task Silent_route(string routes) => Code.MinimalApi(routes).With("Types.cs", Types).Reference(Packages.EntityFrameworkCore).CheckAsync();

    [Fact]
    public Task Silent_in_a_test_project() => Action("[HttpGet] public void Delete(int id) => _orders.Delete(id);").Test().CheckAsync();

    [Fact]
    public Task Silent_in_broken_code() => Action("[HttpGet] public void Delete(int id) { _orders.DeleteX(id); _missing.Delete(id); SaveChanges( ; }").Broken().CheckAsync();
}
