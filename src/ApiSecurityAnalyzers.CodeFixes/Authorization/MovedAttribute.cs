using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>Writes what an attribute says at the place where it acts: on a class, or as a convention of endpoints.</summary>
internal static class MovedAttribute
{
    private const string Framework = "Microsoft.AspNetCore.Authorization.AuthorizeAttribute";

    /// <summary>Puts the attribute on the class around; one that the class has already is not repeated.</summary>
    public static bool ToClass(AttributeSyntax attribute, DocumentId document, TextEditList edits)
    {
        if (attribute.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } type)
            return false;
        if (type.AttributeLists.SelectMany(static l => l.Attributes).Any(a => SyntaxFactory.AreEquivalent(a, attribute)))
            return true;
        edits.Add(document, new TextChange(new TextSpan(type.SpanStart, 0), $"[{attribute}]\n{Place.Indentation(type)}"));
        return true;
    }

    /// <summary>Whether every endpoint that the diagnostic names takes conventions.</summary>
    public static async Task<bool> CanMoveAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken) => await CallsAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is { Count: > 0 };

    /// <summary>Adds <c>.RequireAuthorization(…)</c> to the endpoints that the diagnostic names.</summary>
    public static async Task<bool> ToCallsAsync(Solution solution, Document document, AttributeSyntax attribute, Diagnostic diagnostic, TextEditList edits, CancellationToken cancellationToken)
    {
        if (await CallsAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is not { Count: > 0 } calls)
            return false;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        foreach (var (id, call, target) in calls)
        {
            var arguments = Arguments(attribute, model, call, target, cancellationToken);
            if (arguments.Length == 0 && Chain.Has(call, "RequireAuthorization"))
                continue;
            var line = call.Parent is MemberAccessExpressionSyntax { OperatorToken: var dot } && call.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? "\n" + dot.LeadingTrivia.ToString() : "";
            edits.Add(id, new TextChange(new TextSpan(call.Span.End, 0), $"{line}.RequireAuthorization({arguments})"));
        }

        return true;
    }

    /// <summary>What makes the policy that the diagnostic names ask for scopes.</summary>
    public static async Task<(DocumentId Document, TextChange Change)?> PolicyAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.AdditionalLocations is not { Count: > 0 } locations || locations[0] is not { SourceTree: { } tree } location || solution.GetDocument(tree) is not { } document)
            return null;
        var root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var lambda = root.FindToken(location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.ArgumentList.Arguments.LastOrDefault()?.Expression as LambdaExpressionSyntax;
        return lambda is not null && PolicyLambda.Demand(lambda, ".AddRequirements(new Microsoft.Identity.Web.ScopeAuthorizationRequirement())") is { } change ? (document.Id, change) : null;
    }

    private static async Task<List<(DocumentId Document, InvocationExpressionSyntax Call, SemanticModel Model)>?> CallsAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var calls = new List<(DocumentId, InvocationExpressionSyntax, SemanticModel)>();
        foreach (var location in diagnostic.AdditionalLocations)
        {
            if (location.SourceTree is not { } tree || solution.GetDocument(tree) is not { } document || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
                return null;
            var root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
            if (root.FindToken(location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
                || (model.GetSymbolInfo(call, cancellationToken).Symbol as IMethodSymbol)?.ReturnType.Implements("Microsoft.AspNetCore.Builder.IEndpointConventionBuilder") != true)
            {
                return null;
            }

            calls.Add((document.Id, call, model));
        }

        return calls;
    }

    /// <summary>The arguments of the convention: nothing, a policy, or the attribute as an object.</summary>
    private static string Arguments(AttributeSyntax attribute, SemanticModel model, InvocationExpressionSyntax call, SemanticModel target, CancellationToken cancellationToken)
    {
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments })
            return "";
        if (arguments.Count == 1 && (arguments[0].NameEquals is null || arguments[0].NameEquals!.Name.Identifier.ValueText == "Policy"))
            return Value(arguments[0]);
        var name = target.LookupNamespacesAndTypes(call.SpanStart, name: "AuthorizeAttribute") is { Length: 1 } found && (found[0] as ITypeSymbol).Is(Framework) ? "AuthorizeAttribute" : Framework;
        var positional = arguments.Where(static a => a.NameEquals is null).Select(Value).ToList();
        return $"new {name}{(positional.Count > 0 ? $"({string.Join(", ", positional)})" : "")} {{ {string.Join(", ", arguments.Where(static a => a.NameEquals is not null).Select(a => a.NameEquals!.Name + " = " + Value(a)))} }}";

        // a constant may not be in sight where the endpoint is mapped
        string Value(AttributeArgumentSyntax argument) => model.GetConstantValue(argument.Expression, cancellationToken) is { HasValue: true, Value: string text } ? SymbolDisplay.FormatLiteral(text, quote: true) : argument.Expression.ToString();
    }
}
