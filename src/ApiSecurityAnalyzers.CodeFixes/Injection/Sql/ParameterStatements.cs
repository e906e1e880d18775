using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Writes the statements that add parameters to a command.</summary>
internal sealed class ParameterStatements
{
    private readonly SqlPlanContext _context;
    private readonly string _receiver;
    private readonly bool _hasAddWithValue;
    private readonly bool _isNpgsql;
    private readonly string _sign;
    private readonly HashSet<string> _variables;

    public ParameterStatements(SqlPlanContext context, string receiver, ITypeSymbol collection, string provider, string sign)
    {
        _context = context;
        _receiver = receiver;
        _sign = sign;
        _isNpgsql = provider == "Npgsql";
        _hasAddWithValue = Has(collection, "AddWithValue");
        _variables = context.NamesInScope();
    }

    /// <summary>The statements that add one parameter.</summary>
    public IReadOnlyList<string> Add(string name, SqlSlot slot)
    {
        var value = SqlValue.OrDbNull(slot, _context.Model);
        if (_hasAddWithValue)
        {
            var type = LeavesTypeOpen(slot) ? "NpgsqlTypes.NpgsqlDbType.Unknown, " : "";
            return [$"{_receiver}.Parameters.AddWithValue(\"{_sign}{name}\", {type}{value});"];
        }

        return Create(name + "Parameter", $"\"{(_sign == ":" ? "" : _sign)}{name}\"", value);
    }

    /// <summary>The statements that add a parameter for each entry of a dictionary.</summary>
    public IReadOnlyList<string> AddAll(string dictionary)
    {
        var entry = Unique("entry");
        var add = _hasAddWithValue ? [$"{_receiver}.Parameters.AddWithValue({entry}.Key, {entry}.Value);"] : Create("parameter", entry + ".Key", entry + ".Value");
        return [$"foreach (var {entry} in {dictionary})", "{", .. add.Select(static l => "    " + l), "}"];
    }

    /// <summary>PostgreSQL takes a text for a number only where its type is left open, as it is in a literal.</summary>
    public bool LeavesTypeOpen(SqlSlot slot) => _isNpgsql && slot.Token.Kind == SqlTokenKind.Hole && SqlValue.IsString(slot.First.Expression, _context.Model);

    private IReadOnlyList<string> Create(string variable, string name, string value)
    {
        variable = Unique(variable);
        return
        [
            $"var {variable} = {_receiver}.CreateParameter();",
            $"{variable}.ParameterName = {name};",
            $"{variable}.Value = {value};",
            $"{_receiver}.Parameters.Add({variable});",
        ];
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var i = 2; !_variables.Add(unique); i++)
            unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }

    /// <summary>The condition under which the parameter is added; empty for always, null where it cannot be repeated.</summary>
    public string? Condition(SqlSlot slot, int position, bool isPositional)
    {
        var conditions = new List<string>();
        foreach (var guard in slot.First.Guards)
        {
            if (guard.Condition is { } condition && SqlStability.CanMove(condition, position, _context.Model, _context.CancellationToken))
                conditions.Add(Text(condition, guard.IsNegated));
            else if (isPositional || !slot.Holes.All(h => SqlStability.IsVariable(h.Expression, _context.Model)))
                return null;
            else
                return "";
        }

        return string.Join(" && ", conditions);
    }

    /// <summary>Keeps a value that cannot be computed later in a variable, in front of the statement that composes the text.</summary>
    public bool Keep(SqlSlot slot, string name)
    {
        if (slot.First.Expression.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || slot.Holes.Count > 1 && slot.Holes.Any(h => h.Expression.FirstAncestorOrSelf<StatementSyntax>() != statement))
            return false;
        var variable = name;
        for (var i = 2; !_variables.Add(variable); i++)
            variable = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!_context.Model.LookupSymbols(slot.First.Expression.SpanStart).Any() || !StatementEdits.InsertBefore(_context.Edits, statement, [$"var {variable} = {slot.Value};"]))
            return false;
        slot.Value = variable;
        return true;
    }

    private static string Text(ExpressionSyntax condition, bool isNegated)
    {
        condition = SqlTextReader.Bare(condition);
        if (!isNegated)
            return condition is BinaryExpressionSyntax { OperatorToken.ValueText: "||" or "??" } or ConditionalExpressionSyntax ? "(" + condition + ")" : condition.WithoutTrivia().ToString();
        return condition is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax ? "!" + condition.WithoutTrivia() : "!(" + condition.WithoutTrivia() + ")";
    }

    private static bool Has(ITypeSymbol type, string method)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(method).OfType<IMethodSymbol>().Any(static m => m.DeclaredAccessibility == Accessibility.Public && m.Parameters.Length == 2))
                return true;
        }

        return false;
    }
}
