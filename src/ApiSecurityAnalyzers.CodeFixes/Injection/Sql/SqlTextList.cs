using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A list of conditions that becomes text: <c>string.Join(" AND ", conditions)</c>.</summary>
internal static class SqlTextList
{
    /// <summary>The local list of texts that the call joins with words of SQL, and these words.</summary>
    public static (ExpressionSyntax List, string Separator)? Of(InvocationExpressionSyntax call, SemanticModel model) =>
        call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Join" }, ArgumentList.Arguments: [var separator, { Expression: IdentifierNameSyntax list }] }
        && model.GetConstantValue(separator.Expression).Value is string words && words.Any(char.IsLetter)
        && model.GetTypeInfo(list).Type is INamedTypeSymbol { Name: "List", TypeArguments: [{ SpecialType: SpecialType.System_String }] }
        && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String }
            ? (list, words)
            : null;

    /// <summary>The texts with which the list is created; null where it is not created here.</summary>
    public static IReadOnlyList<ExpressionSyntax>? Elements(ExpressionSyntax creation) => creation switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null } => [],
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { } initializer } => initializer.Expressions,
        CollectionExpressionSyntax collection when collection.Elements.All(static e => e is ExpressionElementSyntax) => [.. collection.Elements.OfType<ExpressionElementSyntax>().Select(static e => e.Expression)],
        _ => null,
    };

    /// <summary>The pieces that one more text adds.</summary>
    public static IEnumerable<SqlPiece> Append(SqlTextReader reader, ExpressionSyntax text, string separator, ReadContext context) =>
        new SqlPiece[] { new TextPiece(separator) }.Concat(reader.Read(text, context));
}
