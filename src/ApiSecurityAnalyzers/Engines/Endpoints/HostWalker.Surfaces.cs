using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads what options say about Razor Pages and gRPC calls.</content>
internal sealed partial class HostWalker
{
    /// <summary>True when nothing else is to be done.</summary>
    private bool ReadSurfaceOption(string name, InvocationExpressionSyntax call, IMethodSymbol? method, ExpressionSyntax? target)
    {
        if (PageConventions.Names.Names.Contains(name) && (method is null || method.ContainingType.Is("Microsoft.Extensions.DependencyInjection.PageConventionCollectionExtensions")))
        {
            PageConvention(name, call, method);
            return true;
        }

        switch (name)
        {
            case "ConfigureFilter" when FilterType(call, method).InheritsFrom(Antiforgery.Ignore):
                Host.AntiforgeryIgnored.Add(call);
                return true;
            case "ConfigureFilter" or "AddFolderApplicationModelConvention" or "AddPageApplicationModelConvention" or "AddAreaFolderApplicationModelConvention" or "AddAreaPageApplicationModelConvention"
                when MentionsAccess(call):
                Host.Pages.Unseen = Answer.Unknown;
                return true;
            case "Add" when target is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Interceptors" }:
                Interceptor(call, method);
                return true;
            default:
                return false;
        }
    }

    private void PageConvention(string name, InvocationExpressionSyntax call, IMethodSymbol? method)
    {
        var answer = Answer.No;
        Record(ref answer, call);
        var arguments = call.ArgumentList.Arguments.Skip(method is { IsStatic: true, ReducedFrom: null } ? 1 : 0).ToList();
        var hasArea = name.Contains("Area");
        Host.Pages.Add(name, hasArea ? Text("areaName", 0) : "", Text(name.EndsWith("Folder", StringComparison.Ordinal) ? "folderPath" : "pageName", hasArea ? 1 : 0), answer);

        string? Text(string parameter, int index)
        {
            var argument = arguments.Find(a => a.NameColon?.Name.Identifier.ValueText == parameter) ?? (index < arguments.Count && arguments[index].NameColon is null ? arguments[index] : null);
            return argument is not null && _model.GetConstantValue(argument.Expression, _cancellationToken) is { HasValue: true, Value: string text } ? text : null;
        }
    }

    /// <summary>Only a convention that never speaks of access is sure not to decide about it.</summary>
    private static bool MentionsAccess(InvocationExpressionSyntax call) => call.ArgumentList.DescendantNodes().OfType<SimpleNameSyntax>()
        .Any(static n => Mentions(n.Identifier.ValueText, "Filter") || Mentions(n.Identifier.ValueText, "Authoriz") || Mentions(n.Identifier.ValueText, "Metadata"))
        || !call.ArgumentList.Arguments.Any(static a => a.Expression is AnonymousFunctionExpressionSyntax);

    /// <summary>An interceptor of all gRPC calls, or of those of a service: own code that turns callers away, or code out of sight.</summary>
    private void Interceptor(InvocationExpressionSyntax call, IMethodSymbol? method)
    {
        var type = method?.TypeArguments.FirstOrDefault()
            ?? call.ArgumentList.Arguments.Select(static a => a.Expression).OfType<TypeOfExpressionSyntax>().Select(t => _model.GetTypeInfo(t.Type, _cancellationToken).Type).FirstOrDefault();
        var decides = type is null || !_inspector.IsInSource(type)
            ? !KnownCalls.IsHarmlessAssembly(type?.ContainingAssembly?.Name ?? "")
            : type.DeclaringSyntaxReferences.Any(r => r.Open(_cancellationToken) is var code && (AccessDecision.IsIn(code) || GrpcAccess.Rejects(code)));
        if (decides)
            Host.GrpcGuard = Answer.Unknown;
    }
}
