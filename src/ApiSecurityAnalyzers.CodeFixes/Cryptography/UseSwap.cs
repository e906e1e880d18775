using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.ApiUse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>Puts what serves instead in the place of a use, in the shape in which it is used.</summary>
internal sealed class UseSwap
{
    private readonly FixScene _scene;
    private readonly ApiTable _table;
    private readonly NodeEdits _edits;

    public UseSwap(FixScene scene, ApiTable table, NodeEdits edits)
    {
        _scene = scene;
        _table = table;
        _edits = edits;
    }

    /// <summary>Plans the replacement of one use; <see langword="false"/> where there is none.</summary>
    public bool TryAdd(FoundUse use)
    {
        switch (use.Shape)
        {
            case UseShape.StaticMember:
                return use.Replacement is { } called && _scene.Has(called) && AddStaticMember(use, called);
            case UseShape.Creation:
                return use is { Replacement: { } created, Value: ObjectCreationExpressionSyntax creation } && _scene.Has(created) && AddCreation(creation, created);
            case UseShape.ImplicitCreation:
                if (use is not { Replacement: { } declared, Value: ImplicitObjectCreationExpressionSyntax implicitly } || !_scene.Has(declared))
                    return false;
                Rename((ExpressionSyntax)use.Node, declared);
                if (IsAbstract(declared))
                    _edits.Replace(implicitly, n => Parse(Renamed((ExpressionSyntax)use.Node, declared) + ".Create()", n));
                return true;
            case UseShape.TypeArgument:
                if (use.Replacement is not { } argument || !_scene.Has(argument) || IsAbstract(argument))
                    return false;
                Rename((ExpressionSyntax)use.Node, argument);
                return true;
            case UseShape.Member:
                return use is { Replacement: { } member, Member: { } row } && Exists(row.Type, member) && AddMember((ExpressionSyntax)use.Node, member);
            case UseShape.Name:
            case UseShape.Default:
                return AddName(use);
            default:
                return false;
        }
    }

    /// <summary>Renames the types that the table replaces by the given ones wherever the scope declares or casts to them.</summary>
    /// <returns>Whether the change shows outside the scope's types.</returns>
    public bool RenameDeclared(SyntaxNode scope, ISet<string> replacements)
    {
        var reachesOut = false;
        foreach (var name in scope.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (!_table.HasTypeNamed(name.Identifier.ValueText) || name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null)
                continue;
            var whole = name.Parent is QualifiedNameSyntax qualified && qualified.Right == name ? (ExpressionSyntax)qualified : name;
            if (_edits.Covers(whole) || whole.Parent is TypeOfExpressionSyntax or BaseTypeSyntax || _table.Find(_scene.SymbolOf(whole) as INamedTypeSymbol) is not { Replacement: { } replacement } || !replacements.Contains(replacement) || !_scene.Has(replacement))
                continue;
            Rename(whole, replacement);
            reachesOut |= IsSignature(whole);
        }

        return reachesOut;
    }

    /// <summary>Renames <c>T.HashSizeInBytes</c> and the like, which name a type without using it.</summary>
    public void RenameConstants(SyntaxNode scope, ISet<string> replacements)
    {
        foreach (var member in scope.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            if (member.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax && member.Name.Identifier.ValueText is "HashSizeInBytes" or "HashSizeInBits"
                && !_edits.Covers(member.Expression) && _table.Find(_scene.SymbolOf(member.Expression) as INamedTypeSymbol) is { Replacement: { } replacement } && replacements.Contains(replacement))
            {
                Rename(member.Expression, replacement);
            }
        }
    }

    private bool AddStaticMember(FoundUse use, string replacement)
    {
        var member = use.Value is InvocationExpressionSyntax { Expression: var callee } ? callee : use.Value;
        var method = member is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : (member as SimpleNameSyntax)?.Identifier.ValueText;
        if (method == "Create" && use.Value is InvocationExpressionSyntax create)
        {
            // HMAC classes are created, hashes and ciphers give themselves
            var type = NewType(use, replacement);
            _edits.Replace(create, n => Parse(IsAbstract(replacement) ? type + ".Create()" : "new " + type + "()", n));
            return true;
        }

        if (member is SimpleNameSyntax imported && use.Node == imported)
            _edits.Replace(imported, n => Parse(replacement + "." + n.Identifier.ValueText, n));
        else
            Rename((ExpressionSyntax)use.Node, replacement);
        return true;
    }

    private bool AddCreation(ObjectCreationExpressionSyntax creation, string replacement)
    {
        if (IsAbstract(replacement))
        {
            if (creation.Initializer is { } initializer)
                return AddCreationWithInitializer(creation, initializer, replacement);
            _edits.Replace(creation, n => Parse(Renamed(creation.Type, replacement) + ".Create()", n));
            return true;
        }

        Rename(creation.Type, replacement);

        // 'new HMACSHA1(key, useManagedSha1)' has no sibling
        if (creation.ArgumentList is { Arguments: { Count: 2 } arguments } list && _scene.TypeOfValue(arguments[1].Expression)?.SpecialType == SpecialType.System_Boolean)
            _edits.Replace(list, n => n.WithArguments(SyntaxFactory.SingletonSeparatedList(n.Arguments[0])));
        return true;
    }

    /// <summary><c>var x = new T { A = 1 };</c> becomes <c>var x = R.Create(); x.A = 1;</c>, on lines of their own.</summary>
    private bool AddCreationWithInitializer(ObjectCreationExpressionSyntax creation, InitializerExpressionSyntax initializer, string replacement)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax, Declaration.Variables.Count: 1 } statement } declarator }
            || initializer.Expressions.Any(static e => e is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax }))
        {
            return false;
        }

        var name = declarator.Identifier.ValueText;
        Rename(creation.Type, replacement);
        _edits.Expand(statement, n =>
        {
            var changed = (ObjectCreationExpressionSyntax)((LocalDeclarationStatementSyntax)n).Declaration.Variables[0].Initializer!.Value;
            var assignments = changed.Initializer!.Expressions.Select(a => SyntaxFactory.ParseStatement(name + "." + a.WithoutTrivia() + ";")
                .WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
            return assignments.Prepend(n.ReplaceNode(changed, Parse(changed.Type.WithoutTrivia() + ".Create()", changed)));
        });
        return true;
    }

    private bool AddMember(ExpressionSyntax node, string member)
    {
        if (node is CastExpressionSyntax { Type: var type })
            _edits.Replace(node, n => Parse(type.WithoutTrivia() + "." + member, n));
        else
            _edits.Replace(node is MemberAccessExpressionSyntax access ? access.Name : (SimpleNameSyntax)node, n => n.WithIdentifier(SyntaxFactory.Identifier(member).WithTriviaFrom(n.Identifier)));
        return true;
    }

    private bool AddName(FoundUse use)
    {
        if (use is { Factory: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } factory, FactoryType: { } type } && _scene.Has(type) && (use.Shape == UseShape.Default || use.Node is LiteralExpressionSyntax))
        {
            var name = receiver is SimpleNameSyntax or MemberAccessExpressionSyntax ? Renamed(receiver, type) : type;
            _edits.Replace(factory, n => Parse(IsAbstract(type) ? name + ".Create()" : "new " + name + "()", n));
            return true;
        }

        if (use.Replacement is not { } text || use.Node is not ExpressionSyntax argument)
            return false;
        var literal = argument is LiteralExpressionSyntax ? argument : DeclaredText(argument);
        _edits.Replace(literal ?? argument, n => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text)).WithTriviaFrom(n));
        return true;
    }

    /// <summary>The literal of a private constant, field or local of the document: changing it there leaves nothing unused.</summary>
    private LiteralExpressionSyntax? DeclaredText(ExpressionSyntax reference) =>
        _scene.SymbolOf(reference) is (ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private }) and var symbol
        && symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration && declaration.SyntaxTree == _scene.Root.SyntaxTree
        && declaration.GetSyntax(_scene.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal } ? literal : null;

    private void Rename(ExpressionSyntax type, string replacement)
    {
        if (_edits.Covers(type))
            return;
        if (RightMost(type) is not { } name || !_table.HasTypeNamed(name.Identifier.ValueText))
            _edits.Replace(type, n => Parse(replacement, n));
        else
            _edits.Replace(name, n => n.WithIdentifier(SyntaxFactory.Identifier(SimpleName(replacement)).WithTriviaFrom(n.Identifier)));
    }

    /// <summary>The type's text with another last name: written as the code writes it, since both are in one namespace.</summary>
    private string Renamed(ExpressionSyntax type, string replacement)
    {
        var text = type.WithoutTrivia().ToString();
        var dot = text.LastIndexOf('.');
        return RightMost(type) is { } name && _scene.SymbolOf(name) is INamedTypeSymbol symbol && symbol.Name == name.Identifier.ValueText ? text.Substring(0, dot + 1) + SimpleName(replacement) : replacement;
    }

    private string NewType(FoundUse use, string replacement) =>
        use.Node is SimpleNameSyntax or MemberAccessExpressionSyntax && RightMost((ExpressionSyntax)use.Node) is { } name && _table.HasTypeNamed(name.Identifier.ValueText) ? Renamed((ExpressionSyntax)use.Node, replacement) : replacement;

    private static SimpleNameSyntax? RightMost(ExpressionSyntax type) => type switch
    {
        SimpleNameSyntax name => name,
        QualifiedNameSyntax qualified => qualified.Right,
        MemberAccessExpressionSyntax member => member.Name,
        AliasQualifiedNameSyntax alias => alias.Name,
        _ => null,
    };

    private static string SimpleName(string type) => type.Substring(type.LastIndexOf('.') + 1);

    private static ExpressionSyntax Parse(string text, SyntaxNode replaced) =>
        SyntaxFactory.ParseExpression(text).WithTriviaFrom(replaced).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private bool IsAbstract(string type) => _scene.Facts.Types[type] is { IsAbstract: true };

    private bool Exists(string type, string member) => _scene.Facts.Types[type] is { } symbol && !symbol.GetMembers(member).IsEmpty;

    /// <summary>Whether a type stands in the signature of a member that other documents see.</summary>
    private bool IsSignature(SyntaxNode type)
    {
        if (type.FirstAncestorOrSelf<StatementSyntax>() is not null || type.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            return false;
        var declared = member is BaseFieldDeclarationSyntax field ? field.Declaration.Variables.Select(v => _scene.Model.GetDeclaredSymbol(v, _scene.CancellationToken)).FirstOrDefault() : _scene.Model.GetDeclaredSymbol(member, _scene.CancellationToken);
        return declared is not null && declared.DeclaredAccessibility != Accessibility.Private;
    }
}
