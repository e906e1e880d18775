using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads own start-up filters and hosting start-ups, which take part in a host that never calls them.</content>
internal sealed partial class HostWalker
{
    private static readonly NameSet HostingStartup = new("IHostingStartup");

    /// <summary>Runs the hosting start-ups that the compilation's own attributes name; the framework does so for the application's assembly.</summary>
    public static void ReadHostingStartups(CompilationFacts facts, Func<HostWalker> walker, CancellationToken cancellationToken)
    {
        if (!facts.Compilation.SyntaxTrees.Any(t => NameIndex.For(t, cancellationToken).HasAny(HostingStartup)))
            return;
        foreach (var attribute in facts.Compilation.Assembly.GetAttributes())
        {
            if (attribute.AttributeClass.Is("Microsoft.AspNetCore.Hosting.HostingStartupAttribute") && attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is INamedTypeSymbol type
                && type.GetMembers("Configure").OfType<IMethodSymbol>().FirstOrDefault() is { } configure)
            {
                walker().ReadMethod(configure);
            }
        }
    }

    /// <summary>A start-up filter that is registered as a service: what it adds before it calls on runs in front of everything.</summary>
    private void StartupFilter(CallContext context)
    {
        var given = context.Call.ArgumentList.Arguments.LastOrDefault()?.Expression;
        var type = context.Method?.TypeArguments.LastOrDefault();
        if (type.Is("Microsoft.AspNetCore.Hosting.IStartupFilter") && given is BaseObjectCreationExpressionSyntax)
            type = _model.GetTypeInfo(given, _cancellationToken).Type;
        if (type is null || !_inspector.IsInSource(type) || type.GetMembers("Configure").OfType<IMethodSymbol>().FirstOrDefault()?.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken) is not MethodDeclarationSyntax code
            || code.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault() is not { } function)
        {
            Host.PipelineHasUnknown = true;
            return;
        }

        var saved = (_model, _ambient, _boundary, _branch);
        var first = Host.Pipeline.Count;
        _visited.Add(code);
        _ambient = Condition(context.Call);
        _model = _facts.ModelOf(code.SyntaxTree);
        _boundary = code;
        Inline(function, Root, null);
        (_model, _ambient, _boundary, _branch) = saved;

        var added = Host.Pipeline.GetRange(first, Host.Pipeline.Count - first);
        var next = code.ParameterList.Parameters.FirstOrDefault()?.Identifier.ValueText;
        var callsOn = function.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(c => c.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == next);

        // what follows the call runs behind the application's own pipeline, which is not read yet
        if (callsOn is null || added.Exists(c => c.Call.SyntaxTree == code.SyntaxTree && c.Call.SpanStart > callsOn.SpanStart))
            Host.PipelineHasUnknown = true;
        Host.Pipeline.RemoveRange(first, added.Count);
        Host.Pipeline.InsertRange(0, added);
    }
}
