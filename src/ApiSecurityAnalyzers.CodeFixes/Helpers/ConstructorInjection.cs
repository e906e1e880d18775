using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>
/// Gives a class a service through its constructor: a primary constructor gets a parameter, another one a parameter and a field, a
/// class without any gets both. Constructors that call <c>this(…)</c> pass it on.
/// </summary>
internal sealed class ConstructorInjection
{
    private readonly ServiceScope _scope;
    private readonly INamedTypeSymbol _type;
    private readonly WantedService _wanted;

    private ConstructorInjection(ServiceScope scope, INamedTypeSymbol type, WantedService wanted)
    {
        _scope = scope;
        _type = type;
        _wanted = wanted;
    }

    /// <summary>Plans the edit, or gives <see langword="null"/> where it cannot be told which constructor is used.</summary>
    public static ServiceAccess? Plan(Solution solution, ServiceScope scope, INamedTypeSymbol type, WantedService wanted, CancellationToken cancellationToken)
    {
        var injection = new ConstructorInjection(scope, type, wanted);
        var parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellationToken)).OfType<ClassDeclarationSyntax>().ToList();
        var constructors = type.InstanceConstructors.Where(static c => !c.IsImplicitlyDeclared).Select(c => c.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken)).ToList();
        if (parts.Count == 0 || constructors.Concat(parts).Any(n => solution.GetDocument(n.SyntaxTree) is null))
            return null;
        if (parts.FirstOrDefault(static p => p.ParameterList is not null) is { } primary)
            return constructors.Count == 1 ? injection.InPrimary(primary) : null;
        if (constructors.Count == 0)
            return injection.InNew(parts);
        var targets = constructors.Cast<ConstructorDeclarationSyntax>().ToList();
        var own = targets.Where(static c => c.Initializer is not { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword }).ToList();
        return own.Count == 1 && !scope.InInitializer ? injection.InExisting(own[0], targets) : null;
    }

    private ServiceAccess InPrimary(ClassDeclarationSyntax declaration)
    {
        var name = _scope.Unique(_wanted.Name);
        return new ServiceAccess(name, async (solution, cancellationToken) =>
        {
            var editor = await ServiceAccess.EditorAsync(solution, declaration, cancellationToken).ConfigureAwait(false);
            editor.ReplaceNode(declaration.ParameterList!, (current, _) => ServiceAccess.With((ParameterListSyntax)current, _wanted.TypeName, name));
        });
    }

    private ServiceAccess? InNew(List<ClassDeclarationSyntax> parts)
    {
        var declaration = parts.Contains(_scope.Type!) ? (ClassDeclarationSyntax)_scope.Type! : parts[0];
        var name = _scope.Unique(_wanted.Name);
        if (_scope.InInitializer)
        {
            if (((CSharpParseOptions)declaration.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp12)
                return null;
            return new ServiceAccess(name, async (solution, cancellationToken) =>
            {
                var editor = await ServiceAccess.EditorAsync(solution, declaration, cancellationToken).ConfigureAwait(false);
                var list = ServiceAccess.With(SyntaxFactory.ParameterList(), _wanted.TypeName, name);
                editor.ReplaceNode(declaration, (current, _) =>
                {
                    var type = (ClassDeclarationSyntax)current;
                    return type.TypeParameterList is { } generic
                        ? type.WithTypeParameterList(generic.WithoutTrailingTrivia()).WithParameterList(list.WithTrailingTrivia(generic.GetTrailingTrivia()))
                        : type.WithIdentifier(type.Identifier.WithTrailingTrivia()).WithParameterList(list.WithTrailingTrivia(type.Identifier.TrailingTrivia));
                });
            });
        }

        var field = FieldName();
        return new ServiceAccess(field, async (solution, cancellationToken) =>
        {
            var editor = await ServiceAccess.EditorAsync(solution, declaration, cancellationToken).ConfigureAwait(false);
            editor.ReplaceNode(declaration, (current, _) =>
            {
                var type = (ClassDeclarationSyntax)current;
                const string line = "\n";
                var indentation = MemberIndentation(declaration);
                var body = indentation + "    ";
                var constructor = Member($"{indentation}public {declaration.Identifier.ValueText}({_wanted.TypeName} {_wanted.Name}){line}{indentation}{{{line}{body}{Assignment(field)}{line}{indentation}}}{line}");
                var (members, index) = WithField(type, declaration, field, blankBehind: false);
                if (index + 1 < members.Count)
                    constructor = constructor.WithTrailingTrivia(constructor.GetTrailingTrivia().AddRange(BlankBefore(members[index + 1], line)));
                return type.WithMembers(members.Insert(index + 1, constructor.WithLeadingTrivia(constructor.GetLeadingTrivia().Insert(0, SyntaxFactory.EndOfLine(line)))));
            });
        });
    }

    private ServiceAccess InExisting(ConstructorDeclarationSyntax constructor, List<ConstructorDeclarationSyntax> all)
    {
        var known = constructor.ParameterList.Parameters.FirstOrDefault(p =>
            _type.InstanceConstructors.FirstOrDefault(c => c.DeclaringSyntaxReferences[0].Span == constructor.Span && c.DeclaringSyntaxReferences[0].SyntaxTree == constructor.SyntaxTree)?.Parameters.FirstOrDefault(s => s.Name == p.Identifier.ValueText) is { } symbol && _wanted.Serves(symbol.Type));
        var parameter = known?.Identifier.ValueText ?? _scope.Unique(_wanted.Name);
        var needsField = _scope.Constructor != constructor;
        var field = FieldName();
        return new ServiceAccess(needsField ? field : parameter, async (solution, cancellationToken) =>
        {
            var editor = await ServiceAccess.EditorAsync(solution, constructor, cancellationToken).ConfigureAwait(false);
            if (known is null)
            {
                foreach (var changed in all)
                {
                    var other = await ServiceAccess.EditorAsync(solution, changed, cancellationToken).ConfigureAwait(false);
                    other.ReplaceNode(changed.ParameterList, (current, _) => ServiceAccess.With((ParameterListSyntax)current, _wanted.TypeName, parameter));
                    if (changed.Initializer is { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword } initializer)
                        other.ReplaceNode(initializer.ArgumentList, (current, _) => Pass((ArgumentListSyntax)current, parameter));
                }
            }

            if (!needsField)
                return;
            editor.ReplaceNode(constructor, (current, _) => Assign((ConstructorDeclarationSyntax)current, constructor, Assignment(field, parameter)));
            var declaration = (ClassDeclarationSyntax)constructor.Parent!;
            editor.ReplaceNode(declaration, (current, _) => ((ClassDeclarationSyntax)current).WithMembers(WithField((ClassDeclarationSyntax)current, declaration, field, blankBehind: true).Members));
        });
    }

    private static ArgumentListSyntax Pass(ArgumentListSyntax list, string parameter)
    {
        // by name, since positions behind optional parameters move
        var argument = SyntaxFactory.Argument(SyntaxFactory.NameColon(parameter).WithTrailingTrivia(SyntaxFactory.Space), default, SyntaxFactory.IdentifierName(parameter));
        return list.AddArguments(list.Arguments.Count > 0 ? argument.WithLeadingTrivia(SyntaxFactory.Space) : argument);
    }

    /// <summary>Assigns the field behind the assignments with which the body begins.</summary>
    private static ConstructorDeclarationSyntax Assign(ConstructorDeclarationSyntax current, ConstructorDeclarationSyntax original, string assignment)
    {
        const string line = "\n";
        var indentation = Place.Indentation(original);
        var inner = indentation + "    ";
        var statement = SyntaxFactory.ParseStatement(inner + assignment + line);
        if (current.Body is not { } body)
        {
            var expression = current.ExpressionBody!.Expression.WithoutTrivia();
            var first = SyntaxFactory.ExpressionStatement(expression).WithLeadingTrivia(SyntaxFactory.Whitespace(inner)).WithTrailingTrivia(SyntaxFactory.EndOfLine(line));
            return current.WithExpressionBody(null).WithSemicolonToken(default)
                .WithParameterList(current.ParameterList.WithTrailingTrivia(SyntaxFactory.EndOfLine(line)))
                .WithBody(SyntaxFactory.Block(statement, first)
                    .WithOpenBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(line))))
                    .WithCloseBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.CloseBraceToken, current.SemicolonToken.TrailingTrivia)));
        }

        var index = 0;
        while (index < body.Statements.Count && body.Statements[index] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Right: IdentifierNameSyntax } })
            index++;
        if (body.Statements.Count == 0 && !body.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            // { } on one line
            return current.WithParameterList(current.ParameterList.WithTrailingTrivia(current.Initializer is null ? [SyntaxFactory.EndOfLine(line)] : current.ParameterList.GetTrailingTrivia()))
                .WithInitializer(current.Initializer?.WithTrailingTrivia(SyntaxFactory.EndOfLine(line)))
                .WithBody(SyntaxFactory.Block(statement)
                    .WithOpenBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(line))))
                    .WithCloseBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.CloseBraceToken, body.CloseBraceToken.TrailingTrivia)));
        }

        return current.WithBody(body.WithStatements(body.Statements.Insert(index, statement)));
    }

    private string Assignment(string field, string? parameter = null)
    {
        var value = parameter ?? _wanted.Name;
        return field == value ? $"this.{field} = {value};" : $"{field} = {value};";
    }

    /// <summary>The name in the style of the fields that are there.</summary>
    private string FieldName()
    {
        var fields = _type.GetMembers().OfType<IFieldSymbol>().Where(static f => f is { IsStatic: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Private }).ToList();
        var plain = fields.Count > 0 && fields.TrueForAll(static f => f.Name[0] != '_');
        return _scope.Unique(plain ? _wanted.Name : "_" + _wanted.Name);
    }

    /// <summary>The members with the field behind the first fields, and where it stands.</summary>
    private (SyntaxList<MemberDeclarationSyntax> Members, int Index) WithField(ClassDeclarationSyntax current, ClassDeclarationSyntax original, string field, bool blankBehind)
    {
        const string line = "\n";
        var added = Member($"{MemberIndentation(original)}private readonly {_wanted.TypeName} {field};{line}");
        var first = Math.Max(0, current.Members.IndexOf(static m => m is FieldDeclarationSyntax));
        var index = first + current.Members.Skip(first).TakeWhile(static m => m is FieldDeclarationSyntax).Count();
        if (blankBehind && index < current.Members.Count)
            added = added.WithTrailingTrivia(added.GetTrailingTrivia().AddRange(BlankBefore(current.Members[index], line)));
        return (current.Members.Insert(index, added), index);
    }

    private static SyntaxTriviaList BlankBefore(MemberDeclarationSyntax next, string line) =>
        StartsWithBlank(next) ? SyntaxFactory.TriviaList() : SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(line));

    private static bool StartsWithBlank(SyntaxNode node) => node.GetLeadingTrivia() is { Count: > 0 } trivia && trivia[0].IsKind(SyntaxKind.EndOfLineTrivia);

    private static string MemberIndentation(ClassDeclarationSyntax declaration) =>
        declaration.Members.Count > 0 ? Place.Indentation(declaration.Members[0]) : Place.Indentation(declaration) + "    ";

    private static MemberDeclarationSyntax Member(string text) =>
        SyntaxFactory.ParseMemberDeclaration(text)!.WithAdditionalAnnotations(ServiceAccess.Annotations);
}
