using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Judges a catch clause: is it a refused access that it catches, and what becomes of it.</summary>
internal sealed class SecurityCatch
{
    private const string Tokens = "Microsoft.IdentityModel.Tokens.SecurityTokenException";

    /// <summary>Exceptions that say that somebody was refused, wherever they are caught.</summary>
    private static readonly string[] Refusals =
    [
        "System.Security.SecurityException", "System.Security.Authentication.AuthenticationException", Tokens, "Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException",
    ];

    /// <summary>The names by which a document shows that it may hold such a clause: the exceptions, and calls that throw them where everything is caught.</summary>
    public static readonly NameSet Names = new(
        "SecurityException", "AuthenticationException", "InvalidCredentialException", "UnauthorizedAccessException", "CryptographicException", "AntiforgeryValidationException", "SecurityTokenException",
        "SecurityTokenExpiredException", "SecurityTokenInvalidSignatureException", "SecurityTokenValidationException", "SecurityTokenInvalidIssuerException", "SecurityTokenInvalidAudienceException",
        "SecurityTokenInvalidLifetimeException", "SecurityTokenNotYetValidException", "SecurityTokenSignatureKeyNotFoundException", "SecurityTokenReplayDetectedException", "SecurityTokenMalformedException",
        "SecurityTokenDecryptionFailedException", "SecurityTokenInvalidSigningKeyException", "SecurityTokenInvalidTypeException", "SecurityTokenNoExpirationException",
        "ValidateToken", "Unprotect", "ValidateRequestAsync", "VerifyIdTokenAsync", "GoogleJsonWebSignature");

    private static readonly HashSet<string> Verifying = new(StringComparer.Ordinal) { "ValidateToken", "Unprotect", "ValidateRequestAsync", "VerifyIdTokenAsync", "GoogleJsonWebSignature" };

    private static readonly HashSet<string> Answers = new(StringComparer.Ordinal)
    {
        "BadRequest", "Unauthorized", "Forbid", "StatusCode", "Problem", "ValidationProblem", "Json", "Ok", "Content", "AddModelError", "TryAddModelError", "NotFound", "Conflict", "UnprocessableEntity", "WriteAsync", "WriteAsJsonAsync", "View", "Challenge", "Text",
    };

    private readonly EndpointDocument _document;
    private readonly LogSigns _signs;

    public SecurityCatch(EndpointDocument document, LogSigns signs)
    {
        _document = document;
        _signs = signs;
    }

    /// <summary>The clauses that the name leads to: its own, where it stands in one, or those that catch everything around the call that it names.</summary>
    public static IEnumerable<CatchClauseSyntax> ClausesAt(SyntaxToken token)
    {
        if (token.Parent?.FirstAncestorOrSelf<CatchDeclarationSyntax>() is { Parent: CatchClauseSyntax clause } declaration && declaration.Type.Span.Contains(token.Span))
            return [clause];
        if (!Verifying.Contains(token.ValueText))
            return [];
        for (var node = token.Parent; node is not null and not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); node = node.Parent)
        {
            if (node.Parent is TryStatementSyntax attempt && attempt.Block == node && node.Parent is not null)
                return attempt.Catches.Where(static c => c.Declaration is null || c.Declaration.Type.ToString() is "Exception" or "System.Exception");
        }

        return [];
    }

    /// <summary>Whether what the clause catches is a refused access, and nothing is done that a reader of logs would see.</summary>
    public bool Hides(CatchClauseSyntax clause, bool isRequestCode) => clause.Parent is TryStatementSyntax attempt && IsRefusal(clause, attempt.Block, isRequestCode) && !IsKnown(clause) && !_signs.LogsWhatItThrows(attempt.Block);

    private bool IsRefusal(CatchClauseSyntax clause, BlockSyntax tried, bool isRequestCode)
    {
        if (clause.Declaration is not { } declaration || declaration.Type.ToString() is "Exception" or "System.Exception")
            return Verifies(tried, everything: true);
        var type = _document.Context.Model.GetTypeInfo(declaration.Type, _document.CancellationToken).Type;
        if (type is null)
            return false;
        if (type.Is("System.UnauthorizedAccessException"))
            return isRequestCode && !TouchesFiles(tried);
        if (type.InheritsFrom("System.Security.Cryptography.CryptographicException"))
            return Verifies(tried, everything: false);
        return Refusals.Any(r => type.InheritsFrom(r)) && (type.InheritsFrom(Tokens) || !TouchesFiles(tried));
    }

    /// <summary>Whether a token, ticket or cookie is verified.</summary>
    private static bool Verifies(BlockSyntax tried, bool everything)
    {
        var verifies = false;
        var secret = false;
        foreach (var token in tried.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken))
                continue;
            var name = token.ValueText;
            if (name is "ValidateToken" or "ValidateRequestAsync" or "VerifyIdTokenAsync" or "GoogleJsonWebSignature")
                return true;
            verifies |= name is "Unprotect" || !everything && (Begins(name, "Verify") || Begins(name, "Validate") || Begins(name, "Decrypt") || Begins(name, "Unwrap"));
            secret |= !Has(name, "cancellation") && (Has(name, "token") || Has(name, "ticket") || Has(name, "cookie") || Has(name, "jwt") || Has(name, "signature") || Has(name, "apikey") || Has(name, "session") || Has(name, "invite"));
        }

        return verifies && secret;
    }

    /// <summary>Files and the registry refuse access to the application, not to its users; so does a server's certificate.</summary>
    private static bool TouchesFiles(BlockSyntax tried) => tried.DescendantTokens().Any(static t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText is var n
        && (Has(n, "file") && !Has(n, "profile") || Has(n, "directory") || Has(n, "folder") || n is "Registry" or "Process" or "SslStream" or "AuthenticateAsClientAsync" or "AuthenticateAsClient" or "StreamReader" or "StreamWriter" || Has(n, "smtp")));

    /// <summary>Whether somebody learns of it: logged, thrown, or handed on.</summary>
    private bool IsKnown(CatchClauseSyntax clause)
    {
        var variable = clause.Declaration?.Identifier.ValueText ?? "";
        foreach (var node in clause.DescendantNodes())
        {
            switch (node)
            {
                case ThrowStatementSyntax or ThrowExpressionSyntax:
                    return true;
                case InvocationExpressionSyntax call when IsFail(call) || _signs.Records(call):
                    return true;
                case IdentifierNameSyntax name when variable.Length > 0 && name.Identifier.ValueText == variable && HandsOn(name):
                    return true;
            }
        }

        return clause.Parent is TryStatementSyntax { Finally: { } last } && last.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(_signs.Records);
    }

    /// <summary><c>AuthenticateResult.Fail(…)</c>, <c>context.Fail(…)</c>: the framework logs these.</summary>
    private static bool IsFail(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Fail", Expression: IdentifierNameSyntax { Identifier.ValueText: var receiver } } && (receiver is "AuthenticateResult" or "HandleRequestResult" || receiver.EndsWith("context", StringComparison.OrdinalIgnoreCase));

    private bool HandsOn(IdentifierNameSyntax name)
    {
        SyntaxNode value = name;
        while (value.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
            value = value.Parent;
        switch (value.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Right == value:
                return assignment.Left is not IdentifierNameSyntax { Identifier.ValueText: "_" };
            case ReturnStatementSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax:
                return true;
            case ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation }:
                return creation is not ObjectCreationExpressionSyntax { Type: var type } || !type.ToString().EndsWith("Result", StringComparison.Ordinal);
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }:
                return IsHandedTo(call);
            default:
                return false;
        }
    }

    private bool IsHandedTo(InvocationExpressionSyntax call)
    {
        var called = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        if (called == "nameof" || Answers.Contains(called))
            return false;
        var symbol = _document.Context.Model.GetSymbolInfo(call, _document.CancellationToken).Symbol as IMethodSymbol;
        return symbol is null || !_document.Application.Inspector.IsInSource(symbol) || _signs.Logs(symbol) != Answer.No;
    }

    private static bool Has(string name, string part) => name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool Begins(string name, string verb) => name.StartsWith(verb, StringComparison.Ordinal);
}
