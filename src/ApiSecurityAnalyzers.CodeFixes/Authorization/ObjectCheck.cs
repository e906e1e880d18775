using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Authorization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>The check that an endpoint is to get behind the statement that loads an object: service, user, resource, and the answer where they do not fit.</summary>
internal sealed class ObjectCheck
{
    private const string Service = "Microsoft.AspNetCore.Authorization.IAuthorizationService";
    private const string Requirement = "Microsoft.AspNetCore.Authorization.Infrastructure.OperationAuthorizationRequirement";
    private const string Principal = "System.Security.Claims.ClaimsPrincipal";

    private readonly Document _document;
    private readonly StatementSyntax _after;
    private readonly string _code;
    private readonly ServiceAccess?[] _accesses;

    private ObjectCheck(Document document, string variable, StatementSyntax after, string code, params ServiceAccess?[] accesses)
    {
        _document = document;
        Variable = variable;
        _after = after;
        _code = code;
        _accesses = accesses;
    }

    /// <summary>The variable that holds what was loaded.</summary>
    public string Variable { get; }

    /// <summary>Plans the check; <see langword="null"/> where the object has no variable, or the code cannot wait or answer.</summary>
    public static async Task<ObjectCheck?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null || !diagnostic.Properties.TryGetValue(UncheckedObjectReference.CallKey, out var text) || string.IsNullOrEmpty(text))
            return null;
        var types = WellKnownTypes.For(model.Compilation);
        if (!types.Has(Service) || !types.Has(Requirement) || Function(root, span, model, cancellationToken) is not { } function || !IsAsync(function) || HandlerBody.Of(function) is not BlockSyntax body)
            return null;
        if (Load(body, text!) is not var (statement, variable) || model.GetDeclaredSymbol(variable, cancellationToken) is not ILocalSymbol { Type: { } type } || Ownership.MemberOf(type, changes: true) is null)
            return null;
        var symbol = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancellationToken).Symbol : model.GetDeclaredSymbol(function, cancellationToken)) as IMethodSymbol;
        if (symbol is null || Refusal(symbol, types) is not { } refusal)
            return null;
        var service = await ServiceAccess.FindAsync(document, statement, new WantedService(Service, "authorizationService", static t => t.Implements(Service)), cancellationToken).ConfigureAwait(false);
        if (service is null)
            return null;
        var (user, access) = await UserAsync(document, statement, symbol, cancellationToken).ConfigureAwait(false);
        if (user is null)
            return null;
        var name = variable.Identifier.Text;
        var operation = function is AnonymousFunctionExpressionSyntax ? SyntaxFactory.Literal(diagnostic.Properties.TryGetValue(UncheckedObjectReference.OperationKey, out var verb) ? verb ?? "" : "").ToString() : $"nameof({symbol.Name})";
        var code = $"if (!(await {service.Expression}.AuthorizeAsync({user}, {name}, new {Requirement} {{ Name = {operation} }})).Succeeded)\n    return {refusal};";
        return new ObjectCheck(document, name, Behind(statement, name), code, service.NeedsEdit ? service : null, access?.NeedsEdit == true ? access : null);
    }

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var editor = new SolutionEditor(_document.Project.Solution);
        foreach (var access in _accesses)
        {
            if (access is not null)
                await access.ApplyAsync(editor, cancellationToken).ConfigureAwait(false);
        }

        Statements.InsertAfter(await editor.GetDocumentEditorAsync(_document.Id, cancellationToken).ConfigureAwait(false), _after, _code);
        return editor.GetChangedSolution();
    }

    private static SyntaxNode? Function(SyntaxNode root, TextSpan span, SemanticModel model, CancellationToken cancellationToken)
    {
        var node = root.FindToken(span.Start).Parent;
        if (node is MethodDeclarationSyntax)
            return node;
        var handler = node?.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.ArgumentList.Arguments.LastOrDefault()?.Expression;
        if (handler is null or AnonymousFunctionExpressionSyntax)
            return handler;
        return model.GetSymbolInfo(handler, cancellationToken).Symbol?.DeclaringSyntaxReferences.FirstOrDefault(r => r.SyntaxTree == root.SyntaxTree)?.GetSyntax(cancellationToken);
    }

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    /// <summary>The statement of the body that keeps the result of the call in a variable.</summary>
    private static (LocalDeclarationStatementSyntax Statement, VariableDeclaratorSyntax Variable)? Load(BlockSyntax body, string call)
    {
        foreach (var statement in body.Statements.OfType<LocalDeclarationStatementSyntax>())
        {
            if (statement.Declaration.Variables is [{ Initializer.Value: { } value } variable] && value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(c => c.ToString() == call))
                return (statement, variable);
        }

        return null;
    }

    /// <summary>Behind the statement, and behind the one that leaves where nothing was found.</summary>
    private static StatementSyntax Behind(StatementSyntax statement, string variable)
    {
        var statements = ((BlockSyntax)statement.Parent!).Statements;
        var index = statements.IndexOf(statement) + 1;
        return index < statements.Count && statements[index] is IfStatementSyntax { Else: null } test && test.Condition.DescendantNodesAndSelf().Any(n => n is IdentifierNameSyntax name && name.Identifier.ValueText == variable) && Leaves(test.Statement) ? test : statement;
    }

    private static bool Leaves(StatementSyntax statement) => statement is ReturnStatementSyntax or ThrowStatementSyntax || statement is BlockSyntax { Statements: { Count: > 0 } statements } && Leaves(statements.Last());

    /// <summary>How the function says that something is forbidden; <see langword="null"/> where its result has no room for that.</summary>
    private static string? Refusal(IMethodSymbol method, WellKnownTypes types)
    {
        var result = method.ReturnType is INamedTypeSymbol { TypeArguments: [var argument] } ? argument : null;
        if (method.MethodKind == MethodKind.Ordinary && !method.IsStatic && method.ContainingType.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerBase"))
            return result.Is("Microsoft.AspNetCore.Mvc.IActionResult") || result.Is("Microsoft.AspNetCore.Mvc.ActionResult") ? "Forbid()" : null;
        return result.Is("Microsoft.AspNetCore.Http.IResult") && types.Has("Microsoft.AspNetCore.Http.Results") ? "Microsoft.AspNetCore.Http.Results.Forbid()" : null;
    }

    private static async Task<(string? Expression, ServiceAccess? Access)> UserAsync(Document document, SyntaxNode place, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.MethodKind == MethodKind.Ordinary && !method.IsStatic && method.ContainingType.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerBase"))
            return ("User", null);
        var access = await ServiceAccess.FindAsync(document, place, new WantedService(Principal, "user", static t => t.InheritsFrom(Principal)), cancellationToken).ConfigureAwait(false);
        return (access?.Expression, access);
    }
}
