using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Engines.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>SHA-256 gives 32 bytes: buffers grow with it, and a 'Guid' takes the first 16.</summary>
internal sealed class HashSizes
{
    private const int Size = 32;
    private const string Sha256 = "System.Security.Cryptography.SHA256";

    private readonly FixScene _scene;
    private readonly NodeEdits _edits;

    public HashSizes(FixScene scene, NodeEdits edits)
    {
        _scene = scene;
        _edits = edits;
    }

    /// <summary>Whether a part of the hash is used only.</summary>
    public bool Truncates { get; private set; }

    /// <summary>Adapts what depends on the size of the hash; <see langword="false"/> where a buffer cannot be seen.</summary>
    public bool TryAdapt(FoundUse use)
    {
        if (use.Value is not { } value)
            return true;
        var flow = new Flow(_scene.CancellationToken);
        flow.Follow(value);
        if (flow.GuidArguments.Count > 0 && !AdaptGuids(flow.GuidArguments))
            return false;
        if (use.Value is InvocationExpressionSyntax call && use.Shape == UseShape.StaticMember && !AdaptDestination(call))
            return false;

        // 'md5.TryComputeHash(data, buffer, out _)'
        foreach (var filled in FixScene.MemberOf(use.Node).DescendantNodes().OfType<InvocationExpressionSyntax>().Where(static c => c.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryComputeHash" or "TryGetHashAndReset" or "GetHashAndReset" or "TryGetCurrentHash" }))
        {
            if (use.Shape is not UseShape.Name && !AdaptDestination(filled))
                return false;
        }

        return true;
    }

    private bool AdaptGuids(IEnumerable<ArgumentSyntax> arguments)
    {
        foreach (var argument in arguments)
        {
            if (IsPart(argument.Expression))
                continue;
            var type = _scene.TypeOfValue(argument.Expression);
            if (argument.Parent is not ArgumentListSyntax { Arguments.Count: 1 } || type is null || _scene.SymbolOf(argument.Parent.Parent!) is not IMethodSymbol { Parameters: { Length: 1 } parameters } || parameters[0].Type.SpecialType == SpecialType.System_String)
                return false;
            var canSlice = _scene.Language >= LanguageVersion.CSharp8 && _scene.Has("System.Range") && (type is not IArrayTypeSymbol || _scene.Facts.Types["System.Runtime.CompilerServices.RuntimeHelpers"]?.GetMembers("GetSubArray").IsEmpty == false);
            _edits.Replace(argument.Expression, n => SyntaxFactory.ParseExpression(Primary(n) + (canSlice ? "[..16]" : ".Take(16).ToArray()")).WithTriviaFrom(n));
            Truncates = true;
        }

        return true;
    }

    private static string Primary(ExpressionSyntax expression) => expression is InvocationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax
        ? expression.WithoutTrivia().ToFullString()
        : "(" + expression.WithoutTrivia().ToFullString() + ")";

    /// <summary>Whether the expression takes a part of the hash already.</summary>
    private static bool IsPart(ExpressionSyntax expression) => expression switch
    {
        ElementAccessExpressionSyntax => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var receiver } } call =>
            name is "Take" or "Slice" || name is "AsSpan" && call.ArgumentList.Arguments.Count > 0 || name is "ToArray" && IsPart(receiver),
        _ => false,
    };

    /// <summary>The buffer that a call fills with a hash has to hold one.</summary>
    private bool AdaptDestination(InvocationExpressionSyntax call)
    {
        if (_scene.SymbolOf(call) is not IMethodSymbol method || method.Parameters.FirstOrDefault(static p => p.Name == "destination") is not { } parameter)
            return true;
        var argument = call.ArgumentList.Arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText == "destination") ?? call.ArgumentList.Arguments.ElementAtOrDefault(parameter.Ordinal);
        if (argument is null || Buffer(argument.Expression) is not { } size)
            return false;
        if (size is LiteralExpressionSyntax { Token.Value: int number })
        {
            if (number >= Size)
                return true;
            var hasSize = _scene.Facts.Types[Sha256]?.GetMembers("HashSizeInBytes").IsEmpty == false;
            if (!_edits.Covers(size))
                _edits.Replace(size, n => (hasSize ? SyntaxFactory.ParseExpression("SHA256.HashSizeInBytes") : SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(Size))).WithTriviaFrom(n));
            return true;
        }

        return size is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HashSizeInBytes" };
    }

    /// <summary>The size with which the buffer is made.</summary>
    private ExpressionSyntax? Buffer(ExpressionSyntax destination)
    {
        if (destination is IdentifierNameSyntax && _scene.SymbolOf(destination) is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_scene.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value })
        {
            destination = value;
        }

        return destination switch
        {
            StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax type, Initializer: null } => type.RankSpecifiers[0].Sizes[0],
            ArrayCreationExpressionSyntax { Type: var type, Initializer: null } => type.RankSpecifiers[0].Sizes[0],
            _ => null,
        };
    }
}
