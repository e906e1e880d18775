using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.ApiUse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>
/// CBC needs an initialization vector that decryption gets back. Where the code sets one already, the mode alone changes; otherwise encryption puts
/// a random one in front of the ciphertext and decryption takes it from there. Code in other shapes is left alone: with the mode alone it could
/// not decrypt what it encrypts.
/// </summary>
internal sealed class EcbToCbc
{
    private const int Block = 16;

    private readonly FixScene _scene;
    private readonly NodeEdits _edits;

    public EcbToCbc(FixScene scene, NodeEdits edits)
    {
        _scene = scene;
        _edits = edits;
    }

    /// <summary>Whether the ciphertext begins with a vector now.</summary>
    public bool AddsVector { get; private set; }

    public bool TryAdd(FoundUse use) => use.Shape switch
    {
        UseShape.Member => TryAddMode((ExpressionSyntax)use.Node, use),
        UseShape.Other => use.Value is InvocationExpressionSyntax call && TryAddOneShot(call),
        _ => false,
    };

    private bool TryAddMode(ExpressionSyntax mode, FoundUse use)
    {
        if (mode.Parent is not AssignmentExpressionSyntax { Left: var left } assignment || assignment.Right != mode)
            return false;
        var member = FixScene.MemberOf(mode);
        var name = left switch
        {
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } => owner.Identifier.ValueText,
            IdentifierNameSyntax when assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } } } => declarator.Identifier.ValueText,
            _ => null,
        };
        if (name is null || !(SetsVector(member, assignment, name) || TryAddTransforms(member, name)))
            return false;
        return new UseSwap(_scene, Rules.Cryptography.WeakCipherMode.Table, _edits).TryAdd(use);
    }

    /// <summary>Whether the code gives a vector, which ECB ignored.</summary>
    private static bool SetsVector(SyntaxNode member, AssignmentExpressionSyntax mode, string name)
    {
        if (mode.Parent is InitializerExpressionSyntax initializer && initializer.Expressions.Any(static e => e is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "IV" } }))
            return true;
        var transforms = Transforms(member, name).ToList();
        return member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => a.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IV", Expression: IdentifierNameSyntax owner } && owner.Identifier.ValueText == name)
            || (transforms.Count > 0 && transforms.TrueForAll(static t => t.ArgumentList.Arguments.Count == 2 && t.ArgumentList.Arguments[1].Expression is not (LiteralExpressionSyntax or ArrayCreationExpressionSyntax)));
    }

    private static IEnumerable<InvocationExpressionSyntax> Transforms(SyntaxNode member, string name) =>
        member.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(c => c.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateEncryptor" or "CreateDecryptor", Expression: IdentifierNameSyntax owner } && owner.Identifier.ValueText == name);

    /// <summary>Follows the one transform of a fresh algorithm object to the place where the bytes go.</summary>
    private bool TryAddTransforms(SyntaxNode member, string name)
    {
        if (!IsFresh(member, name) || Transforms(member, name).ToList() is not { Count: 1 } transforms || transforms[0] is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var made } } transform)
            return false;
        var isEncryption = made == "CreateEncryptor";
        if (transform.ArgumentList.Arguments.Count == 2 && isEncryption)
            return false;
        var variable = transform.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } ? declarator.Identifier.ValueText : null;
        var consumers = (variable is null ? [transform] : member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(i => i.Identifier.ValueText == variable).Cast<ExpressionSyntax>()).ToList();
        if (consumers.Count != 1)
            return false;
        AddsVector = true;
        return consumers[0].Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TransformFinalBlock", Parent: InvocationExpressionSyntax final } => TryAddFinalBlock(final, transform, name, isEncryption),
            ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax stream } when stream.Type.ToString().EndsWith("CryptoStream", StringComparison.Ordinal) => TryAddStream(member, stream, transform, name, isEncryption),
            _ => false,
        };
    }

    /// <summary>Whether the object is made in the member, so that its vector is a new one for each call.</summary>
    private bool IsFresh(SyntaxNode member, string name) =>
        member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(d => d.Identifier.ValueText == name && d.Initializer?.Value is ObjectCreationExpressionSyntax or InvocationExpressionSyntax or ImplicitObjectCreationExpressionSyntax
            && _scene.Model.GetDeclaredSymbol(d, _scene.CancellationToken) is ILocalSymbol { Type: var type } && IsAes(type));

    private static bool IsAes(ITypeSymbol? type) => type.InheritsFrom("System.Security.Cryptography.Aes") || type.InheritsFrom("System.Security.Cryptography.Rijndael");

    private bool TryAddFinalBlock(InvocationExpressionSyntax final, InvocationExpressionSyntax transform, string name, bool isEncryption)
    {
        if (final.ArgumentList.Arguments is not { Count: 3 } arguments || arguments[0].Expression is not IdentifierNameSyntax data || arguments[1].Expression.ToString() != "0" || arguments[2].Expression.ToString() != data + ".Length")
            return false;
        if (isEncryption)
        {
            _edits.Replace(final, n => Parse($"{name}.IV.Concat({n.WithoutTrivia()}).ToArray()", n));
            return true;
        }

        _edits.Replace(final.ArgumentList, n => n.WithArguments(SyntaxFactory.SeparatedList([n.Arguments[0], Argument(Block.ToString()), Argument($"{data}.Length - {Block}")], Commas(n.Arguments))));
        return TakeVector(transform, name, data.Identifier.ValueText);
    }

    private bool TryAddStream(SyntaxNode member, ObjectCreationExpressionSyntax stream, InvocationExpressionSyntax transform, string name, bool isEncryption)
    {
        if (stream.ArgumentList?.Arguments is not { Count: >= 3 } arguments || arguments[0].Expression is not IdentifierNameSyntax inner || arguments[2].Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var direction })
            return false;
        var memory = member.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(d => d.Identifier.ValueText == inner.Identifier.ValueText)?.Initializer?.Value as ObjectCreationExpressionSyntax;
        if (memory is null || !memory.Type.ToString().EndsWith("MemoryStream", StringComparison.Ordinal))
            return false;
        if (isEncryption)
        {
            var statement = stream.FirstAncestorOrSelf<StatementSyntax>(static s => s.Parent is BlockSyntax);
            if (direction != "Write" || memory.ArgumentList?.Arguments.Count > 0 || statement is null || statement.Span.Contains(memory.Span) || statement.Span.Contains(transform.Span) && transform.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() != stream)
                return false;
            InsertBefore(statement, $"{inner}.Write({name}.IV, 0, {name}.IV.Length);");
            return true;
        }

        if (direction != "Read" || memory.ArgumentList?.Arguments is not { Count: 1 } source || source[0].Expression is not IdentifierNameSyntax data)
            return false;
        _edits.Replace(memory.ArgumentList, n => n.WithArguments(SyntaxFactory.SeparatedList([n.Arguments[0], Argument(Block.ToString()), Argument($"{data}.Length - {Block}")], [Comma, Comma])));
        return TakeVector(transform, name, data.Identifier.ValueText);
    }

    /// <summary><c>aes.CreateDecryptor()</c> takes the vector from the front of the data, which has to be known there.</summary>
    private bool TakeVector(InvocationExpressionSyntax transform, string name, string data)
    {
        var member = FixScene.MemberOf(transform);
        var isKnown = member.DescendantNodes().OfType<ParameterSyntax>().Any(p => p.Identifier.ValueText == data)
            || member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(d => d.Identifier.ValueText == data && d.Span.End < transform.SpanStart);
        if (!isKnown)
            return false;
        var key = transform.ArgumentList.Arguments.Count == 2 ? transform.ArgumentList.Arguments[0].Expression.ToString() : name + ".Key";
        _edits.Replace(transform.ArgumentList, n => n.WithArguments(SyntaxFactory.SeparatedList([Argument(key), Argument($"{data}.Take({Block}).ToArray()")], [Comma])));
        return true;
    }

    private bool TryAddOneShot(InvocationExpressionSyntax call)
    {
        if (call is not { Expression: MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var method }, ArgumentList.Arguments: { Count: 2 } arguments } || !IsAes(_scene.TypeOfValue(receiver)))
            return false;
        AddsVector = true;
        var padding = arguments[1].ToString();
        if (method == "DecryptEcb")
        {
            if (arguments[0].Expression is not IdentifierNameSyntax data)
                return false;
            _edits.Replace(call, n => Parse($"{receiver}.DecryptCbc({data}[{Block}..], {data}[..{Block}], {padding})", n));
            return true;
        }

        if (method != "EncryptEcb" || call.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not null)
            return false;

        // each call gets a vector of its own, also where calls share the object
        var statement = call.FirstAncestorOrSelf<StatementSyntax>();
        var declaration = "var iv = System.Security.Cryptography.RandomNumberGenerator.GetBytes(" + Block + ");";
        if (_scene.Model.LookupSymbols(call.SpanStart, name: "iv").Length > 0)
            return false;
        _edits.Replace(call, n => Parse($"iv.Concat({receiver}.EncryptCbc({arguments[0]}, iv, {padding})).ToArray()", n));
        if (statement is { Parent: BlockSyntax block })
        {
            if (block.DescendantNodes().OfType<InvocationExpressionSyntax>().Count(static c => c.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EncryptEcb" }) > 1)
                return false;
            InsertBefore(statement, declaration);
            return true;
        }

        if (statement is null && call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { ExpressionBody: { } } arrow)
        {
            _edits.Wrap(arrow, n => n
                .WithExpressionBody(null)
                .WithSemicolonToken(default)
                .WithBody(SyntaxFactory.Block(Statement(declaration), SyntaxFactory.ReturnStatement(n.ExpressionBody!.Expression.WithoutTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)))
                .WithTrailingTrivia(n.GetTrailingTrivia())
                .WithAdditionalAnnotations(Formatter.Annotation));
            return true;
        }

        return false;
    }

    private void InsertBefore(StatementSyntax statement, string text) => _edits.Expand(statement, n =>
    [
        Statement(text).WithLeadingTrivia(n.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed),
        n.WithLeadingTrivia(n.GetLeadingTrivia().Where(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse().Take(1)),
    ]);

    private static StatementSyntax Statement(string text) => SyntaxFactory.ParseStatement(text).WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private static readonly SyntaxToken Comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);

    private static IEnumerable<SyntaxToken> Commas(SeparatedSyntaxList<ArgumentSyntax> arguments) => arguments.GetSeparators();

    private static ArgumentSyntax Argument(string text) => SyntaxFactory.Argument(SyntaxFactory.ParseExpression(text));

    private static ExpressionSyntax Parse(string text, SyntaxNode replaced) => SyntaxFactory.ParseExpression(text).WithTriviaFrom(replaced).WithAdditionalAnnotations(Simplifier.Annotation);
}
