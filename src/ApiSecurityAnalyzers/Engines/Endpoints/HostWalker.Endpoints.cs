using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads what is mapped, and the conventions on it.</content>
internal sealed partial class HostWalker
{
    private bool IsRouteMapping(CallContext context)
    {
        if (!context.Name.StartsWith("Map", StringComparison.Ordinal) || (context.Kind & (BuilderKinds.Routes | BuilderKinds.Pipeline)) == 0)
            return false;
        if (context.Name is "Map" or "MapWhen")
        {
            // a pipeline branch is given a function of the application builder
            var parameters = (context.Method?.ReducedFrom ?? context.Method)?.Parameters;
            return parameters is { } p && p.Length > 0 && (KindOf(p[0].Type) & BuilderKinds.Routes) != 0;
        }

        return (context.Kind & BuilderKinds.Routes) != 0;
    }

    private BuilderValue? MapEndpoint(CallContext context)
    {
        var routes = context.Value?.Routes ?? Host.Routes;
        var name = context.Name;
        if (name == "MapGroup")
        {
            return new BuilderValue(new RouteGroup(routes, context.Call) { Pattern = PatternOf(context) });
        }

        if (KnownCalls.MapsControllers.Contains(name))
            return Endpoint(context, routes, EndpointKind.Controllers);
        if (name is "MapHub" or "MapGrpcService")
            return TypedEndpoint(context, routes, name == "MapHub" ? EndpointKind.Hub : EndpointKind.GrpcService);
        if (name == "MapRazorPages")
            return Endpoint(context, routes, EndpointKind.Pages);
        if (KnownCalls.MapsHandler.Contains(name))
            return Handler(context, routes);
        if (KnownCalls.MapsOperational.Contains(name))
            return Endpoint(context, routes, EndpointKind.Operational);
        if (name == "MapCarter")
            FollowCarterModules(routes, Condition(context.Call));
        if (KnownCalls.MapsOther.Contains(name))
            return Endpoint(context, routes, EndpointKind.Other);

        // an own name that cannot be resolved, or a library's
        var value = Endpoint(context, routes, EndpointKind.Other);
        value.Add(EndpointMetadata.Unknown);
        if (!IsUnderstood(context) && (KindOf(FirstParameter(context)) & BuilderKinds.Pipeline) != 0 && Condition(context.Call) != RunsIn.DevelopmentOnly)
            Unseen(context.Method, BuilderKinds.Pipeline, context.Target);

        // NewVersionedApi() and the like return a builder into the same routes
        return (KindOf(context.Method?.ReturnType) & BuilderKinds.Routes) != 0 && IsUnderstood(context) ? new BuilderValue(routes) : value;
    }

    private BuilderValue Endpoint(CallContext context, RouteGroup routes, EndpointKind kind)
    {
        var endpoint = new MappedEndpoint(routes, context.Call, context.Name, kind, Condition(context.Call)) { Pattern = PatternOf(context), Branch = BranchOf(context) };
        return new BuilderValue(routes, endpoint);
    }

    private InvocationExpressionSyntax? BranchOf(CallContext context) => (context.Value?.Branch ?? _branch)?.Call;

    /// <summary>An endpoint that a type argument names, whose attributes the framework reads: a hub, a gRPC service.</summary>
    private BuilderValue TypedEndpoint(CallContext context, RouteGroup routes, EndpointKind kind)
    {
        var value = Endpoint(context, routes, kind);
        var type = context.Method?.TypeArguments.FirstOrDefault();
        value.Endpoint!.MappedType = (type as INamedTypeSymbol)?.FullName();
        if (type is not null)
        {
            value.Add(_attributes.OfType(type, _cancellationToken) with { RequestLog = Answer.No });
            if (type is INamedTypeSymbol named)
                value.Endpoint.Access.AddRange(AccessAttributes.OnTypeAndBases(named, _cancellationToken));
            value.Endpoint.Limiters.AddRange(EndpointAttributes.Limiters(type).Reverse());
        }

        return value;
    }

    /// <summary>A call on what a <c>Map*</c> call returned, or on a group.</summary>
    private BuilderValue? Convention(CallContext context)
    {
        var value = context.Value;
        var arguments = context.Call.ArgumentList.Arguments;
        var production = Condition(context.Call) switch
        {
            RunsIn.DevelopmentOnly => Answer.No,
            RunsIn.Unknown => Answer.Unknown,
            _ => Answer.Yes,
        };
        switch (context.Name)
        {
            case var name when KnownCalls.RequiresAuthorization.Contains(name):
                value?.Add(new EndpointMetadata(production, Answer.No, Answer.No, Answer.No));
                Note(context, isAnonymous: false);
                return value;
            case "AllowAnonymous":
                value?.Add(new EndpointMetadata(Answer.No, production, Answer.No, Answer.No));
                Note(context, isAnonymous: true);
                return value;
            case var name when KnownCalls.DecidesLimiter.Contains(name):
                value?.Add(new EndpointMetadata(Answer.No, Answer.No, production, Answer.No));
                if (production != Answer.No)
                    (value?.Endpoint?.Limiters ?? value?.Routes?.Limiters)?.Add(new LimiterStatement(Text(arguments.Skip(context.First).FirstOrDefault()?.Expression), name == "DisableRateLimiting") { Node = context.Call, RunsIn = Condition(context.Call) });
                return value;
            case "WithHttpLogging":
                return value;
            case "DisableAntiforgery":
                if (production != Answer.No)
                    value?.DisableAntiforgery(context.Call);
                return value;
            case "WithMetadata":
                foreach (var argument in arguments.Skip(context.First))
                {
                    var type = _model.GetTypeInfo(argument.Expression, _cancellationToken).Type;
                    value?.Add(type is null or IArrayTypeSymbol || type.SpecialType == SpecialType.System_Object ? EndpointMetadata.Unknown : _attributes.OfMetadataType(type, _cancellationToken));
                    NoteObject(value, argument.Expression, type, arguments.Count == context.First + 1 ? context.Call : null);
                    Note(context, argument, type);
                    if (type.Implements(Antiforgery.Metadata))
                        value?.RequireAntiforgery();
                }

                return value;
            case "AddEndpointFilter" or "AddEndpointFilterFactory":
                EndpointFilter(context);
                return value;
            case "Add" or "Finally":
                value?.Add(EndpointMetadata.Unknown);
                return value;
        }

        if (context.Method is null ? !IsHarmlessConvention(context.Name) : !IsUnderstood(context))
            value?.Add(EndpointMetadata.Unknown);
        foreach (var argument in arguments.Skip(context.First))
        {
            if (argument.Expression is not AnonymousFunctionExpressionSyntax)
                Evaluate(argument.Expression);
        }

        return value;
    }

    /// <summary>Notes a convention of the framework; those of libraries may work in other ways.</summary>
    private void Note(CallContext context, bool isAnonymous)
    {
        if (context.Method is null || (context.Method.ReducedFrom ?? context.Method).ContainingType.Is("Microsoft.AspNetCore.Builder.AuthorizationEndpointConventionBuilderExtensions"))
            context.Value?.Note(new AccessStatement(context.Call, isAnonymous, Condition(context.Call)) { Policies = isAnonymous ? ImmutableArray<string>.Empty : Policies(context) });
    }

    /// <summary>The policies that a call of <c>RequireAuthorization</c> names.</summary>
    private ImmutableArray<string> Policies(CallContext context) => context.Call.ArgumentList.Arguments.Skip(context.First)
        .Select(a => a.Expression switch
        {
            AnonymousFunctionExpressionSyntax => "(inline)",
            BaseObjectCreationExpressionSyntax creation => Policy(creation),
            var expression => Text(expression) ?? "(inline)",
        })
        .OfType<string>().ToImmutableArray();

    /// <summary>The policy that an attribute object names.</summary>
    private string? Policy(ExpressionSyntax expression) => expression is not BaseObjectCreationExpressionSyntax creation
        ? null
        : creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().Where(static e => e.Left is IdentifierNameSyntax { Identifier.ValueText: "Policy" }).Select(e => Text(e.Right)).FirstOrDefault()
            ?? Text(creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression);

    private string? Text(ExpressionSyntax? expression) =>
        expression is not null && _model.GetConstantValue(expression, _cancellationToken) is { HasValue: true, Value: string text } ? text : null;

    /// <summary>Notes what an attribute that is added as an object says about limiters.</summary>
    private void NoteObject(BuilderValue? value, ExpressionSyntax expression, ITypeSymbol? type, InvocationExpressionSyntax? alone)
    {
        var first = (expression as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments.FirstOrDefault()?.Expression;
        if (LimiterAttributes.Meaning(type) is { } isDisabled)
            (value?.Endpoint?.Limiters ?? value?.Routes?.Limiters)?.Add(new LimiterStatement(Text(first), isDisabled) { Node = alone, RunsIn = Condition(expression) });
    }

    /// <summary>Notes an attribute that is added as an object; beside others it cannot be taken away by itself.</summary>
    private void Note(CallContext context, ArgumentSyntax argument, ITypeSymbol? type)
    {
        var isAlone = context.Call.ArgumentList.Arguments.Count == context.First + 1;
        if (AccessAttributes.Meaning(type) is { } isAnonymous)
            context.Value?.Note(new AccessStatement(isAlone ? context.Call : null, isAnonymous, Condition(argument)) { Policies = !isAnonymous && Policy(argument.Expression) is { } policy ? ImmutableArray.Create(policy) : ImmutableArray<string>.Empty });
    }

    private void EndpointFilter(CallContext context)
    {
        var value = context.Value;
        if (value is null)
            return;
        var type = context.Method?.TypeArguments.FirstOrDefault(static t => t.Implements("Microsoft.AspNetCore.Http.IEndpointFilter"));
        if (type is not null)
        {
            var logs = _inspector.IsInSource(type) && _inspector.Logs(type, _cancellationToken) ? Answer.Yes : Answer.No;
            var authorizes = _attributes.FilterAuthorizes(type, _cancellationToken);
            value.Add(new EndpointMetadata(authorizes, Answer.No, Mentions(type.Name, "RateLimit") || Mentions(type.Name, "Throttl") ? Answer.Yes : Answer.No, logs) { OwnFilter = authorizes });
            return;
        }

        foreach (var argument in context.Call.ArgumentList.Arguments)
        {
            SyntaxNode? code = argument.Expression is AnonymousFunctionExpressionSyntax
                ? argument.Expression
                : (_model.GetSymbolInfo(argument.Expression, _cancellationToken).Symbol as IMethodSymbol)?.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken);
            if (code is null)
            {
                var filter = _model.GetTypeInfo(argument.Expression, _cancellationToken).Type;
                var decides = filter is null ? Answer.Unknown : _attributes.FilterAuthorizes(filter, _cancellationToken);
                value.Add(new EndpointMetadata(decides, Answer.No, Answer.No, Answer.Unknown) { OwnFilter = decides });
                continue;
            }

            var turnsAway = AccessDecision.IsIn(code) ? Answer.Yes : Answer.No;
            value.Add(new EndpointMetadata(turnsAway, Answer.No, Answer.No, CodeInspector.Logs(code) ? Answer.Yes : Answer.No) { OwnFilter = turnsAway });
        }
    }

    /// <summary>A call on a route builder that maps nothing known.</summary>
    private BuilderValue? RoutesCall(CallContext context)
    {
        foreach (var argument in context.Call.ArgumentList.Arguments.Skip(context.First))
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax)
                Inline(argument.Expression, context.Value, _branch);
            else
                Evaluate(argument.Expression);
        }

        var returned = KindOf(context.Method?.ReturnType);
        if ((returned & BuilderKinds.Routes) != 0)
        {
            // NewVersionedApi("Orders"): a builder into the same routes, known to add no authorization
            return IsUnderstood(context) ? new BuilderValue(context.Value?.Routes ?? Host.Routes) : new BuilderValue(new RouteGroup(context.Value?.Routes ?? Host.Routes, null) { Own = EndpointMetadata.Unknown });
        }

        if (context.Method is null)
            return new BuilderValue(new RouteGroup(context.Value?.Routes ?? Host.Routes, null) { Own = IsHarmlessConvention(context.Name) || context.Name == "NewVersionedApi" ? EndpointMetadata.None : EndpointMetadata.Unknown });
        return context.Value;
    }

    private static bool IsHarmlessConvention(string name) =>
        name.StartsWith("With", StringComparison.Ordinal) || name.StartsWith("Has", StringComparison.Ordinal) || name.StartsWith("Produces", StringComparison.Ordinal) || name.StartsWith("Accepts", StringComparison.Ordinal)
        || name.StartsWith("Exclude", StringComparison.Ordinal) || name.StartsWith("CacheOutput", StringComparison.Ordinal) || name is "MapToApiVersion" or "ReportApiVersions" or "IsApiVersionNeutral" or "AddOpenApiOperationTransformer" or "DisableAntiforgery" or "RequireCors" or "IncludeInOpenApi";
}
