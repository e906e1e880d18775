using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>The methods of one file that may hand a parameter on as SQL text. Kept with the tree, so that an edit reads one file again.</summary>
internal sealed class WrapperCandidates
{
    private static readonly ConditionalWeakTable<SyntaxTree, WrapperCandidates> Cache = new();

    private readonly ConcurrentDictionary<string, ImmutableArray<WrapperCandidate>> _byCalled = new(StringComparer.Ordinal);
    private (NameSet Names, ImmutableArray<WrapperCandidate> Found)? _direct;

    private WrapperCandidates()
    {
    }

    public static WrapperCandidates Of(SyntaxTree tree) => Cache.GetValue(tree, static _ => new WrapperCandidates());

    /// <summary>The methods that hand a parameter to a member of the sink table.</summary>
    public ImmutableArray<WrapperCandidate> Direct(NameSet names, SyntaxTree tree, CancellationToken cancellationToken)
    {
        lock (_byCalled)
        {
            if (_direct is { } known && known.Names == names)
                return known.Found;
        }

        var index = NameIndex.For(tree, cancellationToken);
        var found = index.HasAny(names) ? Find(index.Tokens(names, tree.GetRoot(cancellationToken), cancellationToken)) : ImmutableArray<WrapperCandidate>.Empty;
        lock (_byCalled)
            _direct = (names, found);
        return found;
    }

    /// <summary>The methods that hand a parameter to a method with the name.</summary>
    public ImmutableArray<WrapperCandidate> Of(string called, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var index = NameIndex.For(tree, cancellationToken);
        if (!index.MayHave(called))
            return ImmutableArray<WrapperCandidate>.Empty;
        return _byCalled.TryGetValue(called, out var known) ? known : _byCalled[called] = Find(index.Tokens(called, tree.GetRoot(cancellationToken), cancellationToken));
    }

    private static ImmutableArray<WrapperCandidate> Find(IEnumerable<SyntaxToken> tokens)
    {
        var found = ImmutableArray.CreateBuilder<WrapperCandidate>();
        foreach (var token in tokens)
        {
            foreach (var (node, _) in SinkLocator.NodesAt(token))
            {
                foreach (var text in TextsOf(node))
                {
                    if (Leftmost(text) is IdentifierNameSyntax name && Owner(node, name.Identifier.ValueText) is { } owner)
                        found.Add(new WrapperCandidate(owner.Name, owner.Declaration, name.Identifier.ValueText, token));
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The expression that a text begins with.</summary>
    public static ExpressionSyntax Leftmost(ExpressionSyntax text)
    {
        while (true)
        {
            switch (text)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    text = parenthesized.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax suppressed:
                    text = suppressed.Operand;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.CoalesceExpression } binary:
                    text = binary.Left;
                    continue;
                case InterpolatedStringExpressionSyntax { Contents: [InterpolationSyntax hole, ..] }:
                    text = hole.Expression;
                    continue;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }:
                    text = access.Expression;
                    continue;
                default:
                    return text;
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> TextsOf(SyntaxNode node) => node is AssignmentExpressionSyntax assignment
        ? [assignment.Right]
        : Arguments.ListOf(node)?.Arguments.Select(static a => a.Expression) ?? [];

    /// <summary>The function around the node that declares the parameter as text.</summary>
    private static (string Name, SyntaxNode Declaration)? Owner(SyntaxNode node, string parameter)
    {
        for (var current = node.Parent; current is not null and not TypeDeclarationSyntax; current = current.Parent)
        {
            switch (current)
            {
                case MethodDeclarationSyntax method when IsText(method.ParameterList, parameter):
                    return (method.Identifier.ValueText, method);
                case ConstructorDeclarationSyntax constructor when IsText(constructor.ParameterList, parameter):
                    return (constructor.Identifier.ValueText, constructor);
                case LocalFunctionStatementSyntax function when IsText(function.ParameterList, parameter):
                    return (function.Identifier.ValueText, function);
            }
        }

        return null;
    }

    private static bool IsText(ParameterListSyntax list, string parameter)
    {
        foreach (var candidate in list.Parameters)
        {
            if (candidate.Identifier.ValueText == parameter)
                return (candidate.Type is NullableTypeSyntax nullable ? nullable.ElementType : candidate.Type) is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword } or IdentifierNameSyntax { Identifier.ValueText: "String" };
        }

        return false;
    }
}
