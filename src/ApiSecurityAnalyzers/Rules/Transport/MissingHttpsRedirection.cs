using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Rules.Transport;

/// <summary>ASA2001: missing HTTPS redirection.</summary>
internal static class MissingHttpsRedirection
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA2001",
        title: "Missing HTTPS redirection",
        messageFormat: "'{0}' answers plain HTTP: nothing redirects to HTTPS, so credentials and data can be read on their way",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Without redirection a client that starts with http:// stays there, and everything it sends can be read and changed.",
        cwe: 319,
        topic: Topics.Transport);

    internal static void Inspect(EndpointDocument document, WebHost host)
    {
        var facts = document.Context.Facts;
        if (HostMechanisms.Https(host, facts, document.CancellationToken) != Answer.No)
            return;
        var proxyDeclared = facts.Options.IsTrue(ApiSecurityOptions.TlsTerminatedByProxy);
        if (proxyDeclared && host.BehindProxy)
            return;
        var behindProxy = HostMechanisms.BehindProxy(host, facts);

        // a proxy or container in sight says that TLS ends elsewhere, not that it does
        document.Context.Report(
            Descriptor,
            EndpointAnalyzer.LocationOf(host.Anchor!),
            properties: null,
            asSuggestion: proxyDeclared || behindProxy,
            additionalLocations: null,
            facts.Compilation.AssemblyName ?? "");
    }
}
