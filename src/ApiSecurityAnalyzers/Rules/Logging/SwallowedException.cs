using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Logging;

/// <summary>ASA4006: an exception that a handler catches and drops.</summary>
internal static class SwallowedException
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA4006",
        title: "Swallowed exception",
        messageFormat: "'{0}' catches {1} and does nothing about it, so that a failure, or an attack that causes it, leaves no trace",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Info,
        description: "An exception that nobody sees hides both faults and attacks.",
        cwe: 390,
        topic: Topics.Logging);

    /// <summary>The property that tells the fix what the code is called in the log, where it is no method.</summary>
    internal const string ActionKey = "Action";

    /// <summary>The end of waiting, and clients that went away: nothing has failed.</summary>
    private static readonly string[] Expected =
    [
        "System.OperationCanceledException", "System.ObjectDisposedException", "System.Net.WebSockets.WebSocketException", "Microsoft.AspNetCore.Connections.ConnectionAbortedException",
        "Microsoft.AspNetCore.Connections.ConnectionResetException", "Microsoft.JSInterop.JSDisconnectedException",
    ];

    internal static void Inspect(EndpointDocument document)
    {
        var seen = new HashSet<CatchClauseSyntax>();
        foreach (var code in RequestCode.In(document))
        {
            foreach (var clause in code.DescendantNodes(static n => n is not (TypeSyntax or AttributeListSyntax or ParameterListSyntax)).OfType<CatchClauseSyntax>())
            {
                document.CancellationToken.ThrowIfCancellationRequested();
                if (!seen.Add(clause) || clause.Filter is not null || !DoesNothing(clause.Block) || IntentComment.IsIn(clause.Block) || SetsFlag((TryStatementSyntax)clause.Parent!) || IsExpected(document, clause))
                    continue;
                var name = RequestCode.Describe(document, clause);
                document.Context.Report(
                    Descriptor,
                    clause.CatchKeyword.GetLocation(),
                    ImmutableDictionary<string, string?>.Empty.Add(ActionKey, name),
                    asSuggestion: false,
                    additionalLocations: null,
                    name,
                    clause.Declaration is { } declaration ? $"'{declaration.Type}'" : "every exception");
            }
        }
    }

    /// <summary>Nothing at all, or the way out without a result: what follows runs as if nothing had happened.</summary>
    private static bool DoesNothing(BlockSyntax block) => block.Statements.All(static s => s is EmptyStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax { Expression: null });

    /// <summary>Whether the last thing that is tried is to say that it went well: <c>sent = true;</c>. What comes afterwards asks for it.</summary>
    private static bool SetsFlag(TryStatementSyntax attempt) =>
        attempt.Block.Statements.LastOrDefault() is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Right.RawKind: (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression } };

    private static bool IsExpected(EndpointDocument document, CatchClauseSyntax clause)
    {
        if (clause.Declaration is not { } declaration)
            return false;
        var type = document.Context.Model.GetTypeInfo(declaration.Type, document.CancellationToken).Type;
        return type is null or IErrorTypeSymbol ? declaration.Type.ToString().Contains("Cancel") : Expected.Any(e => type.InheritsFrom(e));
    }
}
