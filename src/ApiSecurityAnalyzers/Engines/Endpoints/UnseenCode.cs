using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// What the code of other assemblies can do to a host, judged by the names that it mentions: an assembly that never names
/// <c>FallbackPolicy</c> sets none. In an editor the other project's source is there and its name index tells; of a compiled assembly the table of
/// referenced members does. A reference assembly has no bodies, and so nothing can be said of it.
/// </summary>
internal static class UnseenCode
{
    /// <summary>Names that change the pipeline in ways which only a look at it could judge.</summary>
    public static readonly ImmutableHashSet<string> Middleware = ImmutableHashSet.Create(StringComparer.Ordinal, "UseMiddleware", "Use", "UseWhen", "MapWhen", "IMiddleware");

    /// <summary>Names by which controllers are given filters.</summary>
    public static readonly ImmutableHashSet<string> Filters = ImmutableHashSet.Create(StringComparer.Ordinal, "Filters", "Conventions", "AuthorizeFilter", "IApplicationModelProvider");

    /// <summary>Names by which every endpoint comes to demand authorization.</summary>
    public static readonly ImmutableHashSet<string> Authorization = ImmutableHashSet.Create(StringComparer.Ordinal, "FallbackPolicy", "SetFallbackPolicy", "GetFallbackPolicyAsync", "IAuthorizationPolicyProvider");

    /// <summary>Names by which a server comes to listen on HTTPS only.</summary>
    public static readonly ImmutableHashSet<string> Addresses = ImmutableHashSet.Create(StringComparer.Ordinal, "ConfigureKestrel", "UseKestrel", "UseUrls", "ListenAnyIP", "UseHttps", "RequireHttpsAttribute");

    /// <summary>The name of the interface by which services add middleware.</summary>
    public const string StartupFilter = "IStartupFilter";

    /// <summary>Everything that is looked for.</summary>
    public static readonly NameSet Names = new(HostMechanisms.Clues.Names
        .Concat(KnownCalls.RequestLogging).Concat(KnownCalls.RequestRecording).Concat(KnownCalls.ReplacesLogging).Concat(KnownCalls.HttpsRedirection).Concat(KnownCalls.RateLimiting).Concat(KnownCalls.ShowsProxy).Concat(TelemetryExport.Names.Names)
        .Concat(Middleware).Concat(Filters).Concat(Authorization).Concat(Addresses).Append(StartupFilter)
        .Distinct(StringComparer.Ordinal));

    private static readonly ImmutableHashSet<string> Wanted = Names.Names.ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>By assembly symbol, which compilations share that have the same references.</summary>
    private static readonly ConditionalWeakTable<IAssemblySymbol, StrongBox<ImmutableHashSet<string>?>> Cache = new();

    /// <summary>
    /// The names that an assembly mentions, or an assembly that it uses and that is not known to be harmless; <see langword="null"/> where
    /// that cannot be told.
    /// </summary>
    public static ImmutableHashSet<string>? NamesIn(IAssemblySymbol assembly, Compilation compilation, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(assembly, out var known))
            return known.Value;
        var names = Read(assembly, compilation, new HashSet<IAssemblySymbol>(SymbolEqualityComparer.Default), cancellationToken);
        return Cache.GetValue(assembly, _ => new StrongBox<ImmutableHashSet<string>?>(names)).Value;
    }

    private static ImmutableHashSet<string>? Read(IAssemblySymbol assembly, Compilation compilation, HashSet<IAssemblySymbol> visited, CancellationToken cancellationToken)
    {
        visited.Add(assembly);
        var trees = (compilation.GetMetadataReference(assembly) as CompilationReference)?.Compilation.SyntaxTrees.ToList();
        if ((trees is null ? InMetadata(assembly, cancellationToken) : InSource(trees, cancellationToken)) is not { } names)
            return null;
        foreach (var referenced in assembly.Modules.SelectMany(static m => m.ReferencedAssemblySymbols))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (KnownCalls.IsHarmlessAssembly(referenced.Name) || referenced.Name is "mscorlib" or "netstandard" || visited.Contains(referenced))
                continue;

            // a project refers to many packages that it hardly uses; a compiled assembly refers to what it uses
            if (trees is not null && compilation.GetMetadataReference(referenced) is not CompilationReference && !Uses(trees, referenced, cancellationToken))
                continue;
            if (Read(referenced, compilation, visited, cancellationToken) is not { } more)
                return null;
            names = names.Union(more);
        }

        return names;
    }

    /// <summary>Whether source text names a method by which a package would be given a builder.</summary>
    private static bool Uses(List<SyntaxTree> trees, IAssemblySymbol package, CancellationToken cancellationToken)
    {
        if (package.GetMetadata() is not { } metadata)
            return false;
        foreach (var module in metadata.GetModules())
        {
            var reader = module.GetMetadataReader();
            foreach (var handle in reader.MethodDefinitions)
            {
                var method = reader.GetMethodDefinition(handle);
                if ((method.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Static)) != (MethodAttributes.Public | MethodAttributes.Static))
                    continue;
                var name = reader.GetString(method.Name);
                if (TakesBuilder(name) && trees.Exists(t => NameIndex.For(t, cancellationToken).Tokens(name, t.GetRoot(cancellationToken), cancellationToken).Any()))
                    return true;
            }
        }

        return false;
    }

    private static bool TakesBuilder(string name) =>
        name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Use", StringComparison.Ordinal) || name.StartsWith("Map", StringComparison.Ordinal) || name.StartsWith("Configure", StringComparison.Ordinal);

    private static ImmutableHashSet<string> InSource(IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken)
    {
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            // comments and strings mention names too: only tokens count
            foreach (var token in NameIndex.For(tree, cancellationToken).Tokens(Names, tree.GetRoot(cancellationToken), cancellationToken))
                names.Add(token.ValueText);
        }

        return names.ToImmutable();
    }

    /// <summary>The members and types of other assemblies that a compiled assembly uses, setters under the name of their property.</summary>
    private static ImmutableHashSet<string>? InMetadata(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        if (assembly.GetMetadata() is not { } metadata || assembly.GetAttributes().Any(static a => a.AttributeClass is { Name: "ReferenceAssemblyAttribute" }))
            return null;
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var module in metadata.GetModules())
        {
            var reader = module.GetMetadataReader();
            foreach (var handle in reader.MemberReferences)
            {
                var name = reader.GetString(reader.GetMemberReference(handle).Name);
                Add(name.StartsWith("set_", StringComparison.Ordinal) || name.StartsWith("get_", StringComparison.Ordinal) ? name.Substring(4) : name);
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach (var handle in reader.TypeReferences)
                Add(reader.GetString(reader.GetTypeReference(handle).Name));
        }

        return names.ToImmutable();

        void Add(string name)
        {
            if (Wanted.Contains(name))
                names.Add(name);
        }
    }
}
