using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Looks into a handler and the own code that it calls directly: does it change state, does it leave a log entry.</summary>
internal sealed class HandlerInspector
{
    /// <summary>How many own methods deep a log entry counts as the handler's (rule catalogue).</summary>
    private const int MaxDepth = 3;

    /// <summary>How many calls are looked at; past it the answer is unknown.</summary>
    private const int MaxCalls = 400;

    private static readonly HashSet<string> Writes = new(StringComparer.Ordinal)
    {
        "SaveChanges", "SaveChangesAsync", "ExecuteNonQuery", "ExecuteNonQueryAsync", "ExecuteDelete", "ExecuteDeleteAsync", "ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteSqlRaw", "ExecuteSqlRawAsync",
        "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync", "ExecuteSql", "ExecuteSqlAsync", "InsertOne", "InsertOneAsync", "UpdateOne", "UpdateOneAsync", "DeleteOne", "DeleteOneAsync", "ReplaceOne", "ReplaceOneAsync",
    };

    private static readonly string[] ChangingVerbs =
    [
        "Save", "Add", "Create", "Insert", "Update", "Delete", "Remove", "Set", "Send", "Publish", "Execute", "Write", "Upload", "Register", "Reset", "Change", "Enqueue", "Store", "Approve", "Cancel", "Submit",
        "Transfer", "Assign", "Upsert", "Archive", "Restore", "Move", "Rename", "Enable", "Disable", "Grant", "Revoke", "Confirm", "Complete", "Commit", "Mark", "Import", "Apply", "Clear", "Pay", "Refund",
    ];

    private readonly CompilationFacts _facts;
    private readonly CodeInspector _inspector;
    private readonly CancellationToken _cancellationToken;
    private int _calls;

    public HandlerInspector(CompilationFacts facts, CodeInspector inspector, CancellationToken cancellationToken)
    {
        _facts = facts;
        _inspector = inspector;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether the handler, or a method beside it that it calls, changes state: a writing verb with an effect in sight, or a write whatever the verb.</summary>
    public bool ChangesState(SyntaxNode handler, IReadOnlyList<string> verbs) =>
        ChangesState(handler, verbs.Any(static v => v is "POST" or "PUT" or "PATCH" or "DELETE"), 0);

    private bool ChangesState(SyntaxNode handler, bool writingVerb, int depth)
    {
        if (ChangesState(handler, writingVerb))
            return true;
        if (depth >= MaxDepth || !IsOwn(handler))
            return false;
        SemanticModel? model = null;
        foreach (var call in handler.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not (SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }))
                continue;
            _cancellationToken.ThrowIfCancellationRequested();
            model ??= _facts.ModelOf(handler.SyntaxTree);
            if (model.GetSymbolInfo(call, _cancellationToken).Symbol is IMethodSymbol method && _inspector.IsInSource(method) && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is { } code && code != handler && ChangesState(code, writingVerb, depth + 1))
                return true;
        }

        return false;
    }

    private static bool ChangesState(SyntaxNode handler, bool writingVerb)
    {
        foreach (var node in handler.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call:
                    var name = CalledName(call);
                    if (Writes.Contains(name) || writingVerb && IsChanging(name))
                        return true;
                    break;
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } when writingVerb:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the handler, or own code that it calls, logs; unknown where the code it calls is out of sight.</summary>
    public Answer Logs(SyntaxNode handler)
    {
        _calls = 0;
        return Logs(handler, 0, []);
    }

    /// <summary>Whether a method that the handler calls logs.</summary>
    public Answer Logs(IMethodSymbol method)
    {
        _calls = 0;
        return OfCallee(method, 0, []);
    }

    private Answer Logs(SyntaxNode code, int depth, HashSet<SyntaxNode> seen)
    {
        if (!seen.Add(code))
            return Answer.No;
        if (CodeInspector.Logs(code))
            return Answer.Yes;
        if (!IsOwn(code))
            return Answer.Unknown;
        var answer = Answer.No;
        SemanticModel? model = null;
        foreach (var call in code.DescendantNodes(static n => n is not CatchClauseSyntax).OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" })
                continue;
            _cancellationToken.ThrowIfCancellationRequested();
            if (++_calls > MaxCalls)
                return Answer.Unknown;
            model ??= _facts.ModelOf(code.SyntaxTree);
            var info = model.GetSymbolInfo(call, _cancellationToken);
            if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method)
            {
                answer = Answer.Unknown;
                continue;
            }

            answer = answer.Or(OfCallee(method, depth, seen));
            if (answer == Answer.Yes)
                return answer;
        }

        return answer;
    }

    private Answer OfCallee(IMethodSymbol method, int depth, HashSet<SyntaxNode> seen)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (method.GetAttributes().Any(static a => a.AttributeClass.Is("Microsoft.Extensions.Logging.LoggerMessageAttribute")))
            return Answer.Yes;
        method = method.PartialImplementationPart ?? method;
        if (!_inspector.IsInSource(method))
            return IsSilentLibrary(method) ? Answer.No : Answer.Unknown;
        if (depth >= MaxDepth)
            return Answer.No;
        if (method.IsAbstract || method.ContainingType?.TypeKind == TypeKind.Interface)
            return OfImplementations(method, depth, seen);
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken);
        return syntax is null ? Answer.No : Logs(syntax, depth + 1, seen);
    }

    private Answer OfImplementations(IMethodSymbol method, int depth, HashSet<SyntaxNode> seen)
    {
        var implementations = Implementations.Of(_facts, method, _cancellationToken);
        if (implementations.IsEmpty)
            return Answer.Unknown;
        var answer = Answer.No;
        foreach (var implementation in implementations)
        {
            if (implementation.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is { } syntax)
                answer = answer.Or(Logs(syntax, depth + 1, seen));
        }

        return answer;
    }

    /// <summary>Whether code belongs to the compilation: a referenced project shows its code, but its own compilation binds it.</summary>
    private bool IsOwn(SyntaxNode code) => _facts.Compilation.ContainsSyntaxTree(code.SyntaxTree);

    /// <summary>Libraries that write no audit entry of the application's; a mediator runs code that cannot be seen.</summary>
    private static bool IsSilentLibrary(IMethodSymbol method)
    {
        var name = method.ContainingAssembly?.Name ?? "";
        return name is "netstandard" or "mscorlib" || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal) || name is "Dapper" or "Newtonsoft.Json" or "AutoMapper";
    }

    private static bool IsChanging(string name)
    {
        foreach (var verb in ChangingVerbs)
        {
            if (name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || char.IsUpper(name[verb.Length])))
                return true;
        }

        return false;
    }

    private static string CalledName(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
