using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Which builders of a host a type is; <c>WebApplication</c> is several at once.</summary>
[Flags]
internal enum BuilderKinds
{
    None = 0,

    /// <summary><c>IApplicationBuilder</c>: middleware.</summary>
    Pipeline = 1,

    /// <summary><c>IEndpointRouteBuilder</c>: endpoints.</summary>
    Routes = 2,

    /// <summary><c>IEndpointConventionBuilder</c>: metadata of what was mapped.</summary>
    Convention = 4,

    /// <summary><c>IServiceCollection</c> and the builders that wrap it.</summary>
    Services = 8,

    /// <summary>Host builders, which reach services and, through start-up filters, the pipeline.</summary>
    Host = 16,
}

/// <summary>Tells which builder a type is.</summary>
internal static class Builders
{
    private static readonly (string Type, BuilderKinds Kind)[] Table =
    [
        ("Microsoft.AspNetCore.Builder.IApplicationBuilder", BuilderKinds.Pipeline),
        ("Microsoft.AspNetCore.Routing.IEndpointRouteBuilder", BuilderKinds.Routes),
        ("Microsoft.AspNetCore.Builder.IEndpointConventionBuilder", BuilderKinds.Convention),
        ("Microsoft.Extensions.DependencyInjection.IServiceCollection", BuilderKinds.Services),
        ("Microsoft.Extensions.DependencyInjection.IMvcBuilder", BuilderKinds.Services),
        ("Microsoft.Extensions.DependencyInjection.IMvcCoreBuilder", BuilderKinds.Services),
        ("Microsoft.AspNetCore.Authentication.AuthenticationBuilder", BuilderKinds.Services),
        ("Microsoft.AspNetCore.Authorization.AuthorizationBuilder", BuilderKinds.Services),
        ("Microsoft.Extensions.Logging.ILoggingBuilder", BuilderKinds.Services),
        ("Microsoft.Extensions.Hosting.IHostBuilder", BuilderKinds.Host),
        ("Microsoft.Extensions.Hosting.IHostApplicationBuilder", BuilderKinds.Host),
        ("Microsoft.AspNetCore.Builder.WebApplicationBuilder", BuilderKinds.Host),
        ("Microsoft.AspNetCore.Hosting.IWebHostBuilder", BuilderKinds.Host),
    ];

    public static BuilderKinds KindOf(ITypeSymbol? type)
    {
        if (type is null or IErrorTypeSymbol)
            return BuilderKinds.None;
        var kinds = BuilderKinds.None;
        foreach (var (name, kind) in Table)
        {
            if ((kinds & kind) == 0 && (type.InheritsFrom(name) || type.Implements(name)))
                kinds |= kind;
        }

        return kinds;
    }
}
