using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>
/// Tells which questions whether something contains a value make an allow-list: those to a collection of the server's own, constant or
/// read from a database, and to a strict regular expression. A text that contains the value, or a collection that the request brings, is none.
/// </summary>
internal sealed class Memberships(TextTracer tracer)
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "Contains", "ContainsKey", "TryGetValue", "TryGetKey", "Exists", "Any" };

    public static bool IsName(string method) => Names.Contains(method);

    /// <summary>Whether the call asks a collection of the server's own.</summary>
    public bool IsAsked(InvocationExpressionSyntax call)
    {
        if (Arguments.ReceiverOf(call) is not { } receiver)
            return false;

        // what an own interface answers cannot be seen; the body of an own method is read as that of a helper
        var symbol = tracer.SymbolOf(call) as IMethodSymbol;
        if (symbol is { IsAbstract: true } && tracer.IsInSource(symbol))
            return true;

        // Array.Exists(names, …), Enumerable.Contains(names, …)
        if (symbol is { IsStatic: true, ReducedFrom: null })
        {
            if (call.ArgumentList.Arguments.Count == 0)
                return false;
            receiver = call.ArgumentList.Arguments[0].Expression;
        }

        return IsCollection(receiver, isKnown: symbol is not null);
    }

    /// <summary>Whether a method group such as <c>allowed.Contains</c> is one of a collection of the server's own.</summary>
    public bool IsAsked(MemberAccessExpressionSyntax group) => IsName(group.Name.Identifier.ValueText) && IsCollection(group.Expression, isKnown: true);

    /// <summary>Whether the match lets through names only, or is made by a regular expression that is not in sight.</summary>
    public bool IsStrict(InvocationExpressionSyntax match, bool truth)
    {
        var method = tracer.SymbolOf(match) as IMethodSymbol;
        if (method is not null && method.ContainingType.Name != "Regex")
            return false;
        var pattern = method is { IsStatic: true } ? match.ArgumentList.Arguments.ElementAtOrDefault(1)?.Expression : tracer.PatternOf(Arguments.ReceiverOf(match));
        if (pattern is null)
            return truth;
        if (tracer.ModelOf(pattern).GetConstantValue(pattern, tracer.CancellationToken) is not { HasValue: true, Value: string text })
            return truth;

        // with this option the anchors match at each line
        return (pattern.Parent?.Parent?.ToString().IndexOf("Multiline", StringComparison.Ordinal) ?? -1) < 0 && (truth ? NamePatterns.MatchesNamesOnly(text) : NamePatterns.FindsAllButNames(text));
    }

    private bool IsCollection(ExpressionSyntax receiver, bool isKnown)
    {
        var type = tracer.TypeOf(receiver);
        if (type is null or IErrorTypeSymbol)
            return !isKnown;
        if (type.SpecialType == SpecialType.System_String || HarmlessTypes.ElementOf(type) is not { } element || element.SpecialType == SpecialType.System_Char)
            return false;
        return type.ContainingNamespace?.ToDisplayString() is not ("Microsoft.AspNetCore.Http" or "Microsoft.Extensions.Primitives") && !tracer.IsOfRequest(receiver);
    }
}
