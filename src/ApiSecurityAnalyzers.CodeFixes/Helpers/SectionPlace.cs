using ApiSecurityAnalyzers.Engines.Pipelines;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>The place for middleware that reads the endpoint, in a pipeline with routing of its own.</summary>
internal static class SectionPlace
{
    /// <param name="editor">The host.</param>
    /// <param name="branch">The position of the branch among the host's pipelines; 0 for the main one.</param>
    /// <param name="name">The middleware.</param>
    public static Place? Find(HostEditor editor, int branch, string name)
    {
        if (branch == 0)
            return MiddlewareOrder.Place(editor.Host, name);
        if (PipelineSection.Of(editor.Host).ElementAtOrDefault(branch)?.Endpoints is not { } endpoints)
            return null;
        if (MiddlewareOrder.Statement(endpoints.Call) is { } statement && MiddlewareOrder.RootOf(endpoints.Call) is { } receiver && receiver == endpoints.Receiver)
            return Place.Before(statement, receiver.ToString());
        return endpoints.Receiver is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax before ? Place.InChainAfter(before, name) : null;
    }

    /// <summary>The position of the pipeline among those of the host.</summary>
    public static int IndexOf(PipelineSection section) => PipelineSection.Of(section.Host).TakeWhile(s => s.Branch != section.Branch).Count();
}
