using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What attributes, filters and own code say about the check of anti-forgery tokens.</summary>
internal static class Antiforgery
{
    private const string Policy = "Microsoft.AspNetCore.Mvc.ViewFeatures.IAntiforgeryPolicy";

    /// <summary>MVC's filter that keeps from checking tokens; of several filters the one nearest to the action decides.</summary>
    public const string Ignore = "Microsoft.AspNetCore.Mvc.IgnoreAntiforgeryTokenAttribute";

    /// <summary>Metadata that the middleware reads, from .NET 8.</summary>
    public const string Metadata = "Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata";

    /// <summary>The attribute as it is written, and the members by which own code checks tokens.</summary>
    public static readonly NameSet Names = new("IgnoreAntiforgeryToken", "IgnoreAntiforgeryTokenAttribute", "DisableAntiforgery", "ValidateRequestAsync", "IsRequestValidAsync");

    private static readonly NameSet OwnChecks = new("ValidateRequestAsync", "IsRequestValidAsync");

    private static readonly ConditionalWeakTable<CompilationFacts, StrongBox<bool>> Checked = new();

    /// <summary>Whether own code checks tokens somewhere: which endpoints it does that for is not looked into.</summary>
    public static bool IsCheckedByHand(CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (Checked.TryGetValue(facts, out var known))
            return known.Value;
        var found = facts.Compilation.SyntaxTrees.Any(t => NameIndex.For(t, cancellationToken).HasAny(OwnChecks));
        return Checked.GetValue(facts, _ => new StrongBox<bool>(found)).Value;
    }

    /// <summary>What the attributes on an action, or on a controller and its bases, say; with the attribute that keeps from checking.</summary>
    public static (Answer Answer, AttributeData? Ignored) Of(ISymbol? symbol, CodeInspector inspector)
    {
        for (; symbol is not null; symbol = symbol is INamedTypeSymbol type ? type.BaseType : (symbol as IMethodSymbol)?.OverriddenMethod)
        {
            var answer = Answer.No;
            foreach (var attribute in symbol.GetAttributes())
            {
                if (attribute.AttributeClass is not { } kind)
                    continue;
                if (kind.InheritsFrom(Ignore))
                    return (Answer.No, attribute);
                answer = answer.Or(Of(attribute, kind, inspector));
            }

            if (answer != Answer.No)
                return (answer, null);
        }

        return (Answer.No, null);
    }

    /// <summary>Whether the type is an MVC filter that checks tokens.</summary>
    public static bool Checks(ITypeSymbol type) =>
        type.InheritsFrom("Microsoft.AspNetCore.Mvc.AutoValidateAntiforgeryTokenAttribute") || type.InheritsFrom("Microsoft.AspNetCore.Mvc.ValidateAntiForgeryTokenAttribute") || type.Implements(Policy) && !type.InheritsFrom(Ignore);

    private static Answer Of(AttributeData attribute, INamedTypeSymbol kind, CodeInspector inspector)
    {
        if (Checks(kind))
            return Answer.Yes;
        if (kind.Implements(Metadata))
            return attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: false }] ? Answer.Unknown : Answer.Yes;
        if (kind is IErrorTypeSymbol)
            return kind.Name.IndexOf("forgery", StringComparison.OrdinalIgnoreCase) >= 0 || kind.Name.IndexOf("csrf", StringComparison.OrdinalIgnoreCase) >= 0 ? Answer.Unknown : Answer.No;

        // a filter of a library may check the token, or something that other sites cannot send either
        var isFilter = kind.Implements("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata");
        if (isFilter && !inspector.IsInSource(kind) && !KnownCalls.IsHarmlessAssembly(kind.ContainingAssembly?.Name ?? ""))
            return Answer.Unknown;
        return kind.Name.IndexOf("forgery", StringComparison.OrdinalIgnoreCase) >= 0 || kind.Name.IndexOf("csrf", StringComparison.OrdinalIgnoreCase) >= 0 || kind.Name.IndexOf("xsrf", StringComparison.OrdinalIgnoreCase) >= 0 ? Answer.Unknown : Answer.No;
    }
}
