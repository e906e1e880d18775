using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

/// <summary>One way to an action: a template and the methods that it answers there.</summary>
/// <param name="Template">The template of attributes, tokens filled in; <see langword="null"/> where a conventional route leads to it.</param>
/// <param name="Methods">The HTTP methods, ordered; empty for any.</param>
internal sealed record ActionSelector(string? Template, ImmutableArray<string> Methods);
