using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>A query of Dapper: placeholders in the text, values in the anonymous object or the <c>DynamicParameters</c> beside it.</summary>
internal sealed class DapperTarget : SqlTarget
{
    private readonly ExpressionSyntax _call;
    private readonly ArgumentListSyntax _arguments;
    private readonly IMethodSymbol _method;
    private readonly ArgumentSyntax _text;

    public DapperTarget(ExpressionSyntax call, ArgumentListSyntax arguments, IMethodSymbol method, ArgumentSyntax text)
    {
        _call = call;
        _arguments = arguments;
        _method = method;
        _text = text;
    }

    public override bool TakesLists => true;

    public override ITypeSymbol? RowType => _method.TypeArguments.FirstOrDefault();

    public override bool Parameterize(SqlPlanContext context)
    {
        if (_method.Parameters.FirstOrDefault(static p => p.Name is "param" or "parameters") is not { } parameter)
            return false;
        var given = ArgumentEdits.Of(_arguments, parameter)?.Expression;
        var anonymous = Anonymous(given, context);
        var names = new PlaceholderNames(context.ExistingPlaceholders.Concat(anonymous?.Initializers.Select(Name) ?? []).Concat(Added(given, context)));
        var values = new List<(string Name, string Value)>();
        var deferred = new DeferredValues(context, "@", "", keepsNull: true);
        foreach (var slot in context.Slots)
        {
            slot.Value = slot.Role == SqlRole.List ? SqlList.Of(slot.First.Expression, context.Model)!.ToString() : SqlValue.Of(slot, context.Elements, context.Model);
            var isNear = _text.Span.Contains(slot.First.Expression.Span) || context.CanMove(slot, _text.SpanStart);
            if ((slot.IsRepeated || !isNear) && slot.Role == SqlRole.Value && DeferredValues.PlaceOf(slot, context) is not null)
            {
                if (!deferred.Add(slot, names))
                    return false;
                continue;
            }

            if (slot.IsRepeated || !isNear
                || !slot.First.Guards.IsEmpty && !slot.Holes.All(h => SqlStability.IsVariable(h.Expression, context.Model)))
            {
                return false;
            }

            var known = values.FirstOrDefault(v => v.Value == slot.Value).Name;
            var name = known ?? names.Next(slot.Role == SqlRole.List ? SqlList.Of(slot.First.Expression, context.Model)! : slot.First.Expression);
            if (known is null)
                values.Add((name, slot.Value));
            slot.Placeholder = "@" + name;
        }

        context.Write();
        if (!context.IsPossible || !deferred.IsUsed)
            return context.IsPossible && HandOver(context, parameter, given, anonymous, values);

        // the dictionary takes the other values too
        if (given is not null || _call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || Statements.BeforeWhich(_call) != statement || !deferred.Write(statement))
            return false;
        ArgumentEdits.Add(context.Edits, _arguments, parameter, deferred.Variable);
        return values.Count == 0 || StatementEdits.InsertBefore(context.Edits, statement, values.ConvertAll(v => $"{deferred.Variable}.Add(\"{v.Name}\", {v.Value});"));
    }

    private bool HandOver(SqlPlanContext context, IParameterSymbol parameter, ExpressionSyntax? given, AnonymousObjectCreationExpressionSyntax? anonymous, List<(string Name, string Value)> values)
    {
        var edits = context.Edits;
        if (given is null || given.IsKind(SyntaxKind.NullLiteralExpression) || given.IsKind(SyntaxKind.DefaultLiteralExpression))
        {
            var created = $"new {{ {Members(values)} }}";
            if (given is null)
                ArgumentEdits.Add(edits, _arguments, parameter, created);
            else
                edits.Replace(given.Span, created);
            return true;
        }

        if (anonymous is not null)
        {
            if (anonymous.Initializers.Count == 0)
                edits.Replace(anonymous.Span, $"new {{ {Members(values)} }}");
            else
                edits.Insert(anonymous.Initializers.Last().Span.End, ", " + Members(values));
            return true;
        }

        if (_call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || _call.Ancestors().TakeWhile(a => a != statement).Any(static a => a is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax))
            return false;
        if (given is IdentifierNameSyntax && context.Model.GetTypeInfo(given, context.CancellationToken).Type is { Name: "DynamicParameters" })
            return StatementEdits.InsertBefore(edits, statement, values.ConvertAll(v => $"{given}.Add(\"{v.Name}\", {v.Value});"));
        if (context.Model.GetTypeInfo(given, context.CancellationToken).Type is { Name: "DynamicParameters" } && given is not BaseObjectCreationExpressionSyntax || !SqlStability.CanMove(given, statement.SpanStart, context.Model, context.CancellationToken) && given is not BaseObjectCreationExpressionSyntax)
            return false;

        // any other object: Dapper takes its members, and ours beside them
        var variable = context.NewVariable("parameters");
        var first = given is BaseObjectCreationExpressionSyntax && context.Model.GetTypeInfo(given, context.CancellationToken).Type?.Name == "DynamicParameters" ? given.ToString() : $"new DynamicParameters({given})";
        edits.Replace(given.Span, variable);
        return StatementEdits.InsertBefore(edits, statement, [$"var {variable} = {first};", .. values.Select(v => $"{variable}.Add(\"{v.Name}\", {v.Value});")]);
    }

    /// <summary>The anonymous object that is given, also where a local keeps it for this call alone.</summary>
    private static AnonymousObjectCreationExpressionSyntax? Anonymous(ExpressionSyntax? given, SqlPlanContext context)
    {
        if (given is AnonymousObjectCreationExpressionSyntax anonymous)
            return anonymous;
        if (given is not IdentifierNameSyntax name || context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol is not ILocalSymbol local
            || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: AnonymousObjectCreationExpressionSyntax kept })
        {
            return null;
        }

        var uses = Statements.Scope(name).DescendantNodes().OfType<IdentifierNameSyntax>().Count(n => n.Identifier.ValueText == local.Name);
        return uses == 1 && context.Slots.All(s => context.CanMove(s, kept.SpanStart) && s.Holes.All(h => h.Expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(n => context.Model.GetSymbolInfo(n).Symbol is not ILocalSymbol used || used.Locations[0].SourceSpan.Start < kept.SpanStart))) ? kept : null;
    }

    /// <summary>The names that are added to the <c>DynamicParameters</c> in the method.</summary>
    private static IEnumerable<string> Added(ExpressionSyntax? given, SqlPlanContext context) => given is null ? [] :
        Statements.Scope(given).DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(i => i.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" } access && access.Expression.ToString() == given.ToString())
            .SelectMany(static i => i.ArgumentList.Arguments.Take(1)).Select(static a => a.Expression).OfType<LiteralExpressionSyntax>().Select(static l => l.Token.ValueText.TrimStart('@', ':'));

    private static string Name(AnonymousObjectMemberDeclaratorSyntax member) => member.NameEquals?.Name.Identifier.ValueText ?? member.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } => binding.Name.Identifier.ValueText,
        _ => "",
    };

    private static string Members(List<(string Name, string Value)> values) => string.Join(", ", values.Select(static v =>
    {
        var name = SyntaxFacts.GetKeywordKind(v.Name) == SyntaxKind.None ? v.Name : "@" + v.Name;
        return v.Value == name ? name : $"{name} = {v.Value}";
    }));
}
