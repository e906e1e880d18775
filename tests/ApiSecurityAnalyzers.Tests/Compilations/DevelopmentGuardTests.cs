using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Tests.Compilations;

public sealed class DevelopmentGuardTests
{
    private const string Everywhere = nameof(RunsIn.Everywhere);
    private const string DevelopmentOnly = nameof(RunsIn.DevelopmentOnly);
    private const string NotDevelopment = nameof(RunsIn.NotDevelopment);
    private const string Unknown = nameof(RunsIn.Unknown);

    [Theory]
    [InlineData(Everywhere, "Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsDevelopment()) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsDevelopment()) { { Target(); } }")]
    [InlineData(NotDevelopment, "if (!env.IsDevelopment()) Target();")]
    [InlineData(NotDevelopment, "if (env.IsDevelopment()) { } else { Target(); }")]
    [InlineData(NotDevelopment, "if (env.IsDevelopment()) { } else if (args.Length >= 0 || !env.IsStaging()) { Target(); }")]
    [InlineData(Unknown, "if (env.IsDevelopment()) { } else if (configuration[\"x\"] is null) { Target(); }")]
    [InlineData(DevelopmentOnly, "if (!env.IsDevelopment()) { } else Target();")]
    [InlineData(NotDevelopment, "if (env.IsProduction()) Target();")]
    [InlineData(DevelopmentOnly, "if (!env.IsProduction()) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsStaging()) Target();")]
    [InlineData(NotDevelopment, "if (!env.IsStaging()) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsEnvironment(\"Development\")) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsEnvironment(\"development\")) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsEnvironment(Environments.Development)) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsEnvironment(\"Testing\")) Target();")]
    [InlineData(NotDevelopment, "if (!env.IsEnvironment(\"IntegrationTests\")) Target();")]
    [InlineData(Unknown, "if (env.IsEnvironment(\"Docker\")) Target();")]
    [InlineData(DevelopmentOnly, "if (HostEnvironmentEnvExtensions.IsDevelopment(env)) Target();")]
    [InlineData(DevelopmentOnly, "if (environment.IsDevelopment()) Target();")]
    [InlineData(DevelopmentOnly, "if (env?.IsDevelopment() == true) Target();")]
    [InlineData(DevelopmentOnly, "if ((env.IsDevelopment())) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsDevelopment() is true) Target();")]
    [InlineData(NotDevelopment, "if (env.IsDevelopment() == false) Target();")]
    [InlineData(Unknown, "if (configuration.GetValue<bool>(\"Https\")) Target();")]
    [InlineData(Everywhere, "if (true) Target();")]
    [InlineData(DevelopmentOnly, "if (false) Target();")]
    public void Reads_if(string expected, string body) => Check(expected, body);

    [Theory]
    [InlineData(DevelopmentOnly, "if (env.IsDevelopment() && args.Length > 0) Target();")]
    [InlineData(DevelopmentOnly, "if (args.Length > 0 && env.IsDevelopment()) Target();")]
    [InlineData(Unknown, "if (env.IsDevelopment() || args.Length > 0) Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsDevelopment() || env.IsStaging()) Target();")]
    [InlineData(NotDevelopment, "if (!(env.IsDevelopment() || env.IsStaging())) Target();")]
    [InlineData(NotDevelopment, "if (!env.IsDevelopment() && !env.IsStaging()) Target();")]
    [InlineData(Everywhere, "if (env.IsDevelopment() || env.IsProduction()) Target();")]
    [InlineData(NotDevelopment, "if (!env.IsDevelopment() || args.Length > 0) Target();")]
    [InlineData(Unknown, "if (!env.IsDevelopment() && args.Length > 0) Target();")]
    [InlineData(NotDevelopment, "if (!(env.IsDevelopment() && args.Length > 0)) Target();")]
    [InlineData(DevelopmentOnly, "var x = env.IsDevelopment() && Target();")]
    [InlineData(NotDevelopment, "var x = env.IsDevelopment() || Target();")]
    [InlineData(DevelopmentOnly, "var x = env.IsDevelopment() ? Target() : false;")]
    [InlineData(NotDevelopment, "var x = env.IsDevelopment() ? false : Target();")]
    [InlineData(Unknown, "var x = args.Length > 0 ? Target() : false;")]
    public void Reads_operators(string expected, string body) => Check(expected, body);

    [Theory]
    [InlineData(DevelopmentOnly, "if (!env.IsDevelopment()) return; Target();")]
    [InlineData(NotDevelopment, "if (env.IsDevelopment()) { args = []; return; } Target();")]
    [InlineData(NotDevelopment, "if (env.IsDevelopment()) return; if (args.Length > 0) args = []; Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsProduction()) throw new InvalidOperationException(); Target();")]
    [InlineData(Everywhere, "if (args.Length == 0) return; Target();")]
    [InlineData(Everywhere, "if (env.IsDevelopment()) args = []; Target();")]
    [InlineData(DevelopmentOnly, "if (env.IsDevelopment()) args = []; else return; Target();")]
    [InlineData(Everywhere, "if (env.IsDevelopment()) return; else return; Target();")]
    [InlineData(DevelopmentOnly, "foreach (var a in args) { if (!env.IsDevelopment()) continue; Target(); }")]
    [InlineData(DevelopmentOnly, "if (!env.IsDevelopment()) return; void Run() { } Action x = () => { Target(); };")]
    [InlineData(Everywhere, "if (!env.IsDevelopment()) return; Run(); void Run() { Target(); }")]
    public void Reads_early_exits(string expected, string body) => Check(expected, body);

    [Theory]
    [InlineData(DevelopmentOnly, "var dev = env.IsDevelopment(); if (dev) Target();")]
    [InlineData(NotDevelopment, "var dev = env.IsDevelopment(); if (!dev) Target();")]
    [InlineData(DevelopmentOnly, "bool dev; dev = env.IsDevelopment(); if (dev) Target();")]
    [InlineData(Unknown, "var dev = env.IsDevelopment(); dev = args.Length > 0; if (dev) Target();")]
    [InlineData(NotDevelopment, "var live = !env.IsDevelopment(); if (live) Target();")]
    [InlineData(DevelopmentOnly, "var name = env.EnvironmentName; if (name == \"Development\") Target();")]
    [InlineData(DevelopmentOnly, "var a = env.IsDevelopment(); var b = a; if (b) Target();")]
    [InlineData(DevelopmentOnly, "if (_dev) Target();", "private readonly bool _dev; public Subject(IWebHostEnvironment env, IConfiguration configuration) { environment = env; this.configuration = configuration; _dev = env.IsDevelopment(); }")]
    [InlineData(DevelopmentOnly, "if (_dev) Target();", "private readonly bool _dev; public Subject(IWebHostEnvironment env) { this._dev = env.IsDevelopment(); }")]
    [InlineData(DevelopmentOnly, "if (Dev) Target();", "private bool Dev => environment.IsDevelopment();")]
    [InlineData(DevelopmentOnly, "if (Dev) Target();", "private bool Dev { get { return environment.IsDevelopment(); } }")]
    [InlineData(DevelopmentOnly, "if (Dev(env)) Target();", "private static bool Dev(IWebHostEnvironment e) => e.EnvironmentName == \"Development\";")]
    [InlineData(NotDevelopment, "if (Live(env)) Target();", "private static bool Live(IWebHostEnvironment e) { return !e.IsDevelopment(); }")]
    [InlineData(DevelopmentOnly, "if (Dev()) Target(); bool Dev() => env.IsDevelopment();")]
    [InlineData(Unknown, "if (Loop) Target();", "private bool Loop => Loop;")]
    [InlineData(DevelopmentOnly, "Run(env.IsDevelopment()); void Run(bool isDevelopment) { if (isDevelopment) Target(); }")]
    [InlineData(Unknown, "Run(env.IsDevelopment()); void Run(bool flag) { if (flag) Target(); }")]
    public void Reads_locals_and_members(string expected, string body, string members = "") => Check(expected, body, members);

    [Theory]
    [InlineData(DevelopmentOnly, "if (env.EnvironmentName == \"Development\") Target();")]
    [InlineData(DevelopmentOnly, "if (\"Development\" == env.EnvironmentName) Target();")]
    [InlineData(NotDevelopment, "if (env.EnvironmentName != \"Development\") Target();")]
    [InlineData(DevelopmentOnly, "if (env.EnvironmentName == Environments.Development) Target();")]
    [InlineData(DevelopmentOnly, "const string Dev = \"Development\"; if (env.EnvironmentName == Dev) Target();")]
    [InlineData(DevelopmentOnly, "if (env.EnvironmentName.Equals(\"development\", StringComparison.OrdinalIgnoreCase)) Target();")]
    [InlineData(DevelopmentOnly, "if (string.Equals(env.EnvironmentName, \"Development\", StringComparison.OrdinalIgnoreCase)) Target();")]
    [InlineData(DevelopmentOnly, "if (String.Equals(env.EnvironmentName, \"Development\")) Target();")]
    [InlineData(DevelopmentOnly, "if (env.EnvironmentName.ToLowerInvariant() == \"development\") Target();")]
    [InlineData(DevelopmentOnly, "if (env.EnvironmentName.StartsWith(\"Dev\")) Target();")]
    [InlineData(NotDevelopment, "if (env.EnvironmentName == \"Production\") Target();")]
    [InlineData(Unknown, "if (env.EnvironmentName == \"Cloud\") Target();")]
    [InlineData(Unknown, "if (env.ApplicationName == \"Development\") Target();")]
    [InlineData(DevelopmentOnly, "if (Environment.GetEnvironmentVariable(\"ASPNETCORE_ENVIRONMENT\") == \"Development\") Target();")]
    [InlineData(DevelopmentOnly, "if ((Environment.GetEnvironmentVariable(\"DOTNET_ENVIRONMENT\") ?? \"Production\") == \"Development\") Target();")]
    [InlineData(Unknown, "if (Environment.GetEnvironmentVariable(\"REGION\") == \"Development\") Target();")]
    [InlineData(DevelopmentOnly, "if (env.EnvironmentName is \"Development\") Target();")]
    [InlineData(DevelopmentOnly, "if (env.EnvironmentName is \"Development\" or \"Local\") Target();")]
    [InlineData(NotDevelopment, "if (env.EnvironmentName is not \"Development\") Target();")]
    [InlineData(NotDevelopment, "if (env.EnvironmentName is not (\"Development\" or \"Staging\")) Target();")]
    [InlineData(NotDevelopment, "if (env.EnvironmentName is not \"Development\" and not \"Staging\") Target();")]
    [InlineData(DevelopmentOnly, "if (env is { EnvironmentName: \"Development\" }) Target();")]
    [InlineData(Unknown, "if (env is { ApplicationName: \"Development\" }) Target();")]
    public void Reads_names_and_patterns(string expected, string body) => Check(expected, body);

    [Theory]
    [InlineData(DevelopmentOnly, "switch (env.EnvironmentName) { case \"Development\": Target(); break; default: break; }")]
    [InlineData(DevelopmentOnly, "switch (env.EnvironmentName) { case \"Development\": case \"Staging\": Target(); break; }")]
    [InlineData(NotDevelopment, "switch (env.EnvironmentName) { case \"Development\": break; default: Target(); break; }")]
    [InlineData(NotDevelopment, "switch (env.EnvironmentName) { case \"Development\": break; case \"Docker\": break; default: Target(); break; }")]
    [InlineData(DevelopmentOnly, "switch (env.EnvironmentName) { case \"Production\": break; default: Target(); break; }")]
    [InlineData(NotDevelopment, "switch (env.EnvironmentName) { case \"Production\": Target(); break; }")]
    [InlineData(Unknown, "switch (env.EnvironmentName) { case \"Docker\": Target(); break; }")]
    [InlineData(Everywhere, "switch (env.EnvironmentName) { case \"Development\": case \"Production\": Target(); break; }")]
    [InlineData(DevelopmentOnly, "switch (env.EnvironmentName) { case \"Development\" or \"Local\": Target(); break; }")]
    [InlineData(DevelopmentOnly, "switch (env.EnvironmentName) { case var n when env.IsDevelopment(): Target(); break; }")]
    [InlineData(Unknown, "switch (args.Length) { case 0: Target(); break; }")]
    [InlineData(DevelopmentOnly, "switch (env.IsDevelopment()) { case true: Target(); break; default: break; }")]
    [InlineData(NotDevelopment, "switch (env.IsDevelopment()) { case true: break; default: Target(); break; }")]
    [InlineData(DevelopmentOnly, "var x = env.EnvironmentName switch { \"Development\" => Target(), _ => false };")]
    [InlineData(NotDevelopment, "var x = env.EnvironmentName switch { \"Development\" => false, _ => Target() };")]
    [InlineData(NotDevelopment, "var x = env.IsDevelopment() switch { true => false, false => Target() };")]
    [InlineData(Unknown, "var x = args.Length switch { 0 => Target(), _ => false };")]
    [InlineData(DevelopmentOnly, "var x = args.Length switch { _ when env.IsDevelopment() => Target(), _ => false };")]
    public void Reads_switch(string expected, string body) => Check(expected, body);

    [Theory]
    [InlineData(DevelopmentOnly, "if (env.IsDevelopment()) { Action x = () => Target(); }")]
    [InlineData(DevelopmentOnly, "Action x = () => { if (env.IsDevelopment()) Target(); };")]
    [InlineData(DevelopmentOnly, "Run(() => { if (!env.IsDevelopment()) return; Target(); }); static void Run(Action a) => a();")]
    [InlineData(Everywhere, "while (args.Length > 0) { Target(); }")]
    [InlineData(Everywhere, "try { Target(); } finally { }")]
    [InlineData(Unknown, "try { } catch (Exception) { Target(); }")]
    public void Reads_lambdas_and_blocks(string expected, string body) => Check(expected, body);

    [Theory]
    [InlineData(DevelopmentOnly, "#if DEBUG\nTarget();\n#endif")]
    [InlineData(NotDevelopment, "#if !DEBUG\n#else\nif (!env.IsDevelopment()) { }\n#endif\n#if RELEASE\n#elif !DEBUG\n#endif\nif (!env.IsDevelopment()) Target();")]
    [InlineData(DevelopmentOnly, "#if !DEBUG\n#else\nTarget();\n#endif")]
    [InlineData(DevelopmentOnly, "#if DEBUG && NEVER\n#elif DEBUG\nTarget();\n#endif")]
    [InlineData(Everywhere, "#if NET8_0_OR_GREATER || true\nTarget();\n#endif")]
    [InlineData(Everywhere, "#if DEBUG\n#endif\nTarget();")]
    public void Reads_directives(string expected, string body) => Check(expected, body);

    [Fact]
    public void Reads_disabled_text()
    {
        const string Text = """
            class C
            {
            #if !DEBUG
                void InRelease() { }
            #elif NEVER
                void InDebug() { }
            #endif
            }
            """;
        var root = CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(preprocessorSymbols: ["DEBUG"]), cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        Assert.Equal(RunsIn.NotDevelopment, DevelopmentGuard.Compiled(root, Text.IndexOf("InRelease", StringComparison.Ordinal)));
        Assert.Equal(RunsIn.DevelopmentOnly, DevelopmentGuard.Compiled(root, Text.IndexOf("InDebug", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(DevelopmentOnly, "public class StartupDevelopment { public void Configure() { Target(); } static bool Target() => true; }")]
    [InlineData(DevelopmentOnly, "public class Startup { public void ConfigureDevelopment() { Target(); } static bool Target() => true; }")]
    [InlineData(DevelopmentOnly, "public class Startup { public void ConfigureDevelopmentServices() { Target(); } static bool Target() => true; }")]
    [InlineData(DevelopmentOnly, "public class StartupStaging { public void Configure() { Target(); } static bool Target() => true; }")]
    [InlineData(Everywhere, "public class Startup { public void Configure() { Target(); } static bool Target() => true; }")]
    [InlineData(Everywhere, "public class StartupProduction { public void Configure() { Target(); } static bool Target() => true; }")]
    public void Reads_startup_conventions(string expected, string types) => Assert.Equal(expected, Of(types).ToString());

    [Theory]
    [InlineData(DevelopmentOnly, "var builder = WebApplication.CreateBuilder(args);\nif (builder.Environment.IsDevelopment()) Target();\nstatic bool Target() => true;")]
    [InlineData(DevelopmentOnly, "var app = WebApplication.Create(args);\nif (!app.Environment.IsDevelopment()) return;\nTarget();\nstatic bool Target() => true;")]
    [InlineData(NotDevelopment, "var app = WebApplication.Create(args);\nvar dev = app.Environment.IsDevelopment();\nif (!dev)\n{\n    Target();\n}\nstatic bool Target() => true;")]
    [InlineData(Everywhere, "var app = WebApplication.Create(args);\nif (args is [\"--migrate\"]) return;\nTarget();\nstatic bool Target() => true;")]
    public void Reads_top_level_statements(string expected, string text) => Assert.Equal(expected, Of(text, OutputKind.ConsoleApplication).ToString());

    [Fact]
    public void Conditions_outside_the_boundary_do_not_count()
    {
        var (model, call) = Compile("class C { void M(Microsoft.AspNetCore.Hosting.IWebHostEnvironment env) { if (env.IsDevelopment()) { System.Action a = () => { Target(); }; } } static bool Target() => true; }", OutputKind.DynamicallyLinkedLibrary);
        var lambda = call.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>()!;
        Assert.Equal(RunsIn.Everywhere, DevelopmentGuard.Of(call, lambda, model, TestContext.Current.CancellationToken));
        Assert.Equal(RunsIn.DevelopmentOnly, DevelopmentGuard.Of(call, model, TestContext.Current.CancellationToken));
    }

    private static void Check(string expected, string body, string members = "")
    {
        var primary = members.Contains("public Subject(", StringComparison.Ordinal) ? "" : "(IWebHostEnvironment environment, IConfiguration configuration)";
        var fields = primary.Length == 0 ? "private readonly IWebHostEnvironment environment = null!; private readonly IConfiguration configuration = null!;" : "";
        Assert.Equal(expected, Of($$"""
            public class Subject{{primary}}
            {
                {{fields}}
                public void Configure(IApplicationBuilder app, IWebHostEnvironment env, string[] args)
                {
            {{body}}
                }

                private static bool Target() => true;
                {{members}}
            }
            """).ToString());
    }

    private static RunsIn Of(string text, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var (model, call) = Compile(text, kind);
        return DevelopmentGuard.Of(call, model, TestContext.Current.CancellationToken);
    }

    private static (SemanticModel Model, InvocationExpressionSyntax Call) Compile(string text, OutputKind kind)
    {
        var parse = new CSharpParseOptions(preprocessorSymbols: ["DEBUG", "NET8_0"]);
        var tree = CSharpSyntaxTree.ParseText(text, parse, cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Subject", [tree, CSharpSyntaxTree.ParseText(TestProject.GlobalUsings + "\n" + TestProject.WebUsings, parse, cancellationToken: TestContext.Current.CancellationToken)], References.AspNetCore, new CSharpCompilationOptions(kind));
        var call = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().Single(static c => c.Expression is IdentifierNameSyntax { Identifier.ValueText: "Target" });
        return (compilation.GetSemanticModel(tree), call);
    }
}
