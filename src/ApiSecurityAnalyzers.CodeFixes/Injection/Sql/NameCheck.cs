using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Refuses, in front of where a value becomes part of the text, whatever is not the name of something: for names that no list in sight
/// holds. The text itself stays as it is.
/// </summary>
internal sealed class NameCheck
{
    private readonly SemanticModel _model;
    private readonly TextEdits _edits;
    private readonly HashSet<string> _names;
    private readonly Dictionary<(string, StatementSyntax), string?> _known = [];

    public NameCheck(SemanticModel model, TextEdits edits, HashSet<string> names)
    {
        _model = model;
        _edits = edits;
        _names = names;
    }

    /// <summary>Whether anything was checked.</summary>
    public bool IsUsed { get; private set; }

    public bool Guard(HolePiece hole, SqlSlot slot)
    {
        var expression = SqlTextReader.Bare(hole.Expression);
        if (hole.Format.Length > 0 || !SqlValue.IsString(expression, _model) || !WellKnownTypes.For(_model.Compilation).Has("System.Text.RegularExpressions.Regex"))
            return false;
        IsUsed = true;
        var isVariable = IsVariable(expression);
        if (Statements.BeforeWhich(expression) is not { } statement)
        {
            hole.Replacement = $"({Test(expression, expression.ToString(), slot)} ? {expression} : throw {AllowList.Refusal(expression, _model)})";
            return isVariable;
        }

        var key = (expression.ToString(), statement);
        if (_known.TryGetValue(key, out var known))
        {
            hole.Replacement = known;
            return true;
        }

        var name = expression.ToString();
        var lines = new List<string> { "// Only a name becomes part of the SQL text: no quotes, no spaces, no second statement." };
        if (!isVariable)
        {
            var suggested = PlaceholderNames.Suggest(expression);
            var wanted = "checked" + char.ToUpperInvariant(suggested[0]) + suggested.Substring(1);
            name = wanted;
            for (var i = 2; !_names.Add(name); i++)
                name = wanted + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            lines.Add($"var {name} = {expression};");
            hole.Replacement = name;
        }

        _known[key] = hole.Replacement;
        lines.Add($"if (!{Test(expression, name, slot)})");
        lines.Add($"    throw {AllowList.Refusal(expression, _model)};");
        return StatementEdits.InsertBefore(_edits, statement, lines);
    }

    private string Test(ExpressionSyntax expression, string name, SqlSlot slot)
    {
        var pattern = slot.Role == SqlRole.Setting ? @"^-?[\w.]+$" : slot.Token.Kind == SqlTokenKind.QuotedName ? @"^[\w.-]+$" : @"^[\w.]+$";
        var subject = _model.GetTypeInfo(expression).Nullability.FlowState == NullableFlowState.MaybeNull ? name + " ?? \"\"" : name;
        return $"{SqlValue.TypeName("System.Text.RegularExpressions", "Regex", _model, expression.SpanStart)}.IsMatch({subject}, @\"{pattern}\")";
    }

    private static bool IsVariable(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => access.IsKind(SyntaxKind.SimpleMemberAccessExpression) && IsVariable(access.Expression),
        _ => false,
    };
}
