using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using ApiSecurityAnalyzers.Rules.RateLimiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.RateLimiting;

/// <summary>ASA3003: puts the limiter where it acts, and gives it limits that act.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IneffectiveRateLimiterFix))]
public sealed class IneffectiveRateLimiterFix : CodeFixProvider, ISequentialFix
{
    internal const string MoveCall = "ASA3003.MoveCall";
    internal const string InsertCall = "ASA3003.InsertCall";
    internal const string LowerLimit = "ASA3003.LowerLimit";
    internal const string ReplaceLimiter = "ASA3003.ReplaceLimiter";
    internal const string UsePolicy = "ASA3003.UsePolicy";
    internal const string RegisterPolicy = "ASA3003.RegisterPolicy";
    internal const string PartitionByClient = "ASA3003.PartitionByClient";

    private const string Middleware = "UseRateLimiter";

    /// <summary>What clients of a policy get that was named and never registered; the owner adjusts it.</summary>
    private const int Permits = 100;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(IneffectiveRateLimiter.Descriptor.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SequentialFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        foreach (var (title, key) in Actions(diagnostic))
        {
            // what is offered works: tried first, since places, names and options may be out of reach
            var changed = await ((ISequentialFix)this).ApplyAsync(document.Project.Solution, document.Id, context.Span, diagnostic, key, context.CancellationToken).ConfigureAwait(false);
            if (changed == document.Project.Solution)
                continue;
            var told = title;
            if (key == UsePolicy && await HostEditor.ModelAsync(document.Project, context.CancellationToken).ConfigureAwait(false) is { } model)
                told = $"Use policy {UnlimitedEndpointFix.Literal(Similar(model, Name(diagnostic), context.CancellationToken)!)}";
            this.Register(context, told, key);
        }
    }

    async Task<Solution> ISequentialFix.ApplyAsync(Solution solution, DocumentId documentId, TextSpan span, Diagnostic diagnostic, string equivalenceKey, CancellationToken cancellationToken)
    {
        var document = solution.GetDocument(documentId)!;
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return solution;
        switch (equivalenceKey)
        {
            case InsertCall or MoveCall:
                return await PipelineAsync(document, root.FindNode(span), diagnostic, cancellationToken).ConfigureAwait(false);
            case RegisterPolicy:
                return await RegisterAsync(document, root, span, cancellationToken).ConfigureAwait(false);
        }

        var changed = equivalenceKey switch
        {
            LowerLimit => root.FindNode(span, getInnermostNodeForTie: true) is ExpressionSyntax value ? root.ReplaceNode(value, SyntaxFactory.ParseExpression("100").WithTriviaFrom(value)) : null,
            ReplaceLimiter => Replace(root, span),
            PartitionByClient => root.FindNode(span).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? SharedLimiterEdit.Apply(root, call) : null,
            UsePolicy => await RenameAsync(document, root, span, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        return changed is null ? solution : await CleanUp.RunAsync(solution, document.WithSyntaxRoot(changed).Project.Solution, cancellationToken).ConfigureAwait(false);
    }

    private static ImmutableArray<(string Title, string Key)> Actions(Diagnostic diagnostic) => diagnostic.Properties[IneffectiveRateLimiter.FaultKey] switch
    {
        nameof(LimiterFaultKind.NoMiddleware) => ImmutableArray.Create(("Add 'UseRateLimiter()'", InsertCall)),
        nameof(LimiterFaultKind.BeforeRouting) or nameof(LimiterFaultKind.BehindEndpoints) => ImmutableArray.Create(("Move 'UseRateLimiter' between routing and endpoints", MoveCall)),
        nameof(LimiterFaultKind.AbsurdLimit) => ImmutableArray.Create(("Set the limit to '100'", LowerLimit)),
        nameof(LimiterFaultKind.NoLimit) => ImmutableArray.Create(("Limit every client", ReplaceLimiter)),
        nameof(LimiterFaultKind.UnknownPolicy) => ImmutableArray.Create(("Use a policy that exists", UsePolicy), ("Register the policy", RegisterPolicy)),
        nameof(LimiterFaultKind.SharedBySignIn) => ImmutableArray.Create(("Give each client a limiter of its own", PartitionByClient)),
        _ => ImmutableArray<(string, string)>.Empty,
    };

    private static async Task<Solution> PipelineAsync(Document document, SyntaxNode node, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        if (await HostEditor.ForCallAsync(document.Project, node, cancellationToken).ConfigureAwait(false) is not { } editor || Fault(editor) is not { } fault)
            return solution;
        var index = SectionPlace.IndexOf(fault.Section);
        if (fault.Kind == LimiterFaultKind.NoMiddleware)
            await editor.AddMiddlewareAsync(Middleware, cancellationToken).ConfigureAwait(false);
        else if (editor.Host.Pipeline.Find(c => c.Call == fault.Call) is { } call && MiddlewareMove.CanMove(call))
            await MiddlewareMove.MoveAsync(editor, call, e => SectionPlace.Find(e, index, Middleware), cancellationToken).ConfigureAwait(false);
        return editor.Solution != solution && LimiterFaults.Of(editor.Application, editor.Host, cancellationToken).Any(f => f.Kind == fault.Kind && SectionPlace.IndexOf(f.Section) == index) ? solution : editor.Solution;

        LimiterFault? Fault(HostEditor host) => LimiterFaults.Of(host.Application, host.Host, cancellationToken).FirstOrDefault(f => f.Kind.ToString() == diagnostic.Properties[IneffectiveRateLimiter.FaultKey] && f.Call.SyntaxTree == node.SyntaxTree && f.Call.Span.Contains(node.Span));
    }

    private static SyntaxNode? Replace(SyntaxNode root, TextSpan span)
    {
        if (LimiterSettings.GlobalAssignment(root.FindToken(span.Start)) is not { } assignment)
            return null;
        var text = GlobalLimiter.Assignment.Substring("GlobalLimiter = ".Length).Replace("\n", "\n" + Place.Indentation(assignment));
        return root.ReplaceNode(assignment.Right, SyntaxFactory.ParseExpression(text).WithTriviaFrom(assignment.Right).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, TypeNames.Annotation));
    }

    private static async Task<SyntaxNode?> RenameAsync(Document document, SyntaxNode root, TextSpan span, CancellationToken cancellationToken)
    {
        if (root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax value || await HostEditor.ModelAsync(document.Project, cancellationToken).ConfigureAwait(false) is not { } model
            || Constant(model, value, cancellationToken) is not { } name || Similar(model, name, cancellationToken) is not { } similar)
            return null;
        return root.ReplaceNode(value, SyntaxFactory.ParseExpression(UnlimitedEndpointFix.Literal(similar)).WithTriviaFrom(value));
    }

    private static async Task<Solution> RegisterAsync(Document document, SyntaxNode root, TextSpan span, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        if (root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax value || await HostEditor.ModelAsync(document.Project, cancellationToken).ConfigureAwait(false) is not { } model
            || Constant(model, value, cancellationToken) is not { } name || model.Hosts(cancellationToken).Any(h => h.RateLimiterPolicies.Contains(name)) || UnlimitedEndpointFix.LimiterOptions(model, document.Project, cancellationToken) is not { } options)
            return solution;
        var changed = await OptionsLambda.InsertAsync(document.Project.GetDocument(options.SyntaxTree)!, options, ClientLimiter.Policy(UnlimitedEndpointFix.Literal(name), Permits), cancellationToken).ConfigureAwait(false);
        return await CleanUp.RunAsync(solution, changed.Project.Solution, cancellationToken).ConfigureAwait(false);
    }

    private static string? Constant(ApplicationModel model, ExpressionSyntax value, CancellationToken cancellationToken) =>
        model.Facts.ModelOf(value.SyntaxTree).GetConstantValue(value, cancellationToken) is { HasValue: true, Value: string name } ? name : null;

    /// <summary>The policy that the diagnostic's name was meant to be; its message begins with the name.</summary>
    private static string Name(Diagnostic diagnostic) => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture) is var message ? message.Substring(1, message.IndexOf("' ", StringComparison.Ordinal) - 1) : "";

    /// <summary>The registered policy whose name differs by case or by a slip of two letters; where there is one only, that one.</summary>
    private static string? Similar(ApplicationModel model, string name, CancellationToken cancellationToken)
    {
        var hosts = model.Hosts(cancellationToken);
        var names = hosts.SelectMany(static h => h.RateLimiterPolicies).Distinct(StringComparer.Ordinal).ToList();
        return names.Find(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) ?? names.Find(n => Distance(n, name) <= 2) ?? (names.Count == 1 ? names[0] : null);
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
