using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>ASA4003: a failed sign-in or a refused access that leaves no log entry.</summary>
internal static class UnloggedAccessFailure
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA4003",
        title: "Unlogged access failure",
        messageFormat: "'{0}' leaves no log entry where access is refused, so nobody notices who tries again and again",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Guessed passwords and forged tokens show in failures, and only where somebody writes them down.",
        cwe: 778,
        topic: Topics.Logging);

    /// <summary>The property that tells the fix what the code is called in the log, where it is no method.</summary>
    internal const string ActionKey = "Action";

    /// <summary>The names without which a document is skipped.</summary>
    internal static readonly NameSet Names = new(SecurityCatch.Names.Names.Concat(CredentialCheck.Names.Names).Concat(RequestBodyLog.Names.Names).Distinct(StringComparer.Ordinal));

    internal static void Inspect(EndpointDocument document)
    {
        var catches = document.Context.Index.HasAny(SecurityCatch.Names);
        var checks = document.Context.Index.HasAny(CredentialCheck.Names);
        if (!catches && !checks || RequestBodyLog.IsKept(document))
            return;
        var signs = new LogSigns(document.Context.Facts, document.Application.Inspector, document.CancellationToken);
        if (catches)
            Catches(document, signs);
        if (checks)
            Checks(document, signs);
    }

    private static void Catches(EndpointDocument document, LogSigns signs)
    {
        var judge = new SecurityCatch(document, signs);
        var seen = new HashSet<CatchClauseSyntax>();
        foreach (var clause in document.Context.Tokens(SecurityCatch.Names).SelectMany(SecurityCatch.ClausesAt))
        {
            if (!seen.Add(clause) || FunctionGraph.Around(clause) is not { } function)
                continue;
            var type = TypeAround(document, clause);
            var isRequestCode = type is not null && RequestCode.IsRequestType(type) || RequestCode.IsEntry(document, function, type);
            if (!judge.Hides(clause, isRequestCode) || type is not null && IsFiltered(document, function, type))
                continue;
            var callers = RequestCode.IsEntry(document, function, type) ? Answer.No : LoggedByCallers(document, signs, function);
            if (callers == Answer.Yes)
                continue;
            Report(document, clause.CatchKeyword.GetLocation(), clause, callers == Answer.Unknown, clause.Declaration is { } declaration ? $"catch ({declaration.Type})" : "catch");
        }
    }

    private static void Checks(EndpointDocument document, LogSigns signs)
    {
        var paths = new FailurePath(signs, document.CancellationToken);
        var seen = new HashSet<InvocationExpressionSyntax>();
        foreach (var token in document.Context.Tokens(CredentialCheck.Names))
        {
            if (CredentialCheck.CallAt(token) is not { } call || !seen.Add(call) || FunctionGraph.Around(call) is not { } function)
                continue;
            var model = document.Context.Model;
            if (model.GetSymbolInfo(call, document.CancellationToken).Symbol is not IMethodSymbol method || !CredentialCheck.Is(method) || CredentialCheck.IsEnrolment(call, function) || LogsItself(document, signs, method))
                continue;
            if (!paths.IsSilent(call, new CheckConditions(call, function, CredentialCheck.IsBoolean(method)), function, model))
                continue;
            var type = TypeAround(document, call);
            if (type is not null && IsFiltered(document, function, type))
                continue;

            // what a service returns is its caller's to log
            if (!RequestCode.IsEntry(document, function, type) && LoggedByCallers(document, signs, function) != Answer.No)
                continue;
            Report(document, EndpointPath.NameOf(call).GetLocation(), call, isSuggestion: false, method.Name);
        }
    }

    /// <summary>An own sign-in or user manager that logs what it refuses.</summary>
    private static bool LogsItself(EndpointDocument document, LogSigns signs, IMethodSymbol method)
    {
        if (document.Application.Inspector.IsInSource(method))
            return signs.Logs(method) != Answer.No;
        return Implementations.Of(document.Context.Facts, method.OriginalDefinition, document.CancellationToken).Any(m => document.Application.Inspector.Logs(m.ContainingType, document.CancellationToken));
    }

    private static Answer LoggedByCallers(EndpointDocument document, LogSigns signs, SyntaxNode function) =>
        document.Context.Model.GetDeclaredSymbol(function, document.CancellationToken) is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
            ? Callers.Log(document, signs, method)
            : Answer.Unknown;

    /// <summary>A filter that logs what actions are called with.</summary>
    private static bool IsFiltered(EndpointDocument document, SyntaxNode function, INamedTypeSymbol type) =>
        UnloggedStateChange.ActionFilterLogs(document, type)
        || function is MethodDeclarationSyntax method && document.Context.Model.GetDeclaredSymbol(method, document.CancellationToken) is { } symbol && UnloggedStateChange.ActionFilterLogs(document, symbol);

    private static INamedTypeSymbol? TypeAround(EndpointDocument document, SyntaxNode node) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration ? document.Context.Model.GetDeclaredSymbol(declaration, document.CancellationToken) : null;

    private static void Report(EndpointDocument document, Location location, SyntaxNode node, bool isSuggestion, string what) => document.Context.Report(
        Descriptor,
        location,
        ImmutableDictionary<string, string?>.Empty.Add(ActionKey, RequestCode.Describe(document, node)),
        isSuggestion,
        additionalLocations: null,
        what);
}
