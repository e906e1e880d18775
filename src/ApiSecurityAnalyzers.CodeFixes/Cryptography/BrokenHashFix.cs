using System.Collections.Immutable;
using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Engines.ApiUse;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Cryptography;

/// <summary>ASA6001: the SHA-256 member of the same shape.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BrokenHashFix))]
public sealed class BrokenHashFix : CryptographyFix
{
    internal const string UseSha256 = "ASA6001.UseSha256";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(BrokenHash.Descriptor.Id);

    private protected override IEnumerable<PlannedFix> Plan(FixScene scene, FoundUse use)
    {
        var member = FixScene.MemberOf(use.Node);
        var type = FixScene.TypeOf(use.Node);
        if (Group(scene, use, member, type) is not { } group)
            yield break;
        if (Plan(scene, use, group, null) is { } alone)
            yield return alone;
        if (use.Type is null && use.Factory is null)
            yield break;

        // where the hash is declared with its type, the declarations change with it
        if (Plan(scene, use, group, member) is { } inMember)
            yield return inMember;
        if (Plan(scene, use, group, type) is { } inType)
            yield return inType;
    }

    private static PlannedFix? Plan(FixScene scene, FoundUse use, List<FoundUse> group, SyntaxNode? scope)
    {
        var edits = new NodeEdits();
        var swap = new UseSwap(scene, BrokenHash.Table, edits);
        var uses = scope is null ? group : group.Concat(scene.Within(scope).Where(f => f.Type is not null && f.Type.Replacement == use.Type?.Replacement)).Distinct().ToList();
        var sizes = new HashSizes(scene, edits);
        foreach (var each in uses)
        {
            if (!swap.TryAdd(each) || !sizes.TryAdapt(each))
                return null;
        }

        var replacements = new HashSet<string>(uses.Select(static u => u.Type?.Replacement ?? u.FactoryType).OfType<string>(), StringComparer.Ordinal);
        swap.RenameConstants(FixScene.MemberOf(use.Node), replacements);
        var reachesOut = scope is not null && swap.RenameDeclared(scope, replacements);
        return new PlannedFix(UseSha256, sizes.Truncates ? "Use the first 16 bytes of SHA-256" : "Use SHA-256", edits, reachesOut) { Namespace = sizes.Truncates ? "System.Linq" : null };
    }

    /// <summary>
    /// The uses that have to change with this one: both sides of a signature, and the hash that is signed with the name that is signed beside
    /// it. <see langword="null"/> where the other side cannot be seen.
    /// </summary>
    private static List<FoundUse>? Group(FixScene scene, FoundUse use, SyntaxNode member, SyntaxNode type)
    {
        var calls = member.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(static c => (Call: c, Name: (c.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText)).ToList();
        var prehashed = calls.Where(static c => c.Name is "SignHash" or "TrySignHash" or "VerifyHash" or "CreateSignature" or "VerifySignature").Select(static c => c.Call).ToList();
        if (prehashed.Count > 0)
        {
            // the DSA of the operating system knows SHA-1 only
            if (prehashed.Exists(c => scene.TypeOfValue(((MemberAccessExpressionSyntax)c.Expression).Expression)?.Name.StartsWith("DSA", StringComparison.Ordinal) == true))
                return null;
            var all = scene.Within(member).Where(f => f.Algorithm == use.Algorithm).ToList();
            return all.Exists(MakesHash) && all.Exists(static f => !MakesHash(f)) || prehashed.TrueForAll(static c => c.ArgumentList.Arguments.Count < 2) && all.Exists(MakesHash) ? all : null;
        }

        if (!IsSigned(use))
            return [use];
        if (SignatureReceiver(use) is { } receiver && scene.TypeOfValue(receiver)?.Name == "DSACryptoServiceProvider")
            return null;
        return scene.Within(type).Where(f => f.Algorithm == use.Algorithm && IsSigned(f)).ToList();
    }

    private static bool MakesHash(FoundUse use) => use.Shape is UseShape.StaticMember or UseShape.Creation or UseShape.ImplicitCreation or UseShape.Default;

    private static bool IsSigned(FoundUse use) => SignatureReceiver(use) is not null;

    private static ExpressionSyntax? SignatureReceiver(FoundUse use) =>
        (use.Value?.Parent as ArgumentSyntax)?.Parent?.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } member }
        && (name.StartsWith("Sign", StringComparison.Ordinal) || name.StartsWith("TrySign", StringComparison.Ordinal) || name.StartsWith("Verify", StringComparison.Ordinal))
            ? member.Expression
            : null;
}
