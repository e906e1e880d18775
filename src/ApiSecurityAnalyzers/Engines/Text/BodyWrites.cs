using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>All places of a member that change a variable, by the variable's name, read in one walk when first asked for. Nothing is bound.</summary>
internal sealed class BodyWrites
{
    private static readonly ConditionalWeakTable<SyntaxNode, BodyWrites> Cache = new();

    private static readonly HashSet<string> Adding = new(StringComparer.Ordinal)
    {
        "Append", "AppendLine", "AppendFormat", "AppendJoin", "Insert", "Replace", "Add", "AddRange", "AddLast", "AddFirst", "Push", "Enqueue", "TryAdd", "InsertRange", "Write", "WriteLine",
        "AppendLiteral", "AppendFormatted",
    };

    private readonly Dictionary<string, List<VariableWrite>> _writes = new(StringComparer.Ordinal);

    private BodyWrites(SyntaxNode member)
    {
        foreach (var node in member.DescendantNodes())
            Read(node);
        foreach (var list in _writes.Values)
            list.Sort(static (a, b) => a.Position.CompareTo(b.Position));
    }

    /// <summary>The writes of the member, in the order in which they happen.</summary>
    public static BodyWrites Of(SyntaxNode member) => Cache.GetValue(member, static m => new BodyWrites(m));

    public IReadOnlyList<VariableWrite> To(string name) => _writes.TryGetValue(name, out var writes) ? writes : [];

    private void Read(SyntaxNode node)
    {
        switch (node)
        {
            case VariableDeclaratorSyntax { Initializer: { } initializer } declarator:
                Add(declarator.Identifier.ValueText, WriteKind.Set, declarator, initializer.Value);
                break;
            case AssignmentExpressionSyntax assignment:
                ReadAssignment(assignment);
                break;
            case ForEachStatementSyntax loop:
                Add(loop.Identifier.ValueText, WriteKind.Element, loop.Expression, loop.Expression);
                break;
            case ForEachVariableStatementSyntax loop:
                foreach (var name in Designations(loop.Variable))
                    Add(name, WriteKind.Element, loop.Expression, loop.Expression);
                break;
            case ArgumentSyntax argument:
                ReadArgument(argument);
                break;
            case InvocationExpressionSyntax call:
                ReadCall(call);
                break;
            case DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax designation } pattern:
                Add(designation.Identifier.ValueText, WriteKind.Component, pattern, PatternSubject(pattern));
                break;
            case VarPatternSyntax { Designation: SingleVariableDesignationSyntax designation } pattern:
                Add(designation.Identifier.ValueText, WriteKind.Component, pattern, PatternSubject(pattern));
                break;
            case RecursivePatternSyntax { Designation: SingleVariableDesignationSyntax designation } pattern:
                Add(designation.Identifier.ValueText, WriteKind.Component, pattern, PatternSubject(pattern));
                break;
        }
    }

    private void ReadAssignment(AssignmentExpressionSyntax assignment)
    {
        switch (WithoutThis(assignment.Left))
        {
            case IdentifierNameSyntax name:
                var kind = assignment.Kind() switch
                {
                    SyntaxKind.SimpleAssignmentExpression => WriteKind.Set,
                    SyntaxKind.CoalesceAssignmentExpression => WriteKind.MaySet,
                    _ => WriteKind.Add,
                };
                Add(name.Identifier.ValueText, kind, assignment, assignment.Right);
                break;
            case ElementAccessExpressionSyntax access when WithoutThis(access.Expression) is IdentifierNameSyntax name:
                Add(name.Identifier.ValueText, WriteKind.Add, assignment, assignment.Right);
                break;
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name, Name.Identifier.ValueText: "Length" } when assignment.Right is LiteralExpressionSyntax { Token.Value: 0 }:
                Add(name.Identifier.ValueText, WriteKind.Clear, assignment);
                break;
            case TupleExpressionSyntax tuple:
                for (var i = 0; i < tuple.Arguments.Count; i++)
                {
                    foreach (var name in tuple.Arguments[i].Expression is IdentifierNameSyntax id ? [id.Identifier.ValueText] : Designations(tuple.Arguments[i].Expression))
                        AddComponent(name, assignment, assignment.Right, i);
                }

                break;
            case DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax designations }:
                for (var i = 0; i < designations.Variables.Count; i++)
                {
                    if (designations.Variables[i] is SingleVariableDesignationSyntax single)
                        AddComponent(single.Identifier.ValueText, assignment, assignment.Right, i);
                }

                break;
        }
    }

    private void ReadArgument(ArgumentSyntax argument)
    {
        var isByReference = argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) || argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword);
        switch (WithoutThis(argument.Expression))
        {
            case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation }:
                AddCall(designation.Identifier.ValueText, argument);
                break;
            case IdentifierNameSyntax name when isByReference || argument.Parent is ArgumentListSyntax:
                AddCall(name.Identifier.ValueText, argument);
                break;
        }
    }

    private void ReadCall(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax access)
            return;
        var method = access.Name.Identifier.ValueText;

        // the root of a chain: builder.Append(a).Append(b)
        var receiver = access.Expression;
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner } && Adding.Contains(inner.Name.Identifier.ValueText))
            receiver = inner.Expression;
        if (WithoutThis(receiver) is not IdentifierNameSyntax name)
            return;
        if (Adding.Contains(method))
            Add(name.Identifier.ValueText, WriteKind.Add, call, [.. call.ArgumentList.Arguments.Select(static a => a.Expression)]);
        else if (method == "Clear" && receiver == access.Expression)
            Add(name.Identifier.ValueText, WriteKind.Clear, call);
        else if (receiver == access.Expression && call.Parent is ExpressionStatementSyntax)
            Writes(name.Identifier.ValueText).Add(new VariableWrite(WriteKind.Call, call, ImmutableArray<ExpressionSyntax>.Empty) { Through = receiver });
    }

    private void Add(string name, WriteKind kind, SyntaxNode node, params ExpressionSyntax?[] values) =>
        Writes(name).Add(new VariableWrite(kind, node, values.Where(static v => v is not null).Select(static v => v!).ToImmutableArray()));

    private void AddComponent(string name, SyntaxNode node, ExpressionSyntax value, int index)
    {
        // (a, b) = (x, y) sets each from its own
        var tuple = value as TupleExpressionSyntax;
        if (tuple is not null && index < tuple.Arguments.Count)
            Add(name, WriteKind.Set, node, tuple.Arguments[index].Expression);
        else
            Writes(name).Add(new VariableWrite(WriteKind.Component, node, ImmutableArray.Create(value)) { Index = index });
    }

    private void AddCall(string name, ArgumentSyntax argument) =>
        Writes(name).Add(new VariableWrite(WriteKind.Call, argument, ImmutableArray<ExpressionSyntax>.Empty) { Through = argument });

    private List<VariableWrite> Writes(string name)
    {
        if (!_writes.TryGetValue(name, out var list))
            _writes[name] = list = [];
        return list;
    }

    private static ExpressionSyntax WithoutThis(ExpressionSyntax expression) =>
        expression is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access.Name : expression;

    private static ExpressionSyntax? PatternSubject(SyntaxNode pattern)
    {
        for (var node = pattern.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case IsPatternExpressionSyntax test:
                    return test.Expression;
                case SwitchExpressionSyntax choice:
                    return choice.GoverningExpression;
                case SwitchStatementSyntax choice:
                    return choice.Expression;
                case StatementSyntax:
                    return null;
            }
        }

        return null;
    }

    private static IEnumerable<string> Designations(ExpressionSyntax variable) =>
        variable.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Select(static d => d.Identifier.ValueText);
}
