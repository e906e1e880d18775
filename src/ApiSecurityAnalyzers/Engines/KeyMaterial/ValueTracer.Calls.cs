using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <content>Calls and creations: which of them hand on what they get.</content>
internal sealed partial class ValueTracer
{
    /// <summary>Framework methods whose result holds nothing but what they are called on.</summary>
    private static readonly HashSet<string> OfReceiver = new(StringComparer.Ordinal)
    {
        "ToArray", "AsSpan", "AsMemory", "Slice", "Take", "TakeLast", "Skip", "SkipLast", "Reverse", "ToList", "Cast", "Clone", "ToCharArray", "Trim", "TrimStart", "TrimEnd", "PadRight", "PadLeft", "Substring",
        "ToUpper", "ToLower", "ToUpperInvariant", "ToLowerInvariant", "Normalize", "ToByteArray", "Split", "Remove", "Replace", "ToImmutableArray", "AsEnumerable", "ToString",
    };

    /// <summary>Framework methods whose result holds nothing but their first argument.</summary>
    private static readonly HashSet<string> OfArgument = new(StringComparer.Ordinal)
    {
        "GetBytes", "GetString", "GetChars", "FromBase64String", "FromBase64CharArray", "FromHexString", "ToBase64String", "ToHexString", "ToHexStringLower", "HashData", "ComputeHash", "Base64UrlDecode", "Base64UrlEncode", "DecodeBytes", "DecodeFromChars",
        "Decode", "Encode", "AsBytes", "Parse", "ToByte", "ToArray", "FromResult", "Copy", "Intern",
    };

    private static readonly HashSet<string> OfAllArguments = new(StringComparer.Ordinal) { "Concat", "Join", "Format", "Range", "Repeat", "Append", "Prepend", "Zip" };

    private void VisitCall(InvocationExpressionSyntax call, Frame frame, List<Origin> origins)
    {
        var symbol = frame.Model.GetSymbolInfo(call, _cancellationToken).Symbol as IMethodSymbol;
        if (symbol is null)
        {
            // nameof
            Add(frame.Model.GetConstantValue(call, _cancellationToken).HasValue ? OriginKind.Constant : OriginKind.Unknown, call, frame, origins);
            return;
        }

        if (!symbol.DeclaringSyntaxReferences.IsEmpty)
        {
            VisitOwn(call, symbol, frame, origins);
            return;
        }

        var arguments = call.ArgumentList.Arguments;
        var receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        var type = symbol.ContainingType;
        if (IsConfiguration(call, symbol))
            Add(OriginKind.Configured, call, frame, origins);
        else if (type.Is("System.Security.Cryptography.RandomNumberGenerator") || symbol.Name == "NewGuid")
            Add(OriginKind.Generated, call, frame, origins);
        else if (!IsTransparent(type))
            Add(OriginKind.Unknown, call, frame, origins);
        else if (symbol.Name == "Empty")
            Add(OriginKind.Empty, call, frame, origins);
        else if (OfAllArguments.Contains(symbol.Name))
            VisitAll(call, receiver is not null && (symbol.ReducedFrom is not null || !symbol.IsStatic) ? arguments.Select(static a => a.Expression).Prepend(receiver) : arguments.Select(static a => a.Expression), frame, origins);
        else if (symbol.Name == "Select" && receiver is not null && arguments.Count == 1 && IsPure(arguments[0].Expression))
            Visit(receiver, frame, origins);
        else if (OfReceiver.Contains(symbol.Name) && receiver is not null && (symbol.ReducedFrom is not null || !symbol.IsStatic))
            Visit(receiver, frame, origins);
        else if (OfArgument.Contains(symbol.Name) && arguments.Count > 0 && (symbol.IsStatic || type.InheritsFrom("System.Text.Encoding") || type.InheritsFrom("System.Security.Cryptography.HashAlgorithm")))
            Visit(arguments[0].Expression, frame, origins);
        else
            Add(OriginKind.Unknown, call, frame, origins);
    }

    /// <summary>Types that only convert: their results are as constant as their arguments. Keyed hashes and key derivations are not.</summary>
    private static bool IsTransparent(INamedTypeSymbol type)
    {
        if (type.InheritsFrom("System.Security.Cryptography.KeyedHashAlgorithm") || type.InheritsFrom("System.Security.Cryptography.DeriveBytes"))
            return false;
        return type.InheritsFrom("System.Security.Cryptography.HashAlgorithm") || type.InheritsFrom("System.Text.Encoding")
            || type.Name is "String" or "Array" or "Convert" or "BitConverter" or "Enumerable" or "MemoryExtensions" or "MemoryMarshal" or "Guid" or "Byte" or "Task" or "ImmutableArray" or "ImmutableArrayExtensions"
                or "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "List" or "WebEncoders" or "Base64UrlTextEncoder" or "Base64UrlEncoder" or "Base64Url" or "Hex" or "Base64" or "Object" or "SHAKE128" or "Shake128" or "Shake256" or "BinaryPrimitives";
    }

    /// <summary>A projection without calls, but for parsing, adds nothing that varies.</summary>
    private static bool IsPure(ExpressionSyntax projection) => projection is not AnonymousFunctionExpressionSyntax
        ? Strip(projection) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Parse" or "ToByte" }
        : projection.DescendantNodes().OfType<InvocationExpressionSyntax>().All(static i => i.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Parse" or "ToByte" })
            && !projection.DescendantNodes().Any(static n => n is AssignmentExpressionSyntax or ObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax);

    private void VisitOwn(InvocationExpressionSyntax call, IMethodSymbol symbol, Frame frame, List<Origin> origins)
    {
        var method = symbol.ReducedFrom ?? symbol;
        var definition = method.OriginalDefinition;
        if (definition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not { } declaration || definition.IsAbstract || !_facts.Compilation.ContainsSyntaxTree(declaration.SyntaxTree) || !_visiting.Add(definition))
        {
            Add(OriginKind.Unknown, call, frame, origins);
            return;
        }

        var arguments = new Dictionary<IParameterSymbol, (ExpressionSyntax, Frame)>(SymbolEqualityComparer.Default);
        if (symbol.ReducedFrom is not null && call.Expression is MemberAccessExpressionSyntax access)
            arguments[definition.Parameters[0]] = (access.Expression, frame);
        for (var i = 0; i < call.ArgumentList.Arguments.Count; i++)
        {
            var argument = call.ArgumentList.Arguments[i];
            if (SinkFinder.ParameterOf(argument, i, symbol) is { } parameter && definition.Parameters.FirstOrDefault(p => p.Name == parameter.Name) is { IsParams: false } own)
                arguments[own] = (argument.Expression, frame);
        }

        var inner = frame with { Model = _facts.ModelOf(declaration.SyntaxTree), Depth = frame.Depth + 1, Arguments = arguments };
        var returned = Returned(declaration).ToList();
        if (returned.Count == 0)
            Add(OriginKind.Unknown, call, frame, origins);
        foreach (var value in returned)
            Visit(value, inner, origins);
        _visiting.Remove(definition);
    }

    /// <summary>The expressions that a method, local function or accessor returns.</summary>
    private static IEnumerable<ExpressionSyntax> Returned(SyntaxNode declaration)
    {
        var (body, expression) = declaration switch
        {
            BaseMethodDeclarationSyntax method => (method.Body, method.ExpressionBody?.Expression),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
            AccessorDeclarationSyntax accessor => (accessor.Body, accessor.ExpressionBody?.Expression),
            _ => (null, null),
        };
        if (expression is not null)
            return [expression];
        return body is null ? [] : body.DescendantNodes(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Select(static r => r.Expression).OfType<ExpressionSyntax>();
    }

    private void VisitCreation(BaseObjectCreationExpressionSyntax creation, Frame frame, List<Origin> origins)
    {
        var type = frame.Model.GetTypeInfo(creation, _cancellationToken).Type;
        var arguments = creation.ArgumentList?.Arguments.Select(static a => a.Expression).ToList() ?? [];
        if (type is { SpecialType: SpecialType.System_String } && arguments.Count > 0)
            VisitAll(creation, arguments, frame, origins);
        else if (type is { Name: "ReadOnlySpan" or "Span" or "Memory" or "ReadOnlyMemory" or "ArraySegment" or "Guid" or "List" } && arguments.Count > 0)
            Visit(arguments[0], frame, origins);
        else if (type is { Name: "List" } && creation.Initializer is { } elements)
            VisitElements(creation, elements.Expressions, frame, origins);
        else
            Add(OriginKind.Unknown, creation, frame, origins);
    }

    private bool IsConfiguration(ElementAccessExpressionSyntax access, Frame frame)
    {
        var type = frame.Model.GetTypeInfo(access.Expression, _cancellationToken).Type;
        return type.Implements("Microsoft.Extensions.Configuration.IConfiguration")
            || access.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AppSettings" };
    }

    private static bool IsConfiguration(InvocationExpressionSyntax call, IMethodSymbol method) =>
        method is { Name: "GetEnvironmentVariable", ContainingType.Name: "Environment" }
        || method.ContainingType.Is("Microsoft.Extensions.Configuration.ConfigurationBinder") && call.ArgumentList.Arguments.Count > 0;
}
