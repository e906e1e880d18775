using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Pipelines;

/// <summary>Why a rate limiter that is configured does not act.</summary>
internal enum LimiterFaultKind
{
    /// <summary>Nothing runs it.</summary>
    NoMiddleware,

    /// <summary>It stands where no endpoint is known, and policies of endpoints do not act.</summary>
    BeforeRouting,

    /// <summary>It stands where requests have been answered.</summary>
    BehindEndpoints,

    /// <summary>Its limit is so high that nobody meets it.</summary>
    AbsurdLimit,

    /// <summary>The limiter for all requests lets everything through.</summary>
    NoLimit,

    /// <summary>An endpoint names a policy that nobody registered, and throws.</summary>
    UnknownPolicy,

    /// <summary>All clients share the limiter of a sign-in endpoint.</summary>
    SharedBySignIn,
}

/// <summary>A limiter of a pipeline that does not act.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Section">The pipeline.</param>
/// <param name="Call">The call that is in the wrong place, or the one that registers what nothing runs.</param>
internal sealed record LimiterFault(LimiterFaultKind Kind, PipelineSection Section, InvocationExpressionSyntax Call);
