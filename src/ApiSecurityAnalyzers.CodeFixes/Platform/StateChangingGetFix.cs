using System.Collections.Immutable;
using ApiSecurityAnalyzers.Rules.Platform;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Platform;

/// <summary>ASA8002: lets the endpoint answer POST, or what its name says, in the place of GET.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StateChangingGetFix))]
public sealed class StateChangingGetFix : HttpMethodFix
{
    internal const string UsePost = "ASA8002.UsePost";
    internal const string UsePut = "ASA8002.UsePut";
    internal const string UseDelete = "ASA8002.UseDelete";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(StateChangingGet.Descriptor.Id);

    private protected override IEnumerable<(string Key, string Method)> Actions(string[] methods) =>
        methods.Select(static m => (m switch { "Put" => UsePut, "Delete" => UseDelete, _ => UsePost }, m));

    private protected override string Title(string target, string method) => target switch
    {
        StateChangingGet.TargetAction => $"Add '[Http{method}]'",
        StateChangingGet.TargetAttribute => $"Use '[Http{method}]'",
        StateChangingGet.TargetList => $"Use '\"{method.ToUpperInvariant()}\"'",
        _ => $"Use 'Map{method}'",
    };

    private protected override SyntaxNode? Edit(SyntaxNode root, SyntaxNode node, string target, string method)
    {
        switch (target)
        {
            case StateChangingGet.TargetAction:
                return AddVerb(root, node, method);
            case StateChangingGet.TargetAttribute:
                return node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration && VerbAttributes.Replace(declaration, method) is { } changed ? root.ReplaceNode(declaration, changed) : null;
            case StateChangingGet.TargetCall:
                return RenameCall(root, node, "MapGet", method);
            case StateChangingGet.TargetList:
                return node.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.ArgumentList.Arguments is { Count: > 1 } arguments ? VerbAttributes.ReplaceTexts(root, arguments[1], method) : null;
            default:
                return null;
        }
    }
}
