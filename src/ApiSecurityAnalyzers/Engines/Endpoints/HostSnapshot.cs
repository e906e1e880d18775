using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// The hosts of a compilation, kept for the compilations that follow it while someone types. They stay valid as long as no tree that they were
/// read from changes, the others change inside bodies only, and no name that matters to a host appears: nothing is bound to find that out.
/// A snapshot holds syntax and no symbols, so that it does not keep an old compilation alive.
/// </summary>
internal sealed class HostSnapshot
{
    private static readonly LatestOf<HostSnapshot> Latest = new();

    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly ImmutableArray<string> _authorizing;
    private readonly HashSet<SyntaxTree> _consulted;

    private HostSnapshot(CSharpCompilation compilation, ImmutableArray<string> authorizing, HashSet<SyntaxTree> consulted, ImmutableArray<WebHost> hosts)
    {
        _references = compilation.ExternalReferences;
        _trees = compilation.SyntaxTrees;
        _authorizing = authorizing;
        _consulted = consulted;
        Hosts = hosts;
    }

    public ImmutableArray<WebHost> Hosts { get; }

    /// <summary>The hosts of an earlier state of the same project, if they are those of this one too.</summary>
    public static HostSnapshot? Find(CompilationFacts facts, CancellationToken cancellationToken)
    {
        var compilation = (CSharpCompilation)facts.Compilation;
        if (Latest.Get(compilation) is not { } earlier || !earlier.HoldsFor(compilation, Authorizing(facts), cancellationToken))
            return null;

        // the next state is compared with this one
        var current = earlier._trees == compilation.SyntaxTrees ? earlier : new HostSnapshot(compilation, earlier._authorizing, earlier._consulted, earlier.Hosts);
        Latest.Set(compilation, current);
        return current;
    }

    /// <summary>Keeps hosts that were read from <paramref name="consulted"/>; they must hold no symbols.</summary>
    public static void Keep(CompilationFacts facts, ImmutableArray<WebHost> hosts, HashSet<SyntaxTree> consulted)
    {
        var compilation = (CSharpCompilation)facts.Compilation;
        Latest.Set(compilation, new HostSnapshot(compilation, Authorizing(facts), consulted, hosts));
    }

    private static ImmutableArray<string> Authorizing(CompilationFacts facts) => facts.Options.List(ApiSecurityOptions.AuthorizationAttributes);

    private bool HoldsFor(CSharpCompilation compilation, ImmutableArray<string> authorizing, CancellationToken cancellationToken) =>
        _references.SequenceEqual(compilation.ExternalReferences) && _authorizing.SequenceEqual(authorizing)
        && ChangedTrees.All(_trees, compilation.SyntaxTrees, (earlier, current) =>
            !_consulted.Contains(earlier) && !ConcernsHosts(current, cancellationToken) && !ConcernsHosts(earlier, cancellationToken) && earlier.IsEquivalentTo(current, topLevel: true));

    private static bool ConcernsHosts(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var index = NameIndex.For(tree, cancellationToken);
        return index.HasAny(HostLocator.Names) || index.HasAny(HostMechanisms.Clues);
    }
}
