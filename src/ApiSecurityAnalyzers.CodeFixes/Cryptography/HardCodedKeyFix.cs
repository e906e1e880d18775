using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Cryptography;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>ASA6004: reads the key from configuration, or from the environment where no configuration is in reach; or generates it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HardCodedKeyFix))]
public sealed class HardCodedKeyFix : CodeFixProvider, ISequentialFix
{
    /// <summary>One action for both sources, so that Fix All mends every place.</summary>
    internal const string ReadFromConfiguration = "ASA6004.ReadFromConfiguration";

    internal const string GenerateKey = "ASA6004.GenerateKey";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(HardCodedKey.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (await PlanAsync(context.Document, context.Span, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } plan)
            return;
        if (plan.Secret.IsFallback)
            this.Register(context, "Throw when the key is not configured", ReadFromConfiguration);
        else
            this.Register(context, plan.Access is not null ? $"Read '{plan.Name.Configuration}' from the configuration" : $"Read '{plan.Name.Environment}' from the environment", ReadFromConfiguration);
        if (plan.Generated is not null)
            this.Register(context, "Generate a key at start (it is lost at the next)", GenerateKey);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (await PlanAsync(document, span, diagnostic, cancellationToken).ConfigureAwait(false) is not { } plan)
            return solution;
        var editor = new SolutionEditor(solution);
        var own = await editor.GetDocumentEditorAsync(plan.Document.Id, cancellationToken).ConfigureAwait(false);
        if (equivalenceKey == GenerateKey)
        {
            if (plan.Generated is null)
                return solution;
            own.ReplaceNode(plan.Generated, Annotated(SyntaxFactory.ParseExpression($"System.Security.Cryptography.RandomNumberGenerator.GetBytes({plan.Length})")).WithTriviaFrom(plan.Generated));
        }
        else if (plan.Member is { Variable.Parent.Parent: FieldDeclarationSyntax } member && (member.IsConst || member.Access is not null))
        {
            var field = (FieldDeclarationSyntax)member.Variable.Parent!.Parent!;
            var value = member.Variable.Initializer!.Value.ReplaceNode(plan.Secret.Node, Annotated(plan.Replacement));
            own.ReplaceNode(field, (current, _) => member.ToProperty((FieldDeclarationSyntax)current, value));
            if (member.Access is not null)
                await member.Access.ApplyAsync(editor, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            own.ReplaceNode(plan.Secret.Node, Annotated(plan.Replacement));
            if (plan.Member is { IsConst: true } constant)
                own.ReplaceNode(constant.Variable.Parent!.Parent!, static (current, _) => WithoutConst((LocalDeclarationStatementSyntax)current));
            if (plan.Access is not null)
                await plan.Access.ApplyAsync(editor, cancellationToken).ConfigureAwait(false);
        }

        return await CleanUp.RunAsync(solution, editor.GetChangedSolution(), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Plan?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || !root.FullSpan.Contains(span) || root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax reported
            || await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
        {
            return null;
        }

        // an earlier edit may have mended the constant that is named here
        var facts = CompilationFacts.For(compilation, document.Project.AnalyzerOptions);
        if (ValueTracer.Trace(reported, facts, cancellationToken).Find(static o => o.IsFixed) is not { } origin)
            return null;
        var role = diagnostic.Properties.TryGetValue(KeyMaterialAnalyzer.RoleKey, out var named) ? named ?? nameof(SecretRole.Key) : nameof(SecretRole.Key);

        // mended where it is declared, so that all who use it go on using the same
        if (origin.Node.SyntaxTree != reported.SyntaxTree && origin.Node is ExpressionSyntax declared && document.Project.Solution.GetDocument(declared.SyntaxTree) is { } other
            && await PlanAsync(other, declared, role, cancellationToken).ConfigureAwait(false) is { } elsewhere)
        {
            return elsewhere;
        }

        return await PlanAsync(document, reported, role, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Plan?> PlanAsync(Document document, ExpressionSyntax reported, string role, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model || SecretExpression.Of(reported, model, cancellationToken) is not { } secret)
            return null;
        var member = await SecretMember.OfAsync(document, secret.Node, cancellationToken).ConfigureAwait(false);
        if (member is { CanChange: false })
            return null;
        var name = model.GetSymbolInfo(secret.Node, cancellationToken).Symbol is { Kind: SymbolKind.Field or SymbolKind.Property, ContainingType: not null } constant ? SecretName.Of(constant) : SecretName.Of(secret.Node, role);
        if (secret.IsFallback)
            return new Plan(document, secret, member, null, name, SyntaxFactory.ParseExpression(Thrown($"The {Words(role)} is not configured")).WithTriviaFrom(secret.Node), null, 0);
        var access = member?.Access ?? (member is { IsConst: true, Variable.Parent.Parent: FieldDeclarationSyntax } ? null : await ServiceAccess.FindAsync(document, secret.Node, WantedService.Configuration, cancellationToken).ConfigureAwait(false));
        var text = access is not null
            ? $"{access.Expression}[\"{name.Configuration}\"] ?? {Thrown($"'{name.Configuration}' is not configured")}"
            : $"System.Environment.GetEnvironmentVariable(\"{name.Environment}\") ?? {Thrown($"'{name.Environment}' is not set")}";
        var (generated, length) = Generated(secret, member, role, model, cancellationToken);
        return new Plan(document, secret, member, access, name, secret.Replacement(text), generated, length);
    }

    private static string Thrown(string message) => $"throw new System.InvalidOperationException(\"{message}\")";

    private static string Words(string role) => role == nameof(SecretRole.Password) ? "password" : role == nameof(SecretRole.PrivateKey) ? "private key" : "key";

    /// <summary>A static field of bytes lives as long as the process: a key that nobody else needs can be made then.</summary>
    private static (ExpressionSyntax?, int) Generated(SecretExpression secret, SecretMember? member, string role, SemanticModel model, CancellationToken cancellationToken)
    {
        if (role != nameof(SecretRole.Key) || member?.Variable is not { Initializer.Value: { } value, Parent.Parent: FieldDeclarationSyntax field } variable || !field.Modifiers.Any(SyntaxKind.StaticKeyword) || !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
            || (model.GetDeclaredSymbol(variable, cancellationToken) as IFieldSymbol)?.Type is not IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
            || WellKnownTypes.For(model.Compilation)["System.Security.Cryptography.RandomNumberGenerator"] is not { } random || !random.GetMembers("GetBytes").OfType<IMethodSymbol>().Any(static m => m.IsStatic))
        {
            return (null, 0);
        }

        var count = secret.Node switch
        {
            InitializerExpressionSyntax initializer => initializer.Expressions.Count,
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count,
            CollectionExpressionSyntax collection => collection.Elements.Count,
            _ => 0,
        };
        return (value, count is 16 or 24 or 32 or 64 ? count : 32);
    }

    private static LocalDeclarationStatementSyntax WithoutConst(LocalDeclarationStatementSyntax local) =>
        local.WithModifiers(local.Modifiers.Remove(local.Modifiers.First(static m => m.IsKind(SyntaxKind.ConstKeyword)))).WithLeadingTrivia(local.GetLeadingTrivia());

    private static ExpressionSyntax Annotated(ExpressionSyntax expression) => expression.WithAdditionalAnnotations(ServiceAccess.Annotations);

    /// <summary>What an action does.</summary>
    private sealed record Plan(Document Document, SecretExpression Secret, SecretMember? Member, ServiceAccess? Access, SecretName Name, ExpressionSyntax Replacement, ExpressionSyntax? Generated, int Length);
}
