using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ApiSecurityAnalyzers.Tests.Helpers;

/// <summary>The string <c>"HERE"</c> in the code is replaced by what gives the configuration.</summary>
public sealed class ServiceAccessTests
{
    [Theory]
    [InlineData("class C(IConfiguration settings) { object M() => \"HERE\"; }", "settings")]
    [InlineData("class C { private readonly IConfiguration _c = null!; object M() => \"HERE\"; }", "_c")]
    [InlineData("class B { protected IConfiguration Settings { get; } = null!; } class C : B { object M() => \"HERE\"; }", "Settings")]
    [InlineData("class C { private static IConfigurationRoot s_c = null!; static object M() => \"HERE\"; }", "s_c")]
    [InlineData("class C { object M(IConfigurationSection section) => \"HERE\"; }", "section")]
    [InlineData("class C { object M(WebApplication app) => \"HERE\"; }", "app.Configuration")]
    [InlineData("class C { object M(WebApplicationBuilder builder) { Func<object> f = () => \"HERE\"; return f(); } }", "builder.Configuration")]
    [InlineData("class C { private readonly IConfiguration _c; object _key; C(IConfiguration c) { _key = \"HERE\"; _c = c; } }", "c")]
    [InlineData("class C(IConfiguration c) { private readonly object _key = \"HERE\"; }", "c")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); object key = \"HERE\"; builder.Build().Run();", "builder.Configuration")]
    [InlineData("var app = WebApplication.Create(args); object Key() => \"HERE\"; app.MapGet(\"/\", Key).AllowAnonymous(); app.Run();", "app.Configuration")]
    public async Task Uses_what_is_there(string code, string expected)
    {
        var (access, document) = await FindAsync(code);
        Assert.Equal(expected, access?.Expression);
        Assert.False(access!.NeedsEdit);
        Assert.NotNull(document);
    }

    [Theory]
    [InlineData("class C { object M() => \"HERE\"; }")]
    [InlineData("static class C { static object M() => \"HERE\"; }")]
    [InlineData("class C : ControllerBase { public static object M() => \"HERE\"; }")]
    [InlineData("class C : ControllerBase { public object M() => \"HERE\"; } class T { object N() => new C(); }")]
    [InlineData("class C : ControllerBase { public object M() => \"HERE\"; } class T { C N() => new(); }")]
    [InlineData("class B : ControllerBase { public object M() => \"HERE\"; } class D : B { }")]
    [InlineData("class C : ControllerBase { public C(int a) { } public C(string b) { } public object M() => \"HERE\"; }")]
    [InlineData("class C : ControllerBase { private readonly IConfiguration _c = null!; private readonly object _key = \"HERE\"; public C(int a) { } }")]
    [InlineData("record C(int A) { object M() => \"HERE\"; } class T { void N(IServiceCollection s) => s.AddSingleton<C>(); }")]
    [InlineData("class C { private readonly IConfiguration _c = null!; object M() { static object L() => \"HERE\"; return L(); } }")]
    [InlineData("var app = WebApplication.Create(args); app.Run(); class C { object M() => \"HERE\"; }")]
    [InlineData("var settings = WebApplication.CreateBuilder(args).Configuration; C.M(); static class C { public static object M() => \"HERE\"; }")]
    [InlineData("IConfiguration settings = null!; new C(); record C { object Key { get; } = \"HERE\"; }")]
    public async Task Finds_no_way(string code)
    {
        var (access, _) = await FindAsync(code);
        Assert.Null(access);
    }

    [Fact]
    public Task Adds_field_and_constructor() => EditsAsync(
        """
        public class C : ControllerBase
        {
            /// <summary>Comment.</summary>
            public object Get() => "HERE";
        }
        """,
        """
        public class C : ControllerBase
        {
            private readonly IConfiguration _configuration;

            public C(IConfiguration configuration)
            {
                _configuration = configuration;
            }

            /// <summary>Comment.</summary>
            public object Get() => _configuration;
        }
        """);

    [Fact]
    public Task Adds_parameter_to_the_constructor_that_others_call() => EditsAsync(
        """
        public class Worker
        {
            private readonly int count;
            private string name = "";

            public Worker(int count, string name = "")
            {
                this.count = count;
                Start();
            }

            public Worker(Guid id) : this(1) { }

            private object Start() => "HERE";
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddSingleton<Worker>();
        }
        """,
        """
        public class Worker
        {
            private readonly int count;
            private string name = "";
            private readonly IConfiguration configuration;

            public Worker(int count, IConfiguration configuration, string name = "")
            {
                this.count = count;
                this.configuration = configuration;
                Start();
            }

            public Worker(Guid id, IConfiguration configuration) : this(1, configuration: configuration) { }

            private object Start() => configuration;
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddSingleton<Worker>();
        }
        """);

    [Fact]
    public Task Keeps_a_constructor_parameter_in_a_field() => EditsAsync(
        """
        public class Worker
        {
            private readonly int _count;

            public Worker(IConfiguration settings) => _count = settings.GetHashCode();

            public object Start() => "HERE";
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddHttpClient<Worker>();
        }
        """,
        """
        public class Worker
        {
            private readonly int _count;
            private readonly IConfiguration _configuration;

            public Worker(IConfiguration settings)
            {
                _configuration = settings;
                _count = settings.GetHashCode();
            }

            public object Start() => _configuration;
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddHttpClient<Worker>();
        }
        """);

    [Fact]
    public Task Adds_primary_constructor_parameter_on_a_line_of_its_own() => EditsAsync(
        """
        public class Chat(
            ILogger<Chat> logger,
            Guid id) : Hub
        {
            public object Send() => (logger, id, "HERE");
        }
        """,
        """
        public class Chat(
            ILogger<Chat> logger,
            Guid id,
            IConfiguration configuration) : Hub
        {
            public object Send() => (logger, id, configuration);
        }
        """);

    [Fact]
    public Task Adds_primary_constructor_for_an_initializer() => EditsAsync(
        """
        public class Chat : Hub
        {
            private readonly object _key = "HERE";
        }
        """,
        """
        public class Chat(IConfiguration configuration) : Hub
        {
            private readonly object _key = configuration;
        }
        """);

    [Fact]
    public Task Adds_parameter_to_a_route_lambda() => EditsAsync(
        """
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder routes)
            {
                routes.MapGet("/", (int id) => new object[] { id, "HERE" });
            }
        }
        """,
        """
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder routes)
            {
                routes.MapGet("/", (int id, IConfiguration configuration) => new object[] { id, configuration });
            }
        }
        """);

    [Fact]
    public Task Adds_parameter_to_a_route_method() => EditsAsync(
        """
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder routes)
            {
                routes.MapGet("/", Get);
            }

            private static object Get() => "HERE";
        }
        """,
        """
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder routes)
            {
                routes.MapGet("/", Get);
            }

            private static object Get(IConfiguration configuration) => configuration;
        }
        """);

    private static async Task<(ServiceAccess? Access, Document Document)> FindAsync(string code)
    {
        var project = TestProject.Create(Code.Library(code), [("C.cs", code.ReplaceLineEndings("\n"))]);
        var document = project.Documents.First();
        var root = (await document.GetSyntaxRootAsync())!;
        return (await ServiceAccess.FindAsync(document, Here(root), WantedService.Configuration, CancellationToken.None), document);
    }

    private static async Task EditsAsync(string code, string expected)
    {
        var (access, document) = await FindAsync(code);
        Assert.NotNull(access);
        var editor = new SolutionEditor(document.Project.Solution);
        var own = await editor.GetDocumentEditorAsync(document.Id);
        own.ReplaceNode(Here(own.OriginalRoot), SyntaxFactory.ParseExpression(access.Expression).WithTriviaFrom(Here(own.OriginalRoot)));
        await access.ApplyAsync(editor, CancellationToken.None);
        var solution = await CleanUp.RunAsync(document.Project.Solution, editor.GetChangedSolution(), CancellationToken.None);
        Assert.Equal(expected.ReplaceLineEndings("\n"), (await solution.GetDocument(document.Id)!.GetTextAsync()).ToString());
    }

    private static LiteralExpressionSyntax Here(SyntaxNode root) => root.DescendantNodes().OfType<LiteralExpressionSyntax>().Single(static l => l.Token.ValueText == "HERE");
}
