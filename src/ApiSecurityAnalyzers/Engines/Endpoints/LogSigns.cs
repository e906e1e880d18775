using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells of one call whether it records what happens: a logger, an audit service, an event, or own code that logs.</summary>
internal sealed class LogSigns
{
    private static readonly HashSet<string> RecordWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "audit", "attempt", "attempts", "record", "records", "track", "report", "notify", "event", "events", "activity", "telemetry", "alert", "raise", "publish", "journal", "history", "metric", "metrics", "counter", "increment",
    };

    /// <summary>How many own methods deep a log entry counts.</summary>
    private const int MaxDepth = 2;

    private readonly CompilationFacts _facts;
    private readonly HandlerInspector _handlers;
    private readonly CancellationToken _cancellationToken;

    public LogSigns(CompilationFacts facts, CodeInspector inspector, CancellationToken cancellationToken)
    {
        _facts = facts;
        _handlers = new HandlerInspector(facts, inspector, cancellationToken);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether the call records something, by its name or by what the own code that it leads to does.</summary>
    public bool Records(InvocationExpressionSyntax call)
    {
        if (SaysSo(call))
            return true;
        if (call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" })
            return false;
        var info = _facts.ModelOf(call.SyntaxTree).GetSymbolInfo(call, _cancellationToken);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method && _handlers.Logs(method) == Answer.Yes;
    }

    /// <summary>Whether a method logs, or own code that it calls.</summary>
    public Answer Logs(IMethodSymbol method) => _handlers.Logs(method);

    /// <summary>Whether anything in the code logs, in its catch clauses too, or own code that it calls.</summary>
    public bool AnyIn(SyntaxNode code) => code.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(SaysSo) || _handlers.Logs(code) == Answer.Yes;

    /// <summary>Whether own code that is called logs what it catches, and so what it throws on: the caller then has no more to say.</summary>
    public bool LogsWhatItThrows(SyntaxNode code, int depth = 0)
    {
        if (depth > MaxDepth || !_facts.Compilation.ContainsSyntaxTree(code.SyntaxTree))
            return false;
        foreach (var call in code.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (depth == 0 && call.ArgumentList.Arguments.Any(static a => a.Expression is IdentifierNameSyntax { Identifier.ValueText: "_logger" or "logger" or "Logger" }))
                return true;
            if (_facts.ModelOf(code.SyntaxTree).GetSymbolInfo(call, _cancellationToken).Symbol is not IMethodSymbol method)
                continue;
            foreach (var reference in (method.ReducedFrom ?? method).OriginalDefinition.DeclaringSyntaxReferences)
            {
                var body = reference.GetSyntax(_cancellationToken);
                if (body.DescendantNodes().OfType<CatchClauseSyntax>().Any(static c => c.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(CodeInspector.IsLogCall)) || LogsWhatItThrows(body, depth + 1))
                    return true;
            }
        }

        return false;
    }

    private static bool SaysSo(InvocationExpressionSyntax call)
    {
        if (CodeInspector.IsLogCall(call))
            return true;
        var (name, receiver) = call.Expression switch
        {
            MemberAccessExpressionSyntax member => (member.Name.Identifier.ValueText, member.Expression.ToString()),
            MemberBindingExpressionSyntax binding => (binding.Name.Identifier.ValueText, (call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression)?.ToString() ?? ""),
            SimpleNameSyntax simple => (simple.Identifier.ValueText, ""),
            _ => ("", ""),
        };

        // a container's standard output is its log
        if (name is "WriteLine" or "Write" or "WriteLineAsync" && (receiver.StartsWith("Console", StringComparison.Ordinal) || receiver.StartsWith("System.Console", StringComparison.Ordinal) || receiver.EndsWith("Trace", StringComparison.Ordinal) || receiver.EndsWith("EventLog", StringComparison.Ordinal)))
            return true;
        if (name is "WriteEntry" or "TraceError" or "TraceWarning" or "TraceInformation" or "CaptureException" or "CaptureMessage" or "AddException" or "RecordException" or "SetException" or "TrySetException")
            return true;
        return Words(name).Any(RecordWords.Contains) && name is not ("AccessFailedAsync" or "AddModelError");
    }

    /// <summary>The words of a name in Pascal case.</summary>
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || char.IsUpper(name[i]))
            {
                yield return name.Substring(start, i - start);
                start = i;
            }
        }
    }
}
