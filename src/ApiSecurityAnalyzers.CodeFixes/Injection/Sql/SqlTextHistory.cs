using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>
/// Follows a local of text, or a <c>StringBuilder</c>, from its declaration to its use: assignments, <c>+=</c> and appends, under
/// conditions too. Text that is appended in a loop, or that something else uses as well, is not followed.
/// </summary>
internal sealed class SqlTextHistory
{
    private readonly SqlTextReader _reader;
    private readonly ILocalSymbol _local;
    private readonly ExpressionSyntax _use;
    private readonly HashSet<SyntaxNode> _consumed = [];
    private readonly string? _separator;
    private readonly List<SyntaxNode> _references;
    private List<SqlPiece>? _pieces;
    private int _start;
    private bool _hasFailed;
    private bool _wasReset;

    /// <param name="reader">Reads what is appended.</param>
    /// <param name="local">The local.</param>
    /// <param name="use">Where its text is used.</param>
    /// <param name="separator">What stands between the texts of a list: <c>string.Join(" AND ", list)</c>.</param>
    public SqlTextHistory(SqlTextReader reader, ILocalSymbol local, ExpressionSyntax use, string? separator)
    {
        _separator = separator;
        _reader = reader;
        _local = local;
        _use = use;
        _references = References(local, use, reader.Model, reader.CancellationToken);
    }

    /// <summary>The expressions that are assigned or appended to the local, wherever it is written.</summary>
    public static List<ExpressionSyntax> Writes(ILocalSymbol local, ExpressionSyntax use, SemanticModel model, CancellationToken cancellationToken)
    {
        var writes = new List<ExpressionSyntax>();
        if (Declarator(local, cancellationToken)?.Initializer is { } initializer)
            writes.Add(initializer.Value);
        foreach (var reference in References(local, use, model, cancellationToken))
        {
            if (reference.Parent is AssignmentExpressionSyntax assignment && assignment.Left == reference)
                writes.Add(assignment.Right);
            else if (reference.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
                writes.Add((ExpressionSyntax)reference);
        }

        return writes;
    }

    public IReadOnlyList<SqlPiece>? Read()
    {
        if (Declarator(_local, _reader.CancellationToken) is not { Parent.Parent: LocalDeclarationStatementSyntax declaration } || Body(declaration) != Body(_use))
            return null;
        var list = Statements.ListOf(declaration);
        if (list.IsEmpty || !list.Any(s => s.Contains(_use)))
            return null;
        Walk(list.SkipWhile(s => s != declaration));
        return _hasFailed || _pieces is null || !_references.TrueForAll(IsSafe) ? null : _pieces;
    }

    /// <summary>Follows the statements up to the use.</summary>
    private void Walk(IEnumerable<StatementSyntax> statements)
    {
        foreach (var statement in statements)
        {
            if (_hasFailed)
                return;
            if (statement.Contains(_use))
            {
                Descend(statement);
                return;
            }

            Apply(statement, ImmutableArray<SqlGuard>.Empty);
        }
    }

    private void Descend(StatementSyntax statement)
    {
        var inner = _use.Ancestors().OfType<StatementSyntax>().TakeWhile(s => s != statement).ToList();
        if (inner.Count == 0)
            return;
        var isLoop = statement is ForEachStatementSyntax or ForEachVariableStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
        if (statement is TryStatementSyntax attempt && !attempt.Block.Contains(_use) && WritesIn(attempt.Block))
        {
            _hasFailed = true;
            return;
        }

        _wasReset &= !isLoop;
        Walk(Statements.ListOf(inner[inner.Count - 1]));

        // what a loop appends is appended again the next time
        if (isLoop && WritesIn(statement) && !_wasReset)
            _hasFailed = true;
    }

    private void Apply(StatementSyntax statement, ImmutableArray<SqlGuard> guards)
    {
        if (_hasFailed || !_references.Exists(r => statement.Contains(r)) && !IsDeclaration(statement))
            return;
        switch (statement)
        {
            case LocalDeclarationStatementSyntax declaration when IsDeclaration(statement):
                var initializer = Declarator(_local, _reader.CancellationToken)!.Initializer?.Value;
                _start = declaration.SpanStart;
                _pieces = initializer is null ? null : IsText ? [.. _reader.Read(initializer, ReadContext.Empty)] : NewBuilder(initializer);
                _wasReset = true;
                return;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when IsLocal(assignment.Left):
                Assign(assignment, statement, guards);
                return;
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } when !IsText && Root(call) is { } root && IsLocal(root):
                Append(call, root, statement, guards);
                return;
            case BlockSyntax block:
                foreach (var inner in block.Statements)
                    Apply(inner, guards);
                return;
            case IfStatementSyntax choice when WritesIn(statement):
                Choose(
                    guards,
                    (choice.Statement, new SqlGuard(choice.Condition, false, null)),
                    (choice.Else?.Statement, new SqlGuard(choice.Condition, true, null)));
                return;
            case CommonForEachStatementSyntax { Statement: var body } when WritesIn(statement):
                Repeat(statement, body, guards);
                return;
            case ForStatementSyntax { Statement: var body } when WritesIn(statement):
                Repeat(statement, body, guards);
                return;
            case WhileStatementSyntax { Statement: var body } when WritesIn(statement):
                Repeat(statement, body, guards);
                return;
            case SwitchStatementSyntax choice when WritesIn(statement):
                ApplySwitch(choice, guards);
                return;
        }

        _hasFailed |= WritesIn(statement);
    }

    /// <summary>A loop may add its text never, once, or many times.</summary>
    private void Repeat(StatementSyntax loop, StatementSyntax body, ImmutableArray<SqlGuard> guards)
    {
        var before = _pieces;
        foreach (var statement in Inner(body))
            Apply(statement, guards.Add(new SqlGuard(null, false, null, IsLoop: true)));
        if (before is null || _pieces is null || _pieces.Count < before.Count || !_pieces.Take(before.Count).SequenceEqual(before) || _references.Exists(r => loop.Contains(r) && !body.Contains(r)))
            _hasFailed = true;
        else if (_pieces.Count > before.Count)
            _pieces = [.. before, new ChoicePiece([.. _pieces.Skip(before.Count)], [])];
    }

    private void ApplySwitch(SwitchStatementSyntax choice, ImmutableArray<SqlGuard> guards)
    {
        // a switch without default may add nothing
        var branches = choice.Sections.Select(static s => (IReadOnlyList<StatementSyntax>)s.Statements).ToList();
        if (!choice.Sections.Any(static s => s.Labels.Any(static l => l is DefaultSwitchLabelSyntax)))
            branches.Add([]);
        ChooseLists(guards, branches.ConvertAll(static b => (b, new SqlGuard(null, false, null))));
    }

    private void Choose(ImmutableArray<SqlGuard> guards, params (StatementSyntax? Statement, SqlGuard Guard)[] branches) =>
        ChooseLists(guards, [.. branches.Select(static b => ((IReadOnlyList<StatementSyntax>)Inner(b.Statement), b.Guard))]);

    private static SyntaxList<StatementSyntax> Inner(StatementSyntax? statement) => statement switch
    {
        null => default,
        BlockSyntax block => block.Statements,
        _ => SyntaxFactory.SingletonList(statement),
    };

    private void ChooseLists(ImmutableArray<SqlGuard> guards, List<(IReadOnlyList<StatementSyntax> Statements, SqlGuard Guard)> branches)
    {
        var before = _pieces;
        var results = new List<List<SqlPiece>?>();
        foreach (var (statements, guard) in branches)
        {
            _pieces = before is null ? null : [.. before];
            foreach (var statement in statements)
                Apply(statement, guards.Add(guard));
            if (statements.Count == 0 || statements[statements.Count - 1] is not (ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax))
                results.Add(_pieces);
        }

        if (results.Count == 0 || results.Exists(static r => r is null))
        {
            _hasFailed |= results.Count > 0;
            _pieces = before;
            return;
        }

        var common = before is not null && results.TrueForAll(r => r!.Count >= before.Count && r.Take(before.Count).SequenceEqual(before)) ? before.Count : 0;
        _pieces = [.. results[0]!.Take(common)];
        if (results.Exists(r => r!.Count > common))
            _pieces.Add(new ChoicePiece(results.ConvertAll(r => (IReadOnlyList<SqlPiece>)[.. r!.Skip(common)]).ToArray()));
    }

    private void Assign(AssignmentExpressionSyntax assignment, StatementSyntax statement, ImmutableArray<SqlGuard> guards)
    {
        _consumed.Add(assignment.Left);
        if (assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && IsText)
        {
            var mentions = _references.Where(r => assignment.Right.Contains(r)).ToList();
            var pieces = _reader.Read(assignment.Right, new ReadContext(null, 0, Place(guards, statement), _pieces is null ? null : (_local, _pieces)));
            if (mentions.Count == 0 && guards.IsEmpty)
            {
                _start = assignment.SpanStart;
                _wasReset = true;
            }

            _consumed.UnionWith(mentions);
            _hasFailed |= mentions.Count > 1;
            _pieces = [.. pieces];
        }
        else if (assignment.IsKind(SyntaxKind.AddAssignmentExpression) && IsText && _pieces is not null)
            _pieces = [.. _pieces, .. _reader.Read(assignment.Right, new ReadContext(null, 0, Place(guards, statement)))];
        else
            _hasFailed = true;
    }

    private List<SqlPiece>? NewBuilder(ExpressionSyntax initializer)
    {
        if (initializer is InvocationExpressionSyntax call && Root(call) is BaseObjectCreationExpressionSyntax creation)
        {
            var pieces = NewBuilder(creation);
            if (pieces is null)
                return null;
            _pieces = pieces;
            AppendChain(call, ImmutableArray<SqlGuard>.Empty);
            return _pieces;
        }

        if (_separator is not null)
            return SqlTextList.Elements(initializer) is { } elements ? [.. elements.SelectMany(e => SqlTextList.Append(_reader, e, _separator, ReadContext.Empty))] : null;
        if (initializer is not BaseObjectCreationExpressionSyntax { Initializer: null } builder)
            return null;
        var arguments = builder.ArgumentList?.Arguments ?? default;
        if (arguments.Count == 0 || _reader.Model.GetTypeInfo(arguments[0].Expression).Type?.SpecialType == SpecialType.System_Int32)
            return [];
        return [.. _reader.Read(arguments[0].Expression, ReadContext.Empty)];
    }

    private void Append(InvocationExpressionSyntax call, ExpressionSyntax root, StatementSyntax statement, ImmutableArray<SqlGuard> guards)
    {
        _consumed.Add(root);
        AppendChain(call, Place(guards, statement));
    }

    private void AppendChain(InvocationExpressionSyntax last, ImmutableArray<SqlGuard> guards)
    {
        var calls = new Stack<InvocationExpressionSyntax>();
        for (ExpressionSyntax? current = last; current is InvocationExpressionSyntax call; current = (call.Expression as MemberAccessExpressionSyntax)?.Expression)
            calls.Push(call);
        foreach (var call in calls)
        {
            var method = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
            if (method == "Add" && _separator is not null && _pieces is not null && call.ArgumentList.Arguments.Count == 1)
                _pieces = [.. _pieces, .. SqlTextList.Append(_reader, call.ArgumentList.Arguments[0].Expression, _separator, new ReadContext(null, 0, guards))];
            else if (_separator is null && method is "Append" or "AppendLine" or "AppendFormat" && _pieces is not null)
                _pieces = [.. _pieces, .. _reader.Appended(call, method, new ReadContext(null, 0, guards))];
            else if (method == "Clear")
                (_pieces, _wasReset) = ([], guards.IsEmpty || _wasReset);
            else
                _hasFailed = true;
        }
    }

    /// <summary>The innermost guard remembers the statement that adds the text.</summary>
    private static ImmutableArray<SqlGuard> Place(ImmutableArray<SqlGuard> guards, StatementSyntax statement) =>
        guards.IsEmpty ? guards : guards.SetItem(guards.Length - 1, guards[guards.Length - 1] with { Statement = statement });

    /// <summary>Whether a reference does not mind that the text now holds placeholders.</summary>
    private bool IsSafe(SyntaxNode reference)
    {
        if (_consumed.Contains(reference) || reference == _use || reference.Span.End <= _start)
            return true;
        if (reference.SpanStart > _use.Span.End && IsRewrittenBetween(reference))
            return true;
        if (reference.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call && call != _use.FirstAncestorOrSelf<InvocationExpressionSyntax>())
        {
            var name = call.Expression switch { MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText, SimpleNameSyntax simple => simple.Identifier.ValueText, _ => "" };
            if (name is "nameof" or "Information" or "Debug" or "Verbose" or "Warning" or "Error" || name.StartsWith("Log", StringComparison.Ordinal) || name.StartsWith("Write", StringComparison.Ordinal))
                return true;
        }

        return reference.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" or "Any" };
    }

    private bool IsRewrittenBetween(SyntaxNode reference)
    {
        foreach (var rewrite in _references.Where(r => r.SpanStart > _use.Span.End && r.SpanStart <= reference.SpanStart && r.Parent is AssignmentExpressionSyntax assignment && assignment.Left == r && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)))
        {
            if (rewrite == reference)
                return true;
            var list = Statements.ListOf(rewrite.FirstAncestorOrSelf<StatementSyntax>());
            if (list.Any(s => s.Contains(reference)) && (list.Any(s => s.Contains(_use)) || rewrite.SpanStart > _use.SpanStart && !InLoopWith(rewrite)))
                return true;
        }

        return false;
    }

    private bool InLoopWith(SyntaxNode rewrite) =>
        rewrite.Ancestors().Any(a => a is ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax && a.Contains(_use));

    private bool WritesIn(SyntaxNode scope) => _references.Exists(r => scope.Contains(r) && (
        r.Parent is AssignmentExpressionSyntax assignment && assignment.Left == r
        || r.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
        || !IsText && r.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: not ("ToString" or "Length" or "Count" or "Any") }));

    private bool IsText => _local.Type.SpecialType == SpecialType.System_String;

    private bool IsDeclaration(StatementSyntax statement) => statement == Declarator(_local, _reader.CancellationToken)?.Parent?.Parent;

    private bool IsLocal(ExpressionSyntax expression) => _references.Contains(expression);

    private static ExpressionSyntax? Root(InvocationExpressionSyntax call)
    {
        ExpressionSyntax? current = call;
        while (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } })
            current = receiver;
        return current;
    }

    private static VariableDeclaratorSyntax? Declarator(ILocalSymbol local, CancellationToken cancellationToken) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as VariableDeclaratorSyntax;

    private static List<SyntaxNode> References(ILocalSymbol local, SyntaxNode use, SemanticModel model, CancellationToken cancellationToken) =>
        [.. Statements.Scope(use).DescendantNodes().Where(n => n is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, local))];

    private static SyntaxNode? Body(SyntaxNode node) => node.Ancestors().FirstOrDefault(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);
}
