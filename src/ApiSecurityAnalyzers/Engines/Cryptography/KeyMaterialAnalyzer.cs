using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.KeyMaterial;
using ApiSecurityAnalyzers.Rules.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Cryptography;

/// <summary>Finds keys, initialization vectors, nonces and salts whose value is fixed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyMaterialAnalyzer : IndexedAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        HardCodedKey.Descriptor,
        PredictableInitializationVector.Descriptor);

    /// <summary>Callers of own methods name no cipher, so every document is asked; the index answers most of them at once.</summary>
    private protected override NameSet? Names => null;

    private protected override bool AppliesTo(CompilationFacts facts) => !facts.IsTestProject;

    private protected override void Analyze(DocumentContext context)
    {
        var keys = context.IsEnabled(HardCodedKey.Descriptor);
        var vectors = context.IsEnabled(PredictableInitializationVector.Descriptor);
        if (!keys && !vectors)
            return;
        var report = new Report(context);
        var model = KeyMaterialModel.For(context.Facts);
        var sinks = context.Index.HasAny(SinkFinder.Required) ? model.SinksOf(context.Tree, context.CancellationToken) : ImmutableArray<TracedSink>.Empty;
        foreach (var traced in sinks)
        {
            if (IsKey(traced.Sink) ? keys : vectors)
                Check(traced, sinks, report);
        }

        foreach (var (argument, sink) in model.PassedOn(context.Tree, context.CancellationToken))
        {
            if (!(IsKey(sink) ? keys : vectors))
                continue;
            var traced = new TracedSink(sink with { Value = argument }, ValueTracer.Trace(argument, context.Facts, context.CancellationToken));
            if (IsKey(sink))
                report.Keys(traced);
            else if (!VectorCheck.OnlyDecrypts(sink) && traced.Origins.Any(static o => o.Kind is OriginKind.Constant or OriginKind.Zero) && VectorCheck.Reason(traced, []) is { } reason)
                report.Vector(traced.Sink, reason);
        }
    }

    private static bool IsKey(SecretSink sink) => sink.Role is SecretRole.Key or SecretRole.Password or SecretRole.PrivateKey;

    private static void Check(TracedSink traced, ImmutableArray<TracedSink> all, Report report)
    {
        if (IsKey(traced.Sink))
            report.Keys(traced);
        else if (VectorCheck.OnlyDecrypts(traced.Sink))
            return;
        else if (VectorCheck.Reason(traced, all) is { } reason)
            report.Vector(traced.Sink, reason);
        else if (NonceReuse.Reason(traced.Sink, all, report.Context.Model, report.Context.CancellationToken) is { } reuse)
            report.Vector(traced.Sink, reuse, isReused: true);
    }

    /// <summary>Reports each place once.</summary>
    private sealed class Report(DocumentContext context)
    {
        private readonly HashSet<(string, Microsoft.CodeAnalysis.Text.TextSpan)> _reported = [];

        public DocumentContext Context => context;

        public void Keys(TracedSink traced)
        {
            foreach (var origin in traced.Origins)
            {
                if (KeyCheck.Reason(traced.Sink, origin, context.Facts, context.CancellationToken) is not { } reason || !_reported.Add((HardCodedKey.Descriptor.Id, origin.Local.Span)) || IsDevelopmentOnly(origin.Local) || IsDevelopmentOnly(traced.Sink.Value))
                    continue;
                context.Report(HardCodedKey.Descriptor, origin.Local.GetLocation(), Properties(traced.Sink), asSuggestion: false, [traced.Sink.Value.GetLocation()], RoleName(traced.Sink.Role), traced.Sink.Name, reason);
            }
        }

        public void Vector(SecretSink sink, string reason, bool isReused = false)
        {
            if (!_reported.Add((PredictableInitializationVector.Descriptor.Id, sink.Value.Span)) || IsDevelopmentOnly(sink.Value))
                return;
            var consequence = sink.Role switch
            {
                SecretRole.Nonce => "two messages reveal each other and let others be forged",
                SecretRole.Salt => "equal passwords give equal results",
                _ => "equal plaintexts give equal ciphertexts",
            };
            context.Report(PredictableInitializationVector.Descriptor, sink.Value.GetLocation(), isReused ? Properties(sink).Add(ReusedKey, null) : Properties(sink), asSuggestion: false, null, RoleName(sink.Role), sink.Name, reason, consequence);
        }

        private bool IsDevelopmentOnly(SyntaxNode node) =>
            DevelopmentGuard.Of(node, context.Facts.ModelOf(node.SyntaxTree), context.CancellationToken) == RunsIn.DevelopmentOnly;

        private static ImmutableDictionary<string, string?> Properties(SecretSink sink) => ImmutableDictionary<string, string?>.Empty.Add(RoleKey, sink.Role.ToString());

        private static string RoleName(SecretRole role) => role switch
        {
            SecretRole.Password => "password",
            SecretRole.PrivateKey => "private key",
            SecretRole.InitializationVector => "initialization vector",
            SecretRole.Nonce => "nonce",
            SecretRole.Salt => "salt",
            _ => "key",
        };
    }

    /// <summary>The diagnostic property that holds the <see cref="SecretRole"/>.</summary>
    internal const string RoleKey = "Role";

    /// <summary>The diagnostic property that marks a random value that serves more than once.</summary>
    internal const string ReusedKey = "Reused";
}
