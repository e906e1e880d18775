namespace ApiSecurityAnalyzers.Tests.Platform;

public sealed partial class StateChangingGetTests
{
    private const string UsePost = "ASA8002.UsePost";
    private const string UsePut = "ASA8002.UsePut";
    private const string UseDelete = "ASA8002.UseDelete";

    private const string Repository = "public interface IOrderRepository { void Delete(int id); void Insert(int id); }";

    [Fact]
    public Task Fixes_actions_with_templates_names_and_comments() => Actions("""
        /// <summary>Deletes.</summary>
        [HttpGet("{id}", Name = "gone", Order = 1)] // by link
        public void {|ASA8002:Delete|}(int id) => orders.Delete(id);

        #region Others
        [Produces("text/plain"), HttpGetAttribute("put")]
        public void {|ASA8002:Put|}(int id)
        {
            // why
            orders.Insert(id);
        }

        #if DEBUG
        [Authorize(Roles = "debug")]
        #endif
        [Microsoft.AspNetCore.Mvc.HttpGet("x")] public void {|ASA8002:Insert|}(int id) { orders.Insert(id); }
        #endregion
        """, """
        /// <summary>Deletes.</summary>
        [HttpPost("{id}", Name = "gone", Order = 1)] // by link
        public void Delete(int id) => orders.Delete(id);

        #region Others
        [Produces("text/plain"), HttpPostAttribute("put")]
        public void Put(int id)
        {
            // why
            orders.Insert(id);
        }

        #if DEBUG
        [Authorize(Roles = "debug")]
        #endif
        [Microsoft.AspNetCore.Mvc.HttpPost("x")] public void Insert(int id) { orders.Insert(id); }
        #endregion
        """);

    [Theory]
    [InlineData("[HttpGet] [HttpPost]", "[HttpPost]")]
    [InlineData("[HttpGet, HttpPost]", "[HttpPost]")]
    [InlineData("[HttpPost, HttpGet]", "[HttpPost]")]
    [InlineData("[Route(\"x\"), HttpGet, HttpPost]", "[Route(\"x\"), HttpPost]")]
    [InlineData("[HttpGet(\"a\"), HttpPost(\"b\")]", "[HttpPost(\"a\"), HttpPost(\"b\")]")]
    [InlineData("[HttpGet, HttpHead]", "[HttpPost]")]
    [InlineData("[HttpHead]", "[HttpPost]")]
    [InlineData("[HttpGet]\n    [HttpPost]", "[HttpPost]")]
    [InlineData("[HttpPost]\n    [HttpGet]", "[HttpPost]")]
    [InlineData("[AcceptVerbs(\"GET\")]", "[AcceptVerbs(\"POST\")]")]
    [InlineData("[AcceptVerbs(\"GET\", \"POST\")]", "[AcceptVerbs(\"POST\")]")]
    [InlineData("[AcceptVerbs(\"Get\", \"Head\", Route = \"x\")]", "[AcceptVerbs(\"POST\", Route = \"x\")]")]
    public Task Fixes_verbs(string before, string after) => Actions($$"""
        {{before}}
        public void {|ASA8002:Finish|}(int id) => orders.Insert(id);
        """, $$"""
        {{after}}
        public void Finish(int id) => orders.Insert(id);
        """);

    [Fact]
    public Task Fixes_with_what_the_name_says() => Code.Library(Frame("""
        [HttpGet("{id}")]
        public void {|ASA8002:Delete|}(int id) => orders.Delete(id);

        [HttpGet("{id}/all")]
        public void {|ASA8002:RemoveAll|}(int id) => orders.Delete(id);
        """)).FixedBy(UseDelete, Frame("""
        [HttpDelete("{id}")]
        public void Delete(int id) => orders.Delete(id);

        [HttpDelete("{id}/all")]
        public void RemoveAll(int id) => orders.Delete(id);
        """)).CheckAsync();

    [Fact]
    public Task Fixes_update_with_put() => Code.Library(Frame("""
        [HttpGet("{id}")]
        public void {|ASA8002:Update|}(int id) => orders.Insert(id);
        """)).FixedBy(UsePut, Frame("""
        [HttpPut("{id}")]
        public void Update(int id) => orders.Insert(id);
        """)).CheckAsync();

    [Fact]
    public Task Fixes_page_action_without_a_verb() => Code.Library($$"""
        {{Repository}}
        public class AController(IOrderRepository orders) : Controller
        {
            public IActionResult {|ASA8002:Delete|}(int id)
            {
                orders.Delete(id);
                return RedirectToAction("Index");
            }

            public IActionResult Index() => View();
        }
        """).FixedBy(UsePost, $$"""
        {{Repository}}
        public class AController(IOrderRepository orders) : Controller
        {
            [HttpPost]
            public IActionResult Delete(int id)
            {
                orders.Delete(id);
                return RedirectToAction("Index");
            }

            public IActionResult Index() => View();
        }
        """).CheckAsync();

    [Theory]
    [InlineData("[HttpGet(\"{id}\")] public void {|ASA8002:Finish|}(int id) => orders.Delete(id); [HttpPost(\"{key}\")] public void Other(int key) => orders.Insert(key);")]
    [InlineData("[HttpGet(\"[action]\")] public void {|ASA8002:Finish|}(int id) => orders.Delete(id); [HttpPost(\"[action]\"), ActionName(\"Finish\")] public void Other(int key) => orders.Insert(key);")]
    [InlineData("[MyGet] public void {|ASA8002:Finish|}(int id) => orders.Delete(id); class MyGetAttribute : HttpGetAttribute { }")]
    public Task NoFix_action(string action) => Code.Library(Frame(action)).NoFix().CheckAsync();

    [Fact]
    public Task NoFix_where_the_verb_stands_on_what_is_overridden() => Code.Library($$"""
        {{Repository}}
        [Route("a")] public abstract class Base : ControllerBase { [HttpGet] public abstract void Finish(int id); }
        public class AController(IOrderRepository orders) : Base { public override void {|ASA8002:Finish|}(int id) => orders.Delete(id); }
        """).NoFix().CheckAsync();

    [Fact]
    public Task Fixes_routes() => Code.MinimalApi("""
        app.{|ASA8002:MapGet|}("/orders/x", (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();
        var shop = app.MapGroup("/shop").RequireAuthorization();
        shop // all of them
            .{|ASA8002:MapGet|}("/y", Remove) /* why */ .WithName("y"); shop.{|ASA8002:MapGet|}("/z", (IOrderRepository orders) => { orders.Insert(1); });
        shop.{|ASA8002:MapMethods|}("/m", new[] { "GET", "POST" }, (IOrderRepository orders) => { orders.Insert(1); });
        shop.{|ASA8002:MapMethods|}("/n", ["GET"], (IOrderRepository orders) => { orders.Insert(1); });
        static void Remove(int id, IOrderRepository orders) => orders.Delete(id);
        """).FixedBy(UsePost, """
        app.MapPost("/orders/x", (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();
        var shop = app.MapGroup("/shop").RequireAuthorization();
        shop // all of them
            .MapPost("/y", Remove) /* why */ .WithName("y"); shop.MapPost("/z", (IOrderRepository orders) => { orders.Insert(1); });
        shop.MapMethods("/m", new[] { "POST" }, (IOrderRepository orders) => { orders.Insert(1); });
        shop.MapMethods("/n", ["POST"], (IOrderRepository orders) => { orders.Insert(1); });
        static void Remove(int id, IOrderRepository orders) => orders.Delete(id);
        """).With("Repository.cs", Repository).CheckAsync();

    [Fact]
    public Task Fixes_route_with_delete() => Code.MinimalApi("""
        app.{|ASA8002:MapGet|}("/orders/delete/{id}", (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();
        """).FixedBy(UseDelete, """
        app.MapDelete("/orders/delete/{id}", (int id, IOrderRepository orders) => orders.Delete(id)).RequireAuthorization();
        """).With("Repository.cs", Repository).CheckAsync();

    [Fact]
    public Task NoFix_where_post_is_taken() => Code.MinimalApi("""
        app.{|ASA8002:MapGet|}("/orders/{id}", (int id, IOrderRepository orders) => orders.Insert(id)).RequireAuthorization();
        app.MapPost("/orders/{key}", (int key, IOrderRepository orders) => orders.Insert(key)).RequireAuthorization();
        """).With("Repository.cs", Repository).NoFix().CheckAsync();

    private static Task Actions(string before, string after) => Code.Library(Frame(before)).FixedBy(UsePost, Frame(after)).CheckAsync();

    private static string Frame(string members) => $$"""
        {{Repository}}
        [ApiController, Route("a")]
        public class AController(IOrderRepository orders) : ControllerBase
        {
        {{string.Join('\n', members.Split('\n').Select(static l => l.Length == 0 || l[0] == ' ' && l.StartsWith("    [", StringComparison.Ordinal) ? l : "    " + l))}}
        }
        """;
}
