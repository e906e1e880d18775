using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Text;
using ApiSecurityAnalyzers.Rules.Injection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiSecurityAnalyzers.Engines.Sql;

/// <summary>Finds SQL text that is put together from values.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqlTextAnalyzer : IndexedAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        ComposedSqlText.Descriptor);

    /// <summary>Which names matter depends on the libraries that the compilation references.</summary>
    private protected override NameSet? Names => null;

    private protected override bool AppliesTo(CompilationFacts facts) => !ActiveSinks.Of(facts).IsEmpty && !facts.IsTestProject;

    private protected override void Analyze(DocumentContext context)
    {
        if (!context.IsEnabled(ComposedSqlText.Descriptor))
            return;
        TextTracer? tracer = null;
        HashSet<SyntaxNode>? seen = null;
        foreach (var token in context.Tokens(ActiveSinks.Of(context.Facts).Names))
        {
            foreach (var (node, shape) in SinkLocator.NodesAt(token))
            {
                if (!SinkLocator.IsPlain(node))
                    Judge(SinkLocator.Match(node, shape, token.ValueText, context.Model, context.CancellationToken));
            }
        }

        if (context.Index.HasAny(ActiveSinks.Of(context.Facts).Created))
        {
            foreach (var creation in SinkLocator.Unnamed(context.Root))
            {
                if (!SinkLocator.IsPlain(creation) && context.Model.GetTypeInfo(creation, context.CancellationToken).Type is { } type)
                    Judge(SinkLocator.Match(creation, SinkShape.Creation, type.Name, context.Model, context.CancellationToken));
            }
        }

        var wrappers = SqlWrappers.Of(context.Facts, context.CancellationToken);
        foreach (var name in wrappers.Names)
        {
            foreach (var token in context.Index.Tokens(name, context.Root, context.CancellationToken))
            {
                foreach (var (node, shape) in SinkLocator.NodesAt(token))
                {
                    if (shape != SinkShape.Assignment && !SinkLocator.IsPlain(node))
                        Judge(wrappers.Match(node, context.Model, context.CancellationToken));
                }
            }
        }

        void Judge(SinkUse? use)
        {
            if (use is null || !(seen ??= []).Add(use.Text))
                return;
            tracer ??= new TextTracer(context.Facts, context.Model, context.CancellationToken);
            ComposedSqlText.Judge(context, tracer, use);
        }
    }
}
