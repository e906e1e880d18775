using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Compilations;

/// <summary>
/// The stamps of a project's members. What a body means follows from its own text and from what the project declares: as long as documents change inside
/// bodies only, a member whose text stays keeps its stamp, also where it stands in a document that changes. A change of a declaration makes all stamps new.
/// </summary>
internal sealed class MemberStamps
{
    private static readonly LatestOf<MemberStamps> Latest = new();

    private static readonly ConditionalWeakTable<CompilationFacts, MemberStamps> Cache = new();

    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly MemberStamp[]?[] _stamps;
    private Dictionary<SyntaxTree, int>? _places;

    private MemberStamps(Compilation compilation, ImmutableArray<SyntaxTree> trees, MemberStamp[]?[] stamps)
    {
        _references = compilation.ExternalReferences;
        _trees = trees;
        _stamps = stamps;
    }

    public static MemberStamps For(CompilationFacts facts) => Cache.TryGetValue(facts, out var stamps) ? stamps : Cache.GetValue(facts, static f => Create(f.Compilation));

    /// <summary>The stamp of the member around a node and where the member begins; <see langword="null"/> where the node stands in no member of the project.</summary>
    public (MemberStamp Stamp, int Start)? Of(SyntaxNode node)
    {
        if (MemberOf(node) is not { } member || PlaceOf(member.SyntaxTree) is not { } place)
            return null;
        var members = Members(member.SyntaxTree.GetRoot());
        var stamps = _stamps[place] ?? Add(place, members.Count);

        // the members stand in the order of the text
        var (low, high) = (0, members.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (members[middle] == member)
                return middle < stamps.Length ? (stamps[middle], member.FullSpan.Start) : null;
            if (members[middle].SpanStart < member.SpanStart)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }

    /// <summary>Whether the stamp stands for the text that its member has in this state of the project.</summary>
    public bool Holds(MemberStamp stamp) => _stamps[stamp.Tree] is { } stamps && stamp.Member < stamps.Length && stamps[stamp.Member] == stamp;

    private static MemberStamps Create(Compilation compilation)
    {
        var trees = compilation.SyntaxTrees.ToImmutableArray();
        var earlier = Latest.Get(compilation);
        var stamps = earlier is not null && earlier._references.SequenceEqual(compilation.ExternalReferences) ? earlier.After(trees) : null;
        var created = new MemberStamps(compilation, trees, stamps ?? new MemberStamp[]?[trees.Length]);
        Latest.Set(compilation, created);
        return created;
    }

    /// <summary>The stamps that still hold in a later state of the project; <see langword="null"/> where a declaration changed.</summary>
    private MemberStamp[]?[]? After(ImmutableArray<SyntaxTree> trees)
    {
        if (!ChangedTrees.All(_trees, trees, static (earlier, current) => earlier.IsEquivalentTo(current, topLevel: true)))
            return null;
        var stamps = (MemberStamp[]?[])_stamps.Clone();
        for (var i = 0; i < trees.Length; i++)
        {
            if (trees[i] != _trees[i] && stamps[i] is { } known)
                stamps[i] = After(known, Members(_trees[i].GetRoot()), Members(trees[i].GetRoot()), i);
        }

        return stamps;
    }

    private static MemberStamp[]? After(MemberStamp[] stamps, List<MemberDeclarationSyntax> earlier, List<MemberDeclarationSyntax> current, int tree)
    {
        if (earlier.Count != current.Count || stamps.Length != current.Count)
            return null;
        var result = new MemberStamp[current.Count];
        var sameStatements = true;
        for (var i = 0; i < result.Length; i++)
        {
            var same = earlier[i].IsIncrementallyIdenticalTo(current[i]) || earlier[i].FullSpan.Length == current[i].FullSpan.Length && earlier[i].ToFullString() == current[i].ToFullString();
            sameStatements &= same || current[i] is not GlobalStatementSyntax;
            result[i] = same ? stamps[i] : new MemberStamp(tree, i);
        }

        // top-level statements share their variables, whose types may follow from the body of a lambda
        for (var i = 0; i < result.Length && !sameStatements; i++)
        {
            if (current[i] is GlobalStatementSyntax)
                result[i] = new MemberStamp(tree, i);
        }

        return result;
    }

    private MemberStamp[] Add(int place, int count)
    {
        var stamps = new MemberStamp[count];
        for (var i = 0; i < count; i++)
            stamps[i] = new MemberStamp(place, i);
        return Interlocked.CompareExchange(ref _stamps[place], stamps, null) ?? stamps;
    }

    private int? PlaceOf(SyntaxTree tree)
    {
        if (_places is null)
        {
            var places = new Dictionary<SyntaxTree, int>(_trees.Length);
            for (var i = 0; i < _trees.Length; i++)
                places[_trees[i]] = i;
            _places = places;
        }

        return _places.TryGetValue(tree, out var place) ? place : null;
    }

    private static MemberDeclarationSyntax? MemberOf(SyntaxNode node)
    {
        for (SyntaxNode? current = node; current is not null; current = current.Parent)
        {
            if (current is MemberDeclarationSyntax member)
                return member is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax ? null : member;
        }

        return null;
    }

    private static readonly ConditionalWeakTable<SyntaxNode, List<MemberDeclarationSyntax>> MembersByRoot = new();

    /// <summary>The members of all types of a document, and its top-level statements, in the order of the text.</summary>
    private static List<MemberDeclarationSyntax> Members(SyntaxNode root) => MembersByRoot.GetValue(root, static r =>
    {
        var members = new List<MemberDeclarationSyntax>();
        if (r is CompilationUnitSyntax unit)
            Add(unit.Members, members);
        return members;
    });

    private static void Add(SyntaxList<MemberDeclarationSyntax> members, List<MemberDeclarationSyntax> found)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax ns:
                    Add(ns.Members, found);
                    break;
                case TypeDeclarationSyntax type:
                    Add(type.Members, found);
                    break;
                case BaseTypeDeclarationSyntax:
                    break;
                default:
                    found.Add(member);
                    break;
            }
        }
    }
}
