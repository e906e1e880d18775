using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>
/// Where a value goes, by syntax: outwards through calls, into locals and fields and on from there, as far as one type reaches. Collects the
/// names that it meets on its way. Bounded in depth and steps; what lies beyond is left to the names around.
/// </summary>
internal sealed class Flow
{
    private const int MaxDepth = 3;
    private const int MaxSteps = 200;

    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal) { "ToInt16", "ToUInt16", "ToInt32", "ToUInt32", "ToInt64", "ToUInt64" };

    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly CancellationToken _cancellationToken;
    private int _steps;

    public Flow(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    /// <summary>Names and short texts that receive the value or stand beside it.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The arguments of the methods that are called on the value: what is hashed.</summary>
    public List<ExpressionSyntax> Inputs { get; } = [];

    /// <summary>Creations of a 'Guid' that the value reaches, each with the argument.</summary>
    public List<ArgumentSyntax> GuidArguments { get; } = [];

    /// <summary>Whether a short number is made of the value, which collides by itself.</summary>
    public bool BecomesNumber { get; private set; }

    /// <summary>How many ways end in the verification of a signature, or another place where the hash is given from outside.</summary>
    public int Given { get; private set; }

    /// <summary>How many ways end elsewhere.</summary>
    public int Elsewhere { get; private set; }

    public void Follow(ExpressionSyntax value) => Follow(value, 0);

    private void Follow(ExpressionSyntax value, int depth)
    {
        SyntaxNode node = value;
        while (node.Parent is { } parent && _steps++ < MaxSteps)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            switch (parent)
            {
                case MemberAccessExpressionSyntax member when member.Expression == node:
                    Names.Add(member.Name.Identifier.ValueText);
                    if (member.Parent is InvocationExpressionSyntax called && called.Expression == member)
                    {
                        Inputs.AddRange(called.ArgumentList.Arguments.Select(static a => a.Expression));
                        parent = called;
                    }

                    break;
                case ArgumentSyntax { Parent.Parent: { } owner } argument:
                    if (owner is ElementAccessExpressionSyntax)
                        break;
                    if (IsGiven(owner))
                    {
                        Given++;
                        return;
                    }

                    if (owner is BaseObjectCreationExpressionSyntax creation && CreatedName(creation) == "Guid")
                        GuidArguments.Add(argument);
                    AddCall(owner, argument);
                    parent = owner;
                    break;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                    Names.Add(declarator.Identifier.ValueText);
                    FollowName(declarator.Identifier.ValueText, Scope(declarator), declarator, depth);
                    return;
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                    Names.Add(property.Identifier.ValueText);
                    FollowName(property.Identifier.ValueText, property.Parent, property, depth);
                    return;
                case AssignmentExpressionSyntax assignment when assignment.Right == node:
                    AddAll(assignment.Left);
                    if (Target(assignment.Left) is { } target)
                        FollowName(target.Name, target.IsMember ? (SyntaxNode?)assignment.FirstAncestorOrSelf<TypeDeclarationSyntax>() : assignment.FirstAncestorOrSelf<MemberDeclarationSyntax>(), assignment.Left, depth);
                    else
                        Elsewhere++;
                    return;
                case UsingStatementSyntax or StatementSyntax or ArrowExpressionClauseSyntax or MemberDeclarationSyntax or AccessorDeclarationSyntax when node is not AnonymousFunctionExpressionSyntax && parent.Parent is not AnonymousFunctionExpressionSyntax:
                    Elsewhere++;
                    return;
            }

            node = parent;
        }

        Elsewhere++;
    }

    private void FollowName(string name, SyntaxNode? scope, SyntaxNode origin, int depth)
    {
        if (scope is null || depth >= MaxDepth || !_followed.Add(name))
        {
            Elsewhere++;
            return;
        }

        var found = false;
        foreach (var token in scope.DescendantTokens())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != name || token.Parent is not IdentifierNameSyntax reference || origin.Span.Contains(reference.Span))
                continue;
            if (reference.Parent is AssignmentExpressionSyntax assigned && assigned.Left == reference || reference.Parent is NameColonSyntax or QualifiedNameSyntax)
                continue;
            if (reference.Parent is MemberAccessExpressionSyntax access && access.Name == reference && access.Expression is not ThisExpressionSyntax)
                continue;
            if (_steps >= MaxSteps)
                break;

            // 'md5.Dispose()' and 'md5?.Dispose()' lead nowhere
            ExpressionSyntax use = reference.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : reference;
            if (use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "Clear" or "Key" } || use.Parent is ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" } } })
                continue;
            found = true;
            Follow(use, depth + 1);
        }

        if (!found)
            Elsewhere++;
    }

    /// <summary>Where the name of a declarator is known.</summary>
    private static SyntaxNode? Scope(VariableDeclaratorSyntax declarator) => declarator.Parent?.Parent is BaseFieldDeclarationSyntax field
        ? field.Parent
        : declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>() is GlobalStatementSyntax global ? global.Parent : declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>();

    private static (string Name, bool IsMember)? Target(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax { Parent: AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } } => null,
        IdentifierNameSyntax name => (name.Identifier.ValueText, !IsLocal(name)),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax member } => (member.Identifier.ValueText, true),
        _ => null,
    };

    private static bool IsLocal(IdentifierNameSyntax name) =>
        name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && member.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(d => d.Identifier.ValueText == name.Identifier.ValueText);

    /// <summary>The hash was fixed by whoever made what is checked here, or by a standard that does not rest on collisions.</summary>
    private static bool IsGiven(SyntaxNode owner) => owner switch
    {
        InvocationExpressionSyntax call => NameOf(call.Expression) is { } name
            && (name.StartsWith("Verify", StringComparison.Ordinal) || name.StartsWith("TryVerify", StringComparison.Ordinal)
                || name is "FindByThumbprint" or "GetCertHash" or "GetCertHashString" or "TryGetCertHash" or "CreateOaep" or "Pbkdf2"
                || (call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && NameOf(receiver) is "HKDF" or "SP800108HmacCounterKdf")),
        ObjectCreationExpressionSyntax creation => NameOf(creation.Type) is "Rfc2898DeriveBytes" or "PbeParameters" or "SP800108HmacCounterKdf" or "OaepEncoding" or "Pkcs5S2ParametersGenerator" or "HkdfBytesGenerator",
        _ => false,
    };

    private void AddCall(SyntaxNode owner, ArgumentSyntax argument)
    {
        switch (owner)
        {
            case InvocationExpressionSyntax call:
                BecomesNumber |= call.Expression is MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var method }
                    && ((NameOf(receiver) == "BitConverter" && Numbers.Contains(method)) || (NameOf(receiver) == "BinaryPrimitives" && method.StartsWith("Read", StringComparison.Ordinal)));
                AddAll(call.Expression);
                AddSiblings(call.ArgumentList, argument);
                break;
            case ObjectCreationExpressionSyntax creation:
                AddAll(creation.Type);
                AddSiblings(creation.ArgumentList, argument);
                break;
        }

        if (argument.NameColon is { } name)
            Names.Add(name.Name.Identifier.ValueText);
    }

    private void AddSiblings(ArgumentListSyntax? list, ArgumentSyntax argument)
    {
        foreach (var sibling in list?.Arguments ?? default)
        {
            if (sibling != argument && sibling.Expression is not AnonymousFunctionExpressionSyntax)
                AddAll(sibling.Expression);
        }
    }

    private void AddAll(SyntaxNode node)
    {
        foreach (var token in node.DescendantTokens(static n => n is not (AnonymousFunctionExpressionSyntax or ArgumentListSyntax)))
            Add(token);
        if (node is ElementAccessExpressionSyntax element)
        {
            foreach (var token in element.ArgumentList.DescendantTokens())
                Add(token);
        }
    }

    private void Add(SyntaxToken token)
    {
        if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText.IndexOf("cancellation", StringComparison.OrdinalIgnoreCase) < 0)
            Names.Add(token.ValueText);
        else if (token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText.Length is > 0 and <= 40)
            Names.Add(token.ValueText);
    }

    /// <summary>The type that is created, for <c>new(…)</c> as far as the declaration around says it.</summary>
    private static string? CreatedName(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax { Type: var type } => NameOf(type),
        { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variables } } } => NameOf(variables.Type),
        { Parent: ArrowExpressionClauseSyntax or ReturnStatementSyntax } => creation.Ancestors().Select(static a => a switch
        {
            MethodDeclarationSyntax method => NameOf(method.ReturnType),
            LocalFunctionStatementSyntax function => NameOf(function.ReturnType),
            BasePropertyDeclarationSyntax property => NameOf(property.Type),
            _ => null,
        }).FirstOrDefault(static n => n is not null),
        _ => null,
    };

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
