using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Pipelines;
using ApiSecurityAnalyzers.Engines.SignIn;

namespace ApiSecurityAnalyzers.Rules.RateLimiting;

/// <summary>
/// ASA3003: a policy whose one limiter all clients share, as all that limits a sign-in endpoint: whoever uses it up locks everyone else out.
/// </summary>
internal static class SharedLimiters
{
    public static void Inspect(EndpointDocument document, WebHost host)
    {
        if (host.GlobalLimiter != Answer.No || !host.SharedLimiters.Values.Any(c => c.SyntaxTree == document.Context.Tree))
            return;
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in document.Context.Facts.Compilation.SyntaxTrees)
        {
            // a policy of all controllers is no sign that signing in was thought of, but it limits it all the same
            var index = NameIndex.For(tree, document.CancellationToken);
            if (!index.HasAny(LimiterAttributes.Names) && !index.HasAny(SignInNames.Calls))
                continue;
            var other = tree == document.Context.Tree ? document : new EndpointDocument(new DocumentContext(document.Context.Facts.ModelOf(tree), document.Context.Facts, index, static _ => { }, document.CancellationToken), document.Application);
            foreach (var endpoint in SignInEndpoints.In(other))
            {
                if (endpoint.Exemption is null && endpoint.Own?.Policy is { } policy)
                    used.Add(policy);
            }
        }

        foreach (var shared in host.SharedLimiters)
        {
            if (used.Contains(shared.Key) && shared.Value.SyntaxTree == document.Context.Tree)
            {
                var name = EndpointPath.NameOf(shared.Value);
                IneffectiveRateLimiter.Report(document, LimiterFaultKind.SharedBySignIn, name.GetLocation(), asSuggestion: true, name.Identifier.ValueText, $"gives all clients one limiter, '{shared.Key}', on a sign-in endpoint", "one client can lock everyone out");
            }
        }
    }
}
