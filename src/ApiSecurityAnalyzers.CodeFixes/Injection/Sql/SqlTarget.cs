using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What runs the SQL text, and how it takes parameters.</summary>
internal abstract class SqlTarget
{
    /// <summary>Whether the database takes double quotes around a value.</summary>
    public virtual bool DoubleQuotesAreText => false;

    /// <summary>Whether a list can be the value of one parameter: <c>IN @ids</c>.</summary>
    public virtual bool TakesLists => false;

    /// <summary>The type that the rows become, where it is known.</summary>
    public virtual ITypeSymbol? RowType => null;

    /// <summary>Whether a <c>Guid</c> in quotes may become a parameter.</summary>
    public virtual bool TakesGuids => true;

    /// <summary>Gives each slot its placeholder and value, writes the text and hands the values over; false where that cannot be done.</summary>
    public abstract bool Parameterize(SqlPlanContext context);

    /// <summary>The target that takes the text, or null where none is known.</summary>
    public static SqlTarget? Find(ExpressionSyntax text, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode node = text;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
            node = node.Parent;
        switch (node.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Right == node:
                return CommandPlace.OfAssignment(assignment, model, cancellationToken) is { } place ? new AdoNetTarget(place) : null;
            case ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation } argument:
                if (model.GetSymbolInfo(creation, cancellationToken).Symbol is IMethodSymbol { ContainingType: { Name: "CommandDefinition", ContainingNamespace.Name: "Dapper" } } constructor)
                    return new DapperTarget(creation, creation.ArgumentList!, constructor, argument);
                return CommandPlace.OfCreation(creation, model, cancellationToken) is { } command ? new AdoNetTarget(command) : null;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument when Method(call, model, cancellationToken) is { } method:
                if (method.ContainingType is { Name: "SqlMapper", ContainingNamespace.Name: "Dapper" })
                    return new DapperTarget(call, list, method, argument);
                if (EntityFrameworkTarget.Fits(method))
                    return new EntityFrameworkTarget(call, method, argument);
                return CommandPlace.IsCommand(method.ReturnType) && CommandPlace.OfCreation(call, model, cancellationToken) is { } created ? new AdoNetTarget(created) : null;
            default:
                return null;
        }
    }

    /// <summary>The method; an overload that the text does not fit yet counts, where the mended text will.</summary>
    private static IMethodSymbol? Method(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        var info = model.GetSymbolInfo(call, cancellationToken);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
    }
}
