using System.Collections.Immutable;

namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>A parameter or property of a library that receives key material.</summary>
/// <param name="Type">The full name of the type that declares the member, or of a base type.</param>
/// <param name="Role">What the value is.</param>
/// <param name="Parameter">The parameter's name; for a property, the property's.</param>
/// <param name="Members">Method names; <see cref="Constructor"/> for constructors, <see cref="Property"/> for a property.</param>
internal sealed record SinkRow(string Type, SecretRole Role, string Parameter, params string[] Members)
{
    public const string Constructor = ".ctor";
    public const string Property = "set";

    /// <summary>The names by which rows show themselves in code: methods, properties, types whose constructors are rows.</summary>
    public static IEnumerable<string> NamesOf(ImmutableArray<SinkRow> rows)
    {
        foreach (var row in rows)
        {
            foreach (var member in row.Members)
            {
                if (member == Property)
                    yield return row.Parameter;
                else if (member != Constructor)
                    yield return member;
            }
        }
    }
}
