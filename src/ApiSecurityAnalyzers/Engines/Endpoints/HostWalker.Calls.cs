using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Decides what a call does to the host.</content>
internal sealed partial class HostWalker
{
    private HostCall? _branch;

    private BuilderValue? Invoke(InvocationExpressionSyntax call)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (++_steps > MaxSteps)
        {
            Host.PipelineHasUnknown = Host.ServicesHaveUnknown = true;
            Host.Routes.Own = EndpointMetadata.Unknown;
            return null;
        }

        var name = NameOf(call);
        if (name is null or "nameof")
            return null;
        var isBinding = call.Expression is MemberBindingExpressionSyntax;
        var target = isBinding ? _conditional.Receiver : (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        var value = isBinding ? _conditional.Value : Evaluate(target);
        var info = _model.GetSymbolInfo(call, _cancellationToken);
        var method = (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
        var kind = target is null || (method is { IsStatic: true, ReducedFrom: null }) ? BuilderKinds.None : KindOf(_model.GetTypeInfo(target, _cancellationToken).Type);
        var arguments = call.ArgumentList.Arguments;

        // X.UseY(app): an extension method, or an own helper, called as the static method that it is
        var first = 0;
        if (kind == BuilderKinds.None && method is { IsStatic: true, ReducedFrom: null } && arguments.Count > 0)
        {
            kind = KindOf(_model.GetTypeInfo(arguments[0].Expression, _cancellationToken).Type);
            if (kind != BuilderKinds.None)
            {
                target = arguments[0].Expression;
                value = Evaluate(target);
                first = 1;
            }
        }

        if (method is { Name: "CreateBuilder" or "CreateSlimBuilder" or "CreateEmptyBuilder" or "Create" } && method.ContainingType.Is("Microsoft.AspNetCore.Builder.WebApplication"))
        {
            Host.IsWeb = Host.IsMinimal = Host.HasPipeline = true;
            Host.Anchor ??= call;
            if (name == "Create")
                Host.BuildCall ??= call;
            return name == "Create" ? Root : null;
        }

        if (ReadOptionCall(name, call, method, target))
            return value;
        if (method is not null && IsFollowed(method, kind))
            return FollowCall(call, method, value, target);
        var context = new CallContext(name, call, method, kind, target, value, first);
        if (IsRouteMapping(context))
            return MapEndpoint(context);
        if ((kind & BuilderKinds.Convention) != 0 && (kind & BuilderKinds.Pipeline) == 0 && !name.StartsWith("Map", StringComparison.Ordinal))
            return Convention(context);
        if ((kind & BuilderKinds.Pipeline) != 0 && !IsOnRoutes(context))
            return Middleware(context);
        if ((kind & BuilderKinds.Host) != 0)
            return HostBuilder(context);
        if ((kind & BuilderKinds.Services) != 0)
        {
            Service(context);
            return value;
        }

        if ((kind & BuilderKinds.Routes) != 0)
            return RoutesCall(context);
        return Other(context);
    }

    /// <summary>A call on the application that is one on its routes, and gives routes: <c>app.NewVersionedApi()</c>.</summary>
    private bool IsOnRoutes(CallContext context) =>
        (context.Kind & BuilderKinds.Routes) != 0 && context.Method?.ReducedFrom is { } method
        && (KindOf(method.Parameters[0].Type) & (BuilderKinds.Routes | BuilderKinds.Pipeline)) == BuilderKinds.Routes && (KindOf(method.ReturnType) & BuilderKinds.Routes) != 0;

    /// <summary>Own code is followed where a builder goes in or comes out.</summary>
    private bool IsFollowed(IMethodSymbol method, BuilderKinds kind)
    {
        var original = method.ReducedFrom ?? method;
        if (!_inspector.IsInSource(original))
            return false;
        return kind != BuilderKinds.None || KindOf(original.ReturnType) != BuilderKinds.None || original.Parameters.Any(p => KindOf(p.Type) != BuilderKinds.None || p.Type.Is(LimiterOptions));
    }

    private BuilderValue? FollowCall(InvocationExpressionSyntax call, IMethodSymbol method, BuilderValue? value, ExpressionSyntax? target)
    {
        var original = method.ReducedFrom ?? method;
        if (original.IsAbstract || original.ContainingType?.TypeKind is TypeKind.Interface or TypeKind.Delegate)
        {
            if (FollowImplementations(call, original))
                return value;
            MarkUnknown(original.Parameters.Aggregate(BuilderKinds.None, (k, p) => k | KindOf(p.Type)), value);
            return value;
        }

        var bound = new List<(IParameterSymbol, BuilderValue?)>();
        var offset = 0;
        if (method.ReducedFrom is not null)
        {
            bound.Add((original.Parameters[0], value));
            offset = 1;
        }

        var arguments = call.ArgumentList.Arguments;
        var passed = value;
        var given = new HashSet<int>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var parameter = arguments[i].NameColon is { } named
                ? original.Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.ValueText)
                : i + offset < original.Parameters.Length ? original.Parameters[i + offset] : null;
            if (parameter is null)
                continue;
            // the builder that an own static method is called on is read already; reading it again would map its endpoints twice
            var argument = arguments[i].Expression == target ? value : Evaluate(arguments[i].Expression);
            bound.Add((parameter, argument));
            passed ??= argument;
            GivenText(parameter, arguments[i].Expression);
            given.Add(parameter.Ordinal);
            if (parameter.Type.TypeKind == TypeKind.Delegate || parameter.Type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate)
                GivenHandler(parameter, arguments[i].Expression, call);
        }

        foreach (var parameter in original.Parameters)
        {
            if (!given.Contains(parameter.Ordinal))
                GivenText(parameter, null);
        }

        var result = Follow(original, bound, _branch ?? value?.Branch, Condition(call));
        return result ?? (KindOf(original.ReturnType) != BuilderKinds.None ? passed ?? value : null);
    }

    private BuilderValue? Middleware(CallContext context)
    {
        var condition = Condition(context.Call);
        var record = Record(context);
        Host.HasPipeline = true;
        var arguments = context.Call.ArgumentList.Arguments;
        switch (context.Name)
        {
            case "UseEndpoints":
                Host.Pipeline.Add(record);
                foreach (var argument in arguments)
                    Inline(argument.Expression, Root, record.Branch);
                return context.Value;
            case "Map" or "MapWhen" or "UseWhen" or "UsePathBase" when context.Name != "UsePathBase":
                Host.Pipeline.Add(record);
                foreach (var argument in arguments.Skip(context.First))
                {
                    if (argument.Expression is AnonymousFunctionExpressionSyntax || KindOf((_model.GetSymbolInfo(argument.Expression, _cancellationToken).Symbol as IMethodSymbol)?.Parameters.FirstOrDefault()?.Type) != BuilderKinds.None)
                        Inline(argument.Expression, new BuilderValue(new RouteGroup(Host.Routes, null), null, record), record);
                }

                return context.Value;
            case "Use" or "Run" when context.First < arguments.Count && arguments.Count - context.First <= 2:
                Host.Pipeline.Add(record);
                foreach (var argument in arguments.Skip(context.First))
                    InlineMiddleware(argument.Expression, record);
                return context.Value;
            case "UseExceptionHandler" or "UseStatusCodePages":
                // what runs after something went wrong keeps nobody out and logs no requests
                Host.Pipeline.Add(record);
                return context.Value;
            case "UseMiddleware":
                Host.Pipeline.Add(record);
                MiddlewareType(context, record);
                return context.Value;
            case "Build" or "New" or "CreateApplicationBuilder" or "Start" or "StartAsync" or "RunAsync" or "Run" or "Dispose" or "DisposeAsync" or "StopAsync":
                return context.Value;
        }

        Host.Pipeline.Add(record);
        Host.BehindProxy |= KnownCalls.ShowsProxy.Contains(context.Name);
        foreach (var argument in arguments.Skip(context.First))
        {
            // UseExceptionHandler(errors => errors.Run(…)): what is added there runs for some requests only
            if (argument.Expression is AnonymousFunctionExpressionSyntax)
                Inline(argument.Expression, new BuilderValue(new RouteGroup(Host.Routes, null), null, record), record);
            else
                Evaluate(argument.Expression);
        }

        if (KnownCalls.MapsControllers.Contains(context.Name))
            return Endpoint(context, Root.Routes!, EndpointKind.Controllers);
        if (!IsUnderstood(context))
        {
            if (context.Name.StartsWith("Map", StringComparison.Ordinal) && !(KindOf(FirstParameter(context)) is var k && (k & BuilderKinds.Pipeline) != 0))
                return new BuilderValue(new RouteGroup(Host.Routes, null) { Own = EndpointMetadata.Unknown });
            if (condition != RunsIn.DevelopmentOnly)
                Unseen(context.Method, BuilderKinds.Pipeline, context.Target);
        }

        return (KindOf(context.Method?.ReturnType) & BuilderKinds.Convention) != 0
            ? new BuilderValue(null, new MappedEndpoint(context.Value?.Routes ?? Host.Routes, context.Call, context.Name, EndpointKind.Other, condition) { Branch = BranchOf(context) })
            : context.Value ?? Root;
    }

    private void InlineMiddleware(ExpressionSyntax expression, HostCall record)
    {
        SyntaxNode? code = expression is AnonymousFunctionExpressionSyntax
            ? expression
            : (_model.GetSymbolInfo(expression, _cancellationToken).Symbol as IMethodSymbol)?.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken);
        if (code is null)
            return;
        var answer = record.Branch is null ? record.InProduction : Answer.Unknown;
        if (answer == Answer.No && record.Branch is null)
            return;
        if (AccessDecision.IsIn(code))
            Guarded(code, record);
        ReadEffects(code);
        if (CodeInspector.Logs(code))
            Host.RequestLog = Host.RequestLog.Or(record.Branch is null ? Answer.Yes : Answer.Unknown);
        if (code.DescendantNodes().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText is "IsHttps" or "Status307TemporaryRedirect" or "Status308PermanentRedirect" or "RequireHttps"))
            Host.HttpsOnly = Host.HttpsOnly.Or(Answer.Unknown);
    }

    private void MiddlewareType(CallContext context, HostCall record)
    {
        var type = context.Method?.TypeArguments.FirstOrDefault()
            ?? context.Call.ArgumentList.Arguments.Select(a => a.Expression).OfType<TypeOfExpressionSyntax>().Select(t => _model.GetTypeInfo(t.Type, _cancellationToken).Type).FirstOrDefault();
        if (record.InProduction == Answer.No && record.Branch is null)
            return;
        var name = type?.Name ?? ((context.Call.Expression as MemberAccessExpressionSyntax)?.Name as GenericNameSyntax)?.TypeArgumentList.Arguments.FirstOrDefault()?.ToString() ?? "";
        if (Mentions(name, "RateLimit") || Mentions(name, "Throttl"))
            Host.GlobalLimiter = Host.GlobalLimiter.Or(Answer.Yes);
        if (Mentions(name, "RequestLog") || Mentions(name, "Audit") || Mentions(name, "AccessLog") || Mentions(name, "LoggingMiddleware"))
            Host.RequestLog = Host.RequestLog.Or(Answer.Yes);
        if (Mentions(name, "Https"))
            Host.HttpsOnly = Host.HttpsOnly.Or(Answer.Unknown);
        if (type is null or IErrorTypeSymbol)
        {
            Host.PipelineHasUnknown = true;
        }
        else if (_inspector.IsInSource(type))
        {
            foreach (var reference in type.DeclaringSyntaxReferences)
                ReadEffects(reference.Open(_cancellationToken));
            if (_inspector.DecidesAccess(type, _cancellationToken))
                Guarded(type.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken), record);
            if (_inspector.Logs(type, _cancellationToken))
                Host.RequestLog = Host.RequestLog.Or(record.Branch is null ? Answer.Yes : Answer.Unknown);
        }
        else if (!KnownCalls.IsHarmlessAssembly(type.ContainingAssembly?.Name ?? ""))
        {
            Host.PipelineHasUnknown = true;
        }
    }

    private BuilderValue? HostBuilder(CallContext context)
    {
        var arguments = context.Call.ArgumentList.Arguments;
        switch (context.Name)
        {
            case "Build" when Host.IsMinimal:
                Host.BuildCall ??= context.Call;
                return Root;
            case "Build":
                return null;
            case "ConfigureWebHostDefaults" or "ConfigureWebHost":
                Host.IsWeb = true;
                Host.Anchor ??= context.Call;
                break;
            case "UseStartup":
                Host.IsWeb = true;
                Host.Anchor ??= context.Call;
                Startup(context);
                return null;
            case "Configure" when (context.Kind & BuilderKinds.Host) != 0:
                Host.HasPipeline = Host.IsWeb = true;
                Host.Anchor = context.Call;
                foreach (var argument in arguments)
                    Inline(argument.Expression, Root, null);
                return null;
        }

        Host.BehindProxy |= KnownCalls.ShowsProxy.Contains(context.Name);
        Host.IsTestHost |= context.Name == "UseTestServer";
        Host.Services.Add(Record(context));
        Host.HasLibraryServices |= !IsFramework(context.Method);
        foreach (var argument in arguments.Skip(context.First))
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax)
                Inline(argument.Expression, null, null);
            else
                Evaluate(argument.Expression);
        }

        if (!IsUnderstood(context) && Condition(context.Call) != RunsIn.DevelopmentOnly)
            Unseen(context.Method, BuilderKinds.Host, context.Target);
        return null;
    }

    private void Startup(CallContext context)
    {
        var type = context.Method?.TypeArguments.FirstOrDefault()
            ?? context.Call.ArgumentList.Arguments.Select(a => a.Expression).OfType<TypeOfExpressionSyntax>().Select(t => _model.GetTypeInfo(t.Type, _cancellationToken).Type).FirstOrDefault();
        if (type is INamedTypeSymbol named && _inspector.IsInSource(named))
            ReadStartup(named);
        else
            Host.PipelineHasUnknown = Host.ServicesHaveUnknown = true;
    }

    /// <summary>Reads <c>ConfigureServices</c> and <c>Configure</c> of a <c>Startup</c> class, with their environment variants.</summary>
    public void ReadStartup(INamedTypeSymbol startup)
    {
        Host.Startup = startup;
        Host.IsWeb = true;
        foreach (var services in new[] { true, false })
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (INamedTypeSymbol? type = startup; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
            {
                if (!_inspector.IsInSource(type))
                {
                    Host.PipelineHasUnknown = Host.ServicesHaveUnknown = true;
                    break;
                }

                foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
                {
                    if (method.MethodKind != MethodKind.Ordinary || IsConfigureServices(method) != services || !(services || IsConfigure(method)) || !seen.Add(method.Name))
                        continue;
                    if (!services)
                    {
                        Host.HasPipeline = true;
                        if (method.Name == "Configure" || Host.Anchor is null or InvocationExpressionSyntax)
                            Host.Anchor = method.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken);
                    }

                    var runsIn = method.Name.StartsWith("ConfigureDevelopment", StringComparison.Ordinal) || startup.Name == "StartupDevelopment" ? RunsIn.DevelopmentOnly : RunsIn.Everywhere;
                    Follow(method, method.Parameters.Select(p => (p, KindOf(p.Type) == BuilderKinds.None ? null : Root)).ToList(), null, runsIn);
                }
            }
        }
    }

    public static bool IsConfigureServices(IMethodSymbol method) =>
        method.Name.StartsWith("Configure", StringComparison.Ordinal) && method.Name.EndsWith("Services", StringComparison.Ordinal)
        && method.Parameters.Any(static p => p.Type.Is("Microsoft.Extensions.DependencyInjection.IServiceCollection"));

    public static bool IsConfigure(IMethodSymbol method) =>
        method.Name.StartsWith("Configure", StringComparison.Ordinal) && method.DeclaredAccessibility == Accessibility.Public && !method.IsExtensionMethod
        && method.Parameters.Any(static p => p.Type.Is("Microsoft.AspNetCore.Builder.IApplicationBuilder") || p.Type.Is("Microsoft.AspNetCore.Builder.WebApplication"));

    private HostCall Record(CallContext context) =>
        new(context.Name, context.Call, context.Method, Condition(context.Call), context.Value?.Branch ?? _branch, context.Target) { Ambient = _ambient };

    /// <summary>A call on nothing known; builders may hide in its arguments.</summary>
    private BuilderValue? Other(CallContext context)
    {
        foreach (var argument in context.Call.ArgumentList.Arguments)
        {
            var value = argument.Expression is AnonymousFunctionExpressionSyntax ? null : Evaluate(argument.Expression);
            if (argument.Expression is AnonymousFunctionExpressionSyntax)
                Inline(argument.Expression, null, _branch);
            if (context.Method is not null && IsUnderstood(context))
                continue;
            var kind = KindOf(_model.GetTypeInfo(argument.Expression, _cancellationToken).Type);
            if (kind != BuilderKinds.None && Condition(context.Call) != RunsIn.DevelopmentOnly)
                MarkUnknown(kind, value, context.Method, argument.Expression);
        }

        // a call that cannot be resolved stands in a chain of builders: what it returns goes on as what it was called on
        return context.Method is null ? context.Value : null;
    }

    private static ITypeSymbol? FirstParameter(CallContext context) => (context.Method?.ReducedFrom ?? context.Method)?.Parameters.FirstOrDefault()?.Type;

    private static bool Mentions(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    /// <summary>One call while it is classified.</summary>
    /// <param name="Name">The name as written.</param>
    /// <param name="Call">The call.</param>
    /// <param name="Method">The method, where it can be resolved.</param>
    /// <param name="Kind">Which builders the receiver is.</param>
    /// <param name="Target">The receiver, or the first argument of an extension method in static form.</param>
    /// <param name="Value">What the receiver stands for.</param>
    /// <param name="First">The index of the first argument behind the receiver.</param>
    private sealed record CallContext(string Name, InvocationExpressionSyntax Call, IMethodSymbol? Method, BuilderKinds Kind, ExpressionSyntax? Target, BuilderValue? Value, int First);
}
