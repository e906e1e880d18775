using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.ApiUse;

/// <summary>The knowledge of one rule about unsafe API: supporting one more library is a row.</summary>
internal sealed class ApiTable
{
    private readonly ILookup<string, WeakType> _types;
    private readonly ILookup<string, WeakMember> _members;
    private readonly ILookup<string, NameTaker> _takers;

    public ApiTable(ImmutableArray<WeakType> types, ImmutableArray<WeakMember> members, ImmutableArray<NameTaker> takers, params string[] more)
    {
        Types = types;
        Members = members;
        Takers = takers;
        _types = types.ToLookup(static t => t.SimpleName, StringComparer.Ordinal);
        _members = members.ToLookup(static m => m.Member, StringComparer.Ordinal);
        _takers = takers.ToLookup(static t => t.Watched, StringComparer.Ordinal);
        Watched = new NameSet(types.Select(static t => t.SimpleName)
            .Concat(members.Select(static m => m.IsCommonName ? SimpleName(m.Type) : m.Member))
            .Concat(takers.Select(static t => t.Watched))
            .Concat(more)
            .Distinct(StringComparer.Ordinal));
    }

    public ImmutableArray<WeakType> Types { get; }

    public ImmutableArray<WeakMember> Members { get; }

    public ImmutableArray<NameTaker> Takers { get; }

    /// <summary>The names by which a source file shows that a row may apply.</summary>
    public NameSet Watched { get; }

    public WeakType? Find(ITypeSymbol? type)
    {
        if (type is null)
            return null;
        foreach (var row in _types[type.Name])
        {
            if (type.Is(row.FullName))
                return row;
        }

        return null;
    }

    public WeakMember? Find(string member, ITypeSymbol? type)
    {
        foreach (var row in _members[member])
        {
            if (type.Is(row.Type))
                return row;
        }

        return null;
    }

    public bool HasTypeNamed(string name) => _types.Contains(name);

    public bool HasMemberNamed(string name) => _members.Contains(name);

    public IEnumerable<NameTaker> TakersWatchedAs(string name) => _takers[name];

    private static string SimpleName(string type) => type.Substring(type.LastIndexOfAny(['.', '+']) + 1);
}
