using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Finds what a handler certainly changes, in its own code and in own methods that it calls by a name that says so. What is kept about reading (audit
/// entries, counters, sessions) and what is made on first use is no change that a reader of the interface would mind.
/// </summary>
internal sealed class ChangeFinder
{
    /// <summary>How many own methods deep a change is looked for.</summary>
    private const int MaxDepth = 3;

    /// <summary>How many calls are bound for one function.</summary>
    private const int MaxCalls = 200;

    private readonly CompilationFacts _facts;
    private readonly CodeInspector _inspector;
    private readonly CancellationToken _cancellationToken;
    private readonly MemberStamps _stamps;
    private readonly OwnMethods _methods;

    /// <summary>What the answer in the making follows from.</summary>
    private ChangeReading _reading = new();

    public ChangeFinder(CompilationFacts facts, CodeInspector inspector, CancellationToken cancellationToken)
    {
        _facts = facts;
        _inspector = inspector;
        _cancellationToken = cancellationToken;
        _stamps = MemberStamps.For(facts);
        _methods = OwnMethods.Of(facts);
    }

    /// <summary>The call in the handler that changes state, or leads to a change; <see langword="null"/> where nothing is certain.</summary>
    public InvocationExpressionSyntax? Find(SyntaxNode handler) => Find(handler, 0);

    /// <summary>Whether code asks which method the request has.</summary>
    public static bool AsksForMethod(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: "HttpMethods" } || node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Method" } access && NameOf(access.Expression).EndsWith("request", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Gives the answer that is known of the function, or finds it and keeps it for as long as everything that it follows from stays as it is.</summary>
    private InvocationExpressionSyntax? Find(SyntaxNode code, int depth)
    {
        if (!_facts.Compilation.ContainsSyntaxTree(code.SyntaxTree))
            return null;
        if (_stamps.Of(code) is not var (stamp, start))
        {
            _reading.IsPartial = true;
            return Search(code, depth);
        }

        var key = (code.SpanStart - start, code.RawKind, depth);
        if (stamp.Get(key) is ChangeAnswer known && known.Reading.HoldsIn(_stamps, _methods, _cancellationToken))
        {
            _reading.Add(known.Reading);
            return known.In(code, start);
        }

        var outer = _reading;
        _reading = new ChangeReading();
        _reading.Members.Add(stamp);
        var change = Search(code, depth);
        if (!_reading.IsPartial)
            stamp.Set(key, new ChangeAnswer(change, start, _reading));
        outer.Add(_reading);
        _reading = outer;
        return change;
    }

    private InvocationExpressionSyntax? Search(SyntaxNode code, int depth)
    {
        if (AsksForMethod(code))
            return null;
        var calls = 0;
        ChangeCall? judge = null;
        InvocationExpressionSyntax? flush = null;
        var bookkeeping = false;
        var creating = code is MethodDeclarationSyntax declaration && ChangeNames.Creates(declaration.Identifier.ValueText);
        var reading = code is MethodDeclarationSyntax reader && ChangeNames.Reads(reader.Identifier.ValueText);
        foreach (var call in code.DescendantNodes(static n => n is not CatchClauseSyntax).OfType<InvocationExpressionSyntax>())
        {
            var name = NameOf(call.Expression);
            if (!ChangeNames.CanChange(name) && (!IsBeside(call) || name == "nameof" || ChangeNames.Reads(name) || !IsFollowed(name, MaxDepth - depth)))
                continue;
            _cancellationToken.ThrowIfCancellationRequested();
            if (++calls > MaxCalls)
                return null;
            var model = _facts.ModelOf(code.SyntaxTree);
            if (model.GetSymbolInfo(call, _cancellationToken).Symbol is not IMethodSymbol method)
                continue;
            judge ??= new ChangeCall(model, _cancellationToken);
            var kind = judge.OfLibrary(call, name, method, code);
            if (kind == ChangeKind.None)
            {
                // 'GetImages' that has a service bring them up to date first is a reader all the same
                kind = OfOwn(judge, call, name, method, depth);
                if (reading && kind != ChangeKind.None && !ChangeNames.Deletes(name))
                    kind = ChangeKind.Bookkeeping;
            }

            if (kind == ChangeKind.Write && !creating && ChangeNames.Creates(name) && IsOnFirstUse(call, code))
                kind = ChangeKind.Bookkeeping;
            switch (kind)
            {
                case ChangeKind.Write:
                    return call;
                case ChangeKind.Flush:
                    flush ??= call;
                    break;
                case ChangeKind.Bookkeeping:
                    bookkeeping = true;
                    break;
            }
        }

        return flush is not null && !IsAllBookkeeping(code, flush, bookkeeping) ? flush : null;
    }

    private bool IsFollowed(string name, int depth)
    {
        if (_methods.MayChange(name, depth, _cancellationToken))
            return true;
        _reading.Skipped.Add((name, depth));
        return false;
    }

    /// <summary>What a call of own code does: what its code does, or where that cannot be seen, what its name says.</summary>
    private ChangeKind OfOwn(ChangeCall judge, InvocationExpressionSyntax call, string name, IMethodSymbol method, int depth)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (ChangeNames.IsBookkeeping(name) && ChangeNames.CanChange(name))
            return judge.ByName(call, name, method) == ChangeKind.None ? ChangeKind.None : ChangeKind.Bookkeeping;
        if (!_inspector.IsInSource(method))
            return judge.ByName(call, name, method);
        var named = judge.ByName(call, name, method);
        if (named != ChangeKind.None && ChangeNames.IsStrong(name) && ChangeNames.IsRepository(method.ContainingType?.Name ?? ""))
            return named;
        if (depth >= MaxDepth)
            return ChangeKind.None;
        var bodies = Bodies(method);
        if (named != ChangeKind.None && bodies.TrueForAll(static b => !b.DescendantNodes().Any(static n => n is InvocationExpressionSyntax or AssignmentExpressionSyntax)))
            return named;
        return bodies.Count > 0 && bodies.TrueForAll(b => Find(b, depth + 1) is not null) ? ChangeKind.Write : ChangeKind.None;
    }

    private List<SyntaxNode> Bodies(IMethodSymbol method)
    {
        var methods = method.IsAbstract || method.ContainingType?.TypeKind == TypeKind.Interface ? (IEnumerable<IMethodSymbol>)Implementations.Of(_facts, method, _cancellationToken) : [method];
        var bodies = methods.Select(m => m.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken)).OfType<SyntaxNode>().ToList();
        foreach (var body in bodies)
        {
            if (_stamps.Of(body) is var (stamp, _))
                _reading.Members.Add(stamp);
            else
                _reading.IsPartial = true;
        }

        return bodies;
    }

    /// <summary>
    /// Whether all that is stored was kept about reading: <c>user.LastSeen = now</c>, <c>post.Views++</c>. Further properties of the same object make it a change;
    /// those of others, such as the answer's, do not.
    /// </summary>
    private static bool IsAllBookkeeping(SyntaxNode code, InvocationExpressionSyntax flush, bool bookkeeping)
    {
        var targets = new HashSet<string>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in code.DescendantNodes())
        {
            var target = node switch
            {
                AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax left } => left,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: MemberAccessExpressionSyntax operand } => operand,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: MemberAccessExpressionSyntax operand } => operand,
                _ => null,
            };
            if (target is not null)
                (ChangeNames.IsBookkeeping(target.Name.Identifier.ValueText) ? targets : others).Add(target.Expression.ToString());
            else if (node is InvocationExpressionSyntax call && call != flush && !CodeInspector.IsLogCall(call) && ChangeNames.IsBookkeeping(NameOf(call.Expression)) && !ChangeNames.Reads(NameOf(call.Expression)))
                bookkeeping = true;
        }

        return (bookkeeping || targets.Count > 0) && (targets.Count == 0 || !others.Overlaps(targets));
    }

    /// <summary>Whether something is made only where it is not there yet, as reading it for the first time does.</summary>
    private static bool IsOnFirstUse(SyntaxNode call, SyntaxNode code)
    {
        for (var node = call; node is not null && node != code; node = node.Parent)
        {
            var condition = node.Parent switch
            {
                IfStatementSyntax branch when branch.Statement == node || branch.Else == node => branch.Condition,
                ConditionalExpressionSyntax choice when choice.Condition != node => choice.Condition,
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } binary => binary,
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment => assignment,
                _ => null,
            };
            if (condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or AssignmentExpressionSyntax
                || condition?.DescendantNodesAndSelf().Any(static n => n is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression }
                    or IdentifierNameSyntax { Identifier.ValueText: "Any" or "AnyAsync" or "Exists" or "ExistsAsync" or "Count" or "CountAsync" or "TryGetValue" or "IsNullOrEmpty" or "Contains" or "ContainsKey" }) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a call names no other object: what it calls is likely to stand beside it.</summary>
    internal static bool IsBeside(InvocationExpressionSyntax call) => call.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax };

    internal static string NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
