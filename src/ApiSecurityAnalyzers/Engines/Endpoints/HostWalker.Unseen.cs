using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Judges what a call into another assembly may do to the host.</content>
internal sealed partial class HostWalker
{
    /// <summary>Notes what cannot be ruled out behind a call that hands a builder of the kinds to code out of sight.</summary>
    private void Unseen(IMethodSymbol? method, BuilderKinds kinds, ExpressionSyntax? receiver)
    {
        if (method?.ContainingAssembly is not { } assembly || UnseenCode.NamesIn(assembly, _facts.Compilation, _cancellationToken) is not { } names)
        {
            Host.PipelineHasUnknown |= (kinds & (BuilderKinds.Pipeline | BuilderKinds.Host)) != 0;
            Host.ServicesHaveUnknown |= (kinds & (BuilderKinds.Services | BuilderKinds.Host)) != 0;
            return;
        }

        if ((kinds & BuilderKinds.Pipeline) != 0 || (kinds & BuilderKinds.Host) != 0 && !HasServicesOnly(receiver))
            Host.PipelineHasUnknown |= names.Overlaps(UnseenCode.Middleware);
        Host.PipelineHasUnknown |= names.Contains(UnseenCode.StartupFilter);
        if (names.Overlaps(UnseenCode.Filters))
        {
            Host.ControllerFilter = Host.ControllerFilter.Or(Answer.Unknown);
            Host.AntiforgeryFilter = Host.AntiforgeryFilter.Or(Answer.Unknown);
            Host.ControllerLog = Host.ControllerLog.Or(Answer.Unknown);
        }

        if (names.Overlaps(UnseenCode.Addresses))
            Host.HttpsOnly = Host.HttpsOnly.Or(Answer.Unknown);
        if (names.Overlaps(KnownCalls.ReplacesLogging))
            Host.LoggingReplaced = Host.LoggingReplaced.Or(Answer.Unknown);
        Host.BehindProxy |= names.Overlaps(KnownCalls.ShowsProxy);
        Host.UnseenNames.UnionWith(names);
    }

    /// <summary>The builder of the minimal hosting model leads to services, not to the pipeline.</summary>
    private bool HasServicesOnly(ExpressionSyntax? receiver)
    {
        var type = receiver is null ? null : _model.GetTypeInfo(receiver, _cancellationToken).Type;
        return type.Is("Microsoft.AspNetCore.Builder.WebApplicationBuilder") || type.Is("Microsoft.Extensions.Hosting.IHostApplicationBuilder");
    }

    private void MarkUnknown(BuilderKinds kind, BuilderValue? value, IMethodSymbol? method = null, ExpressionSyntax? receiver = null)
    {
        Unseen(method, kind, receiver);
        if ((kind & BuilderKinds.Convention) != 0)
            value?.Add(EndpointMetadata.Unknown);
    }

    /// <summary>Whether the call's effect is known: a framework or library method of the tables.</summary>
    private bool IsUnderstood(CallContext context)
    {
        if (context.Method is null)
            return KnownCalls.IsHarmlessName(context.Name) || IsListed(context.Name);
        return _inspector.IsInSource(context.Method) || KnownCalls.IsHarmlessAssembly(context.Method.ContainingAssembly?.Name ?? "");
    }

    private static bool IsListed(string name) =>
        KnownCalls.RateLimiting.Contains(name) || KnownCalls.RequestLogging.Contains(name) || KnownCalls.RequestRecording.Contains(name) || KnownCalls.HttpsRedirection.Contains(name)
        || KnownCalls.MapsControllers.Contains(name) || KnownCalls.MapsOperational.Contains(name) || KnownCalls.MapsOther.Contains(name);
}
