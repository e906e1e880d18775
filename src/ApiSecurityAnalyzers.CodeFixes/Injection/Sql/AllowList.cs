using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Puts a <c>switch</c> over the allowed names in front of a value that becomes a name in the statement. What is not listed throws.
/// </summary>
internal sealed class AllowList
{
    private const string Message = "\"This text is not allowed in the SQL statement.\"";

    private readonly SemanticModel _model;
    private readonly TextEdits _edits;
    private readonly ITypeSymbol? _rowType;
    private readonly HashSet<string> _names;
    private readonly Dictionary<(string, StatementSyntax?), string> _known = [];

    public AllowList(SemanticModel model, TextEdits edits, ITypeSymbol? rowType, HashSet<string> names)
    {
        _model = model;
        _edits = edits;
        _rowType = rowType;
        _names = names;
    }

    /// <summary>Whether a list is empty, because nothing in sight says what is allowed.</summary>
    public bool IsToFill { get; private set; }

    public bool Guard(HolePiece hole, SqlRole role)
    {
        var expression = SqlTextReader.Bare(hole.Expression);
        if (hole.Format.Length > 0 || !SqlValue.IsString(expression, _model))
            return false;
        var statement = Statements.BeforeWhich(expression);
        var key = (expression.ToString(), statement);
        if (_known.TryGetValue(key, out var known))
        {
            hole.Replacement = known;
            return true;
        }

        var entries = Entries(expression, role).Distinct(StringComparer.Ordinal).Take(40).ToList();
        var subject = role == SqlRole.Direction ? Upper(expression) : expression.ToString();
        var refusal = Refusal(expression, _model);
        IsToFill |= entries.Count == 0;
        if (statement is null)
        {
            if (entries.Count == 0)
                return false;
            hole.Replacement = $"({subject} switch {{ {string.Concat(entries.Select(static e => $"{Quote(e)} => {Quote(e)}, "))}_ => throw {refusal} }})";
            return true;
        }

        var suggested = PlaceholderNames.Suggest(expression);
        var name = "allowed" + char.ToUpperInvariant(suggested[0]) + suggested.Substring(1);
        for (var i = 2; !_names.Add(name); i++)
            name = "allowed" + char.ToUpperInvariant(suggested[0]) + suggested.Substring(1) + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        List<string> lines =
        [
            entries.Count == 0 ? "// Add a line for each text that is allowed here: all others are refused." : "// Only what is listed here becomes part of the SQL text.",
            $"{(entries.Count == 0 ? "string" : "var")} {name} = {subject} switch",
            "{",
            .. entries.Select(static e => $"    {Quote(e)} => {Quote(e)},"),
            $"    _ => throw {refusal},",
            "};",
        ];
        _known[key] = hole.Replacement = name;
        return StatementEdits.InsertBefore(_edits, statement, lines);
    }

    /// <summary>What the code in sight says about the values: the columns of the rows, the default of the parameter, what it is compared with.</summary>
    private IEnumerable<string> Entries(ExpressionSyntax expression, SqlRole role)
    {
        if (role == SqlRole.Direction)
            return ["ASC", "DESC"];
        var used = Used(expression).Where(static v => v.Length > 0);
        return role == SqlRole.Column ? used.Concat(Columns()) : used;
    }

    private IEnumerable<string> Columns()
    {
        if (_rowType is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None, IsTupleType: false } row || row.ContainingNamespace.Name == "System")
            yield break;
        for (var current = row; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>().Where(static p => p is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, GetMethod: not null }))
            {
                if (IsScalar(property.Type) && !property.GetAttributes().Any(static a => a.AttributeClass?.Name == "NotMappedAttribute") && property.Name != "EqualityContract")
                    yield return property.GetAttributes().FirstOrDefault(static a => a.AttributeClass?.Name == "ColumnAttribute")?.ConstructorArguments.FirstOrDefault().Value as string ?? property.Name;
            }
        }
    }

    private IEnumerable<string> Used(ExpressionSyntax expression)
    {
        var symbol = _model.GetSymbolInfo(expression).Symbol;
        if (symbol is IParameterSymbol { HasExplicitDefaultValue: true, ExplicitDefaultValue: string given })
            yield return given;
        if (symbol is not (ILocalSymbol or IParameterSymbol))
            yield break;
        foreach (var name in Statements.Scope(expression).DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(n).Symbol, symbol)))
        {
            var other = name.Parent switch
            {
                AssignmentExpressionSyntax assignment when assignment.Left == name => assignment.Right,
                BinaryExpressionSyntax binary when binary.OperatorToken.ValueText is "==" or "!=" or "??" => binary.Left == name ? binary.Right : binary.Left,
                _ => null,
            };
            if (other is not null && _model.GetConstantValue(other).Value is string text)
                yield return text;
        }
    }

    private static bool IsScalar(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type.SpecialType == SpecialType.System_String || SqlConstants.IsClosed(type);
    }

    private string Upper(ExpressionSyntax expression)
    {
        var mayBeNull = _model.GetTypeInfo(expression).Nullability.FlowState == NullableFlowState.MaybeNull;
        var receiver = expression is BinaryExpressionSyntax or ConditionalExpressionSyntax or AwaitExpressionSyntax ? "(" + expression + ")" : expression.ToString();
        return receiver + (mayBeNull ? "?" : "") + ".ToUpperInvariant()";
    }

    /// <summary>The exception for a value that is not allowed.</summary>
    public static string Refusal(ExpressionSyntax expression, SemanticModel model)
    {
        var position = expression.SpanStart;
        return model.GetSymbolInfo(expression).Symbol is IParameterSymbol && expression is IdentifierNameSyntax
            ? $"new {SqlValue.SystemType("ArgumentOutOfRangeException", model, position)}(nameof({expression}), {expression}, {Message})"
            : $"new {SqlValue.SystemType("InvalidOperationException", model, position)}({Message})";
    }

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
