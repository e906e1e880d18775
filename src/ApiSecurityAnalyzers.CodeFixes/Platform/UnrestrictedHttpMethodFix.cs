using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Rules.Platform;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Platform;

/// <summary>ASA8001: names the HTTP method that the endpoint is for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnrestrictedHttpMethodFix))]
public sealed class UnrestrictedHttpMethodFix : HttpMethodFix
{
    /// <summary>The likeliest method: one key, so that Fix All gives each endpoint its own.</summary>
    internal const string RestrictMethod = "ASA8001.RestrictMethod";

    internal const string UseGet = "ASA8001.UseGet";
    internal const string UsePost = "ASA8001.UsePost";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UnrestrictedHttpMethod.Descriptor.Id);

    private protected override IEnumerable<(string Key, string Method)> Actions(string[] methods) =>
        methods.Select(static (m, i) => (i == 0 ? RestrictMethod : m == "Get" ? UseGet : UsePost, m));

    private protected override string Title(string target, string method) => target switch
    {
        UnrestrictedHttpMethod.TargetAction => $"Add '[Http{method}]'",
        UnrestrictedHttpMethod.TargetCall => $"Use 'Map{method}'",
        _ => $"Answer '{method.ToUpperInvariant()}' only",
    };

    private protected override SyntaxNode? Edit(SyntaxNode root, SyntaxNode node, string target, string method)
    {
        switch (target)
        {
            case UnrestrictedHttpMethod.TargetAction:
                return AddVerb(root, node, method);
            case UnrestrictedHttpMethod.TargetCall:
                return RenameCall(root, node, "Map", method);
            case UnrestrictedHttpMethod.TargetMetadata:
                var metadata = SyntaxFactory.ParseExpression($"new Microsoft.AspNetCore.Routing.HttpMethodMetadata(new[] {{ \"{method.ToUpperInvariant()}\" }})");
                return node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? Chain.Append(root, call, "WithMetadata", SyntaxFactory.Argument(metadata)) : null;
            default:
                return null;
        }
    }
}
