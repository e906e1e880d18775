using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Whether code names a person: by its identifiers, or by the placeholders of a message. Names are enough, since the answer only silences.</summary>
internal static class ActorNames
{
    /// <summary>Names by which every entry is given properties: Serilog, scopes, Application Insights.</summary>
    public static readonly NameSet Enrichers = new("PushProperty", "BeginScope", "EnrichDiagnosticContext", "IDiagnosticContext", "ITelemetryInitializer", "ILogEventEnricher", "ILogEnricher");

    private static readonly string[] Words =
    [
        "user", "actor", "principal", "claim", "subjectid", "identity", "member", "customer", "email", "operator", "author", "owner", "caller", "admin", "person", "employee", "account", "whoami", "upn", "impersonat",
    ];

    /// <summary>Whether the arguments of a log call name somebody.</summary>
    public static bool AreIn(ArgumentListSyntax arguments)
    {
        foreach (var token in arguments.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && IsOne(token.ValueText))
                return true;
            if (token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken && HasPlaceholder(token.ValueText))
                return true;
        }

        return false;
    }

    /// <summary>Whether any identifier of the code names somebody.</summary>
    public static bool AreIn(SyntaxNode code) => code.DescendantTokens().Any(static t => t.IsKind(SyntaxKind.IdentifierToken) && IsOne(t.ValueText));

    /// <summary>Whether middleware, an enricher or an initializer gives every entry the user.</summary>
    public static bool AreAddedToAll(EndpointDocument document)
    {
        foreach (var tree in document.Context.Facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, document.CancellationToken);
            if (!index.HasAny(Enrichers))
                continue;
            foreach (var token in index.Tokens(Enrichers, tree.GetRoot(document.CancellationToken), document.CancellationToken))
            {
                var around = token.Parent!.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && !type.Identifier.ValueText.EndsWith("Controller", StringComparison.Ordinal)
                    ? type
                    : (SyntaxNode?)token.Parent.FirstAncestorOrSelf<StatementSyntax>();
                if (around is not null && AreIn(around))
                    return true;
            }
        }

        return false;
    }

    /// <summary><c>{UserId}</c>, or <c>user {Id}</c>.</summary>
    private static bool HasPlaceholder(string text)
    {
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close > open && IsOne(text.Substring(open, close - open)))
                return true;
            var before = text.Substring(0, open).TrimEnd(' ', ':', '\'', '"', '#', '=', '(', '[');
            if (IsOne(before.Substring(before.LastIndexOf(' ') + 1)))
                return true;
        }

        // the end of a text that an interpolation follows
        return IsOne(text.TrimEnd(' ', ':', '\'', '#', '=', '(', '[') is var end ? end.Substring(end.LastIndexOf(' ') + 1) : "") && text.EndsWith(" ", StringComparison.Ordinal);
    }

    private static bool IsOne(string name) => Words.Any(w => name.IndexOf(w, StringComparison.OrdinalIgnoreCase) >= 0) && name.IndexOf("authoriz", StringComparison.OrdinalIgnoreCase) < 0;
}
