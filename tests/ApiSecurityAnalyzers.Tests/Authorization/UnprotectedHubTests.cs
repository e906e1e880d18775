using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Tests.Authorization;

/// <summary>ASA1003: hubs that anyone can connect to.</summary>
public sealed class UnprotectedHubTests
{
    [Fact]
    public Task Reports_hub() =>
        Code.MinimalApi("""app.MapHub<ChatHub>("/chat");""").With("ChatHub.cs", """
            public class {|ASA1003:ChatHub|} : Hub
            {
                public Task Send(string text) => Clients.All.SendAsync("sent", text);
            }
            """)
            .Message("ASA1003", "Anyone can connect to hub 'ChatHub': no authorization applies to it")
            .CheckAsync();

    [Theory]
    [InlineData("public class {|ASA1003:ChatHub|} : Hub { }")]
    [InlineData("internal sealed class {|ASA1003:ChatHub|} : Hub { public void Send() { } }")]
    [InlineData("public interface IClient { Task Sent(string text); } public class {|ASA1003:ChatHub|} : Hub<IClient> { public Task Send(string text) => Clients.All.Sent(text); }")]
    [InlineData("public abstract class Base : Hub { public void Ping() { } } public class {|ASA1003:ChatHub|} : Base { }")]
    [InlineData("public class {|ASA1003:ChatHub|} : Hub { public override Task OnConnectedAsync() => base.OnConnectedAsync(); }")]
    [InlineData("public class {|ASA1003:ChatHub|}(ILogger<ChatHub> logger) : Hub { public void Send() => logger.LogInformation(\"sent\"); }")]
    [InlineData("public class Outer { public class {|ASA1003:ChatHub|} : Hub { public void Send() { } } }")]
    public Task Reports_each_way_to_write_a_hub(string types) =>
        Code.MinimalApi(types.Contains("Outer", StringComparison.Ordinal) ? """app.MapHub<Outer.ChatHub>("/chat");""" : """app.MapHub<ChatHub>("/chat");""").With("ChatHub.cs", types).CheckAsync();

    [Fact]
    public Task Reports_generic_hub() =>
        Code.MinimalApi("""app.MapHub<ChatHub<string>>("/chat");""")
            .With("ChatHub.cs", "public class {|ASA1003:ChatHub|}<T> : Hub { public void Send(T value) { } }").CheckAsync();

    [Theory]
    [InlineData("app.UseRouting(); app.UseEndpoints(endpoints => endpoints.MapHub<ChatHub>(\"/chat\"));")]
    [InlineData("app.MapGroup(\"/live\").MapHub<ChatHub>(\"/chat\");")]
    [InlineData("app.MapHub<ChatHub>(\"/chat\", options => { });")]
    [InlineData("app.MapHub<ChatHub>(\"/chat\").RequireCors(\"x\");")]
    [InlineData("HubEndpointRouteBuilderExtensions.MapHub<ChatHub>(app, \"/chat\");")]
    [InlineData("app.MapHubs();")]
    public Task Reports_each_way_to_map_a_hub(string statements) =>
        Code.MinimalApi(statements).With("ChatHub.cs", """
            public class {|ASA1003:ChatHub|} : Hub { public void Send() { } }

            public static class Hubs
            {
                public static void MapHubs(this IEndpointRouteBuilder routes) => routes.MapHub<ChatHub>("/chat");
            }
            """).CheckAsync();

    [Fact]
    public Task Reports_open_methods_of_a_partly_covered_hub() =>
        Code.MinimalApi("""app.MapHub<ChatHub>("/chat");""").With("ChatHub.cs", """
            public class ChatHub : Hub
            {
                [Authorize] public void Send() { }
                public void {|ASA1003:Listen|}() { }
            }
            """)
            .Message("ASA1003", "Anyone can connect to hub 'ChatHub.Listen': no authorization applies to it")
            .CheckAsync();

    [Theory]
    [InlineData("[Authorize]", "app.MapHub<ChatHub>(\"/chat\");")]
    [InlineData("[AllowAnonymous]", "app.MapHub<ChatHub>(\"/chat\");")]
    [InlineData("", "app.MapHub<ChatHub>(\"/chat\").RequireAuthorization();")]
    [InlineData("", "app.MapHub<ChatHub>(\"/chat\").AllowAnonymous();")]
    [InlineData("", "app.MapGroup(\"/live\").RequireAuthorization().MapHub<ChatHub>(\"/chat\");")]
    [InlineData("", "if (app.Environment.IsDevelopment()) app.MapHub<ChatHub>(\"/chat\");")]
    [InlineData("", "")]
    [InlineData("", "app.UseWhen(context => context.Request.Path.StartsWithSegments(\"/chat\"), chat => chat.Use((context, next) => { if (context.User.Identity?.IsAuthenticated != true) { context.Response.StatusCode = 401; return Task.CompletedTask; } return next(context); })); app.MapHub<ChatHub>(\"/chat\");")]
    public Task Silent_with_decision(string attribute, string statements) =>
        Code.MinimalApi(statements).With("ChatHub.cs", $$"""
            {{attribute}}
            public class ChatHub : Hub
            {
                public void Send() { }
            }
            """).CheckAsync();

    [Theory]
    [InlineData("[Authorize] public abstract class Base : Hub { } public class ChatHub : Base { public void Send() { } }")]
    [InlineData("public class ChatHub : Hub { [Authorize] public void Send() { } [Authorize(Roles = \"x\")] public void Listen() { } }")]
    [InlineData("public class SecuredAttribute : AuthorizeAttribute { } [Secured] public class ChatHub : Hub { public void Send() { } }")]
    public Task Silent_with_attributes(string types) => Code.MinimalApi("""app.MapHub<ChatHub>("/chat");""").With("ChatHub.cs", types).CheckAsync();

    [Fact]
    public Task Silent_with_fallback_policy() =>
        Code.Program(Hosts.Minimal("services.AddSignalR(); services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);", """app.MapHub<ChatHub>("/chat");"""))
            .With("ChatHub.cs", "public class ChatHub : Hub { public void Send() { } }").CheckAsync();

    [Fact]
    public Task Reports_in_a_library_as_suggestion() =>
        Code.Files(("ChatHub.cs", "public class {|ASA1003:ChatHub|} : Hub { public void Send() { } }"))
            .Option("api_security.rate_limited_by_gateway", "true").Severity("ASA1003", DiagnosticSeverity.Info).CheckAsync();

    [Fact]
    public Task Fixes_hub() =>
        Code.MinimalApi("""
            app.MapHub<ChatHub>("/chat");
            """).With("ChatHub.cs", """
            /// <summary>Talks.</summary>
            public class {|ASA1003:ChatHub|} : Hub
            {
                public void Send() { }
            }
            """)
            .FixedBy("ASA1003.Authorize", ("ChatHub.cs", """
            /// <summary>Talks.</summary>
            [Authorize]
            public class ChatHub : Hub
            {
                public void Send() { }
            }
            """))
            .FixedBy("ASA1003.AllowAnonymous", ("ChatHub.cs", """
            /// <summary>Talks.</summary>
            [AllowAnonymous]
            public class ChatHub : Hub
            {
                public void Send() { }
            }
            """))
            .FixedBy("ASA1003.RequireAuthorization", """
            app.MapHub<ChatHub>("/chat").RequireAuthorization();
            """)
            .CheckAsync();

    [Fact]
    public Task Fixes_hub_methods_and_several_hubs() =>
        Code.MinimalApi("""
            app.MapHub<ChatHub>("/chat");
            app.MapHub<NewsHub>("/news"); // public
            """).With("Hubs.cs", """
            public class ChatHub : Hub
            {
                [Authorize] public void Send() { }

                // anybody may listen
                public void {|ASA1003:Listen|}() { }
                public void {|ASA1003:Leave|}() { }
            }

            public class {|ASA1003:NewsHub|} : Hub;
            """)
            .FixedBy("ASA1003.Authorize", ("Hubs.cs", """
            public class ChatHub : Hub
            {
                [Authorize] public void Send() { }

                // anybody may listen
                [Authorize]
                public void Listen() { }
                [Authorize]
                public void Leave() { }
            }

            [Authorize]
            public class NewsHub : Hub;
            """))
            .CheckAsync();
}
