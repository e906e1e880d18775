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
            Register(context, diagnostic, "Throw when the key is not configured", ReadFromConfiguration);
        else
            Register(context, diagnostic, plan.Access is not null ? $"Read '{plan.Name.Configuration}' from the configuration" : $"Read '{plan.Name.Environment}' from the environment", ReadFromConfiguration);
        if (plan.Generated is not null)
            Register(context, diagnostic, "Generate a key at start (it is lost at the next)", GenerateKey);
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (await PlanAsync(document, span, diagnostic, cancellationToken).ConfigureAwait(false) is not { } plan)
            return solution;
        var editor = new SolutionEditor(solution);
        var own = await editor.GetDocumentEditorAsync(documentId, cancellationToken).ConfigureAwait(false);
        if (equivalenceKey == GenerateKey)
        {
            if (plan.Generated is null)
                return solution;
            own.ReplaceNode(plan.Generated, Annotated(SyntaxFactory.ParseExpression($"System.Security.Cryptography.RandomNumberGenerator.GetBytes({plan.Length})")).WithTriviaFrom(plan.Generated));
        }
        else if (plan.Member is { Access: { } access } member)
        {
            var field = (FieldDeclarationSyntax)member.Variable.Parent!.Parent!;
            var value = member.Variable.Initializer!.Value.ReplaceNode(plan.Secret.Node, Annotated(plan.Replacement));
            await access.ApplyAsync(editor, cancellationToken).ConfigureAwait(false);
            own.ReplaceNode(field, (current, _) => member.ToProperty((FieldDeclarationSyntax)current, value));
        }
        else
        {
            own.ReplaceNode(plan.Secret.Node, Annotated(plan.Replacement));
            if (plan.Member is { IsConst: true } constant)
                own.ReplaceNode(constant.Variable.Parent!.Parent!, static (current, _) => WithoutConst(current));
            if (plan.Access is not null)
                await plan.Access.ApplyAsync(editor, cancellationToken).ConfigureAwait(false);
        }

        return await CleanUp.RunAsync(solution, editor.GetChangedSolution(), cancellationToken).ConfigureAwait(false);
    }

    private void Register(CodeFixContext context, Diagnostic diagnostic, string title, string key)
    {
        var document = context.Document;
        context.RegisterCodeFix(
            CodeAction.Create(title, ct => ((ISequentialFix)this).ApplyAsync(document.Project.Solution, document.Id, diagnostic.Location.SourceSpan, diagnostic, key, ct), key),
            context.Diagnostics);
    }

    private static async Task<Plan?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || !root.FullSpan.Contains(span) || SecretExpression.Of(root.FindNode(span, getInnermostNodeForTie: true), model, cancellationToken) is not { } secret)
            return null;
        var member = await SecretMember.OfAsync(document, secret.Node, cancellationToken).ConfigureAwait(false);
        if (member is { CanChange: false })
            return null;
        var role = diagnostic.Properties.TryGetValue(KeyMaterialAnalyzer.RoleKey, out var named) ? named ?? "Key" : "Key";
        var name = SecretName.Of(secret.Node, role);
        if (secret.IsFallback)
            return new Plan(secret, member, null, name, SyntaxFactory.ParseExpression(Thrown($"The {Words(role)} is not configured")).WithTriviaFrom(secret.Node), null, 0);
        var access = member?.Access ?? (member is { IsConst: true, Variable.Parent.Parent: FieldDeclarationSyntax } ? null : await ServiceAccess.FindAsync(document, secret.Node, WantedService.Configuration, cancellationToken).ConfigureAwait(false));
        var text = access is not null
            ? $"{access.Expression}[\"{name.Configuration}\"] ?? {Thrown($"'{name.Configuration}' is not configured")}"
            : $"System.Environment.GetEnvironmentVariable(\"{name.Environment}\") ?? {Thrown($"'{name.Environment}' is not set")}";
        var (generated, length) = Generated(secret, member, role, model, cancellationToken);
        return new Plan(secret, member, access, name, secret.Replacement(text), generated, length);
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

    private static SyntaxNode WithoutConst(SyntaxNode declaration)
    {
        switch (declaration)
        {
            case LocalDeclarationStatementSyntax local:
                var keyword = local.Modifiers.First(static m => m.IsKind(SyntaxKind.ConstKeyword));
                return local.WithModifiers(local.Modifiers.Remove(keyword)).WithLeadingTrivia(local.GetLeadingTrivia());
            case FieldDeclarationSyntax field:
                var constant = field.Modifiers.First(static m => m.IsKind(SyntaxKind.ConstKeyword));
                return field.WithModifiers(field.Modifiers.ReplaceRange(constant, [
                    SyntaxFactory.Token(constant.LeadingTrivia, SyntaxKind.StaticKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
                    SyntaxFactory.Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(constant.TrailingTrivia)]));
            default:
                return declaration;
        }
    }

    private static ExpressionSyntax Annotated(ExpressionSyntax expression) => expression.WithAdditionalAnnotations(ServiceAccess.Annotations);

    /// <summary>What an action does.</summary>
    private sealed record Plan(SecretExpression Secret, SecretMember? Member, ServiceAccess? Access, SecretName Name, ExpressionSyntax Replacement, ExpressionSyntax? Generated, int Length);
}
