using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Composed text that can be written as one interpolated string, which Entity Framework takes apart into text and parameters.</summary>
internal sealed class InterpolatedText
{
    private readonly SqlPlanContext _context;
    private readonly IReadOnlyList<ExpressionSyntax> _arguments;
    private readonly ExpressionSyntax _root;
    private readonly IReadOnlyList<StringNode> _nodes;
    private readonly VariableDeclarationSyntax? _declaration;

    private InterpolatedText(SqlPlanContext context, IReadOnlyList<ExpressionSyntax> arguments, ExpressionSyntax root, IReadOnlyList<StringNode> nodes, VariableDeclarationSyntax? declaration)
    {
        _context = context;
        _arguments = arguments;
        _root = root;
        _nodes = nodes;
        _declaration = declaration;
    }

    /// <summary>The text, or null where it holds conditions, constants from elsewhere, values that stay, several lines of literals, or other uses.</summary>
    public static InterpolatedText? Create(SqlPlanContext context, IReadOnlyList<ExpressionSyntax> arguments)
    {
        var holes = new HashSet<HolePiece>(context.Slots.SelectMany(static s => s.Holes));
        if (context.Elements.Any(e => !e.IsEditable || e.Kind == SqlElementKind.Hole && !holes.Contains(e.Hole!)) || !context.Slots.All(static s => s.Role == SqlRole.Value))
            return null;
        var nodes = context.Elements.Select(static e => e.Node).OfType<StringNode>().Distinct().ToList();
        if (nodes.Count == 0 || nodes.Exists(n => n.ItemCount != n.Items.Count || n.Style != nodes[0].Style || n.Operands?.Append is not null))
            return null;
        var root = SqlTextReader.Bare(context.Text);
        VariableDeclarationSyntax? declaration = null;
        if (root is IdentifierNameSyntax && context.Model.GetSymbolInfo(root, context.CancellationToken).Symbol is ILocalSymbol local)
        {
            if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax { Initializer: { } initializer, Parent: VariableDeclarationSyntax { Variables.Count: 1 } owner })
                return null;
            var uses = Statements.Scope(root).DescendantNodes().OfType<IdentifierNameSyntax>().Count(n => n.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(n, context.CancellationToken).Symbol, local));
            if (uses != 1)
                return null;
            declaration = owner;
            root = SqlTextReader.Bare(initializer.Value);
        }

        if (nodes.Exists(n => !root.Span.Contains(n.Node.Span)) || holes.Any(h => !root.Span.Contains(h.Span)))
            return null;
        if (nodes.Count == 1 && (root == nodes[0].Node || root == nodes[0].Format) && holes.All(h => h.Node == nodes[0]))
            return arguments.Count > 0 && nodes[0].Format is not null || nodes[0].Format is not null && nodes[0].Style is LiteralStyle.Raw or LiteralStyle.RawLines ? null : Checked();
        return nodes[0].Style is LiteralStyle.Regular or LiteralStyle.Verbatim && root is BinaryExpressionSyntax && nodes.TrueForAll(static n => n.Format is null) && !context.Edits.HasLineBreak(root.SpanStart, root.Span.End) && !context.Edits.HasComment(root.SpanStart, root.Span.End)
            ? Checked()
            : null;

        InterpolatedText? Checked()
        {
            // each argument that is given must have its place in the text
            var found = new HashSet<int>();
            for (var i = 0; i < context.Elements.Count; i++)
            {
                if (PlaceholderAt(context.Elements, i) is { } placeholder)
                    found.Add(placeholder.Index);
            }

            return found.Count == arguments.Count ? new InterpolatedText(context, arguments, root, nodes, declaration) : null;
        }
    }

    /// <summary>The number of the placeholder <c>{0}</c> that begins at the element, and the index behind it.</summary>
    public static (int Index, int End)? PlaceholderAt(IReadOnlyList<SqlElement> elements, int start)
    {
        if (elements[start].Character != '{')
            return null;
        var end = start + 1;
        while (end < elements.Count && elements[end].Kind == SqlElementKind.Character && char.IsDigit(elements[end].Character))
            end++;
        if (end == start + 1 || end >= elements.Count || elements[end].Character != '}')
            return null;
        var digits = string.Concat(Enumerable.Range(start + 1, end - start - 1).Select(i => elements[i].Character));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? (index, end + 1) : null;
    }

    public bool Write()
    {
        if (_nodes.Count == 1 && (_root == _nodes[0].Node || _root == _nodes[0].Format))
            WriteInPlace(_nodes[0]);
        else
            WriteJoined();
        if (_declaration is not null)
            _context.Edits.Replace(_declaration.Type.Span, SqlValue.SystemType("FormattableString", _context.Model, _declaration.SpanStart));
        return true;
    }

    private void WriteInPlace(StringNode node)
    {
        var edits = _context.Edits;
        foreach (var slot in _context.Slots)
        {
            var start = _context.Elements[slot.From].Start;
            var end = _context.Elements[slot.To - 1].End;
            var text = Hole(slot.Value);
            if (edits.Source.ToString(TextSpan.FromBounds(start, end)) != text)
                edits.Replace(start, end, text);
        }

        foreach (var (from, to, text) in Given())
            edits.Replace(_context.Elements[from].Start, _context.Elements[to - 1].End, text);
        if (node.Format is { } format)
        {
            edits.Replace(format.SpanStart, node.Node.SpanStart, "$");
            edits.Delete(node.Node.Span.End, format.Span.End);
        }
    }

    private void WriteJoined()
    {
        var replacements = _context.Slots.Select(s => (s.From, s.To, Text: Hole(s.Value))).Concat(Given()).OrderBy(static r => r.Item1).ToList();
        var text = new StringBuilder(_nodes[0].Style == LiteralStyle.Verbatim ? "$@\"" : "$\"");
        for (var i = 0; i < _context.Elements.Count;)
        {
            var replacement = replacements.FirstOrDefault(r => r.Item1 == i);
            if (replacement.Text is not null)
            {
                text.Append(replacement.Text);
                i = replacement.Item2;
                continue;
            }

            var element = _context.Elements[i++];
            text.Append(_context.Edits.Source.ToString(TextSpan.FromBounds(element.Start, element.End)));
        }

        _context.Edits.Replace(_root.Span, text.Append('"').ToString());
    }

    /// <summary>The placeholders of given arguments, and what stands in their place.</summary>
    private IEnumerable<(int From, int To, string Text)> Given()
    {
        for (var i = 0; i < _context.Elements.Count; i++)
        {
            if (PlaceholderAt(_context.Elements, i) is { } placeholder)
                yield return (i, placeholder.End, Hole(_arguments[placeholder.Index].ToString()));
        }
    }

    private static string Hole(string value) => SyntaxFactory.ParseExpression(value) is ConditionalExpressionSyntax or SwitchExpressionSyntax ? "{(" + value + ")}" : "{" + value + "}";
}
