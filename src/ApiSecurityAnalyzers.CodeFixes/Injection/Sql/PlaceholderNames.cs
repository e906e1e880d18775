using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Names placeholders after the values that they stand for.</summary>
internal sealed class PlaceholderNames
{
    /// <summary>Members that say little without what they belong to.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase) { "Id", "Name", "Value", "Text", "Key", "Code", "Type", "Title", "Count", "Length", "Data", "Item", "Date", "Status", "Number" };

    /// <summary>Methods that give the same value in another shape.</summary>
    private static readonly HashSet<string> Shapes = new(StringComparer.Ordinal)
    {
        "Trim", "TrimStart", "TrimEnd", "ToString", "ToLower", "ToUpper", "ToLowerInvariant", "ToUpperInvariant", "Replace", "Substring", "Normalize", "First", "FirstOrDefault", "Single", "SingleOrDefault", "ToArray", "ToList", "Select", "Distinct",
    };

    private readonly HashSet<string> _taken;

    public PlaceholderNames(IEnumerable<string> taken) => _taken = new(taken, StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that is not taken; from then on it is.</summary>
    public string Next(ExpressionSyntax expression) => Next(Suggest(expression));

    public string Next(string name)
    {
        var unique = name;
        for (var i = 2; !_taken.Add(unique); i++)
            unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }

    /// <summary>A name for a value: <c>name</c>, <c>userName</c> for <c>user.Name</c>, <c>city</c> for <c>order.City</c>.</summary>
    public static string Suggest(ExpressionSyntax expression)
    {
        var name = Of(expression)?.TrimStart('_');
        if (name is null || name.Length == 0 || !SyntaxFacts.IsValidIdentifier(name) || !name.All(static c => c < 128))
            return "value";
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    private static string? Of(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText.TrimStart('_'),
        ParenthesizedExpressionSyntax inner => Of(inner.Expression),
        CastExpressionSyntax cast => Of(cast.Expression),
        AwaitExpressionSyntax awaited => Of(awaited.Expression),
        PostfixUnaryExpressionSyntax postfix => Of(postfix.Operand),
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.CoalesceExpression) => Of(binary.Left),
        MemberAccessExpressionSyntax access => Member(access.Name.Identifier.ValueText, access.Expression),
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } conditional => Member(binding.Name.Identifier.ValueText, conditional.Expression),
        ConditionalAccessExpressionSyntax conditional => Of(conditional.Expression),
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string key } }] } => key,
        ElementAccessExpressionSyntax element => Of(element.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Join", Expression: PredefinedTypeSyntax or IdentifierNameSyntax { Identifier.ValueText: "String" } }, ArgumentList.Arguments: [_, var list] } => Of(list.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method, ArgumentList.Arguments: var arguments } => Shapes.Contains(method.Name.Identifier.ValueText) ? Of(method.Expression) : Call(method.Name.Identifier.ValueText) ?? (arguments.Count == 1 ? Of(arguments[0].Expression) : null),
        InvocationExpressionSyntax { Expression: SimpleNameSyntax method } => Call(method.Identifier.ValueText),
        _ => null,
    };

    private static string? Member(string member, ExpressionSyntax receiver)
    {
        if (member == "Value" && receiver is not IdentifierNameSyntax)
            return Of(receiver);
        return Plain.Contains(member) && receiver is IdentifierNameSyntax owner && owner.Identifier.ValueText.TrimStart('_') is { Length: > 0 } name && char.IsLower(name[0]) ? name + member : member;
    }

    private static string? Call(string method) => method.StartsWith("Get", StringComparison.Ordinal) && method.Length > 3 && char.IsUpper(method[3]) ? method.Substring(3).Replace("Async", "") : null;
}
