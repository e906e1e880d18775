using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>An authorization attribute that nothing reads.</summary>
/// <param name="Place">What carries it, as the message names it.</param>
/// <param name="Reason">Why it does nothing.</param>
/// <param name="Target">Where it would act.</param>
/// <param name="Calls">The mapping calls at which it would act, where <paramref name="Target"/> says so.</param>
internal sealed record UnreadAttribute(string Place, string Reason, string Target, ImmutableArray<InvocationExpressionSyntax> Calls)
{
    /// <summary>It would act on the class around the method.</summary>
    public const string TargetClass = "Class";

    /// <summary>It would act on the endpoints that calls map.</summary>
    public const string TargetCalls = "Calls";

    /// <summary>There is no place near by where it would act.</summary>
    public const string TargetNone = "None";

    public UnreadAttribute(string place, string reason, string target)
        : this(place, reason, target, ImmutableArray<InvocationExpressionSyntax>.Empty)
    {
    }
}
