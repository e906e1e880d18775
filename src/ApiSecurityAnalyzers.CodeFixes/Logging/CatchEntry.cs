using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>Logs what a catch clause catches, at its start. The clause gets a variable for the exception where it has none.</summary>
internal static class CatchEntry
{
    /// <param name="document">The document of the clause.</param>
    /// <param name="span">Its <c>catch</c>.</param>
    /// <param name="text">The message, without what it is about: <c>Exception ignored in</c>.</param>
    /// <param name="name">What the code is called where it is no method.</param>
    /// <param name="withAddress">Whether the caller's address is part of the entry.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<LogEdit?> PlanAsync(Document document, TextSpan span, string text, string? name, bool withAddress, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null || span.End > root.FullSpan.End || root.FindToken(span.Start) is not { RawKind: (int)SyntaxKind.CatchKeyword, Parent: CatchClauseSyntax clause })
            return null;
        var (logger, access) = await LoggerAccess.FindAsync(document, model, clause.Block, cancellationToken).ConfigureAwait(false);
        if (logger is null)
            return null;
        var declared = clause.Declaration?.Identifier.ValueText ?? "";
        var variable = declared.Length > 0 ? clause.Declaration!.Identifier.Text : Unused(clause, model);
        var entry = LogText.Warning(logger, variable, text, model, clause.Block, name, withAddress, cancellationToken);
        return new LogEdit(document, editor => editor.ReplaceNode(clause, (current, _) => Write((CatchClauseSyntax)current, clause, variable, entry)), access);
    }

    /// <summary>A name that means nothing where the clause stands; clauses beside it may use it too.</summary>
    private static string Unused(CatchClauseSyntax clause, SemanticModel model)
    {
        var name = "ex";
        for (var i = 2; !model.LookupSymbols(clause.Block.SpanStart, name: name).IsEmpty || clause.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name); i++)
            name = "ex" + i;
        return name;
    }

    private static CatchClauseSyntax Write(CatchClauseSyntax current, CatchClauseSyntax original, string variable, string entry)
    {
        var block = HandlerBody.Insert(current.Block, original.Block, entry);
        if (current.Declaration is not { } declaration)
        {
            var type = SyntaxFactory.ParseTypeName("System.Exception").WithAdditionalAnnotations(ServiceAccess.Annotations);
            declaration = SyntaxFactory.CatchDeclaration(type.WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Identifier(variable)).WithTrailingTrivia(current.CatchKeyword.TrailingTrivia);
            return current.WithCatchKeyword(current.CatchKeyword.WithTrailingTrivia(SyntaxFactory.Space)).WithDeclaration(declaration).WithBlock(block);
        }

        if (declaration.Identifier.ValueText.Length == 0)
            declaration = declaration.WithType(declaration.Type.WithTrailingTrivia(SyntaxFactory.Space)).WithIdentifier(SyntaxFactory.Identifier(variable));
        return current.WithDeclaration(declaration).WithBlock(block);
    }
}
