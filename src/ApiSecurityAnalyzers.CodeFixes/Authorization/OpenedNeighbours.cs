using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>
/// The actions and endpoints that a declaration of anonymous access was meant for: those that say nothing of their own. When the declaration goes,
/// each of them gets one, so that a fallback policy or a group around does not close them.
/// </summary>
internal static class OpenedNeighbours
{
    public static async Task AddAsync(Project project, IReadOnlyList<SyntaxNode> openings, TextEditList edits, CancellationToken cancellationToken)
    {
        if (await HostEditor.ModelAsync(project, cancellationToken).ConfigureAwait(false) is not { } application)
            return;
        foreach (var attribute in openings.OfType<AttributeSyntax>())
        {
            if (attribute.Parent?.Parent is ClassDeclarationSyntax declaration && project.GetDocument(declaration.SyntaxTree) is { } document)
                Actions(declaration, attribute, document, application.Facts, edits, cancellationToken);
        }

        var calls = new HashSet<SyntaxNode>(openings.OfType<InvocationExpressionSyntax>());
        if (calls.Count == 0)
            return;
        foreach (var routes in application.Routes(cancellationToken))
            Endpoints(routes, calls, isOpened: false, project, application.Facts, edits, cancellationToken);
    }

    private static void Actions(ClassDeclarationSyntax declaration, AttributeSyntax opening, Document document, CompilationFacts facts, TextEditList edits, CancellationToken cancellationToken)
    {
        var model = facts.ModelOf(declaration.SyntaxTree);
        if (model.GetDeclaredSymbol(declaration, cancellationToken) is not { } type || !(type.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerBase") || ControllerReader.IsController(type))
            || AccessAttributes.OnTypeAndBases(type, cancellationToken).Any(static s => !s.IsAnonymous))
        {
            return;
        }

        foreach (var action in ControllerReader.ActionsOf(type))
        {
            if (SymbolEqualityComparer.Default.Equals(action.ContainingType, type) && !AccessAttributes.On(action, cancellationToken).Any()
                && action.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is MethodDeclarationSyntax method && method.SyntaxTree == declaration.SyntaxTree)
            {
                edits.Add(document.Id, Attribute(method, "[" + opening + "]"));
            }
        }
    }

    private static TextChange Attribute(MethodDeclarationSyntax method, string attribute)
    {
        var indentation = Place.Indentation(method);
        if (method.AttributeLists.Count == 0)
            return new TextChange(new TextSpan(method.SpanStart, 0), attribute + "\n" + indentation);
        var last = method.AttributeLists.Last();
        return new TextChange(new TextSpan(last.Span.End, 0), last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? "\n" + indentation + attribute : " " + attribute);
    }

    private static void Endpoints(RouteGroup group, HashSet<SyntaxNode> openings, bool isOpened, Project project, CompilationFacts facts, TextEditList edits, CancellationToken cancellationToken)
    {
        isOpened = (isOpened || Opens(group.Access)) && !Decides(group.Access);
        foreach (var endpoint in group.Endpoints)
        {
            if (!isOpened || endpoint.Access.Count > 0 || project.GetDocument(endpoint.Call.SyntaxTree) is not { } document)
                continue;
            var method = facts.ModelOf(endpoint.Call.SyntaxTree).GetSymbolInfo(endpoint.Call, cancellationToken).Symbol as IMethodSymbol;
            if (method?.ReturnType.Implements("Microsoft.AspNetCore.Builder.IEndpointConventionBuilder") == true)
                edits.Add(document.Id, Convention(endpoint.Call));
        }

        foreach (var inner in group.Groups)
            Endpoints(inner, openings, isOpened, project, facts, edits, cancellationToken);

        bool Opens(List<AccessStatement> statements) => statements.Exists(s => s.Node is { } node && openings.Contains(node));
        bool Decides(List<AccessStatement> statements) => statements.Exists(s => s.Node is not { } node || !openings.Contains(node));
    }

    private static TextChange Convention(InvocationExpressionSyntax call)
    {
        var line = call.Parent is MemberAccessExpressionSyntax { OperatorToken: var dot } && call.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? "\n" + dot.LeadingTrivia.ToString() : "";
        return new TextChange(new TextSpan(call.Span.End, 0), line + ".AllowAnonymous()");
    }
}
