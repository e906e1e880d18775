using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>Reads the patterns of <c>MapControllerRoute</c> and its kin, which lead to actions without route attributes.</summary>
internal static class ConventionalRoutes
{
    private const string Default = "{controller=Home}/{action=Index}/{id?}";

    /// <summary>The patterns by which a mapping call leads to actions of an area; <see langword="null"/> for one that no constant tells.</summary>
    public static IEnumerable<string?> Patterns(MappedEndpoint mapping, string? area, CompilationFacts facts, CancellationToken cancellationToken)
    {
        switch (mapping.Name)
        {
            case "MapDefaultControllerRoute" or "UseMvcWithDefaultRoute":
                return area is null ? [Default] : [];
            case "MapControllerRoute":
                return Fits(Argument(mapping.Call, "pattern", 1, facts, cancellationToken), area);
            case "MapAreaControllerRoute":
                var named = Argument(mapping.Call, "areaName", 1, facts, cancellationToken);
                return area is not null && (named is null || named == area) ? [Argument(mapping.Call, "pattern", 2, facts, cancellationToken)] : [];
            case "MapControllers":
                return [];
            default:
                return [null];
        }
    }

    /// <summary>A pattern that has a place for the area leads to areas only; one without leads to the actions outside of them.</summary>
    private static IEnumerable<string?> Fits(string? pattern, string? area)
    {
        if (pattern is null)
            return [null];
        var hasArea = pattern.IndexOf("{area", StringComparison.OrdinalIgnoreCase) >= 0;
        return hasArea == area is not null ? [pattern] : [];
    }

    private static string? Argument(InvocationExpressionSyntax call, string name, int position, CompilationFacts facts, CancellationToken cancellationToken)
    {
        var arguments = call.ArgumentList.Arguments;
        var argument = arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == name) ?? (position < arguments.Count && arguments[position].NameColon is null ? arguments[position] : null);
        return argument is not null && facts.ModelOf(call.SyntaxTree).GetConstantValue(argument.Expression, cancellationToken) is { HasValue: true, Value: string pattern } ? pattern : null;
    }
}
