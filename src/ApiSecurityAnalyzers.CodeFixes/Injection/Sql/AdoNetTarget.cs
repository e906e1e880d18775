using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A command of ADO.NET, of any provider: placeholders in the text, parameters added to the command.</summary>
internal sealed class AdoNetTarget : SqlTarget
{
    private readonly CommandPlace _place;
    private readonly string _provider;

    public AdoNetTarget(CommandPlace place)
    {
        _place = place;
        _provider = place.Type.ContainingNamespace.ToDisplayString();
    }

    public override bool DoubleQuotesAreText => _provider.Contains("Sqlite") || _provider.Contains("SQLite") || _provider.Contains("MySql");

    /// <summary>SQLite keeps a <c>Guid</c> in capital letters, whatever the text was.</summary>
    public override bool TakesGuids => !_provider.Contains("Sqlite") && !_provider.Contains("SQLite");

    private bool IsPositional => _provider.EndsWith(".OleDb", StringComparison.Ordinal) || _provider.EndsWith(".Odbc", StringComparison.Ordinal);

    private string Sign => _provider.Contains("Oracle") ? ":" : "@";

    public override bool Parameterize(SqlPlanContext context)
    {
        if (CommandPlace.Property(_place.Type, "Parameters")?.Type is not { } collection)
            return false;
        var uses = ParameterUses(context);
        if (IsPositional && (uses.Count > 0 || context.Tokens.Any(static t => t.Text == "?")))
            return false;
        var reset = Reset(context, uses);
        if (reset is null)
            return false;
        var names = new PlaceholderNames(context.ExistingPlaceholders.Concat(reset == true ? [] : uses.SelectMany(Names)));
        if (_place.Inline is not null)
            _place.NameInline(context.NewVariable(_place.Suffix.Length > 0 ? "adapter" : "command"));
        var writer = new ParameterStatements(context, _place.Receiver, collection, _provider, Sign);
        var lines = new List<string>();
        var known = new Dictionary<string, (string Name, string Condition)>(StringComparer.Ordinal);
        var open = "";
        var last = "";
        var inner = new List<string>();
        var deferred = new DeferredValues(context, Sign, Sign == ":" ? "" : Sign, keepsNull: false);
        foreach (var slot in context.Slots)
        {
            slot.Value = SqlValue.Of(slot, context.Elements, context.Model);
            var atAppend = slot.IsRepeated ? null : AppendPlace(slot, context);
            if (slot.IsRepeated || atAppend is null && !IsAtPlace(slot) && !context.CanMove(slot, _place.Position) && DeferredValues.PlaceOf(slot, context) is not null)
            {
                if (IsPositional || writer.LeavesTypeOpen(slot) || !deferred.Add(slot, names))
                    return false;
                continue;
            }

            var condition = atAppend is null ? writer.Condition(slot, _place.Position, IsPositional) : "";
            if (condition is null)
                return false;
            if (!IsPositional && known.TryGetValue(slot.Value, out var earlier) && (earlier.Condition.Length == 0 || earlier.Condition == condition) && atAppend is null && SqlStability.CanMove(slot.First.Expression, _place.Position, context.Model, context.CancellationToken))
            {
                slot.Placeholder = Sign + earlier.Name;
                continue;
            }

            var name = names.Next(slot.First.Expression);
            slot.Placeholder = IsPositional ? "?" : Sign + name;
            if (atAppend is not null)
            {
                if (!StatementEdits.InsertAfter(context.Edits, atAppend, writer.Add(name, slot)))
                    return false;
                continue;
            }

            known[slot.Value] = (name, condition);
            if (!IsAtPlace(slot) && !context.CanMove(slot, _place.Position))
            {
                if (condition.Length > 0 || !writer.Keep(slot, name))
                    return false;
            }

            if (condition != open)
                Close();
            open = condition;
            inner.AddRange(writer.Add(name, slot));
        }

        Close();
        context.Write();
        if (reset == true)
            lines.Insert(0, _place.Receiver + ".Parameters.Clear();");
        if (deferred.IsUsed)
        {
            lines.AddRange(writer.AddAll(deferred.Variable));
            if (!deferred.Write((SyntaxNode?)_place.Inline ?? _place.Statement))
                return false;
        }

        return context.IsPossible && (lines.Count == 0 || Insert(context, lines));

        void Close()
        {
            if (inner.Count == 0)
                return;
            var isOpposite = last.Length > 0 && (open == "!(" + last + ")" || open == "!" + last);
            lines.AddRange(open.Length == 0 ? inner : [isOpposite ? "else" : $"if ({open})", "{", .. inner.Select(static l => "    " + l), "}"]);
            inner.Clear();
            last = isOpposite ? "" : open;
        }
    }

    /// <summary>Whether the value is computed in the statement that gives the command its text.</summary>
    private bool IsAtPlace(SqlSlot slot) => slot.Holes.All(h => _place.Statement.Span.Contains(h.Expression.Span));

    private bool Insert(SqlPlanContext context, List<string> lines)
    {
        var edits = context.Edits;
        if (_place.Body is { } body)
            return StatementEdits.InsertAtStart(edits, body, lines);
        if (_place.Inline is not { } inline)
            return StatementEdits.InsertAfter(edits, _place.Statement, lines);
        var statement = _place.Statement;
        if (statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax) || edits.HasComment(statement.SpanStart, inline.SpanStart))
            return false;

        // return new SqlCommand(…).ExecuteReader(); the creation stays where it is, what stands in front of it moves behind the parameters
        var variable = _place.Receiver.Substring(0, _place.Receiver.Length - _place.Suffix.Length);
        var type = inline is ImplicitObjectCreationExpressionSyntax && context.Model.GetTypeInfo(inline).Type is { } created ? created.ToMinimalDisplayString(context.Model, inline.SpanStart) : "var";
        var indentation = edits.NewLine + edits.IndentationAt(statement.SpanStart);
        var prefix = edits.Source.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(statement.SpanStart, inline.SpanStart));
        edits.Replace(statement.SpanStart, inline.SpanStart, $"{type} {variable} = ");
        edits.Insert(inline.Span.End, ";" + string.Concat(lines.Select(l => indentation + l)) + indentation + prefix + variable);
        return true;
    }

    /// <summary>The statement that appends the slot under a condition, where the command exists before it.</summary>
    private StatementSyntax? AppendPlace(SqlSlot slot, SqlPlanContext context)
    {
        if (slot.First.Guards.IsEmpty || slot.First.Guards[slot.First.Guards.Length - 1].Statement is not { } append || _place.Assignment?.Left is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax command })
            return null;
        return context.Model.GetSymbolInfo(command, context.CancellationToken).Symbol switch
        {
            IParameterSymbol => append,
            ILocalSymbol local when local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer: not null } declarator && declarator.Span.End < append.SpanStart
                && context.Model.LookupSymbols(append.SpanStart, name: local.Name).Contains(local, SymbolEqualityComparer.Default) => append,
            _ => null,
        };
    }

    /// <summary>Where the method uses the parameters of the command.</summary>
    private List<MemberAccessExpressionSyntax> ParameterUses(SqlPlanContext context) =>
        _place.Receiver.Length == 0 ? [] : [.. Statements.Scope(context.Text).DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(m => m.Name.Identifier.ValueText == "Parameters" && m.Expression.ToString() == _place.Receiver)];

    private static IEnumerable<string> Names(MemberAccessExpressionSyntax use) =>
        (use.FirstAncestorOrSelf<StatementSyntax>()?.DescendantNodes() ?? []).OfType<LiteralExpressionSyntax>().Where(static l => l.IsKind(SyntaxKind.StringLiteralExpression)).Select(static l => l.Token.ValueText.TrimStart('@', ':', '$'));

    /// <summary>
    /// Whether the parameters of an earlier run must go: the command runs another text, or the same one again in a loop. Null where
    /// that cannot be told from parameters that are still wanted.
    /// </summary>
    private bool? Reset(SqlPlanContext context, List<MemberAccessExpressionSyntax> uses)
    {
        if (_place.Assignment is not { } assignment || assignment.IsKind(SyntaxKind.AddAssignmentExpression))
            return false;
        var scope = Statements.Scope(assignment);
        var previous = scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().LastOrDefault(a => a.SpanStart < assignment.SpanStart && a.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommandText" } other && other.Expression.ToString() == _place.Receiver);
        var loop = assignment.Ancestors().FirstOrDefault(static a => a is ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForEachVariableStatementSyntax);
        var symbol = assignment.Left is MemberAccessExpressionSyntax { Expression: var receiver } ? context.Model.GetSymbolInfo(receiver, context.CancellationToken).Symbol : null;
        var livesLonger = loop is not null && !(symbol?.DeclaringSyntaxReferences.Any(r => loop.Span.Contains(r.Span)) ?? false) || symbol is IFieldSymbol or IPropertySymbol;
        if (previous is null && !livesLonger)
            return false;
        var from = loop is not null && livesLonger ? loop.SpanStart : previous?.SpanStart ?? scope.SpanStart;
        if (uses.Exists(u => u.SpanStart > from && u.SpanStart < assignment.SpanStart && IsCall(u, "Clear")))
            return false;

        // the run between the two texts; what was added behind it is for this text
        var run = scope.DescendantNodes().OfType<MemberAccessExpressionSyntax>().LastOrDefault(m => m.SpanStart > from && m.SpanStart < assignment.SpanStart && m.Name.Identifier.ValueText.StartsWith("Execute", StringComparison.Ordinal) && m.Expression.ToString() == _place.Receiver);
        if (context.ExistingPlaceholders.Any() || uses.Exists(u => u.SpanStart > (run?.SpanStart ?? from) && u.SpanStart < assignment.SpanStart))
            return livesLonger ? null : false;
        return true;
    }

    private static bool IsCall(MemberAccessExpressionSyntax use, string method) => use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && name == method;
}
