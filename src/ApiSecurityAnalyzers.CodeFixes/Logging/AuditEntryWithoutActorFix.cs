using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Rules.Logging;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.CodeFixes.Logging;

/// <summary>ASA4008: names the user, as a structured argument with a placeholder in the message.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AuditEntryWithoutActorFix))]
public sealed class AuditEntryWithoutActorFix : LogFix
{
    internal const string AddUser = "ASA4008.AddUser";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(AuditEntryWithoutActor.Descriptor.Id);

    private protected override string Title => "Add the user to the entry";

    private protected override string Key => AddUser;

    private protected override async Task<LogEdit?> PlanAsync(Document document, TextSpan span, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null || span.End > root.FullSpan.End || root.FindToken(span.Start).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || ActorNames.AreIn(call.ArgumentList) || Message(call, model, cancellationToken) is not { } message || FunctionGraph.Around(call) is not { } function)
        {
            return null;
        }

        var symbol = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancellationToken).Symbol : model.GetDeclaredSymbol(function, cancellationToken)) as IMethodSymbol;
        if (symbol is null)
            return null;
        var (user, access) = await UserAccess.FindAsync(document, model, call, symbol, cancellationToken).ConfigureAwait(false);
        return user is null
            ? null
            : new LogEdit(document, editor => editor.ReplaceNode(call.ArgumentList, (current, _) => WithUser((ArgumentListSyntax)current, call.ArgumentList.Arguments.IndexOf(message), user + ".Identity?.Name")), access);
    }

    /// <summary>The argument that is the message: a text, with an argument for each placeholder, or an interpolated one with none.</summary>
    private static ArgumentSyntax? Message(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || method.ContainingAssembly?.Name is not { } assembly || !(assembly.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) || assembly is "Serilog" or "NLog"))
            return null;
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(static a => a.NameColon is not null))
            return null;
        var index = arguments.IndexOf(static a => a.Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or InterpolatedStringExpressionSyntax);
        if (index < 0)
            return null;
        var message = arguments[index];
        if (message.Expression is InterpolatedStringExpressionSyntax text)
            return index == arguments.Count - 1 && text.StringEndToken.Text == "\"" ? message : null;

        // an array in the place of the arguments cannot be added to
        var given = arguments.Count - index - 1;
        var isArray = given == 1 && model.GetTypeInfo(arguments[index + 1].Expression, cancellationToken).Type is IArrayTypeSymbol;
        return isArray ? null : message;
    }

    private static ArgumentListSyntax WithUser(ArgumentListSyntax list, int index, string user)
    {
        var message = list.Arguments[index];
        if (message.Expression is InterpolatedStringExpressionSyntax text)
        {
            var addition = ((InterpolatedStringExpressionSyntax)SyntaxFactory.ParseExpression($"$\" by {{{user}}}\"")).Contents;
            return list.WithArguments(list.Arguments.Replace(message, message.WithExpression(text.WithContents(text.Contents.AddRange(addition)))));
        }

        var token = ((LiteralExpressionSyntax)message.Expression).Token;
        var written = token.Text;
        var end = written.Length - written.Reverse().TakeWhile(static c => c == '"').Count();
        if (end > 0 && written[end - 1] == '.')
            end--;
        var literal = SyntaxFactory.ParseExpression(written.Insert(end, " by {User}")).WithTriviaFrom(message.Expression);
        var arguments = list.Arguments.Replace(message, message.WithExpression(literal));
        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(user));
        var last = arguments.Last();
        var separators = arguments.GetSeparators().ToList();
        var onOwnLine = separators.Count > 0 && separators[separators.Count - 1].TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        argument = onOwnLine
            ? argument.WithLeadingTrivia(last.GetLeadingTrivia().Where(static t => t.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(last.GetTrailingTrivia())
            : argument.WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(last.GetTrailingTrivia());
        arguments = arguments.Replace(last, last.WithoutTrailingTrivia());
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
        separators.Add(onOwnLine ? comma.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")) : comma);
        return list.WithArguments(SyntaxFactory.SeparatedList(arguments.Append(argument), separators));
    }
}
