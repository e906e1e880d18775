using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// How code at a place reaches a service: by a variable, field or host that is there, or by a parameter that the edit adds to the
/// constructor, primary constructor or endpoint handler around it.
/// </summary>
internal sealed class ServiceAccess
{
    private readonly Func<SolutionEditor, CancellationToken, Task>? _edit;

    public ServiceAccess(string expression, Func<SolutionEditor, CancellationToken, Task>? edit = null)
    {
        Expression = expression;
        _edit = edit;
    }

    /// <summary>The expression that gives the service at the place, once the edit is made.</summary>
    public string Expression { get; }

    /// <summary>Whether something must be added first.</summary>
    public bool NeedsEdit => _edit is not null;

    /// <summary>Makes the edit; other edits of the same editor may have been made before, also around the place.</summary>
    public Task ApplyAsync(SolutionEditor editor, CancellationToken cancellationToken) => _edit?.Invoke(editor, cancellationToken) ?? Task.CompletedTask;

    /// <summary>The way to the service, or <see langword="null"/> where none can be made without breaking code.</summary>
    /// <param name="document">The document of the place.</param>
    /// <param name="place">The node that is to use the service; a node of the document's current root.</param>
    /// <param name="wanted">The service.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <param name="membersOnly">Whether the expression must mean the same in every instance member: no locals, no parameters of methods.</param>
    public static async Task<ServiceAccess?> FindAsync(Document document, SyntaxNode place, WantedService wanted, CancellationToken cancellationToken, bool membersOnly = false)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return null;
        var scope = new ServiceScope(model, place);
        if (scope.Find(wanted, membersOnly) is { } expression)
            return new ServiceAccess(expression);
        if (!WellKnownTypes.For(model.Compilation).Has(MetadataName(wanted.TypeName)))
            return null;
        if (!membersOnly && Lambda(place, model, cancellationToken) is { } lambda)
            return AddParameter(lambda.ParameterList, scope, wanted);
        if (!membersOnly && await HandlerAsync(document, place, model, cancellationToken).ConfigureAwait(false) is { } list)
            return AddParameter(list, scope, wanted);
        if (scope.Type is null || scope.IsStatic || scope.IsClosed || model.GetDeclaredSymbol(scope.Type, cancellationToken) is not { } type)
            return null;
        return await InjectedTypes.CanTakeServiceAsync(type, document.Project.Solution, cancellationToken).ConfigureAwait(false)
            ? ConstructorInjection.Plan(document.Project.Solution, scope, type, wanted, cancellationToken)
            : null;
    }

    /// <summary>The parameter list with one more parameter, before optional ones.</summary>
    public static ParameterListSyntax With(ParameterListSyntax list, string type, string name)
    {
        var parameter = SyntaxFactory.ParseParameterList($"({type} {name})").Parameters[0].WithAdditionalAnnotations(Annotations);
        var index = IndexOfOptional(list);
        if (list.Parameters.Count == 0)
            return list.WithParameters(SyntaxFactory.SingletonSeparatedList(parameter));

        // a list that has a line a parameter gets one more line
        if (index == list.Parameters.Count)
        {
            var last = list.Parameters.Last();
            parameter = last.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
                ? parameter.WithLeadingTrivia(last.GetLeadingTrivia().Where(static t => t.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(last.GetTrailingTrivia())
                : parameter.WithLeadingTrivia(SyntaxFactory.Space);
            var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
            if (last.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
                comma = comma.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
            var parameters = list.Parameters.Replace(last, last.WithoutTrailingTrivia());
            return list.WithParameters(SyntaxFactory.SeparatedList(parameters.Append(parameter), parameters.GetSeparators().Append(comma)));
        }

        var next = list.Parameters[index];
        var onOwnLine = next.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var separator = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(onOwnLine ? SyntaxFactory.EndOfLine("\n") : SyntaxFactory.Space);
        return list.WithParameters(SyntaxFactory.SeparatedList<ParameterSyntax>(list.Parameters.GetWithSeparators().InsertRange(index * 2, [parameter.WithLeadingTrivia(next.GetLeadingTrivia()), separator])));
    }

    /// <summary>Where a required parameter goes.</summary>
    public static int IndexOfOptional(ParameterListSyntax list)
    {
        var index = list.Parameters.IndexOf(static p => p.Default is not null || p.Modifiers.Any(SyntaxKind.ParamsKeyword));
        return index < 0 ? list.Parameters.Count : index;
    }

    internal static SyntaxAnnotation[] Annotations { get; } = [Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation, Microsoft.CodeAnalysis.Simplification.Simplifier.AddImportsAnnotation, TypeNames.Annotation];

    private static ServiceAccess AddParameter(ParameterListSyntax list, ServiceScope scope, WantedService wanted)
    {
        var name = scope.Unique(wanted.Name);
        return new ServiceAccess(name, async (solution, cancellationToken) =>
        {
            var editor = await EditorAsync(solution, list, cancellationToken).ConfigureAwait(false);
            editor.ReplaceNode(list, (current, _) => With((ParameterListSyntax)current, wanted.TypeName, name));
        });
    }

    internal static async Task<DocumentEditor> EditorAsync(SolutionEditor solution, SyntaxNode node, CancellationToken cancellationToken) =>
        await solution.GetDocumentEditorAsync(solution.OriginalSolution.GetDocumentId(node.SyntaxTree)!, cancellationToken).ConfigureAwait(false);

    /// <summary>The route handler around the place whose parameters are bound from services: it becomes a <see cref="Delegate"/>.</summary>
    private static ParenthesizedLambdaExpressionSyntax? Lambda(SyntaxNode place, SemanticModel model, CancellationToken cancellationToken)
    {
        for (var node = place; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is ParenthesizedLambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax } } lambda
                && lambda.ParameterList.Parameters.All(static p => p.Type is not null)
                && model.GetTypeInfo(lambda, cancellationToken).ConvertedType.Is("System.Delegate"))
            {
                return lambda;
            }

            // what a static function inside the handler uses must be its own
            if (node is AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword) || node is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.StaticKeyword))
                return null;
        }

        return null;
    }

    /// <summary>The parameters of the method or local function that is mapped as a route handler and never called by code.</summary>
    private static async Task<ParameterListSyntax?> HandlerAsync(Document document, SyntaxNode place, SemanticModel model, CancellationToken cancellationToken)
    {
        for (var node = place; node is not null; node = node.Parent)
        {
            var list = node switch
            {
                LocalFunctionStatementSyntax local => local.ParameterList,
                MethodDeclarationSyntax method => method.ParameterList,
                _ => null,
            };
            if (list is null)
            {
                if (node is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax)
                    return null;
                continue;
            }

            return model.GetDeclaredSymbol(node, cancellationToken) is { } symbol && await IsHandlerAsync(symbol, document.Project.Solution, cancellationToken).ConfigureAwait(false) ? list : null;
        }

        return null;
    }

    /// <summary>Whether the method is passed to <c>Map*</c> calls as a <see cref="Delegate"/> and used in no other way.</summary>
    private static async Task<bool> IsHandlerAsync(ISymbol method, Solution solution, CancellationToken cancellationToken)
    {
        var mapped = false;
        foreach (var location in (await SymbolFinder.FindReferencesAsync(method, solution, cancellationToken).ConfigureAwait(false)).SelectMany(static r => r.Locations))
        {
            var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            var model = await location.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            var name = root?.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true);
            var whole = name?.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (whole?.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } || !CalledName(call).StartsWith("Map", StringComparison.Ordinal) || !model!.GetTypeInfo(whole, cancellationToken).ConvertedType.Is("System.Delegate"))
                return false;
            mapped = true;
        }

        return mapped;
    }

    private static string CalledName(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary><c>Namespace.Type&lt;T&gt;</c> as <c>Namespace.Type`1</c>.</summary>
    private static string MetadataName(string typeName)
    {
        var generic = typeName.IndexOf('<');
        return generic < 0 ? typeName : typeName.Substring(0, generic) + "`" + (1 + typeName.Substring(generic).TakeWhile(static c => c != '>').Count(static c => c == ','));
    }
}
