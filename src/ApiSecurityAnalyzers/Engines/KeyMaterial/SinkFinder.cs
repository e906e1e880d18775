using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>Finds where a document uses key material. What has the wrong shape or name is never bound.</summary>
internal static class SinkFinder
{
    /// <summary>Types whose constructors are rows; derived types of the framework included.</summary>
    private static readonly string[] CreatedTypes =
    [
        "HMACSHA1", "HMACSHA256", "HMACSHA384", "HMACSHA512", "HMACSHA3_256", "HMACSHA3_384", "HMACSHA3_512", "HMACMD5", "HMACRIPEMD160", "MACTripleDES", "Kmac128", "Kmac256", "KmacXof128", "KmacXof256",
        "AesGcm", "AesCcm", "ChaCha20Poly1305", "SP800108HmacCounterKdf", "Rfc2898DeriveBytes", "PasswordDeriveBytes", "SymmetricSecurityKey", "InMemorySymmetricSecurityKey", "KeyParameter", "ParametersWithIV", "AeadParameters",
    ];

    /// <summary>Names that other code uses too: they count only in a document that names a cipher.</summary>
    private static readonly string[] CommonNames = ["Key", "IV", "Encrypt", "Encode", "Decode", "EncodeBytes", "DecodeBytes", "HashData", "HashDataAsync", "TryHashData", "Expand", "Extract"];

    /// <summary>Names that show that a document has to do with cryptography.</summary>
    private static readonly string[] Clues =
    [
        "Cryptography", "Aes", "AesManaged", "AesCryptoServiceProvider", "AesCng", "SymmetricAlgorithm", "Rijndael", "RijndaelManaged", "DES", "DESCryptoServiceProvider", "TripleDES", "TripleDESCryptoServiceProvider", "RC2", "RC2CryptoServiceProvider",
        "KeyedHashAlgorithm", "HMAC", "ICryptoTransform", "CryptoStream", "Jose", "JWT", "HKDF",
    ];

    private static readonly ImmutableArray<SinkRow> Rows = HardCodedKey.Sinks.AddRange(PredictableInitializationVector.Sinks);

    /// <summary>Names one of which a document with a sink has.</summary>
    public static readonly NameSet Required = new(SinkRow.NamesOf(Rows).Except(CommonNames, StringComparer.Ordinal).Concat(CreatedTypes).Concat(Clues).Distinct(StringComparer.Ordinal));

    /// <summary>Names at which a sink stands.</summary>
    public static readonly NameSet Names = new(SinkRow.NamesOf(Rows).Concat(CreatedTypes).Distinct(StringComparer.Ordinal));

    private static readonly HashSet<string> Created = new(CreatedTypes, StringComparer.Ordinal);

    private static readonly ILookup<string, SinkRow> RowsByMember = Rows.SelectMany(static r => r.Members.Select(m => (Name: m == SinkRow.Property ? r.Parameter : m, Row: r))).ToLookup(static p => p.Name, static p => p.Row, StringComparer.Ordinal);

    /// <summary>The sinks of a document, in source order.</summary>
    public static IEnumerable<SecretSink> Find(SemanticModel model, NameIndex index, CancellationToken cancellationToken)
    {
        if (!index.HasAny(Required))
            yield break;
        var root = model.SyntaxTree.GetRoot(cancellationToken);
        foreach (var token in index.Tokens(Names, root, cancellationToken))
        {
            if (token.Parent is not SimpleNameSyntax name)
                continue;
            foreach (var sink in At(name, model, cancellationToken))
                yield return sink;
        }
    }

    private static IEnumerable<SecretSink> At(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax whole = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        var text = name.Identifier.ValueText;
        if (text is "Key" or "IV")
            return Assigned(whole) is { } value ? OfProperty(whole, value, model, cancellationToken) : [];
        if (whole.Parent is InvocationExpressionSyntax call && call.Expression == whole)
            return OfCall(call, call.ArgumentList, RowsByMember[text], model, cancellationToken);
        return Created.Contains(text) ? Creations(name).SelectMany(c => c.ArgumentList is { } list ? OfCall(c, list, RowsByMember[SinkRow.Constructor], model, cancellationToken) : []) : [];
    }

    private static ExpressionSyntax? Assigned(ExpressionSyntax target)
    {
        if (target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == target)
            return assignment.Right;

        // (aes.Key, aes.IV) = (key, iv)
        return target.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax { Right: TupleExpressionSyntax right } } left } argument && left.Parent is AssignmentExpressionSyntax tuple && tuple.Left == left && left.Arguments.Count == right.Arguments.Count
            ? right.Arguments[left.Arguments.IndexOf(argument)].Expression
            : null;
    }

    private static IEnumerable<SecretSink> OfProperty(ExpressionSyntax target, ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(target, cancellationToken).Symbol is not IPropertySymbol property)
            yield break;
        foreach (var row in RowsByMember[property.Name])
        {
            if (!row.Members.Contains(SinkRow.Property) || !property.ContainingType.InheritsFrom(row.Type))
                continue;
            var receiver = target is MemberAccessExpressionSyntax access ? model.GetSymbolInfo(access.Expression, cancellationToken).Symbol : Initialized(target, model, cancellationToken);
            var owner = (target is MemberAccessExpressionSyntax { Expression: var on } ? on : target.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>()) is { } typed ? model.GetTypeInfo(typed, cancellationToken).Type : null;
            yield return new SecretSink(row.Role, value, owner?.Name ?? property.ContainingType.Name, property, target.FirstAncestorOrSelf<AssignmentExpressionSyntax>()!, receiver);
        }
    }

    /// <summary>The variable that an object initializer's object goes to.</summary>
    private static ISymbol? Initialized(ExpressionSyntax target, SemanticModel model, CancellationToken cancellationToken) => target.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>()?.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => model.GetDeclaredSymbol(variable, cancellationToken),
        AssignmentExpressionSyntax assignment => model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol,
        _ => null,
    };

    private static IEnumerable<SecretSink> OfCall(ExpressionSyntax call, ArgumentListSyntax list, IEnumerable<SinkRow> rows, SemanticModel model, CancellationToken cancellationToken)
    {
        if (list.Arguments.Count == 0 || model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method)
            yield break;
        var isConstructor = method.MethodKind == MethodKind.Constructor;
        foreach (var row in rows)
        {
            if (!method.ContainingType.InheritsFrom(row.Type) || Argument(list, method, row.Parameter) is not { } value)
                continue;
            var on = call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && !method.IsStatic ? access.Expression : null;
            var owner = on is null ? method.ContainingType : model.GetTypeInfo(on, cancellationToken).Type ?? method.ContainingType;
            yield return new SecretSink(row.Role, value, isConstructor ? owner.Name : owner.Name + "." + method.Name, method, call, on is null ? null : model.GetSymbolInfo(on, cancellationToken).Symbol);
        }
    }

    /// <summary>The creations that a type's name stands for: <c>new T(…)</c>, <c>T x = new(…)</c>, <c>T P => new(…)</c>.</summary>
    public static IEnumerable<BaseObjectCreationExpressionSyntax> Creations(SimpleNameSyntax name)
    {
        SyntaxNode type = name;
        while (type.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax or NullableTypeSyntax)
            type = type.Parent;
        switch (type.Parent)
        {
            case ObjectCreationExpressionSyntax creation when creation.Type == type:
                return [creation];
            case VariableDeclarationSyntax declaration:
                return declaration.Variables.Select(static v => v.Initializer?.Value).OfType<ImplicitObjectCreationExpressionSyntax>();
            case PropertyDeclarationSyntax property:
                return new[] { property.Initializer?.Value, property.ExpressionBody?.Expression }.OfType<ImplicitObjectCreationExpressionSyntax>();
            case MethodDeclarationSyntax { ExpressionBody.Expression: ImplicitObjectCreationExpressionSyntax created }:
                return [created];
            case MethodDeclarationSyntax { Body: { } body }:
                return body.Statements.OfType<ReturnStatementSyntax>().Select(static r => r.Expression).OfType<ImplicitObjectCreationExpressionSyntax>();
            default:
                return [];
        }
    }

    /// <summary>The argument of a parameter, by name or position.</summary>
    public static ExpressionSyntax? Argument(BaseArgumentListSyntax list, IMethodSymbol method, string parameter)
    {
        for (var i = 0; i < list.Arguments.Count; i++)
        {
            var argument = list.Arguments[i];
            if (ParameterOf(argument, i, method) is { } found && found.Name == parameter)
                return argument.RefKindKeyword.IsKind(SyntaxKind.None) ? argument.Expression : null;
        }

        return null;
    }

    /// <summary>The parameter to which an argument belongs.</summary>
    public static IParameterSymbol? ParameterOf(ArgumentSyntax argument, int position, IMethodSymbol method)
    {
        if (argument.NameColon is { } named)
            return method.Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.ValueText);
        if (position < method.Parameters.Length)
            return method.Parameters[position];
        return method.Parameters.Length > 0 && method.Parameters[method.Parameters.Length - 1] is { IsParams: true } last ? last : null;
    }
}
