using System.Collections.Immutable;
using ApiSecurityAnalyzers.Engines.Cryptography;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using ApiSecurityAnalyzers.Engines.Pipelines;
using ApiSecurityAnalyzers.Engines.Policies;
using ApiSecurityAnalyzers.Engines.SignIn;
using ApiSecurityAnalyzers.Engines.Sql;
using ApiSecurityAnalyzers.Rules.Logging;
using ApiSecurityAnalyzers.Rules.RateLimiting;
using ApiSecurityAnalyzers.Rules.Transport;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// The union of all names that any engine looks for, as a hash table that <see cref="NameIndex"/> probes once for
/// every identifier of a source text. An engine that asks for a name adds its <see cref="NameSet"/> to <see cref="Sets"/>.
/// </summary>
internal static class WatchedNames
{
    private static readonly (string[] Names, int[] Buckets, int[] Next, int[] Hashes) Table = Build();

    /// <summary>How many names are watched.</summary>
    public static int Count => Table.Names.Length;

    private static ImmutableArray<NameSet> Sets => ImmutableArray.Create(
        KnownNames.Host,
        HostLocator.Names,
        HostMechanisms.Clues,
        UnseenCode.Names,
        LibraryReader.RouteBuilders,
        EndpointAnalyzer.MappingNames,
        ActionRoutes.Conventions,
        RequestCode.TypeNames,
        UnloggedAccessFailure.Names,
        ActorNames.Enrichers,
        TelemetryExport.Names,
        CryptographyAnalyzer.AllNames,
        SinkFinder.Required,
        SinkFinder.Names,
        PolicyAnalyzer.AllNames,
        AccessAttributes.Names,
        AuthorizationDemand.Names,
        LimiterAttributes.Names,
        LimiterSettings.Names,
        SignInNames.Calls,
        MissingHsts.Names,
        GrpcServiceReader.Names,
        PageReader.Names,
        OperationalCall.Names,
        AttributeReaders.Reflection,
        AttributeReaders.Subjects,
        UnreadScope.Names,
        Antiforgery.Names,
        SqlSinks.AllNames);

    public static string NameOf(int id) => Table.Names[id];

    /// <summary>The id of a watched name, or -1.</summary>
    public static int Find(string name)
    {
        var hash = FirstHash;
        foreach (var c in name)
            hash = AddToHash(hash, c);
        for (var id = Table.Buckets[hash & (Table.Buckets.Length - 1)]; id >= 0; id = Table.Next[id])
        {
            if (Table.Hashes[id] == hash && Table.Names[id] == name)
                return id;
        }

        return -1;
    }

    /// <summary>The id of the watched name that stands in the buffer, or -1.</summary>
    /// <param name="buffer">The source text, or a part of it.</param>
    /// <param name="start">Where the identifier begins in the buffer.</param>
    /// <param name="length">The length of the identifier in UTF-16 units.</param>
    /// <param name="hash">The hash of the identifier, made with <see cref="AddToHash"/>.</param>
    public static int Find(char[] buffer, int start, int length, int hash)
    {
        for (var id = Table.Buckets[hash & (Table.Buckets.Length - 1)]; id >= 0; id = Table.Next[id])
        {
            if (Table.Hashes[id] == hash && Table.Names[id].Length == length && buffer.AsSpan(start, length).SequenceEqual(Table.Names[id].AsSpan()))
                return id;
        }

        return -1;
    }

    public const int FirstHash = unchecked((int)2166136261);

    /// <summary>One step of FNV-1a, 32 bit.</summary>
    public static int AddToHash(int hash, char c) => unchecked((hash ^ c) * 16777619);

    public static ulong[] CreateMask(ImmutableArray<string> names)
    {
        var mask = new ulong[(Count + 63) / 64];
        foreach (var name in names)
        {
            var id = Find(name);
            if (id < 0)
                throw new InvalidOperationException($"'{name}' is not watched: add its set to {nameof(WatchedNames)}.{nameof(Sets)}");
            mask[id >> 6] |= 1UL << (id & 63);
        }

        return mask;
    }

    private static (string[] Names, int[] Buckets, int[] Next, int[] Hashes) Build()
    {
        var names = Sets.SelectMany(static s => s.Names).Distinct(StringComparer.Ordinal).ToArray();
        var size = 64;
        while (size < names.Length * 4)
            size *= 2;
        var buckets = new int[size];
        for (var i = 0; i < size; i++)
            buckets[i] = -1;
        var next = new int[names.Length];
        var hashes = new int[names.Length];
        for (var id = 0; id < names.Length; id++)
        {
            var hash = FirstHash;
            foreach (var c in names[id])
                hash = AddToHash(hash, c);
            hashes[id] = hash;
            ref var bucket = ref buckets[hash & (size - 1)];
            next[id] = bucket;
            bucket = id;
        }

        return (names, buckets, next, hashes);
    }
}
