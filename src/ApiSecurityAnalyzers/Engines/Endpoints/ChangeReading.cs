using ApiSecurityAnalyzers.Compilations;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>What an answer about a function follows from, noted while it is found.</summary>
internal sealed class ChangeReading
{
    /// <summary>The members whose text was read.</summary>
    public HashSet<MemberStamp> Members { get; } = [];

    /// <summary>The names that were not followed, because no method of that name can change anything within the depth.</summary>
    public HashSet<(string Name, int Depth)> Skipped { get; } = [];

    /// <summary>Whether something was read that has no stamp, so that the answer cannot be kept.</summary>
    public bool IsPartial { get; set; }

    public void Add(ChangeReading other)
    {
        Members.UnionWith(other.Members);
        Skipped.UnionWith(other.Skipped);
        IsPartial |= other.IsPartial;
    }

    /// <summary>Whether everything is in another state of the project as it was read.</summary>
    public bool HoldsIn(MemberStamps stamps, OwnMethods methods, CancellationToken cancellationToken)
    {
        foreach (var member in Members)
        {
            if (!stamps.Holds(member))
                return false;
        }

        foreach (var (name, depth) in Skipped)
        {
            if (methods.MayChange(name, depth, cancellationToken))
                return false;
        }

        return true;
    }
}
