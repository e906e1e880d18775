using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines;
using ApiSecurityAnalyzers.Engines.Policies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1009: permissive policy.</summary>
internal static class PermissivePolicy
{
    /// <summary>The property that tells fixes what was found.</summary>
    public const string KindKey = "Kind";

    public const string AssertionCall = "AssertionCall";
    public const string AssertionObject = "AssertionObject";
    public const string CallerIgnored = "CallerIgnored";
    public const string EmptyLambda = "EmptyLambda";
    public const string EmptyBuilder = "EmptyBuilder";
    public const string EmptyPolicy = "EmptyPolicy";
    public const string Handler = "Handler";
    public const string Fallback = "Fallback";

    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1009",
        title: "Permissive policy",
        messageFormat: "'{0}' demands nothing of the caller: {1}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "A policy that everyone meets protects nothing, while the endpoints that name it look protected.",
        cwe: 863,
        topic: Topics.Authorization);

    public static readonly NameSet Names = new(new[]
    {
        "RequireAssertion", "AssertionRequirement", "AddPolicy", "AddDefaultPolicy", "RequireAuthorization", "AuthorizationPolicyBuilder", "AuthorizationPolicy", "Succeed",
    }.Concat(FallbackReset.Names.Names));

    internal static void Inspect(DocumentContext context)
    {
        foreach (var token in context.Tokens(Names))
        {
            switch (token.ValueText)
            {
                case "RequireAssertion":
                    Assertion(token, context);
                    break;
                case "AssertionRequirement" when Creation(token) is { } requirement:
                    Requirement(token, requirement, context);
                    break;
                case "AuthorizationPolicyBuilder" when Creation(token) is { } builder:
                    NewBuilder(token, builder, context);
                    break;
                case "AuthorizationPolicy" when Creation(token) is { } policy:
                    NewPolicy(token, policy, context);
                    break;
                case "Succeed" when Call(token) is { } succeed && UnconditionalSuccess.Is(succeed, context):
                    Report(token, Handler, "every request succeeds", context, nameOverride: succeed.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText);
                    break;
                case "FallbackPolicy" or "SetFallbackPolicy":
                    FallbackPolicy(token, context);
                    break;
            }

            if (token.ValueText is "AddPolicy" or "AddDefaultPolicy" or "AddFallbackPolicy" or "RequireAuthorization")
                Lambda(token, context);
        }
    }

    private static void Assertion(SyntaxToken token, DocumentContext context)
    {
        if (Call(token) is not { ArgumentList.Arguments.Count: 1 } call || !Binds(call, PolicyReader.Builder, context))
            return;
        switch (Reader(context).Of(call))
        {
            case PolicyContent.AlwaysTrue:
                Report(token, AssertionCall, IsDefault(call) ? "its condition is always true, and '[Authorize]' alone lets in who has not signed in" : "its condition is always true", context);
                break;

            // elsewhere a switch may be meant; the default policy is what '[Authorize]' alone stands for
            case PolicyContent.CallerIgnored when IsDefault(call):
                Report(token, CallerIgnored, "its condition never looks at who is asking, so '[Authorize]' alone lets in who has not signed in", context, asSuggestion: true);
                break;
        }
    }

    private static void Requirement(SyntaxToken token, BaseObjectCreationExpressionSyntax creation, DocumentContext context)
    {
        if (HasSiblings(creation) || Reader(context).OfRequirement(creation) != PolicyContent.AlwaysTrue)
            return;
        if (creation.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddRequirements" or "Add" } member } }
            && Reader(context).Of(member.Expression) != PolicyContent.AlwaysTrue)
        {
            return;
        }

        Report(token, AssertionObject, "its condition is always true", context);
    }

    private static void NewBuilder(SyntaxToken token, BaseObjectCreationExpressionSyntax creation, DocumentContext context)
    {
        var reader = Reader(context);
        if (reader.Of(creation) == PolicyContent.Nothing && reader.IsBuilt)
            Report(token, EmptyBuilder, "the policy has no requirement, and the framework throws where it is built", context);
    }

    private static void NewPolicy(SyntaxToken token, BaseObjectCreationExpressionSyntax creation, DocumentContext context)
    {
        if (creation.ArgumentList is { Arguments: { Count: 2 } arguments } && IsEmpty(arguments[0].Expression) && context.Model.GetTypeInfo(creation, context.CancellationToken).Type.Is(PolicyReader.Policy))
            Report(token, EmptyPolicy, "the policy has no requirement, and the framework throws where it is made", context);
    }

    private static void Lambda(SyntaxToken token, DocumentContext context)
    {
        if (Call(token)?.ArgumentList.Arguments.LastOrDefault()?.Expression is not LambdaExpressionSyntax lambda || lambda.ExpressionBody is not (null or InvocationExpressionSyntax))
            return;

        // most policies demand something by a name that tells so, and need no binding
        if (lambda.Body.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText.StartsWith("Require", StringComparison.Ordinal) || n.Identifier.ValueText is "AddRequirements" or "Combine"))
            return;
        if (Reader(context).OfLambda(lambda) == PolicyContent.Nothing)
            Report(token, EmptyLambda, "the policy has no requirement, and the framework throws where it is built", context);
    }

    private static void FallbackPolicy(SyntaxToken token, DocumentContext context)
    {
        if (FallbackReset.At(token) is not { } reset || !FallbackReset.IsNull(reset.Value) || !FallbackReset.IsAuthorization(reset.Setting, context.Model, context.CancellationToken))
            return;

        // null is what the framework begins with: alone it says so, after a policy it opens what was closed
        var cancels = FallbackReset.Cancels(reset.Setting, context);
        Report(
            token,
            Fallback,
            cancels ? "'null' cancels the fallback policy that is set elsewhere" : "'null' leaves endpoints that say nothing about authorization open to all",
            context,
            asSuggestion: !cancels);
    }

    private static void Report(SyntaxToken token, string kind, string reason, DocumentContext context, bool asSuggestion = false, string? nameOverride = null)
    {
        if (DevelopmentGuard.Of(token.Parent!, context.Model, context.CancellationToken) == RunsIn.DevelopmentOnly)
            return;
        context.Report(
            Descriptor,
            token.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(KindKey, kind),
            asSuggestion,
            additionalLocations: null,
            nameOverride ?? token.ValueText,
            reason);
    }

    private static PolicyReader Reader(DocumentContext context) => new(context.Facts, context.Model, context.CancellationToken);

    private static bool Binds(InvocationExpressionSyntax call, string type, DocumentContext context) =>
        context.Model.GetSymbolInfo(call, context.CancellationToken) is var info && (info.Symbol ?? info.CandidateSymbols.FirstOrDefault())?.ContainingType.Is(type) == true;

    private static InvocationExpressionSyntax? Call(SyntaxToken token) => token.Parent switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member } name when member.Name == name && call.Expression == member => call,
        _ => null,
    };

    private static ObjectCreationExpressionSyntax? Creation(SyntaxToken token) =>
        token.Parent?.FirstAncestorOrSelf<SyntaxNode>(static n => n is not NameSyntax) is ObjectCreationExpressionSyntax creation && creation.Type.Span.End == token.Span.End ? creation : null;

    /// <summary>Whether other requirements stand beside this one.</summary>
    private static bool HasSiblings(ExpressionSyntax requirement) => requirement.Parent switch
    {
        InitializerExpressionSyntax initializer => initializer.Expressions.Count > 1,
        ExpressionElementSyntax { Parent: CollectionExpressionSyntax collection } => collection.Elements.Count > 1,
        ArgumentSyntax { Parent: ArgumentListSyntax list } => list.Arguments.Count > 1,
        _ => true,
    };

    private static bool IsEmpty(ExpressionSyntax requirements) => requirements switch
    {
        CollectionExpressionSyntax collection => collection.Elements.Count == 0,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count == 0,
        ArrayCreationExpressionSyntax array => array.Type.RankSpecifiers is { Count: 1 } ranks && ranks[0].Sizes is { Count: 1 } sizes && sizes[0] is LiteralExpressionSyntax { Token.Value: 0 },
        ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } list => list.Initializer is null or { Expressions.Count: 0 },
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty", Expression: IdentifierNameSyntax { Identifier.ValueText: "Array" or "Enumerable" } } } => true,
        _ => false,
    };

    /// <summary>Whether the policy that a chain builds becomes the default policy.</summary>
    private static bool IsDefault(SyntaxNode link)
    {
        var current = link;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } member && member.Expression == current)
            current = next;
        return current.Parent switch
        {
            AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "DefaultPolicy" } or IdentifierNameSyntax { Identifier.ValueText: "DefaultPolicy" } } => true,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SetDefaultPolicy" } } } => true,
            LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddDefaultPolicy" } } } } => true,
            _ => false,
        };
    }
}
