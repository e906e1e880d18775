using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads services and the options given to them.</content>
internal sealed partial class HostWalker
{
    private void Service(CallContext context)
    {
        Host.Services.Add(Record(context));
        foreach (var argument in context.Call.ArgumentList.Arguments.Skip(context.First))
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax || IsOwnMethod(argument.Expression))
                Inline(argument.Expression, null, null);
            else
                Evaluate(argument.Expression);
            LimiterOptionsGiven(context, argument.Expression);
        }

        Host.HasLibraryServices |= !IsFramework(context.Method);
        var condition = Condition(context.Call);
        if (condition == RunsIn.DevelopmentOnly)
            return;
        if (KnownCalls.RequestRecording.Contains(context.Name))
            Host.RequestLog = Host.RequestLog.Or(condition == RunsIn.Unknown ? Answer.Unknown : Answer.Yes);
        Host.BehindProxy |= KnownCalls.ShowsProxy.Contains(context.Name)
            || context.Name == "Configure" && context.Method?.TypeArguments.FirstOrDefault().Is("Microsoft.AspNetCore.Builder.ForwardedHeadersOptions") == true;
        if (context.Name is "AddTransient" or "AddSingleton" or "AddScoped" && context.Method?.TypeArguments.FirstOrDefault() is { } service)
        {
            if (service.Is("Microsoft.AspNetCore.Hosting.IStartupFilter"))
                StartupFilter(context);
            if (service.Is("Microsoft.Extensions.Options.IConfigureOptions") || service.Is("Microsoft.Extensions.Options.IPostConfigureOptions"))
                ConfigureOptionsClass(context.Method.TypeArguments.LastOrDefault());
        }

        if (context.Name == "ConfigureOptions")
            ConfigureOptionsClass(context.Method?.TypeArguments.FirstOrDefault());
        if (!IsUnderstood(context))
            Unseen(context.Method, BuilderKinds.Services, context.Target);
    }

    /// <summary>An <c>IConfigureOptions&lt;T&gt;</c> class: its <c>Configure</c> runs as an options lambda would.</summary>
    private void ConfigureOptionsClass(ITypeSymbol? type)
    {
        if (type is null || !_inspector.IsInSource(type))
            return;
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.Name is "Configure" or "PostConfigure")
                Follow(method, [], null, RunsIn.Everywhere);
        }
    }

    /// <summary>Calls inside option lambdas, and calls that matter wherever they stand. True when nothing else is to be done.</summary>
    private bool ReadOptionCall(string name, InvocationExpressionSyntax call, IMethodSymbol? method, ExpressionSyntax? target)
    {
        if (ReadSurfaceOption(name, call, method, target))
            return true;
        switch (name)
        {
            case "Add" or "Insert" or "AddService" or "TryAdd" when target is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Filters" }:
                AddFilter(call, method);
                return true;
            case "Add" or "Insert" when target is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Conventions" }:
                AddConvention(call);
                return true;
            case "SetFallbackPolicy" or "AddFallbackPolicy" or "SetDefaultPolicy" or "AddDefaultPolicy":
                AuthorizationPolicy(name, call, method);
                return false;
            case var _ when target is not null && name.StartsWith("Add", StringComparison.Ordinal) && _model.GetTypeInfo(target, _cancellationToken).Type.Is(LimiterOptions):
                AddLimiterPolicy(name, call, method);
                return false;
            case "AddPolicy":
                AuthorizationPolicy(name, call, method);
                return false;
            case var _ when KnownCalls.RequestRecording.Contains(name) || name.EndsWith("AspNetCoreInstrumentation", StringComparison.Ordinal):
                Record(ref _recording, call);
                Host.RequestLog = Host.RequestLog.Or(_recording);
                return false;
            case "AddRedirectToHttps" or "AddRedirectToHttpsPermanent":
                Host.Pipeline.Add(new HostCall(name, call, method, Condition(call), _branch, target));
                return false;
            case "AddFilter" when MentionsInformation(call):
                LogLevel(call);
                return false;
            case "Override" when call.ArgumentList.Arguments is { Count: 2 } arguments && RaisesLevel(arguments[0].Expression, arguments[1].Expression):
                Host.RaisesLogLevel = true;
                return false;
            case var _ when KnownCalls.ReplacesLogging.Contains(name):
                var replaced = Answer.No;
                Record(ref replaced, call);
                Host.LoggingReplaced = Host.LoggingReplaced.Or(replaced);
                return false;
            case "Listen" or "ListenAnyIP" or "ListenLocalhost" or "ListenUnixSocket" or "ListenHandle" or "UseUrls" or "Add" or "Run" or "RunAsync":
                Address(name, call, target);
                return false;
        }

        return false;
    }

    private Answer _recording;

    private void Record(ref Answer answer, SyntaxNode node) => answer = Condition(node) switch
    {
        RunsIn.DevelopmentOnly => Answer.No,
        RunsIn.Unknown => Answer.Unknown,
        _ => Answer.Yes,
    };

    private static bool MentionsInformation(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Any(static a => a.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Information" or "Debug" or "Trace" });

    /// <summary>Hosting diagnostics log every request at Information; a filter in code overrides what files say of shorter categories.</summary>
    private void LogLevel(InvocationExpressionSyntax call)
    {
        var category = call.ArgumentList.Arguments.Select(static a => a.Expression).OfType<LiteralExpressionSyntax>().Select(static l => l.Token.ValueText).FirstOrDefault();
        if (category is not ("Microsoft.AspNetCore" or "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Hosting.Diagnostics"))
            return;
        var answer = Answer.No;
        Record(ref answer, call);
        Host.RequestLog = Host.RequestLog.Or(answer);
    }

    /// <summary>Serilog's <c>MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)</c>.</summary>
    private bool RaisesLevel(ExpressionSyntax category, ExpressionSyntax level) =>
        level is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Warning" or "Error" or "Fatal" }
        && _model.GetConstantValue(category, _cancellationToken) is { HasValue: true, Value: "Microsoft" or "Microsoft.AspNetCore" or "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Hosting.Diagnostics" };

    private void ReadSetting(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Left is not MemberAccessExpressionSyntax member)
            return;
        switch (member.Name.Identifier.ValueText)
        {
            case "FallbackPolicy":
                Fallback(assignment, assignment.Right);
                if (IsMetByEveryone(assignment.Right))
                    Host.PermissivePolicies.Add(WebHost.FallbackPolicyName);
                break;
            case "DefaultPolicy" when IsMetByEveryone(assignment.Right):
                Host.PermissivePolicies.Add(WebHost.DefaultPolicyName);
                break;
            case "GlobalLimiter":
                var answer = Answer.No;
                Record(ref answer, assignment);
                Host.GlobalLimiter = assignment.Right.IsKind(SyntaxKind.NullLiteralExpression) ? Answer.No : Host.GlobalLimiter.Or(answer);
                break;
        }
    }

    private void AddFilter(InvocationExpressionSyntax call, IMethodSymbol? method)
    {
        var condition = Answer.No;
        Record(ref condition, call);
        if (condition == Answer.No)
            return;
        var filter = FilterType(call, method);
        if (filter is null or IErrorTypeSymbol)
        {
            Host.ControllerFilter = Host.ControllerFilter.Or(Answer.Unknown);
            Host.AntiforgeryFilter = Host.AntiforgeryFilter.Or(Answer.Unknown);
            return;
        }

        if (filter.InheritsFrom(Antiforgery.Ignore))
            Host.AntiforgeryIgnored.Add(call);
        else if (Antiforgery.Checks(filter))
            Host.AntiforgeryFilter = Host.AntiforgeryFilter.Or(condition);
        else if (!_inspector.IsInSource(filter) && !KnownCalls.IsHarmlessAssembly(filter.ContainingAssembly?.Name ?? ""))
            Host.AntiforgeryFilter = Host.AntiforgeryFilter.Or(Answer.Unknown);
        if (filter.InheritsFrom("Microsoft.AspNetCore.Mvc.RequireHttpsAttribute"))
            Host.RequireHttpsFilter = Host.RequireHttpsFilter.Or(condition);
        var authorizes = _attributes.FilterAuthorizes(filter, _cancellationToken);
        Host.ControllerFilter = Host.ControllerFilter.Or(authorizes == Answer.Yes ? condition : authorizes);
        if (_inspector.IsInSource(filter) && _inspector.Logs(filter, _cancellationToken))
            Host.ControllerLog = Host.ControllerLog.Or(condition);
    }

    private ITypeSymbol? FilterType(InvocationExpressionSyntax call, IMethodSymbol? method)
    {
        if (method is { TypeArguments.Length: > 0 })
            return method.TypeArguments[0];
        return call.ArgumentList.Arguments.Select(static a => a.Expression).LastOrDefault() switch
        {
            TypeOfExpressionSyntax typeOf => _model.GetTypeInfo(typeOf.Type, _cancellationToken).Type,
            { } expression when call.ArgumentList.Arguments.Count > 1 && _model.GetTypeInfo(expression, _cancellationToken).Type is { SpecialType: SpecialType.System_Int32 } =>
                call.ArgumentList.Arguments[0].Expression is TypeOfExpressionSyntax first ? _model.GetTypeInfo(first.Type, _cancellationToken).Type : _model.GetTypeInfo(call.ArgumentList.Arguments[0].Expression, _cancellationToken).Type,
            { } expression => _model.GetTypeInfo(expression, _cancellationToken).Type,
            _ => null,
        };
    }

    private void AddConvention(InvocationExpressionSyntax call)
    {
        var type = call.ArgumentList.Arguments.LastOrDefault()?.Expression is { } expression ? _model.GetTypeInfo(expression, _cancellationToken).Type : null;
        if (type is not null && !_inspector.IsInSource(type) && KnownCalls.IsHarmlessAssembly(type.ContainingAssembly?.Name ?? ""))
            return;

        // an own convention may add any filter; only one that never speaks of authorization is sure not to
        var mentions = type is null || type.DeclaringSyntaxReferences.IsEmpty || type.DeclaringSyntaxReferences.Any(r => r.Open(_cancellationToken).DescendantNodes().OfType<SimpleNameSyntax>()
            .Any(static n => Mentions(n.Identifier.ValueText, "Authoriz") || Mentions(n.Identifier.ValueText, "Filters") || Mentions(n.Identifier.ValueText, "Metadata")));
        if (mentions)
        {
            Host.ControllerFilter = Host.ControllerFilter.Or(Answer.Unknown);
            Host.AntiforgeryFilter = Host.AntiforgeryFilter.Or(Answer.Unknown);
        }
    }

    /// <summary>Objects made while the host is read: a <c>Startup</c> that is called by hand.</summary>
    private void Create(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.ArgumentList is not null)
        {
            foreach (var argument in creation.ArgumentList.Arguments)
            {
                if (argument.Expression is AnonymousFunctionExpressionSyntax)
                    Inline(argument.Expression, null, _branch);
                else
                    Evaluate(argument.Expression);
            }
        }

        if (creation.Initializer is not null)
            Visit(creation.Initializer);
    }
}
