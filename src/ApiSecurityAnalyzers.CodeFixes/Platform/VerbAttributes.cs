using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Platform;

/// <summary>Puts another verb in the place of GET and HEAD: in attributes with their templates and names, and in lists of texts.</summary>
internal static class VerbAttributes
{
    /// <summary>The action with the verb, or <see langword="null"/> where no attribute of its own names GET or HEAD.</summary>
    public static MethodDeclarationSyntax? Replace(MethodDeclarationSyntax action, string method)
    {
        if (action.AttributeLists.SelectMany(static l => l.Attributes).FirstOrDefault(static a => Verb(a) == "AcceptVerbs") is { ArgumentList: { } arguments })
            return ReplaceTexts(action, arguments, method) as MethodDeclarationSyntax;
        var present = action.AttributeLists.SelectMany(static l => l.Attributes).Where(a => Verb(a) == "Http" + method).Select(ArgumentsOf).ToList();
        var found = false;
        SyntaxTriviaList? leading = null;
        var lists = new List<AttributeListSyntax>();
        foreach (var list in action.AttributeLists)
        {
            var attributes = new List<AttributeSyntax>();
            foreach (var attribute in list.Attributes)
            {
                if (Verb(attribute) is not ("HttpGet" or "HttpHead"))
                {
                    attributes.Add(attribute);
                    continue;
                }

                // a verb that stands there already is not named twice
                found = true;
                if (present.Contains(ArgumentsOf(attribute)))
                    continue;
                present.Add(ArgumentsOf(attribute));
                attributes.Add(Rename(attribute, method));
            }

            if (attributes.Count == 0)
            {
                leading ??= list.GetLeadingTrivia();
                continue;
            }

            var changed = attributes.Count == list.Attributes.Count
                ? list.WithAttributes(SyntaxFactory.SeparatedList(attributes, list.Attributes.GetSeparators()))
                : list.WithAttributes(SyntaxFactory.SeparatedList(attributes, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), attributes.Count - 1)));
            if (leading is { } trivia)
                changed = changed.WithLeadingTrivia(Joined(trivia, changed.GetLeadingTrivia()));
            leading = null;
            lists.Add(changed);
        }

        if (!found)
            return null;
        var result = action.WithAttributeLists(SyntaxFactory.List(lists));
        return leading is { } rest ? result.WithLeadingTrivia(Joined(rest, result.GetLeadingTrivia())) : result;
    }

    /// <summary>Puts the verb in the place of the text <c>"GET"</c> or <c>"HEAD"</c> in a part of the tree; removes it where the verb is there already.</summary>
    public static SyntaxNode? ReplaceTexts(SyntaxNode root, SyntaxNode part, string method)
    {
        var verb = method.ToUpperInvariant();
        var texts = part.DescendantNodes().OfType<LiteralExpressionSyntax>().Where(static l => l.IsKind(SyntaxKind.StringLiteralExpression)).ToList();
        var reads = texts.Where(static l => l.Token.ValueText.ToUpperInvariant() is "GET" or "HEAD").ToList();
        if (reads.Count == 0)
            return null;
        var isThere = texts.Exists(l => l.Token.ValueText.Equals(verb, StringComparison.OrdinalIgnoreCase));
        var removed = reads.Skip(isThere ? 0 : 1).Select(static l => l.Parent is ExpressionElementSyntax or AttributeArgumentSyntax ? l.Parent : (SyntaxNode)l).ToList();
        var tracked = root.TrackNodes(removed.Concat(reads));
        if (!isThere)
        {
            var first = tracked.GetCurrentNode(reads[0])!;
            tracked = tracked.ReplaceNode(first, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(verb)).WithTriviaFrom(first));
        }

        foreach (var node in removed)
            tracked = tracked.RemoveNode(tracked.GetCurrentNode(node)!, SyntaxRemoveOptions.KeepDirectives)!;
        return tracked;
    }

    /// <summary>The attribute's short name: <c>HttpGet</c>.</summary>
    private static string Verb(AttributeSyntax attribute)
    {
        var name = NameOf(attribute).Identifier.ValueText;
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    private static AttributeSyntax Rename(AttributeSyntax attribute, string method)
    {
        var name = NameOf(attribute);
        var suffix = name.Identifier.ValueText.EndsWith("Attribute", StringComparison.Ordinal) ? "Attribute" : "";
        return attribute.ReplaceNode(name, SyntaxFactory.IdentifierName("Http" + method + suffix).WithTriviaFrom(name));
    }

    private static SimpleNameSyntax NameOf(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        var name => (SimpleNameSyntax)name,
    };

    private static string ArgumentsOf(AttributeSyntax attribute) => attribute.ArgumentList is { Arguments.Count: > 0 } list ? list.Arguments.ToString() : "";

    /// <summary>What stood above what was removed, and what is more than space above what follows.</summary>
    private static SyntaxTriviaList Joined(SyntaxTriviaList above, SyntaxTriviaList below) =>
        below.All(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)) ? above : above.AddRange(below);
}
