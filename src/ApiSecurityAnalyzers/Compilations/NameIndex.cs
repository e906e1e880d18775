using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// Which of the <see cref="WatchedNames"/> occur in a syntax tree, and where. Made from the characters of the text, without
/// visiting a node, once per tree: an edit re-indexes one tree. Names in comments and strings are indexed too and fall
/// away in <c>Tokens</c>; identifiers written with Unicode escapes are not found.
/// </summary>
internal sealed class NameIndex
{
    private const int ChunkLength = 16 * 1024;

    private static readonly ConditionalWeakTable<SyntaxTree, NameIndex> Cache = new();

    [ThreadStatic]
    private static char[]? t_buffer;

    /// <summary>The size of the filter of all identifiers, in words: 4,096 bits tell most files from each other.</summary>
    private const int FilterWords = 64;

    private readonly ulong[] _present;
    private readonly ulong[] _filter;
    private readonly ImmutableArray<Occurrence> _occurrences;
    private readonly ConcurrentDictionary<string, ImmutableArray<int>> _found = new(StringComparer.Ordinal);

    private NameIndex(ulong[] present, ulong[] filter, ImmutableArray<Occurrence> occurrences)
    {
        _present = present;
        _filter = filter;
        _occurrences = occurrences;
    }

    public static NameIndex For(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(tree, out var index))
            return index;
        index = Scan(tree.GetText(cancellationToken), cancellationToken);
        return Cache.GetValue(tree, _ => index);
    }

    /// <summary>Whether any name of the set occurs.</summary>
    public bool HasAny(NameSet names)
    {
        var mask = names.Mask;
        for (var i = 0; i < mask.Length; i++)
        {
            if ((mask[i] & _present[i]) != 0)
                return true;
        }

        return false;
    }

    public bool Has(string name)
    {
        var id = WatchedNames.Find(name);
        return id >= 0 && (_present[id >> 6] & (1UL << (id & 63))) != 0;
    }

    /// <summary>The identifier tokens of the tree that carry a name of the set, in source order.</summary>
    public IEnumerable<SyntaxToken> Tokens(NameSet names, SyntaxNode root, CancellationToken cancellationToken)
    {
        if (!HasAny(names))
            yield break;
        var mask = names.Mask;
        foreach (var occurrence in _occurrences)
        {
            if ((mask[occurrence.Id >> 6] & (1UL << (occurrence.Id & 63))) == 0)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (occurrence.Position >= root.FullSpan.End)
                yield break;
            var token = root.FindToken(occurrence.Position);

            // a verbatim identifier (@name) begins earlier; combining characters may go on behind the name
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(occurrence.Position) && token.ValueText == WatchedNames.NameOf(occurrence.Id))
                yield return token;
        }
    }

    /// <summary>Where names of the set stand in text that <c>#if</c> leaves out of this build.</summary>
    public IEnumerable<(string Name, int Position)> Disabled(NameSet names, SyntaxNode root, CancellationToken cancellationToken)
    {
        if (!root.ContainsDirectives || !HasAny(names))
            yield break;
        var mask = names.Mask;
        foreach (var occurrence in _occurrences)
        {
            if ((mask[occurrence.Id >> 6] & (1UL << (occurrence.Id & 63))) == 0 || occurrence.Position >= root.FullSpan.End)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (root.FindTrivia(occurrence.Position).IsKind(SyntaxKind.DisabledTextTrivia))
                yield return (WatchedNames.NameOf(occurrence.Id), occurrence.Position);
        }
    }

    /// <summary>Whether an identifier that nobody watches may occur; <see langword="false"/> is certain.</summary>
    public bool MayHave(string name)
    {
        var bit = FilterBit(HashOf(name));
        return (_filter[bit >> 6] & (1UL << (bit & 63))) != 0;
    }

    /// <summary>The identifier tokens with a name that need not be watched: found by reading the text again, once per tree and name.</summary>
    public IEnumerable<SyntaxToken> Tokens(string name, SyntaxNode root, CancellationToken cancellationToken)
    {
        if (!MayHave(name))
            yield break;
        if (!_found.TryGetValue(name, out var positions))
            _found[name] = positions = Positions(root.SyntaxTree.GetText(cancellationToken), name, cancellationToken);
        foreach (var position in positions)
        {
            var token = root.FindToken(position);
            if (token.IsKind(SyntaxKind.IdentifierToken) && (token.SpanStart == position || token.SpanStart == position - 1))
                yield return token;
        }
    }

    private static ImmutableArray<int> Positions(SourceText text, string name, CancellationToken cancellationToken)
    {
        var positions = ImmutableArray.CreateBuilder<int>();
        var hash = HashOf(name);
        ReadIdentifiers(
            text,
            (buffer, start, length, found, offset) =>
            {
                if (found == hash && length == name.Length && buffer.AsSpan(start, length).SequenceEqual(name.AsSpan()))
                    positions.Add(offset + start);
            },
            cancellationToken);
        return positions.ToImmutable();
    }

    private static int HashOf(string name)
    {
        var hash = WatchedNames.FirstHash;
        foreach (var c in name)
            hash = WatchedNames.AddToHash(hash, c);
        return hash;
    }

    private static int FilterBit(int hash) => (hash ^ (hash >>> 15)) & (FilterWords * 64 - 1);

    private static NameIndex Scan(SourceText text, CancellationToken cancellationToken)
    {
        var present = new ulong[(WatchedNames.Count + 63) / 64];
        var filter = new ulong[FilterWords];
        var occurrences = ImmutableArray.CreateBuilder<Occurrence>();
        ReadIdentifiers(
            text,
            (buffer, start, length, hash, offset) =>
            {
                var bit = FilterBit(hash);
                filter[bit >> 6] |= 1UL << (bit & 63);
                var id = WatchedNames.Find(buffer, start, length, hash);
                if (id < 0)
                    return;
                present[id >> 6] |= 1UL << (id & 63);
                occurrences.Add(new Occurrence(id, offset + start));
            },
            cancellationToken);
        return new NameIndex(present, filter, occurrences.ToImmutable());
    }

    private delegate void Identifier(char[] buffer, int start, int length, int hash, int offset);

    private static void ReadIdentifiers(SourceText text, Identifier identifier, CancellationToken cancellationToken)
    {
        var buffer = t_buffer ??= new char[ChunkLength];
        var offset = 0;
        while (offset < text.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkLength, text.Length - offset);
            text.CopyTo(offset, buffer, 0, count);

            // an identifier that the chunk cuts is read again with the next one
            var end = count;
            if (offset + count < text.Length)
            {
                while (end > 0 && IsPart(buffer[end - 1]))
                    end--;
                if (end == 0)
                    end = count;
            }

            ReadChunk(buffer, end, offset, identifier);
            offset += end;
        }
    }

    private static void ReadChunk(char[] buffer, int end, int offset, Identifier identifier)
    {
        var i = 0;
        while (i < end)
        {
            if (!IsPart(buffer[i]))
            {
                i++;
                continue;
            }

            var start = i;
            var hash = WatchedNames.FirstHash;
            do
            {
                hash = WatchedNames.AddToHash(hash, buffer[i]);
                i++;
            }
            while (i < end && IsPart(buffer[i]));

            identifier(buffer, start, i - start, hash, offset);
        }
    }

    private static bool IsPart(char c) =>
        (uint)(c - 'a') <= 'z' - 'a' || (uint)(c - 'A') <= 'Z' - 'A' || (uint)(c - '0') <= 9 || c == '_' || (c > 127 && char.IsLetterOrDigit(c));

    private readonly record struct Occurrence(int Id, int Position);
}
