using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.SignIn;

/// <summary>Looks into a handler and the own code that it calls: does it check a credential, and does it lock out whoever fails.</summary>
internal sealed class SignInCode
{
    /// <summary>How many own methods deep is looked; a controller calls a service that calls a manager.</summary>
    private const int MaxDepth = 3;

    /// <summary>How many calls are looked at; past it the answer is unknown.</summary>
    private const int MaxCalls = 400;

    private readonly CompilationFacts _facts;
    private readonly CodeInspector _inspector;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<SyntaxNode> _seen = [];
    private int _calls;

    private SignInCode(ApplicationModel application, CancellationToken cancellationToken)
    {
        _facts = application.Facts;
        _inspector = application.Inspector;
        _cancellationToken = cancellationToken;
    }

    /// <summary>What the code gives to whoever guesses right.</summary>
    public SignInPurpose Purpose { get; private set; }

    /// <summary>Whether failed attempts lock the account; unknown where code that decides is out of sight.</summary>
    public Answer Lockout { get; private set; }

    public static SignInCode Read(ApplicationModel application, SyntaxNode code, CancellationToken cancellationToken)
    {
        var reader = new SignInCode(application, cancellationToken);
        reader.Read(code, 0);
        return reader;
    }

    private void Read(SyntaxNode code, int depth)
    {
        if (!_seen.Add(code))
            return;
        var isOwn = _facts.Compilation.ContainsSyntaxTree(code.SyntaxTree);
        foreach (var call in code.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var name = NameOf(call);
            if (name is null or "nameof")
                continue;
            if (SignInNames.OfCall(name) is var purpose and not SignInPurpose.None)
            {
                Purpose = Purpose == SignInPurpose.None ? purpose : Purpose;
                Lockout = Lockout.Or(LocksOut(name, call));
            }
            else if (name is "AccessFailedAsync" or "IsLockedOutAsync" or "SetLockoutEndDateAsync" or "LockoutAsync")
            {
                Lockout = Answer.Yes;
            }
            else if (!isOwn || ++_calls > MaxCalls)
            {
                Lockout = Lockout.Or(Answer.Unknown);
            }
            else
            {
                Follow(call, depth);
            }
        }
    }

    private void Follow(InvocationExpressionSyntax call, int depth)
    {
        var info = _facts.ModelOf(call.SyntaxTree).GetSymbolInfo(call, _cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method)
        {
            Lockout = Lockout.Or(Answer.Unknown);
            return;
        }

        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        if (!_inspector.IsInSource(method))
        {
            if (!IsPlainLibrary(method))
                Lockout = Lockout.Or(Answer.Unknown);
            return;
        }

        if (depth >= MaxDepth)
            return;
        var targets = method.IsAbstract || method.ContainingType?.TypeKind == TypeKind.Interface ? Implementations.Of(_facts, method, _cancellationToken) : ImmutableArray.Create(method);
        if (targets.IsEmpty)
            Lockout = Lockout.Or(Answer.Unknown);
        foreach (var target in targets)
        {
            if (target.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is { } code)
                Read(code, depth + 1);
        }
    }

    /// <summary>Whether the call itself counts failures: the two-factor ones do, the password ones where they are told to.</summary>
    private static Answer LocksOut(string name, InvocationExpressionSyntax call)
    {
        if (name.StartsWith("TwoFactor", StringComparison.Ordinal))
            return Answer.Yes;
        if (name is not ("PasswordSignInAsync" or "CheckPasswordSignInAsync"))
            return Answer.No;
        var argument = call.ArgumentList.Arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText == "lockoutOnFailure") ?? call.ArgumentList.Arguments.LastOrDefault();
        return argument?.Expression.Kind() switch
        {
            SyntaxKind.FalseLiteralExpression => Answer.No,
            SyntaxKind.TrueLiteralExpression => Answer.Yes,
            _ => Answer.Unknown,
        };
    }

    private static bool IsPlainLibrary(IMethodSymbol method) =>
        method.ContainingAssembly?.Name is "netstandard" or "mscorlib" || method.ContainingAssembly?.Name is { } name && (name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft", StringComparison.Ordinal));

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };
}
