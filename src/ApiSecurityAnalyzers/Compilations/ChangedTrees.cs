using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>Tells whether what was read from one state of a project still holds for another one, by the documents that differ.</summary>
internal static class ChangedTrees
{
    /// <summary>How many documents may differ at once; more means another branch or a refactoring, where reading anew is cheap enough.</summary>
    private const int MaxChanges = 16;

    /// <summary>Whether few documents differ, and each of them passes, as it was and as it is.</summary>
    public static bool All(ImmutableArray<SyntaxTree> earlier, ImmutableArray<SyntaxTree> current, Func<SyntaxTree, SyntaxTree, bool> passes)
    {
        if (earlier.Length != current.Length)
            return false;
        var changes = 0;
        for (var i = 0; i < current.Length; i++)
        {
            if (current[i] != earlier[i] && (++changes > MaxChanges || !passes(earlier[i], current[i])))
                return false;
        }

        return true;
    }
}
