using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells whether a Blazor component is a page. Its markup makes a second part of the class, which only a build that generates it shows.</summary>
internal static class ComponentMarkup
{
    private const string CodeBehind = ".razor.cs";

    public static Answer HasRoute(INamedTypeSymbol component, ClassDeclarationSyntax declaration, CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (component.GetAttributes().Any(static a => a.AttributeClass.Is("Microsoft.AspNetCore.Components.RouteAttribute")))
            return Answer.Yes;
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            return Answer.No;

        // '@page' becomes an attribute of the generated part
        if (component.DeclaringSyntaxReferences.Any(static r => r.SyntaxTree.FilePath.IndexOf("_razor.g.cs", StringComparison.OrdinalIgnoreCase) >= 0))
            return Answer.No;
        var path = declaration.SyntaxTree.FilePath;
        if (!path.EndsWith(CodeBehind, StringComparison.OrdinalIgnoreCase))
            return Answer.Unknown;
        var markup = path.Substring(0, path.Length - ".cs".Length);
        var text = facts.AnalyzerOptions.AdditionalFiles.FirstOrDefault(f => string.Equals(f.Path, markup, StringComparison.OrdinalIgnoreCase))?.GetText(cancellationToken);
        if (text is null)
            return Answer.Unknown;
        return text.Lines.Any(static l => l.ToString().TrimStart().TrimStart('\uFEFF').StartsWith("@page", StringComparison.Ordinal)) ? Answer.Yes : Answer.No;
    }
}
