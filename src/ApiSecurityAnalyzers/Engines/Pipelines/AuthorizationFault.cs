using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Pipelines;

/// <summary>Why authorization that is asked for does not act.</summary>
internal enum AuthorizationFaultKind
{
    /// <summary>No scheme can sign anybody in: what is refused throws.</summary>
    NoAuthentication,

    /// <summary>The services of authorization are not registered, and <c>WebApplication</c> leaves its middleware out.</summary>
    NoAuthorization,

    /// <summary>Nothing adds the authorization middleware.</summary>
    NoMiddleware,

    /// <summary><c>WebApplication</c> adds the middleware at the start, before the <c>UseRouting</c> of the program.</summary>
    AutomaticBeforeRouting,

    /// <summary>The middleware stands where no endpoint is known.</summary>
    BeforeRouting,

    /// <summary>The middleware stands where endpoints have answered.</summary>
    BehindEndpoints,

    /// <summary>Callers are signed in after authorization has refused them.</summary>
    AuthenticationBehind,

    /// <summary><c>WebApplication</c> adds authorization at the start, before the <c>UseAuthentication</c> of the program.</summary>
    AutomaticBeforeAuthentication,

    /// <summary>Nothing signs callers in.</summary>
    NoAuthenticationMiddleware,
}

/// <summary>A reason why authorization that is asked for does not act.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Section">The pipeline.</param>
/// <param name="Node">The call that is wrong, or the host's builder where something is missing.</param>
/// <param name="IsExplicit">Endpoints demand authorization themselves; else the fallback policy does.</param>
internal sealed record AuthorizationFault(AuthorizationFaultKind Kind, PipelineSection Section, SyntaxNode Node, bool IsExplicit);
