using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>ASA3003: limits that nobody meets, and a limiter for all requests that lets everything through.</summary>
internal static class LimiterSettings
{
    /// <summary>A limit that no client reaches in a window of seconds or minutes (rule catalogue).</summary>
    private const int Absurd = 1_000_000;

    /// <summary>The names that this type asks for.</summary>
    public static readonly NameSet Names = new("PermitLimit", "TokenLimit", "GetNoLimiter");

    public static void Inspect(EndpointDocument document)
    {
        foreach (var token in document.Context.Tokens(Names))
        {
            if (token.ValueText == "GetNoLimiter")
                NoLimit(document, token);
            else
                Limit(document, token);
        }
    }

    private static void Limit(EndpointDocument document, SyntaxToken token)
    {
        var left = token.Parent is { Parent: MemberAccessExpressionSyntax member } name && member.Name == name ? member : token.Parent;
        if (left?.Parent is not AssignmentExpressionSyntax assignment || assignment.Left != left)
            return;
        var model = document.Context.Model;
        if (model.GetConstantValue(assignment.Right, document.CancellationToken) is not { HasValue: true, Value: int and >= Absurd }
            || model.GetSymbolInfo(left, document.CancellationToken).Symbol is not IPropertySymbol { ContainingType: { } options } || !IsLimiterOptions(options)
            || DevelopmentGuard.Of(assignment, model, document.CancellationToken) == RunsIn.DevelopmentOnly)
            return;
        IneffectiveRateLimiter.Report(document, LimiterFaultKind.AbsurdLimit, assignment.Right.GetLocation(), asSuggestion: false, token.ValueText, "is a limit that no client meets", "no request is limited");
    }

    private static bool IsLimiterOptions(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() == "System.Threading.RateLimiting" && type.Name is "FixedWindowRateLimiterOptions" or "SlidingWindowRateLimiterOptions" or "TokenBucketRateLimiterOptions" or "ConcurrencyLimiterOptions";

    private static void NoLimit(EndpointDocument document, SyntaxToken token)
    {
        if (GlobalAssignment(token) is not { } assignment || !LetsEverythingThrough(assignment.Right, token))
            return;
        var model = document.Context.Model;
        if (model.GetSymbolInfo(assignment.Left, document.CancellationToken).Symbol is not IPropertySymbol property || !property.ContainingType.Is("Microsoft.AspNetCore.RateLimiting.RateLimiterOptions")
            || DevelopmentGuard.Of(assignment, model, document.CancellationToken) == RunsIn.DevelopmentOnly)
            return;
        IneffectiveRateLimiter.Report(document, LimiterFaultKind.NoLimit, token.GetLocation(), asSuggestion: false, "GetNoLimiter", "lets every request through the 'GlobalLimiter'", "no request is limited");
    }

    /// <summary>The assignment of the limiter for all requests around a token.</summary>
    internal static AssignmentExpressionSyntax? GlobalAssignment(SyntaxToken token) =>
        token.Parent?.Ancestors().OfType<AssignmentExpressionSyntax>().FirstOrDefault(static a => a.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GlobalLimiter" } or IdentifierNameSyntax { Identifier.ValueText: "GlobalLimiter" });

    /// <summary>Whether every way through the function that chooses the partition ends with the call, or one of its kind.</summary>
    private static bool LetsEverythingThrough(ExpressionSyntax limiter, SyntaxToken token)
    {
        if (limiter is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" } } create
            || create.ArgumentList.Arguments.FirstOrDefault()?.Expression is not LambdaExpressionSyntax choice)
            return false;
        var results = choice.ExpressionBody is { } expression
            ? [expression]
            : choice.DescendantNodes(n => n == choice || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Select(static r => r.Expression).ToList();
        return results.Count > 0 && results.TrueForAll(static r => IsNoLimiter(r)) && results[0]!.Span.Contains(token.Span);
    }

    private static bool IsNoLimiter(ExpressionSyntax? expression) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetNoLimiter" } or SimpleNameSyntax { Identifier.ValueText: "GetNoLimiter" } };
}
