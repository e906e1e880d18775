using System.Collections.Concurrent;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Looks into own middleware and filters by the names in their code: does it turn callers away (<see cref="AccessDecision"/>), does it write a log entry. A name
/// is enough, since the answer only silences rules.
/// </summary>
internal sealed class CodeInspector
{
    private static readonly HashSet<string> LogVerbs = new(StringComparer.Ordinal)
    {
        "Log", "Information", "Warning", "Error", "Debug", "Verbose", "Fatal", "Critical", "Trace", "Info", "Warn", "Write", "Audit", "Record", "TrackRequest", "TrackEvent", "TrackTrace",
    };

    private readonly CompilationFacts _facts;
    private readonly ConcurrentDictionary<ISymbol, bool> _access = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _logs = new(SymbolEqualityComparer.Default);

    public CodeInspector(CompilationFacts facts) => _facts = facts;

    /// <summary>Whether the symbol's code belongs to the compilation.</summary>
    public bool IsInSource(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _facts.Compilation.Assembly);

    /// <summary>Whether the code of a type, or of its own base types, turns callers away.</summary>
    public bool DecidesAccess(ITypeSymbol type, CancellationToken cancellationToken) => Any(type, _access, AccessDecision.IsIn, cancellationToken);

    /// <summary>Whether the code of a type, or of its own base types, logs on the normal way, not only what was caught.</summary>
    public bool Logs(ITypeSymbol type, CancellationToken cancellationToken) => Any(type, _logs, Logs, cancellationToken);

    /// <summary>Whether the code logs on the normal way.</summary>
    public static bool Logs(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodesAndSelf(static n => n is not CatchClauseSyntax))
        {
            if (node is InvocationExpressionSyntax call && IsLogCall(call))
                return true;
        }

        return false;
    }

    /// <summary>Whether a call looks like a log or audit entry: <c>logger.LogInformation</c>, <c>Log.Information</c>, <c>_audit.RecordAsync</c>.</summary>
    public static bool IsLogCall(InvocationExpressionSyntax call)
    {
        var (name, receiver) = call.Expression switch
        {
            MemberAccessExpressionSyntax member => (member.Name.Identifier.ValueText, RightmostName(member.Expression)),
            MemberBindingExpressionSyntax binding => (binding.Name.Identifier.ValueText, call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access ? RightmostName(access.Expression) : ""),
            SimpleNameSyntax simple => (simple.Identifier.ValueText, ""),
            _ => ("", ""),
        };
        if (name.Length == 0)
            return false;
        if (name.StartsWith("Log", StringComparison.Ordinal) && !IsSignIn(name))
            return true;
        if (Contains(name, "Audit"))
            return true;
        return (LogVerbs.Contains(name) || name.EndsWith("Async", StringComparison.Ordinal)) && (Contains(receiver, "log") || Contains(receiver, "audit") || Contains(receiver, "telemetry")) && !Contains(receiver, "login") && !Contains(receiver, "blog") && !Contains(receiver, "catalog") && !Contains(receiver, "dialog");
    }

    private static bool IsSignIn(string name) =>
        name.StartsWith("Login", StringComparison.Ordinal) || name.StartsWith("LogIn", StringComparison.Ordinal) && (name.Length == 5 || char.IsUpper(name[5]))
        || name.StartsWith("Logout", StringComparison.Ordinal) || name.StartsWith("LogOut", StringComparison.Ordinal) || name.StartsWith("Logo", StringComparison.Ordinal) || name.StartsWith("Logic", StringComparison.Ordinal);

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private static string RightmostName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax call => RightmostName(call.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => RightmostName(suppressed.Operand),
        _ => "",
    };

    private bool Any(ITypeSymbol type, ConcurrentDictionary<ISymbol, bool> cache, Func<SyntaxNode, bool> test, CancellationToken cancellationToken)
    {
        for (var current = type; current is not null && IsInSource(current); current = current.BaseType)
        {
            if (!cache.TryGetValue(current, out var answer))
            {
                answer = false;
                foreach (var reference in current.DeclaringSyntaxReferences)
                    answer |= test(reference.GetSyntax(cancellationToken));
                cache[current] = answer;
            }

            if (answer)
                return true;
        }

        return false;
    }
}
