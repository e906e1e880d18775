using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>An own method that, as far as its syntax shows, hands one of its parameters on as SQL text.</summary>
/// <param name="Name">The name by which it is called; for a constructor that of its type.</param>
/// <param name="Declaration">The method, constructor or local function.</param>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Token">The name of the sink, or of the next wrapper, in its body.</param>
internal sealed record WrapperCandidate(string Name, SyntaxNode Declaration, string Parameter, SyntaxToken Token);
