using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>Which expressions of a call a parameter gets.</summary>
internal static class Arguments
{
    /// <summary>
    /// The expressions for a parameter: one, several for a <c>params</c> parameter, none where the default value is taken. A default
    /// result means that they cannot be told.
    /// </summary>
    public static ImmutableArray<ExpressionSyntax> Of(SyntaxNode call, IMethodSymbol called, int ordinal)
    {
        var list = ListOf(call);
        var position = ordinal;
        if (called.ReducedFrom is { } whole)
        {
            // the receiver is the first argument of an extension method
            if (ordinal == 0)
                return ReceiverOf(call) is { } receiver ? ImmutableArray.Create(receiver) : default;
            position--;
            called = whole;
        }

        if (list is null)
            return ImmutableArray<ExpressionSyntax>.Empty;
        if (ordinal >= called.Parameters.Length)
            return default;
        var parameter = called.Parameters[ordinal];
        for (var i = 0; i < list.Arguments.Count; i++)
        {
            if (list.Arguments[i].NameColon is { } name && name.Name.Identifier.ValueText == parameter.Name)
                return ImmutableArray.Create(list.Arguments[i].Expression);
        }

        if (parameter.IsParams)
            return list.Arguments.Skip(position).Where(static a => a.NameColon is null).Select(static a => a.Expression).ToImmutableArray();
        if (position < list.Arguments.Count && list.Arguments[position].NameColon is null)
            return ImmutableArray.Create(list.Arguments[position].Expression);
        return ImmutableArray<ExpressionSyntax>.Empty;
    }

    /// <summary>The parameter that an argument is for, as an ordinal of the unreduced method, or -1.</summary>
    public static int OrdinalOf(ArgumentSyntax argument, IMethodSymbol called)
    {
        if (argument.Parent is not BaseArgumentListSyntax list)
            return -1;
        var whole = called.ReducedFrom ?? called;
        if (argument.NameColon is { } name)
            return whole.Parameters.FirstOrDefault(p => p.Name == name.Name.Identifier.ValueText)?.Ordinal ?? -1;
        var index = list.Arguments.IndexOf(argument) + (called.ReducedFrom is null ? 0 : 1);
        return index < whole.Parameters.Length ? index : whole.Parameters.Length > 0 && whole.Parameters[whole.Parameters.Length - 1].IsParams ? whole.Parameters.Length - 1 : -1;
    }

    public static ArgumentListSyntax? ListOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax invocation => invocation.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        ConstructorInitializerSyntax initializer => initializer.ArgumentList,
        PrimaryConstructorBaseTypeSyntax primary => primary.ArgumentList,
        _ => null,
    };

    public static ExpressionSyntax? ReceiverOf(SyntaxNode call) => call is InvocationExpressionSyntax invocation
        ? invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax => invocation.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        }
        : null;

    /// <summary>The call that a name is called by, or <see langword="null"/> where it is used in another way.</summary>
    public static SyntaxNode? CallOf(SimpleNameSyntax name)
    {
        ExpressionSyntax called = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        return called.Parent is InvocationExpressionSyntax invocation && invocation.Expression == called ? invocation : null;
    }
}
