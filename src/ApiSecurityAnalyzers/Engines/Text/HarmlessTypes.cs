using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <summary>Types whose values, written as text, hold nothing that somebody else chose freely: numbers, dates, enums.</summary>
internal static class HarmlessTypes
{
    private static readonly HashSet<string> SystemNames = new(StringComparer.Ordinal)
    {
        "Guid", "DateTime", "DateTimeOffset", "TimeSpan", "DateOnly", "TimeOnly", "Half", "Int128", "UInt128", "Index", "Range", "Version", "Type", "RuntimeTypeHandle",
    };

    public static bool Is(ITypeSymbol? type)
    {
        switch (type)
        {
            case null or IErrorTypeSymbol:
                return false;
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                return Is(nullable.TypeArguments[0]);
            case ITypeParameterSymbol parameter:
                return parameter.ConstraintTypes.Any(static c => c.SpecialType == SpecialType.System_Enum || Is(c));
        }

        if (type.TypeKind == TypeKind.Enum)
            return true;
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32
                or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Decimal or SpecialType.System_Single or SpecialType.System_Double
                or SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_DateTime or SpecialType.System_Enum or SpecialType.System_Void:
                return true;
        }

        return SystemNames.Contains(type.Name) && type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
            || type.Is("System.Numerics.BigInteger")
            || type.Is("System.Net.IPAddress");
    }

    /// <summary>The element type of an array or collection, or <see langword="null"/>.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? type)
    {
        switch (type)
        {
            case null:
                return null;
            case IArrayTypeSymbol array:
                return array.ElementType;
        }

        if (type.SpecialType == SpecialType.System_String)
            return null;
        if (type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", TypeArguments.Length: 1 } span)
            return span.TypeArguments[0];
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } own)
            return own.TypeArguments[0];
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T || implemented.Is("System.Collections.Generic.IAsyncEnumerable"))
                return implemented.TypeArguments[0];
        }

        return type.Is("System.Collections.Generic.IAsyncEnumerable") ? ((INamedTypeSymbol)type).TypeArguments[0] : null;
    }
}
