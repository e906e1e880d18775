using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>The command that takes the text: what it is called, and where statements can add parameters to it.</summary>
internal sealed class CommandPlace
{
    private CommandPlace(ITypeSymbol type, string receiver, StatementSyntax statement)
    {
        Type = type;
        Receiver = receiver;
        Statement = statement;
    }

    /// <summary>The type of the command, or of the adapter's command.</summary>
    public ITypeSymbol Type { get; }

    /// <summary>The expression that gives the command.</summary>
    public string Receiver { get; private set; }

    /// <summary>The statement behind which the command has its text.</summary>
    public StatementSyntax Statement { get; }

    /// <summary>The body of the <c>using</c> statement that creates the command.</summary>
    public StatementSyntax? Body { get; private init; }

    /// <summary>The creation that gets a variable of its own.</summary>
    public ExpressionSyntax? Inline { get; private init; }

    /// <summary>The assignment of the text.</summary>
    public AssignmentExpressionSyntax? Assignment { get; private init; }

    /// <summary>What follows the variable: <c>.SelectCommand</c>.</summary>
    public string Suffix { get; private init; } = "";

    /// <summary>Where the parameters are computed.</summary>
    public int Position => Inline?.SpanStart ?? (Body is null ? Statement.Span.End : Body.SpanStart);

    public static bool IsCommand(ITypeSymbol type) => type.Implements("System.Data.IDbCommand") || type.InheritsFrom("System.Data.Common.DbBatchCommand");

    public static CommandPlace? OfAssignment(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellationToken)
    {
        if (assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } && assignment.Left is IdentifierNameSyntax)
            return OfCreation(creation, model, cancellationToken);
        if (assignment is not { Parent: ExpressionStatementSyntax statement, Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommandText" } access }
            || !IsSimple(access.Expression) || model.GetTypeInfo(access.Expression, cancellationToken).Type is not { } type || !IsCommand(type))
        {
            return null;
        }

        return new CommandPlace(type, access.Expression.ToString(), statement) { Assignment = assignment };
    }

    public static CommandPlace? OfCreation(ExpressionSyntax creation, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetTypeInfo(creation, cancellationToken).Type is not { } type)
            return null;
        var suffix = "";
        if (!IsCommand(type))
        {
            if (!type.Implements("System.Data.IDbDataAdapter") || Property(type, "SelectCommand") is not { } select)
                return null;
            suffix = "." + select.Name + (select.NullableAnnotation == NullableAnnotation.Annotated && model.GetNullableContext(creation.SpanStart).AnnotationsEnabled() ? "!" : "");
            type = select.Type;
        }

        SyntaxNode node = creation;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
            node = node.Parent;
        if (node.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable })
        {
            var name = variable.Identifier.Text + suffix;
            switch (variable.Parent?.Parent)
            {
                case LocalDeclarationStatementSyntax local:
                    return new CommandPlace(Declared(type, suffix, variable, model, cancellationToken), name, local);
                case UsingStatementSyntax statement:
                    return new CommandPlace(Declared(type, suffix, variable, model, cancellationToken), name, statement) { Body = statement.Statement };
                default:
                    return null;
            }
        }

        if (node.Parent is AssignmentExpressionSyntax { Left: var left } assignment && assignment.Right == node && IsSimple(left) && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
        {
            if (assignment.Parent is ExpressionStatementSyntax statement)
                return new CommandPlace(model.GetTypeInfo(left, cancellationToken).Type is { } assigned && suffix.Length == 0 ? assigned : type, left + suffix, statement);
            if (assignment.Parent is UsingStatementSyntax resource)
                return new CommandPlace(type, left + suffix, resource) { Body = resource.Statement };
        }

        return CanComeFirst(creation) is { } host ? new CommandPlace(type, "", host) { Inline = creation, Suffix = suffix } : null;
    }

    /// <summary>Names the variable of a command that had none.</summary>
    public string NameInline(string variable)
    {
        Receiver = variable + Suffix;
        return variable;
    }

    public static IPropertySymbol? Property(ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(static p => p.ExplicitInterfaceImplementations.IsEmpty) is { } property)
                return property;
        }

        return type.AllInterfaces.SelectMany(i => i.GetMembers(name)).OfType<IPropertySymbol>().FirstOrDefault();
    }

    /// <summary>The variable may be declared with a wider type than it holds.</summary>
    private static ITypeSymbol Declared(ITypeSymbol type, string suffix, VariableDeclaratorSyntax variable, SemanticModel model, CancellationToken cancellationToken) =>
        suffix.Length == 0 && model.GetDeclaredSymbol(variable, cancellationToken) is ILocalSymbol local ? local.Type : type;

    private static bool IsSimple(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsSimple(access.Expression),
        PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression) && IsSimple(postfix.Operand),
        _ => false,
    };

    /// <summary>The statement in front of which the creation can be evaluated: nothing in the statement is evaluated before it.</summary>
    private static StatementSyntax? CanComeFirst(ExpressionSyntax creation)
    {
        SyntaxNode node = creation;
        while (true)
        {
            switch (node.Parent)
            {
                case MemberAccessExpressionSyntax access when access.Expression == node:
                case InvocationExpressionSyntax call when call.Expression == node:
                case AwaitExpressionSyntax or CastExpressionSyntax or ParenthesizedExpressionSyntax or EqualsValueClauseSyntax or VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } }:
                case PostfixUnaryExpressionSyntax postfix when postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax } assignment when assignment.Right == node:
                case VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax }:
                    node = node.Parent;
                    continue;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax outer } argument when outer.ArgumentList.Arguments[0] == argument && (outer.Expression is IdentifierNameSyntax || outer.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && IsSimple(receiver)):
                    node = outer;
                    continue;
                case ReturnStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 }:
                    return (StatementSyntax)node.Parent;
                default:
                    return null;
            }
        }
    }
}
