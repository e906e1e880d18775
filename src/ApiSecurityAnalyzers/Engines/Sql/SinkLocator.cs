using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>Finds what takes SQL text where a name of the sink table stands: by syntax first, by symbols where that fits and the text is no literal.</summary>
internal static class SinkLocator
{
    private static readonly HashSet<string> TextParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        "sql", "query", "cmdText", "commandText", "selectCommandText", "queryText", "queryString", "sqlQuery", "sqlQueryText", "queryDefinition", "sqlExpression", "cql", "cqlQuery", "rawSql", "expression", "copyFromCommand", "copyToCommand",
        "copyCommand", "selectCommand", "sqlSelectStatement", "template",
    };

    /// <summary>The nodes that may take text where the name stands; at most one is an assignment or a call.</summary>
    public static IEnumerable<(SyntaxNode Node, SinkShape Shape)> NodesAt(SyntaxToken token)
    {
        if (token.Parent is not SimpleNameSyntax name)
            yield break;
        ExpressionSyntax whole = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        switch (whole.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == whole:
                yield return (assignment, SinkShape.Assignment);
                yield break;
            case InvocationExpressionSyntax call when call.Expression == whole:
                yield return (call, SinkShape.Call);
                yield break;
        }

        SyntaxNode type = name;
        while (type.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax or NullableTypeSyntax)
            type = type.Parent;
        switch (type.Parent)
        {
            case ObjectCreationExpressionSyntax creation when creation.Type == type:
                yield return (creation, SinkShape.Creation);
                break;
            case VariableDeclarationSyntax declaration when declaration.Type == type:
                foreach (var variable in declaration.Variables)
                {
                    if (variable.Initializer?.Value is ImplicitObjectCreationExpressionSyntax implicitCreation)
                        yield return (implicitCreation, SinkShape.Creation);
                }

                break;
            case PropertyDeclarationSyntax { Initializer.Value: ImplicitObjectCreationExpressionSyntax created }:
                yield return (created, SinkShape.Creation);
                break;
            case MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax:
                foreach (var returned in Members.Returns(type.Parent).OfType<ImplicitObjectCreationExpressionSyntax>())
                    yield return (returned, SinkShape.Creation);
                break;
        }
    }

    /// <summary>
    /// The creations of a document that do not name their type, for documents that name a type of the table somewhere:
    /// <c>_command = new(text)</c>, <c>Run(new(text))</c>.
    /// </summary>
    public static IEnumerable<ImplicitObjectCreationExpressionSyntax> Unnamed(SyntaxNode root) =>
        root.DescendantNodes().OfType<ImplicitObjectCreationExpressionSyntax>();

    /// <summary>Whether the node gives nothing but literals, so that it need not be bound.</summary>
    public static bool IsPlain(SyntaxNode node)
    {
        switch (node)
        {
            case AssignmentExpressionSyntax assignment:
                return IsLiteral(assignment.Right);
            case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax:
                if (Arguments.ListOf(node) is not { Arguments: { Count: > 0 } arguments })
                    return true;
                foreach (var argument in arguments)
                {
                    if (argument.Expression is not (AnonymousFunctionExpressionSyntax or AnonymousObjectCreationExpressionSyntax) && !IsLiteral(argument.Expression))
                        return false;
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>The use of the sink that a node is, or <see langword="null"/>.</summary>
    public static SinkUse? Match(SyntaxNode node, SinkShape shape, string name, SemanticModel model, CancellationToken cancellationToken)
    {
        var rows = SqlSinks.Of(name);
        if (!rows.Any(r => r.Sink.Shape == shape))
            return null;
        if (node is AssignmentExpressionSyntax assignment)
        {
            if (model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol is not IPropertySymbol { Type.SpecialType: SpecialType.System_String } property)
                return null;
            var row = rows.FirstOrDefault(r => r.Sink.Shape == shape && KnownTexts.Belongs(property.ContainingType, r.Sink.Type));
            return row.Library is null ? null : new SinkUse(assignment.Right, OwnerName(assignment, property, model, cancellationToken) + "." + property.Name, row.Library.Kind)
            {
                Addition = assignment.IsKind(SyntaxKind.AddAssignmentExpression) ? assignment : null,
            };
        }

        var info = model.GetSymbolInfo(node, cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method)
            return null;
        var whole = method.ReducedFrom ?? method;
        var found = rows.FirstOrDefault(r => r.Sink.Shape == shape && KnownTexts.Belongs(method.ContainingType, r.Sink.Type));
        if (found.Library is null || TextParameterOf(whole) is not { } parameter)
            return null;
        var arguments = Arguments.Of(node, method, parameter.Ordinal);
        if (arguments.IsDefaultOrEmpty || IsLiteral(arguments[0]))
            return null;
        var sink = shape == SinkShape.Creation ? method.ContainingType.Name + "." + found.Sink.Property : whole.IsExtensionMethod ? method.Name : method.ContainingType.Name + "." + method.Name;
        return new SinkUse(arguments[0], sink, found.Library.Kind) { IsSuggestion = found.Sink.IsSuggestion };
    }

    /// <summary>The parameter that takes the text: by its name, or the first that is text.</summary>
    private static IParameterSymbol? TextParameterOf(IMethodSymbol method)
    {
        var texts = method.Parameters.Where(static p => p.Type is { SpecialType: SpecialType.System_String } or { Name: "FormattableString" or "RawSqlString" }).ToImmutableArray();
        return texts.FirstOrDefault(static p => TextParameters.Contains(p.Name)) ?? texts.FirstOrDefault(static p => p.Name.IndexOf("connection", StringComparison.OrdinalIgnoreCase) < 0);
    }

    private static string OwnerName(AssignmentExpressionSyntax assignment, IPropertySymbol property, SemanticModel model, CancellationToken cancellationToken) =>
        assignment.Left is MemberAccessExpressionSyntax access && model.GetTypeInfo(access.Expression, cancellationToken).Type is { } type ? type.Name : property.ContainingType.Name;

    private static bool IsLiteral(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Right: LiteralExpressionSyntax } sum:
                    expression = sum.Left;
                    continue;
                case InterpolatedStringExpressionSyntax interpolated:
                    return interpolated.Contents.All(static c => c is InterpolatedStringTextSyntax);
                default:
                    return expression is LiteralExpressionSyntax;
            }
        }
    }
}
