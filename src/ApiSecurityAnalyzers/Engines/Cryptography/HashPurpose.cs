using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>
/// ASA6001: judges what a hash is for. The nearest name that says something decides: what receives the hash, then the method, then the type.
/// Names never make a finding, they only lower one.
/// </summary>
internal static class HashPurpose
{
    private const string Broken = "is broken: two inputs with the same hash can be computed, so it protects neither signatures nor integrity";
    private const string BrokenMac = "is broken: its hash or cipher has no security margin left, and no current standard allows it under a key";
    private const string Password = "is broken: a password hashed with it is guessed at billions of tries a second";
    private const string Harmless = "is broken: it tells accidental changes and names apart, not inputs that somebody made to collide";
    private const string Dated = "is dated: no forgery under a key is known, but NIST withdraws SHA-1 in all its uses by the end of 2030";

    public static Verdict Judge(FoundUse use, DocumentContext context)
    {
        var flow = new Flow(context.CancellationToken);
        var isKeyed = IsKeyed(use);
        if (use.Value is { } value)
        {
            if (use.Shape == UseShape.StaticMember && value is InvocationExpressionSyntax call)
                flow.Inputs.AddRange(call.ArgumentList.Arguments.Select(static a => a.Expression));
            flow.Follow(value);
        }

        var sha1 = use.Algorithm is BrokenHash.Sha1 or BrokenHash.HmacSha1;
        var names = Surroundings(use.Node);
        if (IsAllowed(use.Node, context)
            || (flow is { Given: > 0, Elsewhere: 0 } && !VerifiesOwn(use))
            || IsProtocol(flow, names, use.Node, sha1))
        {
            return Verdict.Silent;
        }

        if (sha1 && isKeyed)
            return new Verdict(Severity.Suggestion, Dated);
        if (flow.Inputs.Exists(i => IsPassword(i, use.Node)))
            return new Verdict(Severity.Warning, Password);
        return IsHarmless(flow, names)
            ? new Verdict(Severity.Suggestion, Harmless)
            : new Verdict(Severity.Warning, isKeyed ? BrokenMac : Broken);
    }

    /// <summary>Whether the hash works under a key.</summary>
    private static bool IsKeyed(FoundUse use)
    {
        if (use.Algorithm.StartsWith("HMAC", StringComparison.Ordinal) || use.Algorithm.EndsWith("MAC", StringComparison.Ordinal))
            return true;
        return use.Value?.Parent is ArgumentSyntax { Parent.Parent: { } owner } && owner switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => name is "CreateHMAC" or "HmacData" or "HmacDataAsync" or "TryHmacData" or "DeriveKeyFromHmac",
            ObjectCreationExpressionSyntax { Type: var type } => type.ToString() is "HMac" or "Org.BouncyCastle.Crypto.Macs.HMac",
            _ => false,
        };
    }

    /// <summary>The names around a node, nearest first: methods, then types.</summary>
    private static (List<string> Members, List<string> Types, string Namespace) Surroundings(SyntaxNode node)
    {
        var members = new List<string>();
        var types = new List<string>();
        var ns = "";
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case LocalFunctionStatementSyntax function: members.Add(function.Identifier.ValueText); break;
                case MethodDeclarationSyntax method: members.Add(method.Identifier.ValueText); break;
                case PropertyDeclarationSyntax property: members.Add(property.Identifier.ValueText); break;
                case BaseTypeDeclarationSyntax type: types.Add(type.Identifier.ValueText); break;
                case BaseNamespaceDeclarationSyntax declaration: ns = declaration.Name.ToString(); break;
            }
        }

        return (members, types, ns);
    }

    /// <summary>Whether the option names the member or type.</summary>
    private static bool IsAllowed(SyntaxNode node, DocumentContext context)
    {
        var allowed = context.Facts.Options.List(ApiSecurityOptions.WeakHashUses, context.Tree);
        if (allowed.IsEmpty)
            return false;
        for (var symbol = context.Model.GetEnclosingSymbol(node.SpanStart, context.CancellationToken); symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            var associated = symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol;
            if (associated.Name.Length == 0)
                continue;
            var full = associated.ToDisplayString(Qualified);
            if (allowed.Any(a => a == associated.Name || full == a || full.EndsWith("." + a, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    private static readonly SymbolDisplayFormat Qualified = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>Whether the type that verifies signatures also makes them: then nobody else fixed the hash.</summary>
    private static bool VerifiesOwn(FoundUse use) =>
        use.Node.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() is { } type
        && type.DescendantTokens().Any(static t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText is "SignData" or "SignHash" or "TrySignData" or "TrySignHash" or "CreateSignature");

    private static bool IsProtocol(Flow flow, (List<string> Members, List<string> Types, string Namespace) names, SyntaxNode node, bool sha1)
    {
        foreach (var name in flow.Names.Concat(names.Members).Concat(names.Types).Append(names.Namespace))
        {
            if (Words.Say(name, HashTerms.Protocol) || (sha1 && Words.Say(name, HashTerms.OneTimePassword)))
                return true;
        }

        var outermost = node.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? node.SyntaxTree.GetRoot();
        foreach (var token in outermost.DescendantTokens())
        {
            if (token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.Utf8StringLiteralToken
                && HashTerms.ProtocolTexts.Any(t => token.ValueText.IndexOf(t, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a password is part of the input, looked up through one local.</summary>
    private static bool IsPassword(ExpressionSyntax input, SyntaxNode use)
    {
        foreach (var token in input.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken))
                continue;
            if (NamesPassword(token.ValueText))
                return true;
            if (use.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
                continue;
            foreach (var declarator in member.DescendantNodes().OfType<VariableDeclaratorSyntax>())
            {
                if (declarator.Identifier.ValueText == token.ValueText && declarator.Initializer is { Value: var value } && value.Span.End <= input.SpanStart
                    && value.DescendantTokens().Any(static t => t.IsKind(SyntaxKind.IdentifierToken) && NamesPassword(t.ValueText)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>'userPassword' and 'passwordBytes' hold one, 'passwordResetRequest' does not.</summary>
    private static bool NamesPassword(string name)
    {
        var words = Words.Split(name);
        var last = words.FindLastIndex(static w => HashTerms.Password.Contains(w));
        return last >= 0 && words.Skip(last + 1).All(HashTerms.PasswordForms.Contains);
    }

    private static bool IsHarmless(Flow flow, (List<string> Members, List<string> Types, string Namespace) names)
    {
        if (Level(flow.Names) is { } near)
            return near;
        if (flow.GuidArguments.Count > 0 || flow.BecomesNumber)
            return true;
        return Level(names.Members) ?? Level(names.Types) ?? false;
    }

    /// <summary>What the names of one level say: harmless, not harmless, or nothing.</summary>
    private static bool? Level(IReadOnlyCollection<string> names)
    {
        if (names.Any(static n => Words.Say(n, HashTerms.Security)))
            return false;
        return names.Any(static n => Words.Say(n, HashTerms.Harmless)) ? true : null;
    }
}
