using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>The log entry that a handler is to get: the way to a logger, the way to the user, and the statement.</summary>
internal sealed class ChangeLog
{
    private readonly Document _document;
    private readonly SyntaxNode _function;
    private readonly bool _returns;
    private readonly string _statement;
    private readonly ServiceAccess?[] _accesses;

    private ChangeLog(Document document, SyntaxNode function, bool returns, string statement, params ServiceAccess?[] accesses)
    {
        _document = document;
        _function = function;
        _returns = returns;
        _statement = statement;
        _accesses = accesses;
    }

    /// <summary>Plans the entry for a diagnostic's handler; <see langword="null"/> where it has one already, or no logger can be reached.</summary>
    public static async Task<ChangeLog?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null)
            return null;
        diagnostic.Properties.TryGetValue(CoverageReport.TargetKey, out var target);
        diagnostic.Properties.TryGetValue(UnloggedStateChange.ActionKey, out var action);
        var node = root.FindToken(span.Start).Parent;
        var function = target == CoverageReport.TargetAction
            ? node?.FirstAncestorOrSelf<MethodDeclarationSyntax>()
            : node?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? Handler(call, model, cancellationToken) : null;
        if (function is null || document.Project.GetDocument(function.SyntaxTree) is not { } owner || HandlerBody.Of(function) is not { } body || CodeInspector.Logs(function))
            return null;
        if (owner != document)
            model = (await owner.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var symbol = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancellationToken).Symbol : model.GetDeclaredSymbol(function, cancellationToken)) as IMethodSymbol;
        if (symbol is null)
            return null;
        var (logger, access) = await LoggerAccess.FindAsync(owner, model, body, cancellationToken).ConfigureAwait(false);
        if (logger is null)
            return null;
        var (user, parameter) = await UserAccess.FindAsync(owner, model, body, symbol, cancellationToken).ConfigureAwait(false);
        var what = function is AnonymousFunctionExpressionSyntax ? SyntaxFactory.Literal(action ?? "").ToString() : $"nameof({symbol.Name})";
        var statement = user is null
            ? $"{logger}.LogInformation(\"{{Action}}\", {what});"
            : $"{logger}.LogInformation(\"{{Action}} by {{User}}\", {what}, {user}.Identity?.Name);";
        return new ChangeLog(owner, function, HandlerBody.ReturnsValue(symbol), statement, access, parameter);
    }

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var editor = new SolutionEditor(_document.Project.Solution);
        foreach (var access in _accesses)
        {
            if (access is not null)
                await access.ApplyAsync(editor, cancellationToken).ConfigureAwait(false);
        }

        var documentEditor = await editor.GetDocumentEditorAsync(_document.Id, cancellationToken).ConfigureAwait(false);
        documentEditor.ReplaceNode(_function, (current, _) => HandlerBody.Prepend(current, _function, _statement, _returns));
        return editor.GetChangedSolution();
    }

    private static SyntaxNode? Handler(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        var arguments = call.ArgumentList.Arguments;
        var handler = (arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText is "handler" or "requestDelegate") ?? arguments.LastOrDefault())?.Expression;
        while (handler is CastExpressionSyntax or ParenthesizedExpressionSyntax)
            handler = handler is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)handler).Expression;
        if (handler is null or AnonymousFunctionExpressionSyntax)
            return handler;
        var info = model.GetSymbolInfo(handler, cancellationToken);
        var method = (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
        return method?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
    }
}
