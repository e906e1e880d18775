using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// Which of the <see cref="WatchedNames"/> occur in a syntax tree, and where. Made from the characters of the text, without
/// visiting a node, once per tree: an edit re-indexes one tree. Names in comments and strings are indexed too and fall
/// away in <see cref="Tokens"/>; identifiers written with Unicode escapes are not found.
/// </summary>
internal sealed class NameIndex
{
    private const int ChunkLength = 16 * 1024;

    private static readonly ConditionalWeakTable<SyntaxTree, NameIndex> Cache = new();

    [ThreadStatic]
    private static char[]? t_buffer;

    private readonly ulong[] _present;
    private readonly ImmutableArray<Occurrence> _occurrences;

    private NameIndex(ulong[] present, ImmutableArray<Occurrence> occurrences)
    {
        _present = present;
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

            // a verbatim identifier (@name) begins one character earlier; combining characters may go on behind the name
            if (token.IsKind(SyntaxKind.IdentifierToken) && (token.SpanStart == occurrence.Position || token.SpanStart == occurrence.Position - 1) && token.ValueText == WatchedNames.NameOf(occurrence.Id))
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

    private static NameIndex Scan(SourceText text, CancellationToken cancellationToken)
    {
        var present = new ulong[(WatchedNames.Count + 63) / 64];
        var occurrences = ImmutableArray.CreateBuilder<Occurrence>();
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

            ScanChunk(buffer, end, offset, present, occurrences);
            offset += end;
        }

        return new NameIndex(present, occurrences.ToImmutable());
    }

    private static void ScanChunk(char[] buffer, int end, int offset, ulong[] present, ImmutableArray<Occurrence>.Builder occurrences)
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

            var id = WatchedNames.Find(buffer, start, i - start, hash);
            if (id < 0)
                continue;
            present[id >> 6] |= 1UL << (id & 63);
            occurrences.Add(new Occurrence(id, offset + start));
        }
    }

    private static bool IsPart(char c) =>
        (uint)(c - 'a') <= 'z' - 'a' || (uint)(c - 'A') <= 'Z' - 'A' || (uint)(c - '0') <= 9 || c == '_' || (c > 127 && char.IsLetterOrDigit(c));

    private readonly record struct Occurrence(int Id, int Position);
}
