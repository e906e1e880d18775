using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Authorization;

/// <summary>Another place at which authorization can be required.</summary>
/// <param name="Key">The key of the action.</param>
/// <param name="Title">Its title.</param>
/// <param name="Call">The call that gets <c>.RequireAuthorization()</c>.</param>
internal sealed record AccessPlace(string Key, string Title, InvocationExpressionSyntax Call);
