using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>
/// A method that encrypts and the one method of the same type that decrypts with the same vector. The first puts a random vector in front
/// of what it returns, the second takes it from the front of what it gets; between these ends nothing changes.
/// </summary>
internal sealed class VectorPair
{
    private static readonly HashSet<string> Encoders = new(StringComparer.Ordinal) { "ToBase64String", "ToHexString", "ToHexStringLower", "Base64UrlEncode", "EncodeToString" };
    private static readonly HashSet<string> Decoders = new(StringComparer.Ordinal) { "FromBase64String", "FromHexString", "Base64UrlDecode", "DecodeFromChars", "DecodeBytes" };

    private readonly VectorSite _site;
    private readonly MethodDeclarationSyntax _encrypt;
    private readonly MethodDeclarationSyntax _decrypt;
    private readonly ExpressionSyntax _vector;
    private readonly List<ExpressionSyntax> _outputs;
    private readonly ExpressionSyntax? _input;
    private readonly ParameterSyntax? _parameter;
    private readonly FieldDeclarationSyntax? _field;

    private VectorPair(VectorSite site, MethodDeclarationSyntax encrypt, MethodDeclarationSyntax decrypt, ExpressionSyntax vector, List<ExpressionSyntax> outputs, ExpressionSyntax? input, ParameterSyntax? parameter, FieldDeclarationSyntax? field)
    {
        _site = site;
        _encrypt = encrypt;
        _decrypt = decrypt;
        _vector = vector;
        _outputs = outputs;
        _input = input;
        _parameter = parameter;
        _field = field;
    }

    /// <summary>The pair around a value, or <see langword="null"/> where either end is not understood.</summary>
    public static async Task<VectorPair?> FindAsync(Document document, VectorSite site, CancellationToken cancellationToken)
    {
        var model = site.Model;
        if (site.Sink is not { Function: MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } encrypt } || site.Role == SecretRole.Salt || !HasRanges(model) || !RandomBytes.HasGetBytes(model.Compilation)
            || IsInsideFunction(site.Value, encrypt) || Vectors(encrypt, model, cancellationToken).Count() != 1)
        {
            return null;
        }

        var source = Source(site.Value, model, cancellationToken);
        var symbol = model.GetSymbolInfo(source, cancellationToken).Symbol;
        if (symbol is not (IFieldSymbol or IPropertySymbol) && source is IdentifierNameSyntax or MemberAccessExpressionSyntax)
            return null;
        (MethodDeclarationSyntax Method, ExpressionSyntax Value)? found = null;
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>())
        {
            if (method == encrypt)
                continue;
            foreach (var value in Vectors(method, model, cancellationToken))
            {
                var other = Source(value, model, cancellationToken);
                var same = symbol is not null ? SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(other, cancellationToken).Symbol, symbol) : other.IsEquivalentTo(source, topLevel: false);
                if (!same)
                    continue;

                // a second method that uses the vector would be left behind
                if (found is not null)
                    return null;
                found = (method, value);
            }
        }

        if (found is not { } decrypt || !Decrypts(decrypt.Method) || IsInsideFunction(decrypt.Value, decrypt.Method) || Vectors(decrypt.Method, model, cancellationToken).Count() != 1
            || Outputs(encrypt, site.Value, model, cancellationToken) is not { } outputs || !Input(decrypt.Method, decrypt.Value, model, cancellationToken, out var input, out var parameter))
        {
            return null;
        }

        var field = symbol is null ? null : await RemovableAsync(symbol, document.Project.Solution, encrypt, decrypt.Method, cancellationToken).ConfigureAwait(false);
        return field is { IsShared: true } ? null : new VectorPair(site, encrypt, decrypt.Method, decrypt.Value, outputs, input, parameter, field?.Field);
    }

    /// <summary>Makes the edits.</summary>
    public void Apply(SyntaxEditor editor)
    {
        ApplyToEncryption(editor);
        ApplyToDecryption(editor);
        if (_field is not null)
            RemoveField(editor, _field);
    }

    private void ApplyToEncryption(SyntaxEditor editor)
    {
        var random = RandomBytes.Expression(_site.Length);
        var local = _site.Local(default);
        var scope = local?.Parent?.Parent?.Parent;
        if (local is not null && _outputs.TrueForAll(o => scope!.Span.Contains(o.Span)))
        {
            editor.ReplaceNode(local.Initializer!.Value, Parse(random).WithTriviaFrom(local.Initializer.Value));
            Wrap(editor, local.Identifier.ValueText);
            return;
        }

        var name = _site.Unique(_site.Name);
        editor.ReplaceNode(_site.Value, SyntaxFactory.IdentifierName(name).WithTriviaFrom(_site.Value));
        Wrap(editor, name);
        Begin(editor, _encrypt, _site.Value, $"var {name} = {random};");
    }

    private void Wrap(SyntaxEditor editor, string name)
    {
        var canSpread = ((CSharpParseOptions)_encrypt.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp12;
        foreach (var output in _outputs)
        {
            editor.ReplaceNode(output, (current, _) =>
            {
                var code = current.WithoutTrivia().ToString();
                var isSimple = current is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax;
                return Parse(canSpread ? $"[.. {name}, .. {code}]" : $"System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Concat({name}, {(isSimple ? code : "(" + code + ")")}))").WithTriviaFrom(current);
            });
        }
    }

    private void ApplyToDecryption(SyntaxEditor editor)
    {
        var length = _site.Length;
        var vector = Source(_vector, _site.Model, default);
        if (_parameter is not null)
        {
            // the caller's array: its name goes on to mean the ciphertext
            var data = _parameter.Identifier.ValueText;
            var name = UniqueIn(_decrypt, _site.Name);
            editor.ReplaceNode(vector, SyntaxFactory.IdentifierName(name).WithTriviaFrom(vector));
            Begin(editor, _decrypt, First(vector), $"var {name} = {data}[..{length}];", $"{data} = {data}[{length}..];");
            return;
        }

        var payload = UniqueIn(_decrypt, "payload");
        var input = _input!;
        editor.ReplaceNode(vector, Parse($"{payload}[..{length}]").WithTriviaFrom(vector));
        editor.ReplaceNode(input, Parse($"{payload}[{length}..]").WithTriviaFrom(input));
        Begin(editor, _decrypt, input.SpanStart < vector.SpanStart ? input : vector, $"var {payload} = {input.WithoutTrivia()};");
    }

    /// <summary>The first use of the parameter or of the vector.</summary>
    private ExpressionSyntax First(ExpressionSyntax vector) => _decrypt.Body is not { } body ? vector
        : body.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(n => n.Identifier.ValueText == _parameter!.Identifier.ValueText && !IsGuard(n)) is { } use && use.SpanStart < vector.SpanStart ? use : vector;

    /// <summary>Checks of the argument stay above.</summary>
    private static bool IsGuard(SyntaxNode use) => use.FirstAncestorOrSelf<IfStatementSyntax>() is { Statement: ReturnStatementSyntax or ThrowStatementSyntax or BlockSyntax { Statements: [ReturnStatementSyntax or ThrowStatementSyntax] } } || use.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ThrowIfNull" or "ThrowIfNullOrEmpty" } };

    /// <summary>Puts statements in front of the method's own statement around a node; an expression body becomes a block.</summary>
    private static void Begin(SyntaxEditor editor, MethodDeclarationSyntax method, SyntaxNode node, params string[] codes)
    {
        if (method.Body is { } body)
        {
            Statements.InsertBefore(editor, body.Statements.First(s => s.Span.Contains(node.Span)), codes);
            return;
        }

        editor.ReplaceNode(method, (current, _) =>
        {
            var declaration = (MethodDeclarationSyntax)current;
            var indentation = Place.Indentation(method);
            var expression = declaration.ExpressionBody!.Expression.WithoutTrivia();
            var statements = codes.Append("return ;").Select(c => SyntaxFactory.ParseStatement(indentation + "    " + c + "\n").WithAdditionalAnnotations(ServiceAccess.Annotations)).ToList();
            var last = (ReturnStatementSyntax)statements[statements.Count - 1];
            statements[statements.Count - 1] = last.WithExpression(expression);
            var block = SyntaxFactory.Block(statements)
                .WithOpenBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine("\n"))))
                .WithCloseBraceToken(SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indentation)), SyntaxKind.CloseBraceToken, declaration.SemicolonToken.TrailingTrivia));
            return declaration.WithExpressionBody(null).WithSemicolonToken(default).WithParameterList(declaration.ParameterList.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"))).WithBody(block);
        });
    }

    private static void RemoveField(SyntaxEditor editor, FieldDeclarationSyntax field)
    {
        var type = (TypeDeclarationSyntax)field.Parent!;
        var index = type.Members.IndexOf(field);

        // what follows the first member stands below a blank line that now has nothing above it
        if (index == 0 && type.Members.Count > 1 && type.Members[1].GetLeadingTrivia() is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..])
            editor.ReplaceNode(type.Members[1], static (current, _) => current.WithLeadingTrivia(current.GetLeadingTrivia().Skip(1)));
        editor.RemoveNode(field, SyntaxRemoveOptions.KeepNoTrivia);
    }

    /// <summary>The fields that only the pair uses can go; a field that others use must stay, and they would be left behind.</summary>
    private static async Task<(FieldDeclarationSyntax? Field, bool IsShared)?> RemovableAsync(ISymbol symbol, Solution solution, SyntaxNode encrypt, SyntaxNode decrypt, CancellationToken cancellationToken)
    {
        foreach (var location in (await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false)).SelectMany(static r => r.Locations))
        {
            if (location.Location.SourceTree != encrypt.SyntaxTree || !encrypt.Span.Contains(location.Location.SourceSpan) && !decrypt.Span.Contains(location.Location.SourceSpan))
                return (null, IsConstructorOf(symbol, location.Location) ? false : true);
        }

        if (symbol is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var reference] } || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax declaration })
            return (null, false);
        var canGo = declaration is { Declaration.Variables.Count: 1, AttributeLists.Count: 0, ContainsDirectives: false };
        return (canGo ? declaration : null, false);
    }

    /// <summary>An assignment in a constructor only gives the value.</summary>
    private static bool IsConstructorOf(ISymbol symbol, Location location) =>
        location.SourceTree?.GetRoot().FindNode(location.SourceSpan, getInnermostNodeForTie: true) is { } node && node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null && symbol.DeclaredAccessibility == Accessibility.Private
        && (node.Parent is MemberAccessExpressionSyntax ? node.Parent.Parent : node.Parent) is AssignmentExpressionSyntax;

    /// <summary>A local with one value stands for it.</summary>
    private static ExpressionSyntax Source(ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken) =>
        ValueTracer.Strip(value) is IdentifierNameSyntax name && model.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } && reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent.Parent: LocalDeclarationStatementSyntax }
            ? initial
            : value;

    /// <summary>The values in a method that serve as initialization vectors or nonces, for either direction.</summary>
    private static IEnumerable<ExpressionSyntax> Vectors(MethodDeclarationSyntax method, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var node in method.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IV" } or IdentifierNameSyntax { Identifier.ValueText: "IV" } } assignment
                    when model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol is IPropertySymbol property && property.ContainingType.InheritsFrom("System.Security.Cryptography.SymmetricAlgorithm"):
                    yield return assignment.Right;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateEncryptor" or "CreateDecryptor" or "EncryptCbc" or "DecryptCbc" or "EncryptCfb" or "DecryptCfb" or "Encrypt" or "Decrypt" } } call
                    when model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol target && target.DeclaringSyntaxReferences.IsEmpty && (SinkFinder.Argument(call.ArgumentList, target, "rgbIV") ?? SinkFinder.Argument(call.ArgumentList, target, "iv") ?? SinkFinder.Argument(call.ArgumentList, target, "nonce")) is { } value:
                    yield return value;
                    break;
            }
        }
    }

    private static bool Decrypts(MethodDeclarationSyntax method) => method.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(static m => m.Name.Identifier.ValueText is "CreateDecryptor" or "DecryptCbc" or "DecryptCfb" or "Decrypt");

    /// <summary>The ciphertexts that the method returns; <see langword="null"/> where it returns something else.</summary>
    private static List<ExpressionSyntax>? Outputs(MethodDeclarationSyntax method, ExpressionSyntax vector, SemanticModel model, CancellationToken cancellationToken)
    {
        if (method.ExpressionBody is { } arrow)
            return Output(arrow.Expression, model, cancellationToken) is { } only ? [only] : null;
        var outputs = new List<ExpressionSyntax>();
        foreach (var statement in method.Body!.DescendantNodes(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>())
        {
            if (statement.Expression is null)
                return null;

            // if (string.IsNullOrEmpty(text)) return text;
            if (statement.SpanStart < vector.SpanStart)
                continue;
            if (Output(statement.Expression, model, cancellationToken) is not { } output)
                return null;
            outputs.Add(output);
        }

        return outputs.Count == 0 ? null : outputs.Distinct().ToList();
    }

    private static ExpressionSyntax? Output(ExpressionSyntax returned, SemanticModel model, CancellationToken cancellationToken)
    {
        returned = ValueTracer.Strip(returned);
        if (IsBytes(model.GetTypeInfo(returned, cancellationToken).Type))
            return returned;
        if (returned is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [var argument, ..] } && Encoders.Contains(access.Name.Identifier.ValueText))
            return IsBytes(model.GetTypeInfo(argument.Expression, cancellationToken).Type) ? argument.Expression : null;
        var source = Source(returned, model, cancellationToken);
        return source != returned && source is InvocationExpressionSyntax ? Output(source, model, cancellationToken) : null;
    }

    /// <summary>The place where the method gets the ciphertext: a decoding of a parameter, or a parameter of bytes.</summary>
    private static bool Input(MethodDeclarationSyntax method, ExpressionSyntax vector, SemanticModel model, CancellationToken cancellationToken, out ExpressionSyntax? input, out ParameterSyntax? parameter)
    {
        input = null;
        parameter = null;
        var decoded = method.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(i => i is { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [var argument] } && Decoders.Contains(access.Name.Identifier.ValueText)
            && IsBytes(model.GetTypeInfo(i, cancellationToken).Type) && argument.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => model.GetSymbolInfo(n, cancellationToken).Symbol is IParameterSymbol)).ToList();
        if (decoded.Count == 1 && !IsInsideFunction(decoded[0], method))
        {
            var names = decoded[0].DescendantNodes().OfType<IdentifierNameSyntax>().Select(static n => n.Identifier.ValueText).ToList();
            var start = method.Body?.Statements.First(s => s.Span.Contains(vector.Span) || s.Span.Contains(decoded[0].Span)).SpanStart ?? 0;

            // the decoding moves up to the first use of the vector: nothing on the way may change what it decodes
            if (method.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => a.SpanStart >= start && a.SpanStart < decoded[0].SpanStart && a.Left is IdentifierNameSyntax left && names.Contains(left.Identifier.ValueText)))
                return false;
            if (decoded[0].DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => model.GetSymbolInfo(n, cancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var local] } && local.Span.Start >= start))
                return false;
            input = decoded[0];
            return true;
        }

        var arrays = method.ParameterList.Parameters.Where(p => model.GetDeclaredSymbol(p, cancellationToken) is IParameterSymbol { RefKind: RefKind.None } symbol && IsBytes(symbol.Type)).ToList();
        if (decoded.Count > 0 || arrays.Count != 1 || Source(vector, model, cancellationToken) is IdentifierNameSyntax name && name.Identifier.ValueText == arrays[0].Identifier.ValueText)
            return false;
        parameter = arrays[0];
        return !IsKey(method, parameter.Identifier.ValueText);
    }

    private static bool IsKey(MethodDeclarationSyntax method, string name) => method.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == name
        && (n.Parent is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Key" } } || n.Parent is ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax { Type: var type } } && type.ToString() is "AesGcm" or "AesCcm" or "ChaCha20Poly1305"
            || n.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateDecryptor" } } } list } argument && list.Arguments.IndexOf(argument) == 0));

    private static bool IsBytes(ITypeSymbol? type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };

    private static bool IsInsideFunction(SyntaxNode node, SyntaxNode method) => node.Ancestors().TakeWhile(n => n != method).Any(static n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static bool HasRanges(SemanticModel model) =>
        ((CSharpParseOptions)model.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8
        && WellKnownTypes.For(model.Compilation)["System.Runtime.CompilerServices.RuntimeHelpers"]?.GetMembers("GetSubArray").IsEmpty == false;

    private static string UniqueIn(MethodDeclarationSyntax method, string name)
    {
        var result = name;
        for (var i = 2; method.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == result); i++)
            result = name + i;
        return result;
    }

    private static ExpressionSyntax Parse(string code) => SyntaxFactory.ParseExpression(code).WithAdditionalAnnotations(ServiceAccess.Annotations);
}
