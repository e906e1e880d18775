using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Raw SQL of Entity Framework: the interpolated method of the same purpose, or numbered placeholders with arguments.</summary>
internal sealed class EntityFrameworkTarget : SqlTarget
{
    private readonly InvocationExpressionSyntax _call;
    private readonly IMethodSymbol _method;
    private readonly ArgumentSyntax _text;
    private readonly bool _isClassic;

    public EntityFrameworkTarget(InvocationExpressionSyntax call, IMethodSymbol method, ArgumentSyntax text)
    {
        _call = call;
        _method = method;
        _text = text;
        _isClassic = method.ContainingNamespace.ToDisplayString().StartsWith("System.Data", StringComparison.Ordinal);
    }

    public override ITypeSymbol? RowType => _method.TypeArguments.FirstOrDefault() ?? (_method.ContainingType.IsGenericType ? _method.ContainingType.TypeArguments[0] : null);

    public static bool Fits(IMethodSymbol method) =>
        method.ContainingType.Name is "RelationalQueryableExtensions" or "RelationalDatabaseFacadeExtensions" && method.ContainingNamespace.ToDisplayString() == "Microsoft.EntityFrameworkCore"
        || method.ContainingType.Name is "Database" or "DbSet" or "ObjectContext" && method.ContainingNamespace.ToDisplayString().StartsWith("System.Data.", StringComparison.Ordinal) && method.Parameters.Any(static p => p.IsParams);

    public override bool Parameterize(SqlPlanContext context)
    {
        if (ExistingArguments.Read(_call.ArgumentList, _method, _text, context.Model) is not { } existing || !HasOnlyPlaceholders(context, existing.Values.Count))
            return false;
        if (context.Slots.Any(static s => s.IsRepeated))
            return false;
        foreach (var slot in context.Slots)
            slot.Value = SqlValue.Of(slot, context.Elements, context.Model);
        return !_isClassic && InterpolatedMethod() is { } method && existing.List is null && InterpolatedText.Create(context, existing.Values) is { } text
            ? Interpolate(context, method, text, existing)
            : AddArguments(context, existing);
    }

    private bool Interpolate(SqlPlanContext context, string method, InterpolatedText text, ExistingArguments existing)
    {
        if (!text.Write())
            return false;
        var name = _call.Expression switch { MemberAccessExpressionSyntax access => access.Name, MemberBindingExpressionSyntax binding => binding.Name, SimpleNameSyntax simple => simple, _ => null };
        if (name is null)
            return false;
        if (name.Identifier.ValueText != method)
            context.Edits.Replace(name.Identifier.Span, method);
        if (existing.Values.Count > 0)
            context.Edits.Delete(_text.Span.End, existing.Values[existing.Values.Count - 1].Span.End);
        return true;
    }

    /// <summary>The method that takes an interpolated string.</summary>
    private string? InterpolatedMethod()
    {
        var isAsync = _method.Name.EndsWith("Async", StringComparison.Ordinal);
        var stem = isAsync ? _method.Name.Substring(0, _method.Name.Length - 5) : _method.Name;
        if (stem.EndsWith("Raw", StringComparison.Ordinal))
            stem = stem.Substring(0, stem.Length - 3);
        var suffix = isAsync ? "Async" : "";
        return new[] { stem + suffix, stem + "Interpolated" + suffix }.FirstOrDefault(name => _method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Any(static m => m.Parameters.Any(static p => p.Type.Name == "FormattableString")));
    }

    private bool AddArguments(SqlPlanContext context, ExistingArguments existing)
    {
        var values = new List<string>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var slot in context.Slots)
        {
            if (!_text.Span.Contains(slot.First.Expression.Span) && !context.CanMove(slot, _text.SpanStart)
                || !slot.First.Guards.IsEmpty && !slot.Holes.All(h => SqlStability.IsVariable(h.Expression, context.Model)))
            {
                return false;
            }

            if (known.TryGetValue(slot.Value, out var earlier))
            {
                slot.Placeholder = earlier;
                continue;
            }

            var index = (existing.Values.Count + values.Count).ToString(CultureInfo.InvariantCulture);
            known[slot.Value] = slot.Placeholder = _isClassic ? "@p" + index : "{" + index + "}";
            var value = SqlValue.OrDbNull(slot, context.Model);
            values.Add(context.Model.GetTypeInfo(slot.First.Expression).Type is IArrayTypeSymbol ? "(object)" + value : value);
        }

        context.Write();
        if (!context.IsPossible)
            return false;
        var added = string.Join(", ", values);
        if (existing.List is { } list)
            context.Edits.Insert(list[list.Count - 1].Span.End, ", " + added);
        else if (existing.HasToken)
            context.Edits.Insert(_text.Span.End, $", new object[] {{ {added} }}");
        else
            context.Edits.Insert(existing.Values.Count > 0 ? existing.Values[existing.Values.Count - 1].Span.End : _text.Span.End, ", " + added);
        return true;
    }

    /// <summary>Whether braces in the text are placeholders of given arguments, and nothing else.</summary>
    private static bool HasOnlyPlaceholders(SqlPlanContext context, int count)
    {
        for (var i = 0; i < context.Elements.Count; i++)
        {
            if (context.Elements[i].Character is not ('{' or '}'))
                continue;
            if (InterpolatedText.PlaceholderAt(context.Elements, i) is not { } placeholder || placeholder.Index >= count)
                return false;
            i = placeholder.End - 1;
        }

        return true;
    }
}
