namespace ApiSecurityAnalyzers.Engines.KeyMaterial;

/// <summary>A sink with the sources of its value.</summary>
internal sealed record TracedSink(SecretSink Sink, IReadOnlyList<Origin> Origins);
