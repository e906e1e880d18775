using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Values that only exist where a loop or a branch adds them to the text: they are kept in a dictionary until the command is there.
/// In a loop the placeholders are numbered by what the dictionary holds already.
/// </summary>
internal sealed class DeferredValues
{
    private readonly SqlPlanContext _context;
    private readonly string _sign;
    private readonly string _keySign;
    private readonly bool _keepsNull;
    private readonly Dictionary<StatementSyntax, List<string>> _added = [];
    private readonly Dictionary<StatementSyntax, int> _counted = [];
    private string? _counter;

    /// <param name="context">What is mended.</param>
    /// <param name="sign">The sign in front of a placeholder.</param>
    /// <param name="keySign">The sign in front of the name of a parameter.</param>
    /// <param name="keepsNull">Whether the library takes null, rather than <c>DBNull</c>.</param>
    public DeferredValues(SqlPlanContext context, string sign, string keySign, bool keepsNull)
    {
        _context = context;
        _sign = sign;
        _keySign = keySign;
        _keepsNull = keepsNull;
        Variable = context.NewVariable("parameters");
    }

    public bool IsUsed => _added.Count > 0;

    public string Variable { get; }

    /// <summary>The statement that adds the slot to the text, where its values can be kept behind it.</summary>
    /// <remarks>Names are looked up in front of the semicolon: behind it, those of a loop without braces are gone.</remarks>
    public static StatementSyntax? PlaceOf(SqlSlot slot, SqlPlanContext context) =>
        !slot.First.Guards.IsEmpty && slot.First.Guards[slot.First.Guards.Length - 1].Statement is { } append
        && slot.Holes.All(h => append.Span.Contains(h.Expression.Span)) && context.CanMove(slot, append.GetLastToken().GetPreviousToken().SpanStart) ? append : null;

    public bool Add(SqlSlot slot, PlaceholderNames names)
    {
        if (PlaceOf(slot, _context) is not { } append)
            return false;
        if (!_added.TryGetValue(append, out var lines))
            _added[append] = lines = [];
        var value = _keepsNull ? slot.Value : SqlValue.OrDbNull(slot, _context.Model);
        if (!slot.IsRepeated)
        {
            var name = names.Next(slot.First.Expression);
            slot.Placeholder = _sign + name;
            lines.Add($"{Variable}.Add(\"{_keySign}{name}\", {value});");
            return true;
        }

        _counter ??= names.Next("p");
        _counted.TryGetValue(append, out var index);
        _counted[append] = index + 1;
        slot.Placeholder = _sign + _counter;
        slot.Count = index == 0 ? Variable + ".Count" : $"({Variable}.Count + {index.ToString(System.Globalization.CultureInfo.InvariantCulture)})";
        lines.Add($"{Variable}.Add(\"{_keySign}{_counter}\" + {Variable}.Count, {value});");
        return true;
    }

    /// <summary>Writes the dictionary in front of the first statement that fills it, and what fills it.</summary>
    public bool Write(SyntaxNode place)
    {
        if (!IsUsed)
            return true;
        StatementSyntax? first = null;
        foreach (var (append, lines) in _added.Select(static a => (a.Key, a.Value)))
        {
            var anchor = append.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(s => s.Parent is BlockSyntax or SwitchSectionSyntax && s.Parent.Span.Contains(place.Span) || s.Parent is GlobalStatementSyntax);
            if (anchor is null || anchor.SpanStart >= place.SpanStart || !StatementEdits.InsertAfter(_context.Edits, append, lines))
                return false;
            if (first is null || anchor.SpanStart < first.SpanStart)
                first = anchor;
        }

        // a block around the place alone may not see the dictionary of another
        if (_added.Keys.Any(a => !(first!.Parent is GlobalStatementSyntax || first.Parent!.Span.Contains(a.Span))))
            return false;
        var position = first!.SpanStart;
        var value = _keepsNull && _context.Model.GetNullableContext(position).AnnotationsEnabled() ? "object?" : "object";
        return StatementEdits.InsertBefore(_context.Edits, first, [$"var {Variable} = new {SqlValue.TypeName("System.Collections.Generic", "Dictionary", _context.Model, position)}<string, {value}>();"]);
    }
}
