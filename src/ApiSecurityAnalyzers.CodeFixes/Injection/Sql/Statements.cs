using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Finds the statements around a node: in blocks, switch sections and at the top level.</summary>
internal static class Statements
{
    /// <summary>The statements among which a statement stands; a statement without braces stands alone.</summary>
    public static ImmutableArray<StatementSyntax> ListOf(StatementSyntax? statement) => statement?.Parent switch
    {
        BlockSyntax block => block.Statements.ToImmutableArray(),
        SwitchSectionSyntax section => section.Statements.ToImmutableArray(),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(static g => g.Statement).ToImmutableArray(),
        _ => statement is null ? ImmutableArray<StatementSyntax>.Empty : ImmutableArray.Create(statement),
    };

    /// <summary>The member, or the file of top-level statements, in which a node stands.</summary>
    public static SyntaxNode Scope(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static a => a is MemberDeclarationSyntax and not GlobalStatementSyntax and not BaseTypeDeclarationSyntax) ?? node.SyntaxTree.GetRoot();
}
