using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Looks for what an endpoint loads or changes by an id of the request without regard to the caller, in its own code and in own services, repositories
/// and message handlers that it calls. What leads out of sight is not judged.
/// </summary>
internal sealed class ObjectReferences
{
    /// <summary>How many own methods deep the caller is looked for.</summary>
    private const int MaxDepth = 3;

    /// <summary>How many calls are bound for one endpoint.</summary>
    private const int MaxCalls = 120;

    /// <summary>The place of the answers among those that hang on a member.</summary>
    private const int Slot = 100;

    /// <summary>First words of calls that fetch something, or do something to it.</summary>
    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "find", "first", "single", "last", "get", "load", "fetch", "read", "query", "lookup", "where", "retrieve", "by", "delete", "remove", "update", "replace", "execute", "purge", "cancel", "close", "approve", "reject", "archive",
    };

    private readonly CompilationFacts _facts;
    private readonly CodeInspector _inspector;
    private readonly MemberStamps _stamps;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<SyntaxNode> _seen = [];
    private ChangeReading _reading = new();
    private int _calls;
    private bool _changes;
    private (InvocationExpressionSyntax Call, string Entity, string Owner)? _found;

    public ObjectReferences(CompilationFacts facts, CodeInspector inspector, CancellationToken cancellationToken)
    {
        _facts = facts;
        _inspector = inspector;
        _cancellationToken = cancellationToken;
        _stamps = MemberStamps.For(facts);
    }

    /// <summary>What the endpoint loads; <see langword="null"/> where the caller has a part in it, or where that cannot be seen.</summary>
    /// <param name="code">The action or handler.</param>
    /// <param name="ids">The parameters that an id comes in by, and those whose members it can come in by.</param>
    /// <param name="changes">Whether the endpoint's verb says that something is changed.</param>
    public ObjectReference? Find(SyntaxNode code, IReadOnlyCollection<string> ids, bool changes)
    {
        if (ids.Count == 0 || CallerWords.AreIn(code) || !code.DescendantNodes().Any(n => n is InvocationExpressionSyntax call && TakesId(call, ids)))
            return null;
        if (_stamps.Of(code) is not var (stamp, start))
            return Search(code, ids, changes, 0);
        var key = (code.SpanStart - start, code.RawKind, changes ? Slot + 1 : Slot);
        if (stamp.Get(key) is Kept kept && kept.Reading.HoldsIn(_stamps, OwnMethods.Of(_facts), _cancellationToken))
            return kept.Reference;

        _reading = new ChangeReading();
        _reading.Members.Add(stamp);
        var reference = Search(code, ids, changes, start);
        if (!_reading.IsPartial)
            stamp.Set(key, new Kept(reference, _reading));
        return reference;
    }

    private sealed record Kept(ObjectReference? Reference, ChangeReading Reading);

    private ObjectReference? Search(SyntaxNode code, IReadOnlyCollection<string> ids, bool changes, int start)
    {
        _seen.Clear();
        _calls = 0;
        _changes = changes;
        _found = null;
        if (Inspect(code, ids, 0) != Answer.No || _found is not var (call, entity, owner))
            return null;
        return code.Contains(call)
            ? new ObjectReference(call.SpanStart - start, call.Span.Length, entity, owner, _reading)
            : new ObjectReference(-1, 0, entity, owner, _reading);
    }

    /// <summary>Whether the caller has a part in what the code does: no, or no longer worth asking.</summary>
    private Answer Inspect(SyntaxNode code, IReadOnlyCollection<string> ids, int depth)
    {
        if (!_seen.Add(code))
            return Answer.No;
        if (!_facts.Compilation.ContainsSyntaxTree(code.SyntaxTree))
            return Answer.Unknown;
        if (_stamps.Of(code) is var (stamp, _))
            _reading.Members.Add(stamp);
        else
            _reading.IsPartial = true;
        if (CallerWords.AreIn(code))
            return Answer.Yes;
        var model = _facts.ModelOf(code.SyntaxTree);
        foreach (var call in code.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            var takesId = TakesId(call, ids);
            var name = ChangeFinder.NameOf(call.Expression);
            if (name is "" or "nameof" || CodeInspector.IsLogCall(call) || !takesId && depth > 0 && !ChangeFinder.IsBeside(call))
                continue;
            _cancellationToken.ThrowIfCancellationRequested();
            if (++_calls > MaxCalls)
                return Answer.Unknown;
            if (model.GetSymbolInfo(call, _cancellationToken).Symbol is not IMethodSymbol method)
                return Answer.Unknown;
            if (takesId && _found is null && Verbs.Contains(ChangeNames.First(name)))
                Note(call, name, method, model);
            var answer = OfCallee(call, method, model, takesId, depth);
            if (answer != Answer.No)
                return answer;
        }

        return Answer.No;
    }

    private void Note(InvocationExpressionSyntax call, string name, IMethodSymbol method, SemanticModel model)
    {
        var changes = _changes || ChangeNames.IsStrong(name);
        foreach (var type in Candidates(call, method, model))
        {
            if (Ownership.Element(type) is { } entity && Ownership.MemberOf(entity, changes) is { } owner)
            {
                _found = (call, entity.Name, owner);
                return;
            }
        }
    }

    /// <summary>What the call gives back, and what the set or repository that it is made on holds.</summary>
    private IEnumerable<ITypeSymbol?> Candidates(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model)
    {
        yield return method.ReturnType;
        if (call.Expression is MemberAccessExpressionSyntax member && model.GetTypeInfo(member.Expression, _cancellationToken).Type is INamedTypeSymbol { TypeArguments.Length: > 0 } receiver)
            yield return receiver.TypeArguments[0];
    }

    private Answer OfCallee(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, bool takesId, int depth)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (IsMessage(call, method))
            return takesId || depth == 0 ? OfMessage(call, model, depth) : Answer.No;
        if (!_inspector.IsInSource(method))
            return takesId ? OfLibrary(method) : Answer.No;
        if (depth >= MaxDepth)
            return takesId ? Answer.Unknown : Answer.No;
        var methods = method.IsAbstract || method.ContainingType?.TypeKind == TypeKind.Interface ? (IEnumerable<IMethodSymbol>)Implementations.Of(_facts, method, _cancellationToken) : [method];
        var bodies = methods.Select(m => (Method: m, Code: m.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken))).Where(static b => b.Code is not null).ToList();
        if (bodies.Count == 0)
            return takesId ? Answer.Unknown : Answer.No;
        foreach (var (implementation, code) in bodies)
        {
            var answer = Inspect(code!, takesId ? Ids(implementation) : [], depth + 1);
            if (answer != Answer.No)
                return answer;
        }

        return Answer.No;
    }

    /// <summary>Libraries that store data ask for nobody; what others do cannot be seen.</summary>
    private static Answer OfLibrary(IMethodSymbol method)
    {
        var name = method.ContainingAssembly?.Name ?? "";
        return name is "netstandard" or "mscorlib" or "Dapper" or "AutoMapper" or "Mapster" || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal) || name.StartsWith("MongoDB", StringComparison.Ordinal) ? Answer.No : Answer.Unknown;
    }

    private static bool IsMessage(InvocationExpressionSyntax call, IMethodSymbol method) =>
        ChangeFinder.NameOf(call.Expression) is "Send" or "SendAsync" or "Publish" or "InvokeAsync" or "Dispatch" or "DispatchAsync" && method.ContainingType is { } type && ChangeNames.IsMediator(type.Name);

    /// <summary>A mediator leads to the handler of the message.</summary>
    private Answer OfMessage(InvocationExpressionSyntax call, SemanticModel model, int depth)
    {
        if (depth >= MaxDepth || call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not { } argument || model.GetTypeInfo(argument, _cancellationToken).Type is not INamedTypeSymbol message)
            return Answer.Unknown;
        var seen = false;
        foreach (var handler in Implementations.OfGeneric(_facts, ["IRequestHandler", "ICommandHandler", "IQueryHandler"], message, _cancellationToken))
        {
            if (handler.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } code)
                continue;
            seen = true;
            var answer = Inspect(code, Ids(handler), depth + 1);
            if (answer != Answer.No)
                return answer;
        }

        // behaviours around the handler may ask for the caller by an attribute or interface of the message
        return seen && message.GetAttributes().IsEmpty && message.AllInterfaces.All(static i => i.Name is "IRequest" or "IBaseRequest" or "IQuery" or "ICommand" or "IEquatable") ? Answer.No : Answer.Unknown;
    }

    /// <summary>The parameters that an id comes in by.</summary>
    public static IReadOnlyCollection<string> Ids(IMethodSymbol method) => method.Parameters.Where(static p => IsId(p.Name) && IsPlain(p.Type) || IsModel(p.Type)).Select(static p => p.Name).ToList();

    /// <summary>Whether an argument is an id, or a member of the request that is one.</summary>
    private static bool TakesId(InvocationExpressionSyntax call, IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
            return false;
        foreach (var node in call.ArgumentList.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || !ids.Contains(name.Identifier.ValueText) || name.Parent is MemberAccessExpressionSyntax { Name: var own } && own == name || name.Parent is NameColonSyntax)
                continue;
            if (IsId(name.Identifier.ValueText) || name.Parent is MemberAccessExpressionSyntax member && member.Expression == name && IsId(member.Name.Identifier.ValueText) || name.Parent is ArgumentSyntax)
                return true;
        }

        return false;
    }

    private static bool IsId(string name) => name is "id" or "Id" or "ID" or "guid" or "key" || name.Length > 2 && (name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal) || name.EndsWith("Guid", StringComparison.Ordinal));

    private static bool IsPlain(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64 || type.Is("System.Guid") || type.TypeKind == TypeKind.Struct && !type.DeclaringSyntaxReferences.IsEmpty
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && IsPlain(nullable.TypeArguments[0]);

    /// <summary>A class of the application that the framework, or an own method, fills: what a request brings.</summary>
    private static bool IsModel(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } named && !named.DeclaringSyntaxReferences.IsEmpty && named.GetMembers().OfType<IPropertySymbol>().Any(static p => IsId(p.Name)) && !ChangeNames.IsStore(named.Name) && !named.InheritsFrom("Microsoft.EntityFrameworkCore.DbContext");
}
