using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Tests.Kit;

/// <summary>Code under test: frames that keep a test to the lines that matter. Expected diagnostics are marked <c>{|ASA0000:…|}</c>.</summary>
internal static class Code
{
    private const string SecuredHost = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
        builder.Services.AddControllers();
        builder.Services.AddSignalR();
        builder.Services.AddHttpLogging(options => { });
        builder.Services.AddRateLimiter(options => options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(
            context => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter("all", key => new System.Threading.RateLimiting.FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) })));
        var app = builder.Build();
        app.UseHttpsRedirection();
        app.UseHttpLogging();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        """;

    /// <summary>Types of a library whose hosts are declared to protect it, so that endpoint rules stay out.</summary>
    public static CodeTest Library(string types) => Test("Library.cs", static t => t, types).Option("api_security.host", "protected");

    /// <summary>Statements of a method that has an <c>HttpContext context</c> and a <c>string input</c>.</summary>
    public static CodeTest Method(string statements) => Test("Subject.cs", static t => Usings(t, static body => $$"""
        public sealed class Subject
        {
            public async Task Run(HttpContext context, string input)
            {
        {{Indent(body, 8)}}
                await Task.Yield();
            }
        }
        """), statements).Option("api_security.host", "protected");

    /// <summary>Members of a class.</summary>
    public static CodeTest Members(string members) => Test("Subject.cs", static t => Usings(t, static body => $$"""
        public sealed class Subject
        {
        {{Indent(body, 4)}}
        }
        """), members).Option("api_security.host", "protected");

    /// <summary>Members of an authorized API controller.</summary>
    public static CodeTest Controller(string members) => Test("SubjectController.cs", static t => Usings(t, static body => $$"""
        [ApiController, Authorize, Route("api/[controller]")]
        public sealed class SubjectController : ControllerBase
        {
        {{Indent(body, 4)}}
        }
        """), members).Option("api_security.host", "protected");

    /// <summary>Statements behind a fully secured host without a fallback policy; <c>app</c> is the application.</summary>
    public static CodeTest MinimalApi(string statements) => Test("Program.cs", static t => Usings(t, static body => SecuredHost + "\n" + body + "\napp.Run();\n"), statements);

    /// <summary>A complete <c>Program.cs</c> with top-level statements.</summary>
    public static CodeTest Program(string text) => Test("Program.cs", static t => t, text);

    /// <summary>Complete files.</summary>
    public static CodeTest Files(params (string Name, string Text)[] files) => new([.. files.Select(static f => (f.Name, f.Text))], null);

    private static CodeTest Test(string name, Func<string, string> frame, string text) => new([(name, frame(text))], (name, frame));

    /// <summary>Moves using directives at the top of the snippet in front of the frame.</summary>
    private static string Usings(string text, Func<string, string> frame)
    {
        var lines = text.Split('\n');
        var count = lines.TakeWhile(static l => l.StartsWith("using ", StringComparison.Ordinal) && l.TrimEnd().EndsWith(';') && !l.Contains('(') && !l.StartsWith("using var ", StringComparison.Ordinal) && (l.IndexOf('=') < 0 || l.Split('=')[0].Trim().Count(static c => c == ' ') == 1)).Count();
        var usings = string.Join('\n', lines.Take(count));
        var body = string.Join('\n', lines.Skip(count)).Trim('\n');
        return (count > 0 ? usings + "\n\n" : "") + frame(body);
    }

    private static string Indent(string text, int by) =>
        string.Join('\n', text.Split('\n').Select(l => l.Length == 0 ? l : new string(' ', by) + l));
}
