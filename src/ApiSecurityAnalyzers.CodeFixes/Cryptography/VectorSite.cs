using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Cryptography;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>The reported value of an initialization vector, nonce or salt, and the sink that receives it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Role">What it is.</param>
/// <param name="Sink">The sink, unless the value is an argument of an own method.</param>
/// <param name="IsReused">Whether the value is random, but serves more than once.</param>
/// <param name="Model">The document's model.</param>
internal sealed record VectorSite(ExpressionSyntax Value, SecretRole Role, SecretSink? Sink, bool IsReused, SemanticModel Model)
{
    /// <summary>How many bytes the value must have.</summary>
    public int Length => RandomBytes.Length(Role, Sink?.Receiver.ValueType() ?? Sink?.Member.ContainingType);

    /// <summary>A name for a new variable.</summary>
    public string Name => Role switch { SecretRole.Nonce => "nonce", SecretRole.Salt => "salt", _ => "iv" };

    /// <summary>The words for a title.</summary>
    public string Words => Role switch { SecretRole.Nonce => "nonce", SecretRole.Salt => "salt", _ => "initialization vector" };

    public static async Task<VectorSite?> FindAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || !root.FullSpan.Contains(span) || root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax value
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || !diagnostic.Properties.TryGetValue(KeyMaterialAnalyzer.RoleKey, out var name) || !Enum.TryParse<SecretRole>(name, out var role))
        {
            return null;
        }

        var sink = SinkFinder.Find(model, NameIndex.For(model.SyntaxTree, cancellationToken), cancellationToken).FirstOrDefault(s => s.Value == value && s.Role == role);
        return sink is null && value.Parent is not ArgumentSyntax ? null : new VectorSite(value, role, sink, diagnostic.Properties.ContainsKey(KeyMaterialAnalyzer.ReusedKey), model);
    }

    /// <summary>The local variable that is the value and is declared with an initial value in the same function.</summary>
    public VariableDeclaratorSyntax? Local(CancellationToken cancellationToken) =>
        ValueTracer.Strip(Value) is IdentifierNameSyntax name && Model.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol { IsConst: false, DeclaringSyntaxReferences: [var reference] }
            && reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: not null, Parent.Parent: LocalDeclarationStatementSyntax } variable
            ? variable
            : null;

    /// <summary>A name that is not in use at the value.</summary>
    public string Unique(string name)
    {
        var function = SecretSink.FunctionOf(Value);
        var result = name;
        for (var i = 2; !Model.LookupSymbols(Value.SpanStart, name: result).IsEmpty || function.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == result && t.Parent is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ParameterSyntax); i++)
            result = name + i;
        return result;
    }
}
