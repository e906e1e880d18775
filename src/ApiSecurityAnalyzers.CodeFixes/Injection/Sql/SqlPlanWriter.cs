using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Writes the changes of one plan.</summary>
internal sealed class SqlPlanWriter
{
    private readonly ExpressionSyntax _text;
    private readonly SemanticModel _model;
    private readonly SourceText _source;
    private readonly TextTracer _tracer;
    private readonly SqlHarmless _harmless;
    private readonly bool _isListed;
    private readonly NameCheck _check;
    private readonly List<HolePiece> _names = [];
    private readonly CancellationToken _cancellationToken;

    public SqlPlanWriter(ExpressionSyntax text, SemanticModel model, SourceText source, TextTracer tracer, bool isListed, CancellationToken cancellationToken)
    {
        _text = text;
        _model = model;
        _source = source;
        _tracer = tracer;
        _harmless = new SqlHarmless(tracer);
        _isListed = isListed;
        _cancellationToken = cancellationToken;
        Edits = new TextEdits(source);
        var variables = SqlPlanContext.NamesInScope(text, model);
        _check = new NameCheck(model, Edits, variables);
        Target = SqlTarget.Find(text, model, cancellationToken);
        List = new AllowList(model, Edits, Target?.RowType ?? RowOf(text, model), variables);
    }

    public TextEdits Edits { get; }

    public AllowList List { get; }

    public SqlTarget? Target { get; }

    public bool HasParameters { get; private set; }

    /// <summary>Whether names are compared with lists alone.</summary>
    public bool IsListed => !_check.IsUsed;

    public ImmutableArray<string> Names => _names.Select(static n => n.Expression.ToString()).Distinct().ToImmutableArray();

    /// <summary>Values become parameters, names are checked.</summary>
    public bool WriteWhole()
    {
        if (Target is not { } target)
            return false;
        var reader = new SqlTextReader(_model, _source, _cancellationToken);
        if (reader.Read(_text) is not { } pieces)
            return false;
        var lexer = SqlLexer.Run(pieces, reader.Expand);
        if (lexer.HasFailed || reader.HasFailed)
            return false;
        var taken = new List<SqlSlot>();
        foreach (var slot in SqlGrammar.Run(lexer.Tokens, h => SqlList.Of(h.Expression, _model) is not null, target.DoubleQuotesAreText))
        {
            var open = slot.Holes.Where(h => !_harmless.Is(h.Expression)).ToList();
            if (open.Count == 0 && !Takes(slot, target))
                continue;
            switch (slot.Role)
            {
                case SqlRole.Value:
                case SqlRole.List when target.TakesLists && SqlList.Of(slot.First.Expression, _model) is not null:
                    taken.Add(slot);
                    break;
                case SqlRole.Table or SqlRole.Column or SqlRole.Direction or SqlRole.Setting:
                    if (!open.TrueForAll(h => Guard(h, slot)))
                        return false;
                    _names.AddRange(open);
                    break;
                default:
                    return false;
            }
        }

        HasParameters = taken.Count > 0;
        return HasParameters
            ? target.Parameterize(new SqlPlanContext(_model, _text, lexer.Elements, lexer.Tokens, taken, Edits, _cancellationToken))
            : _names.Count > 0 && new SqlTextRewriter(lexer.Elements, Edits).Rewrite([]);
    }

    /// <summary>Names are checked where the texts are composed.</summary>
    public bool WriteNames() => SqlNamesPlan.Write(_text, _tracer, _model, _source, Edits, Guard, _names, _cancellationToken);

    /// <summary>An operand that stays: the name of the checked text takes its place.</summary>
    public void Finish()
    {
        foreach (var hole in _names.Where(static n => n.Replacement is not null && n.Node is null))
            Edits.Replace(hole.Expression.Span, hole.Replacement!);
    }

    private bool Guard(HolePiece hole, SqlSlot slot) => _isListed || slot.Role == SqlRole.Direction ? List.Guard(hole, slot.Role) : _check.Guard(hole, slot);

    /// <summary>Whether a harmless value becomes a parameter too, because the text reads better without it: a number, a date in quotes.</summary>
    private bool Takes(SqlSlot slot, SqlTarget target)
    {
        if (slot.Role != SqlRole.Value || slot.IsRepeated || slot.Holes.Any(h => SqlConstants.IsConstant(h.Expression, _model, _cancellationToken)))
            return false;
        return slot.Holes.All(hole =>
        {
            var type = _model.GetTypeInfo(hole.Expression).Type;
            if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
                type = nullable.TypeArguments[0];
            if (SqlConstants.IsNumber(type))
                return true;
            return slot.IsQuoted && (type?.SpecialType == SpecialType.System_DateTime || type is { Name: "DateOnly" or "DateTimeOffset" } || type is { Name: "Guid" } && target.TakesGuids);
        });
    }

    /// <summary>The entity of the set on which the text is used, where the call does not say it.</summary>
    private static ITypeSymbol? RowOf(ExpressionSyntax text, SemanticModel model) =>
        text.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression is MemberAccessExpressionSyntax access && model.GetTypeInfo(access.Expression).Type is INamedTypeSymbol { Name: "DbSet", TypeArguments: [var entity] } ? entity : null;
}
