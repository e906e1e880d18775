using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>
/// Finds a nonce that serves for several messages under one key: in a loop that does not change it, or in two calls one after the other. Whatever
/// might change the variable counts as a change.
/// </summary>
internal static class NonceReuse
{
    /// <summary>Why the nonce is used again, or <see langword="null"/>.</summary>
    public static string? Reason(SecretSink sink, IReadOnlyList<TracedSink> all, SemanticModel model, CancellationToken cancellationToken)
    {
        if (sink.Role is not (SecretRole.Nonce or SecretRole.InitializationVector) || sink.Use is not InvocationExpressionSyntax || Variable(sink.Value, model, cancellationToken) is not { } variable)
            return null;
        if (Loop(sink, variable) is { } loop && !IsChanged(loop, variable, model, cancellationToken))
            return "is the same in every round of the loop";
        var block = Block(sink.Use);
        foreach (var (other, _) in all)
        {
            if (other == sink || other.Role != sink.Role || other.Use.SpanStart >= sink.Use.SpanStart || block is null || Block(other.Use) != block || other.Receiver is null || !SymbolEqualityComparer.Default.Equals(other.Receiver, sink.Receiver)
                || !SymbolEqualityComparer.Default.Equals(Variable(other.Value, model, cancellationToken), variable))
            {
                continue;
            }

            var between = block.DescendantNodes().Where(n => n.SpanStart > other.Use.Span.End && n.Span.End < sink.Use.SpanStart).OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == variable.Name);
            if (!between.Any())
                return "served for another message before";
        }

        return null;
    }

    private static ISymbol? Variable(ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken)
    {
        value = ValueTracer.Strip(value);
        return value is IdentifierNameSyntax && model.GetSymbolInfo(value, cancellationToken).Symbol is { } symbol and (ILocalSymbol or IParameterSymbol) ? symbol : null;
    }

    /// <summary>The loop around the use that contains neither the variable nor the algorithm, and that goes on after the use.</summary>
    private static SyntaxNode? Loop(SecretSink sink, ISymbol variable)
    {
        if (sink.Receiver is null)
            return null;
        for (var node = sink.Use; node is not null && node is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); node = node.Parent)
        {
            if (node is BlockSyntax block && block.Statements.Any(s => s is ReturnStatementSyntax or BreakStatementSyntax && s.SpanStart > sink.Use.SpanStart))
                return null;
            if (node is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax)
                return IsInside(variable, node) || IsInside(sink.Receiver, node) || sink.Member.Name == "CreateEncryptor" ? null : node;
        }

        return null;
    }

    private static bool IsInside(ISymbol symbol, SyntaxNode node) => symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == node.SyntaxTree && node.Span.Contains(r.Span));

    /// <summary>Whether a loop names the variable in any other way than as the nonce of a call or by its length.</summary>
    private static bool IsChanged(SyntaxNode loop, ISymbol variable, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var name in loop.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != variable.Name || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, variable))
                continue;
            var isRead = name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "ToArray" or "CopyTo" }
                || name.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Encrypt" or "EncryptCbc" or "EncryptCfb" or "Write" or "WriteAsync" or "AddRange" or "Concat" or "ToBase64String" } } } };
            if (!isRead)
                return true;
        }

        return false;
    }

    private static BlockSyntax? Block(SyntaxNode use) => use.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax block } ? block : null;
}
