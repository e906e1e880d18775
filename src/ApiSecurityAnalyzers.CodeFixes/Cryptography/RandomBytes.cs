using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>How the framework of a compilation makes random bytes.</summary>
internal static class RandomBytes
{
    private const string Generator = "System.Security.Cryptography.RandomNumberGenerator";

    /// <summary>Whether <c>RandomNumberGenerator.GetBytes(int)</c> exists: since .NET 6.</summary>
    public static bool HasGetBytes(Compilation compilation) => HasStatic(compilation, "GetBytes");

    /// <summary>Whether <c>RandomNumberGenerator.Fill(Span)</c> exists: since .NET Core 2.1.</summary>
    public static bool HasFill(Compilation compilation) => HasStatic(compilation, "Fill");

    /// <summary>The expression for new random bytes.</summary>
    public static string Expression(int length) => $"{Generator}.GetBytes({length})";

    /// <summary>The statements that declare a variable with new random bytes.</summary>
    public static string[] Declare(string name, int length, Compilation compilation) => HasGetBytes(compilation)
        ? [$"var {name} = {Expression(length)};"]
        : [$"var {name} = new byte[{length}];", Fill(name, compilation)];

    /// <summary>The statement that fills an array.</summary>
    public static string Fill(string name, Compilation compilation) => HasFill(compilation)
        ? $"{Generator}.Fill({name});"
        : $"using (var random = {Generator}.Create())\n    random.GetBytes({name});";

    /// <summary>
    /// The length that the value must have: the block for an initialization vector; 12 bytes for GCM, CCM and ChaCha20 (the only size
    /// that all of them take); 16 bytes for a salt (NIST SP 800-132, section 5.1, asks for at least 128 bits).
    /// </summary>
    public static int Length(SecretRole role, ITypeSymbol? algorithm) => role switch
    {
        SecretRole.Nonce => 12,
        SecretRole.InitializationVector when algorithm.InheritsFrom("System.Security.Cryptography.DES") || algorithm.InheritsFrom("System.Security.Cryptography.TripleDES") || algorithm.InheritsFrom("System.Security.Cryptography.RC2") => 8,
        _ => 16,
    };

    private static bool HasStatic(Compilation compilation, string name) =>
        WellKnownTypes.For(compilation)[Generator]?.GetMembers(name).OfType<IMethodSymbol>().Any(static m => m is { IsStatic: true, Parameters.Length: 1 }) == true;
}
