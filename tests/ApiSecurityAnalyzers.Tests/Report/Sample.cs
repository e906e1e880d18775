using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;
using ApiSecurityAnalyzers.Report;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Tests.Report;

/// <summary>Endpoints to write reports of.</summary>
internal static class Sample
{
    /// <summary>Text that ends whatever it stands in, if it is not escaped.</summary>
    public const string Hostile = "</script></style>--><img src=x onerror='alert(1)'>\"&\\%41;$(Path)@(Compile)*?\u2028\u202e\u0007🎉\ud83cä";

    public static ReportSettings Settings { get; } = new("Shop.Api", "net10.0", "/repo");

    public static EndpointDescription Orders { get; } = new("api/orders/{id}", ["GET", "HEAD"], EndpointOrigin.Controller, "OrdersController.Get", At("/repo/src/OrdersController.cs", 12), EndpointAccess.Protected)
    {
        Policies = ["CanRead"],
        Roles = ["Admin,Support", "Staff"],
        Schemes = ["Bearer"],
        RateLimiting = Answer.Yes,
        LimiterPolicy = "fixed",
        RequestLog = Answer.Yes,
        Because = ["[Authorize] on OrdersController", "fallback policy"],
    };

    public static EndpointDescription Open { get; } = new("api/orders", ["POST"], EndpointOrigin.RouteHandler, "lambda", At("/repo/src/Program.cs", 40), EndpointAccess.Open)
    {
        Antiforgery = Answer.Yes,
        Because = ["nothing demands authorization"],
    };

    public static EndpointDescription Unknown { get; } = new(null, [], EndpointOrigin.Library, "MapDefaults", At("/repo/src/Program.cs", 41), EndpointAccess.Unknown)
    {
        RateLimiting = Answer.Unknown,
        RequestLog = Answer.Unknown,
        Antiforgery = Answer.Unknown,
        IsDevelopmentOnly = true,
    };

    public static EndpointDescription Anonymous { get; } = new("health", [], EndpointOrigin.Operational, "MapHealthChecks", default, EndpointAccess.Anonymous)
    {
        IsLimiterDisabled = true,
        Because = ["AllowAnonymous on MapHealthChecks"],
    };

    public static EndpointDescription Evil { get; } = new(Hostile, [Hostile], EndpointOrigin.RouteHandler, Hostile, At("/repo/" + Hostile + ".cs", 1), EndpointAccess.Protected)
    {
        Policies = [Hostile],
        Roles = [Hostile],
        Schemes = [Hostile],
        RateLimiting = Answer.Yes,
        LimiterPolicy = Hostile,
        Because = [Hostile],
    };

    public static ImmutableArray<EndpointDescription> All { get; } = [Orders, Open, Unknown, Anonymous, Evil];

    public static EndpointReport Of(params EndpointDescription[] endpoints) => EndpointReport.Create(Settings, [.. endpoints]);

    /// <summary>A place, its line counted from one.</summary>
    public static FileLinePositionSpan At(string path, int line) => new(path, new LinePosition(line - 1, 4), new LinePosition(line - 1, 8));
}
