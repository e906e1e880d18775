using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>What a target needs to turn values into parameters.</summary>
/// <param name="Model">The model of the document.</param>
/// <param name="Text">The expression at the sink.</param>
/// <param name="Elements">The text, flattened.</param>
/// <param name="Tokens">The text as SQL tokens.</param>
/// <param name="Slots">The places that become parameters.</param>
/// <param name="Edits">Takes the changes.</param>
/// <param name="CancellationToken">Ends the work.</param>
internal sealed record SqlPlanContext(SemanticModel Model, ExpressionSyntax Text, IReadOnlyList<SqlElement> Elements, IReadOnlyList<SqlToken> Tokens, IReadOnlyList<SqlSlot> Slots, TextEdits Edits, CancellationToken CancellationToken)
{
    public WellKnownTypes Types => WellKnownTypes.For(Model.Compilation);

    /// <summary>The placeholders that the text has already, without their sign.</summary>
    public IEnumerable<string> ExistingPlaceholders => Tokens.Where(static t => t.Kind == SqlTokenKind.Word && t.Text.Length > 1 && t.Text[0] is '@' or ':').Select(static t => t.Text.Substring(1));

    /// <summary>Whether the value can be computed at the position.</summary>
    public bool CanMove(SqlSlot slot, int position) => slot.Holes.All(h => SqlStability.CanMove(h.Expression, position, Model, CancellationToken));

    /// <summary>Names of variables that the scope of the text uses.</summary>
    public HashSet<string> NamesInScope() => NamesInScope(Text, Model);

    public static HashSet<string> NamesInScope(ExpressionSyntax text, SemanticModel model)
    {
        var names = new HashSet<string>(model.LookupSymbols(text.SpanStart).Where(static s => s is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol).Select(static s => s.Name), StringComparer.Ordinal);
        names.UnionWith(Statements.Scope(text).DescendantTokens().Where(static t => t.Parent is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ParameterSyntax or ForEachStatementSyntax).Select(static t => t.ValueText));
        return names;
    }

    /// <summary>A name for a new variable.</summary>
    public string NewVariable(string name)
    {
        var names = NamesInScope();
        var unique = name;
        for (var i = 2; names.Contains(unique); i++)
            unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }

    public void Write() => IsPossible &= new SqlTextRewriter(Elements, Edits).Rewrite(Slots);

    /// <summary>Cleared where the text cannot be written.</summary>
    public bool IsPossible { get; private set; } = true;
}
