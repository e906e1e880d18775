using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Reads whether attributes make an action ask for an anti-forgery token; the nearest word counts.</summary>
internal static class AntiforgeryAttributes
{
    /// <summary>The methods that change nothing and for which automatic validation asks no token (AutoValidateAntiforgeryTokenAuthorizationFilter).</summary>
    private static readonly ImmutableHashSet<string> Safe = ImmutableHashSet.Create(StringComparer.Ordinal, "GET", "HEAD", "OPTIONS", "TRACE");

    /// <summary>Whether a request to the action by one of the methods must carry a token.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="action">The action.</param>
    /// <param name="methods">The HTTP methods that it answers; empty for any.</param>
    /// <param name="everywhere">Whether a filter for all controllers asks for tokens where no attribute says otherwise.</param>
    public static Answer Requires(INamedTypeSymbol controller, IMethodSymbol action, ImmutableArray<string> methods, Answer everywhere)
    {
        for (ISymbol? symbol = action; symbol is not null; symbol = symbol is IMethodSymbol ? controller : (symbol as INamedTypeSymbol)?.BaseType)
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                var type = attribute.AttributeClass;
                if (type.InheritsFrom("Microsoft.AspNetCore.Mvc.IgnoreAntiforgeryTokenAttribute"))
                    return Answer.No;
                if (type.InheritsFrom("Microsoft.AspNetCore.Mvc.ValidateAntiForgeryTokenAttribute"))
                    return Answer.Yes;
                if (type.InheritsFrom("Microsoft.AspNetCore.Mvc.AutoValidateAntiforgeryTokenAttribute"))
                    return methods.Length > 0 && methods.All(Safe.Contains) ? Answer.No : Answer.Yes;
            }

            if (EndpointAttributes.Antiforgery(symbol) is { } required)
                return required ? Answer.Yes : Answer.No;
        }

        return methods.Length > 0 && methods.All(Safe.Contains) ? Answer.No : everywhere;
    }
}
