using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
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

/// <summary>ASA6005: makes the value random; where the type also decrypts, stores it in front of the ciphertext and reads it from there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PredictableInitializationVectorFix))]
public sealed class PredictableInitializationVectorFix : CodeFixProvider, ISequentialFix
{
    /// <summary>The first action on every diagnostic: stores the value where that is possible, so that Fix All mends every place.</summary>
    internal const string Generate = "ASA6005.Generate";

    /// <summary>Makes the value random and leaves it to the author to keep it.</summary>
    internal const string GenerateOnly = "ASA6005.GenerateOnly";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PredictableInitializationVector.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await VectorSite.FindAsync(context.Document, context.Span, context.Diagnostics[0], context.CancellationToken).ConfigureAwait(false) is not { } site)
            return;
        var canGenerate = CanGenerate(site, context.CancellationToken);
        if (await VectorPair.FindAsync(context.Document, site, context.CancellationToken).ConfigureAwait(false) is not null)
        {
            this.Register(context, $"Store a random {site.Words} in front of the ciphertext", Generate);
            if (canGenerate)
                this.Register(context, $"Use a random {site.Words}", GenerateOnly);
        }
        else if (canGenerate)
        {
            this.Register(context, $"Use a random {site.Words}", Generate);
        }
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (await VectorSite.FindAsync(document, span, diagnostic, cancellationToken).ConfigureAwait(false) is not { } site)
            return solution;
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        if (equivalenceKey == Generate && await VectorPair.FindAsync(document, site, cancellationToken).ConfigureAwait(false) is { } pair)
            pair.Apply(editor);
        else if (CanGenerate(site, cancellationToken))
            GenerateValue(site, editor, cancellationToken);
        else
            return solution;
        return await CleanUp.RunAsync(solution, editor.GetChangedDocument().Project.Solution, cancellationToken).ConfigureAwait(false);
    }

    private static bool CanGenerate(VectorSite site, CancellationToken cancellationToken) =>
        IsStatement(site) || IsInitializer(site) || RandomBytes.HasGetBytes(site.Model.Compilation) || Receiver(site) is not null || Statements.Around(site.Value) is not null && (site.Local(cancellationToken) is not null || site.Value.Parent is ArgumentSyntax);

    private static void GenerateValue(VectorSite site, SyntaxEditor editor, CancellationToken cancellationToken)
    {
        var compilation = site.Model.Compilation;
        if (IsStatement(site))
        {
            // aes.IV = …;
            var assignment = (AssignmentExpressionSyntax)site.Value.Parent!;
            editor.ReplaceNode(assignment, Parse($"{((MemberAccessExpressionSyntax)assignment.Left).Expression.WithoutTrivia()}.GenerateIV()").WithTriviaFrom(assignment));
            return;
        }

        if (IsInitializer(site))
        {
            // new AesManaged { IV = … }: without it the object makes one itself
            RemoveFromInitializer((AssignmentExpressionSyntax)site.Value.Parent!, editor);
            return;
        }

        var statement = Statements.Around(site.Value);
        if (site.Local(cancellationToken) is { } local && statement is not null)
        {
            GenerateLocal(site, local, statement, editor);
        }
        else if (Receiver(site) is { } receiver && (statement is not null || IsLocal(site)))
        {
            // aes.CreateEncryptor(key, …), aes.EncryptCbc(data, …)
            if (statement is not null)
                Statements.InsertBefore(editor, statement, $"{receiver}.GenerateIV();");
            editor.ReplaceNode(site.Value, Parse(receiver + ".IV").WithTriviaFrom(site.Value));
        }
        else if (statement is not null && site.Value.Parent is ArgumentSyntax)
        {
            var name = site.Unique(site.Name);
            Statements.InsertBefore(editor, statement, RandomBytes.Declare(name, site.Length, compilation));
            editor.ReplaceNode(site.Value, SyntaxFactory.IdentifierName(name).WithTriviaFrom(site.Value));
        }
        else
        {
            editor.ReplaceNode(site.Value, Parse(RandomBytes.Expression(site.Length)).WithTriviaFrom(site.Value));
        }
    }

    /// <summary>The value stays in its variable: an empty array is filled, another value replaced, one from outside a loop made anew in each round.</summary>
    private static void GenerateLocal(VectorSite site, VariableDeclaratorSyntax local, StatementSyntax statement, SyntaxEditor editor)
    {
        var compilation = site.Model.Compilation;
        var declaration = (StatementSyntax)local.Parent!.Parent!;
        var name = local.Identifier.ValueText;
        var initial = local.Initializer!.Value;
        var isArray = ValueTracer.Strip(initial) is ArrayCreationExpressionSyntax { Initializer: null } or StackAllocArrayCreationExpressionSyntax { Initializer: null };
        if (site.IsReused)
            Statements.InsertBefore(editor, statement, RandomBytes.Fill(name, compilation));
        else if (isArray && RandomBytes.HasFill(compilation) || !RandomBytes.HasGetBytes(compilation))
            Statements.InsertAfter(editor, declaration, RandomBytes.Fill(name, compilation));
        else
            editor.ReplaceNode(initial, Parse(RandomBytes.Expression(site.Length)).WithTriviaFrom(initial));
    }

    private static void RemoveFromInitializer(AssignmentExpressionSyntax assignment, SyntaxEditor editor)
    {
        var initializer = (InitializerExpressionSyntax)assignment.Parent!;
        if (initializer.Expressions.Count > 1 || initializer.Parent is not BaseObjectCreationExpressionSyntax creation)
        {
            editor.RemoveNode(assignment);
            return;
        }

        editor.ReplaceNode(creation, (current, _) =>
        {
            var changed = ((BaseObjectCreationExpressionSyntax)current).WithInitializer(null);
            changed = changed.ArgumentList is null ? changed.WithArgumentList(SyntaxFactory.ArgumentList()) : changed;
            return changed switch
            {
                ObjectCreationExpressionSyntax { Type: var type, ArgumentList: { } list } explicitType => explicitType.WithType(type.WithoutTrailingTrivia()).WithArgumentList(list.WithoutTrailingTrivia()).WithTrailingTrivia(creation.GetTrailingTrivia()),
                _ => changed.WithArgumentList(changed.ArgumentList!.WithoutTrailingTrivia()).WithTrailingTrivia(creation.GetTrailingTrivia()),
            };
        });
    }

    private static bool IsStatement(VectorSite site) => site.Sink is { Member: IPropertySymbol } && site.Value.Parent is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax };

    private static bool IsInitializer(VectorSite site) => site.Sink is { Member: IPropertySymbol } && site.Value.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax };

    /// <summary>The algorithm on which the call is made, if it has an <c>IV</c> of its own.</summary>
    private static string? Receiver(VectorSite site) =>
        site.Sink is { Role: SecretRole.InitializationVector, Member: IMethodSymbol { MethodKind: MethodKind.Ordinary }, Receiver: ILocalSymbol or IParameterSymbol or IFieldSymbol, Use: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } ? access.Expression.WithoutTrivia().ToString() : null;

    private static bool IsLocal(VectorSite site) => site.Sink?.Receiver is ILocalSymbol;

    private static ExpressionSyntax Parse(string code) => SyntaxFactory.ParseExpression(code).WithAdditionalAnnotations(ServiceAccess.Annotations);
}
