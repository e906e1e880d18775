namespace ApiSecurityAnalyzers.Tests.Platform;

public sealed partial class UnrestrictedHttpMethodTests
{
    private const string Restrict = "ASA8001.RestrictMethod";
    private const string UseGet = "ASA8001.UseGet";
    private const string UsePost = "ASA8001.UsePost";

    [Theory]
    [InlineData("Get", "int id", "Get")]
    [InlineData("ListAll", "", "Get")]
    [InlineData("Search", "string text", "Get")]
    [InlineData("Search", "[FromBody] string text", "Post")]
    [InlineData("Price", "int id", "Get")]
    [InlineData("Delete", "int id", "Delete")]
    [InlineData("RemoveAsync", "int id", "Delete")]
    [InlineData("Update", "int id", "Put")]
    [InlineData("PatchName", "int id", "Patch")]
    [InlineData("Post", "int id", "Post")]
    [InlineData("Anything", "IFormFile file", "Post")]
    [InlineData("Anything", "Item item", "Post")]
    [InlineData("Anything", "[FromQuery] Item item", "Get")]
    [InlineData("Anything", "[FromServices] IItems items", "Get")]
    public Task Fixes_by_name_and_parameters(string name, string parameters, string verb) => Code.Controller($$"""
        [Route("x")]
        public string {|ASA8001:{{name}}|}({{parameters}}) => "";
        """).FixedBy(Restrict, $$"""
        [Route("x")]
        [Http{{verb}}]
        public string {{name}}({{parameters}}) => "";
        """).With("Items.cs", "public class Item { public int Id { get; set; } }\npublic interface IItems { }").CheckAsync();

    [Theory]
    [InlineData("Run")]
    [InlineData("Book")]
    [InlineData("Index")]
    public Task Fixes_by_effect(string name) => Code.Library($$"""
        public interface IItemRepository { void Delete(int id); }
        [Route("a")]
        public class AController(IItemRepository items) : ControllerBase
        {
            public void {|ASA8001:{{name}}|}(int id) => items.Delete(id);
        }
        """).FixedBy(Restrict, $$"""
        public interface IItemRepository { void Delete(int id); }
        [Route("a")]
        public class AController(IItemRepository items) : ControllerBase
        {
            [HttpPost]
            public void {{name}}(int id) => items.Delete(id);
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_several_at_once_each_by_its_own_method() => Code.Controller("""
        /// <summary>Lists.</summary>
        public string {|ASA8001:Get|}() => "";

        // by id
        [Route("{id}")] public string {|ASA8001:GetById|}(int id) => ""; // short

        #region Changes
        [Route("{id}/gone"), Produces("text/plain")]
        #if DEBUG
        [Authorize(Roles = "debug")]
        #endif
        public void {|ASA8001:Delete|}(int id)
        {
        }
        #endregion
        """).FixedBy(Restrict, """
        /// <summary>Lists.</summary>
        [HttpGet]
        public string Get() => "";

        // by id
        [Route("{id}")] [HttpGet] public string GetById(int id) => ""; // short

        #region Changes
        [Route("{id}/gone"), Produces("text/plain")]
        #if DEBUG
        [Authorize(Roles = "debug")]
        #endif
        [HttpDelete]
        public void Delete(int id)
        {
        }
        #endregion
        """).CheckAsync();

    [Fact]
    public Task Fixes_with_the_other_method() => Code.Controller("""
        [Route("x")]
        public string {|ASA8001:Price|}(int id) => "";

        [Route("y")]
        public string {|ASA8001:Delete|}(int id) => "";
        """).FixedBy(UsePost, """
        [Route("x")]
        [HttpPost]
        public string Price(int id) => "";

        [Route("y")]
        [HttpPost]
        public string Delete(int id) => "";
        """).CheckAsync();

    [Fact]
    public Task Fixes_with_get_what_looked_like_a_change() => Code.Controller("""
        [Route("x")]
        public string {|ASA8001:Price|}(int id) => Add(id);

        private static string Add(int id) => id + "";
        """).FixedBy(UseGet, """
        [Route("x")]
        [HttpGet]
        public string Price(int id) => Add(id);

        private static string Add(int id) => id + "";
        """).CheckAsync();

    [Fact]
    public Task Fixes_without_usings() => Code.Library("""
        namespace Shop
        {
            [Microsoft.AspNetCore.Mvc.Route("a")]
            public class AController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public string {|ASA8001:Get|}() => "";
            }
        }
        """).NoWebUsings().FixedBy(Restrict, """
        using Microsoft.AspNetCore.Mvc;

        namespace Shop
        {
            [Microsoft.AspNetCore.Mvc.Route("a")]
            public class AController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                [HttpGet]
                public string Get() => "";
            }
        }
        """).CheckAsync();

    [Fact]
    public Task Fixes_routes() => Code.MinimalApi("""
        app.{|ASA8001:Map|}("/price", (int id) => id).RequireAuthorization();
        app.{|ASA8001:Map|}("/orders/delete", (int id) => { }) // gone
            .WithName("delete")
            .RequireAuthorization();
        var shop = app.MapGroup("/shop").RequireAuthorization();
        shop.{|ASA8001:Map|}("/import", ([FromBody] string text) => text.Length); shop.{|ASA8001:Map|}("/sum", Sum);
        static int Sum(int a) => a;
        """).FixedBy(Restrict, """
        app.MapGet("/price", (int id) => id).RequireAuthorization();
        app.MapDelete("/orders/delete", (int id) => { }) // gone
            .WithName("delete")
            .RequireAuthorization();
        var shop = app.MapGroup("/shop").RequireAuthorization();
        shop.MapPost("/import", ([FromBody] string text) => text.Length); shop.MapGet("/sum", Sum);
        static int Sum(int a) => a;
        """).CheckAsync();

    [Fact]
    public Task Fixes_fallback_and_pattern_with_metadata() => Code.MinimalApi("""
        using Microsoft.AspNetCore.Routing.Patterns;
        app.{|ASA8001:Map|}(RoutePatternFactory.Parse("/price"), (int id) => id).RequireAuthorization();
        app.{|ASA8001:MapFallback|}(([FromBody] string text) => text.Length).RequireAuthorization();
        """).FixedBy(Restrict, """
        using Microsoft.AspNetCore.Routing.Patterns;
        app.Map(RoutePatternFactory.Parse("/price"), (int id) => id).WithMetadata(new HttpMethodMetadata(new[] { "GET" })).RequireAuthorization();
        app.MapFallback(([FromBody] string text) => text.Length).WithMetadata(new HttpMethodMetadata(new[] { "POST" })).RequireAuthorization();
        """).CheckAsync();

    [Fact]
    public Task Fixes_in_a_startup_class() => Code.Library("""
        public class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseHttpsRedirection();
                app.UseRouting();
                app.UseEndpoints(endpoints =>
                {
                    endpoints.{|ASA8001:Map|}("/price", (int id) => id).RequireAuthorization();
                });
            }
        }
        """).FixedBy(Restrict, """
        public class Startup
        {
            public void Configure(IApplicationBuilder app)
            {
                app.UseHttpsRedirection();
                app.UseRouting();
                app.UseEndpoints(endpoints =>
                {
                    endpoints.MapGet("/price", (int id) => id).RequireAuthorization();
                });
            }
        }
        """).Option("dotnet_diagnostic.ASA1008.severity", "none").Option("api_security.rate_limited_by_gateway", "true").Option("api_security.requests_logged_by_gateway", "true").CheckAsync();

    [Fact]
    public Task NoFix_behind_an_own_mapping_method() => Code.MinimalApi("""
        app.MapGroup("/shop").RequireAuthorization().{|ASA8001:MapAny|}("/price", (int id) => id);
        """).With("Own.cs", "public static class Own { public static void MapAny(this IEndpointRouteBuilder routes, string path, Delegate handler) => routes.Map(path, handler); }").NoFix().CheckAsync();
}
