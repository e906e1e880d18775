using System.Collections.Concurrent;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// Stands for one state of a member's source text. It stays the same object across the edits that leave the member alone, and what was found out about
/// the functions in the member hangs on it; with the text goes the stamp, and with the stamp what was found out.
/// </summary>
internal sealed class MemberStamp
{
    private ConcurrentDictionary<(int Offset, int Kind, int Depth), object>? _answers;

    public MemberStamp(int tree, int member)
    {
        Tree = tree;
        Member = member;
    }

    /// <summary>The place of the document in the project.</summary>
    public int Tree { get; }

    /// <summary>The place of the member in the document.</summary>
    public int Member { get; }

    public object? Get((int Offset, int Kind, int Depth) key) => _answers is { } answers && answers.TryGetValue(key, out var answer) ? answer : null;

    /// <summary>Keeps an answer, which must hold neither symbols nor syntax.</summary>
    public void Set((int Offset, int Kind, int Depth) key, object answer)
    {
        if (_answers is null)
            Interlocked.CompareExchange(ref _answers, new ConcurrentDictionary<(int, int, int), object>(), null);
        _answers[key] = answer;
    }
}
