using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>The arguments that a raw SQL call of Entity Framework has already.</summary>
/// <param name="Values">The values, in the order of their numbers.</param>
/// <param name="List">The elements of the array that holds them, where one does.</param>
/// <param name="HasToken">Whether a cancellation token is given without values.</param>
internal sealed record ExistingArguments(IReadOnlyList<ExpressionSyntax> Values, IReadOnlyList<ExpressionSyntax>? List, bool HasToken)
{
    public static ExistingArguments? Read(ArgumentListSyntax list, IMethodSymbol method, ArgumentSyntax text, SemanticModel model)
    {
        var index = list.Arguments.IndexOf(text);
        if (list.Arguments.Skip(index + 1).Any(static a => a.NameColon is not null && a.NameColon.Name.Identifier.ValueText != "cancellationToken"))
            return null;
        var values = new List<ExpressionSyntax>();
        IReadOnlyList<ExpressionSyntax>? elements = null;
        var hasToken = false;
        foreach (var argument in list.Arguments.Skip(index + 1))
        {
            var type = model.GetTypeInfo(argument.Expression).Type;
            if (type is { Name: "CancellationToken" } && !method.Parameters.Any(static p => p.IsParams))
            {
                hasToken = true;
                continue;
            }

            elements = argument.Expression switch
            {
                ArrayCreationExpressionSyntax { Initializer: { Expressions.Count: > 0 } initializer } => initializer.Expressions,
                ImplicitArrayCreationExpressionSyntax { Initializer: { Expressions.Count: > 0 } initializer } when type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object } => initializer.Expressions,
                _ => elements,
            };
            if (elements is not null)
                values.AddRange(elements);
            else if (type is IArrayTypeSymbol || type?.SpecialType != SpecialType.System_String && type?.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable) == true && !method.Parameters.Any(static p => p.IsParams))
                return null;
            else
                values.Add(argument.Expression);
        }

        return new ExistingArguments(values, elements, hasToken && values.Count == 0);
    }
}
