using ApiSecurityAnalyzers.CodeFixes.Helpers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>The field or constant whose initial value is a secret, and what it can become.</summary>
internal sealed class SecretMember
{
    private SecretMember(VariableDeclaratorSyntax variable, bool canChange, ServiceAccess? access)
    {
        Variable = variable;
        CanChange = canChange;
        Access = access;
    }

    public VariableDeclaratorSyntax Variable { get; }

    /// <summary>Whether the value may be something else than a constant.</summary>
    public bool CanChange { get; }

    /// <summary>The configuration, if the field can become a property of the instance: private, only read, and only where an instance is there.</summary>
    public ServiceAccess? Access { get; }

    public bool IsConst => Modifiers.Any(SyntaxKind.ConstKeyword);

    private SyntaxTokenList Modifiers => Variable.Parent!.Parent switch
    {
        FieldDeclarationSyntax declaration => declaration.Modifiers,
        LocalDeclarationStatementSyntax local => local.Modifiers,
        _ => default,
    };

    /// <summary>The member of which the expression is the initial value or a part of it.</summary>
    public static async Task<SecretMember?> OfAsync(Document document, ExpressionSyntax secret, CancellationToken cancellationToken)
    {
        if (secret.FirstAncestorOrSelf<VariableDeclaratorSyntax>(static v => v.Parent?.Parent is FieldDeclarationSyntax or LocalDeclarationStatementSyntax) is not { } variable || variable.Initializer?.Value.Span.Contains(secret.Span) != true
            || secret.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda && variable.Span.Contains(lambda.Span))
        {
            return null;
        }

        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(variable, cancellationToken) is not { } symbol)
            return null;
        var member = new SecretMember(variable, true, null);
        if (variable.Parent!.Parent is not FieldDeclarationSyntax field && !member.IsConst)
            return member;
        var references = await ReferencesAsync(symbol, document.Project.Solution, cancellationToken).ConfigureAwait(false);
        if (member.IsConst && references.Any(static r => MustBeConstant(r)))
            return new SecretMember(variable, false, null);
        field = (variable.Parent!.Parent as FieldDeclarationSyntax)!;
        if (field is null || symbol.DeclaredAccessibility != Accessibility.Private || field.Declaration.Variables.Count != 1 || references.Count == 0 || !references.TrueForAll(r => r.SyntaxTree == variable.SyntaxTree && IsInstanceRead(r)))
            return member;
        return new SecretMember(variable, true, await ServiceAccess.FindAsync(document, references[0], WantedService.Configuration, cancellationToken, membersOnly: true).ConfigureAwait(false));
    }

    /// <summary>
    /// The field as a property that computes its value: of the instance where that has the configuration, else static. A field would
    /// make the whole type unusable while the value is not set.
    /// </summary>
    public PropertyDeclarationSyntax ToProperty(FieldDeclarationSyntax current, ExpressionSyntax value)
    {
        var modifiers = SyntaxFactory.TokenList(current.Modifiers.Where(static m => m.Kind() is not (SyntaxKind.ConstKeyword or SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.VolatileKeyword)));
        if (modifiers.Count == 0)
            modifiers = SyntaxFactory.TokenList(SyntaxFactory.Token(SyntaxKind.PrivateKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        if (Access is null)
            modifiers = modifiers.Add(SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return SyntaxFactory.PropertyDeclaration(current.AttributeLists, modifiers, current.Declaration.Type, null!, Variable.Identifier.WithTrailingTrivia(SyntaxFactory.Space), null!)
            .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(SyntaxFactory.Space), value.WithoutTrivia()))
            .WithSemicolonToken(current.SemicolonToken)
            .WithLeadingTrivia(current.GetLeadingTrivia());
    }

    private static async Task<List<SyntaxNode>> ReferencesAsync(ISymbol symbol, Solution solution, CancellationToken cancellationToken)
    {
        var nodes = new List<SyntaxNode>();
        foreach (var location in (await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false)).SelectMany(static r => r.Locations))
        {
            var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            nodes.Add(root!.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true));
        }

        return nodes;
    }

    private static bool MustBeConstant(SyntaxNode reference) => reference.AncestorsAndSelf().TakeWhile(static n => n is not (StatementSyntax or BaseMethodDeclarationSyntax or BaseTypeDeclarationSyntax)).Any(static n =>
        n is AttributeArgumentSyntax or CaseSwitchLabelSyntax or ConstantPatternSyntax or ParameterSyntax || n is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword))
        || reference.FirstAncestorOrSelf<SwitchLabelSyntax>() is not null
        || reference.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { IsConst: true };

    private static bool IsInstanceRead(SyntaxNode reference)
    {
        var whole = reference.Parent is MemberAccessExpressionSyntax access && access.Name == reference ? access : reference;
        if (whole is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } || whole.Parent is AssignmentExpressionSyntax assignment && assignment.Left == whole || whole.Parent is ArgumentSyntax argument && !argument.RefKindKeyword.IsKind(SyntaxKind.None)
            || whole.Parent is PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or RefExpressionSyntax)
        {
            return false;
        }

        var member = reference.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is MethodDeclarationSyntax or PropertyDeclarationSyntax { Initializer: null } && !member.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !reference.Ancestors().TakeWhile(n => n != member).Any(static n => n is AnonymousFunctionExpressionSyntax { Modifiers.Count: > 0 } lambda && lambda.Modifiers.Any(SyntaxKind.StaticKeyword) || n is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.StaticKeyword));
    }
}
