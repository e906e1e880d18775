using System.Runtime.CompilerServices;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Whether code of the application, or a library in it, reads authorization attributes by reflection: filters, aspects, interceptors, mediator
/// behaviours. Then an attribute that the framework does not read may act all the same.
/// </summary>
internal static class AttributeReaders
{
    /// <summary>Names by which attributes are read.</summary>
    public static readonly NameSet Reflection = new("GetCustomAttribute", "GetCustomAttributes", "GetCustomAttributesData", "CustomAttributes", "IsDefined");

    /// <summary>What is read.</summary>
    public static readonly NameSet Subjects = new("AuthorizeAttribute", "IAuthorizeData");

    /// <summary>Libraries that weave code into methods or intercept calls by attributes, and servers of other protocols that know the framework's attribute.</summary>
    private static readonly string[] Libraries = ["PostSharp", "Metalama", "AspectInjector", "Rougamo", "MethodBoundaryAspect", "AspectCore", "Volo.Abp", "HotChocolate", "GraphQL", "ServiceStack"];

    /// <summary>What describes an API reads attributes to print them.</summary>
    private static readonly HashSet<string> Describing = new(StringComparer.Ordinal)
    {
        "IOperationFilter", "IDocumentFilter", "ISchemaFilter", "IParameterFilter", "IOperationProcessor", "IDocumentProcessor", "IOpenApiOperationTransformer", "IOpenApiDocumentTransformer", "IApiDescriptionProvider",
    };

    private static readonly ConditionalWeakTable<CompilationFacts, StrongBox<bool>> Cache = new();

    public static bool Exist(CompilationFacts facts, CancellationToken cancellationToken)
    {
        if (Cache.TryGetValue(facts, out var known))
            return known.Value;
        var found = facts.Compilation.ReferencedAssemblyNames.Any(static a => Array.Exists(Libraries, l => a.Name == l || a.Name.StartsWith(l + ".", StringComparison.Ordinal))) || InSource(facts, cancellationToken);
        return Cache.GetValue(facts, _ => new StrongBox<bool>(found)).Value;
    }

    private static bool InSource(CompilationFacts facts, CancellationToken cancellationToken)
    {
        var reads = false;
        var names = false;
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            var index = NameIndex.For(tree, cancellationToken);
            reads = reads || index.HasAny(Reflection) && index.Tokens(Reflection, tree.GetRoot(cancellationToken), cancellationToken).Any(IsUse);
            names = names || index.HasAny(Subjects) && index.Tokens(Subjects, tree.GetRoot(cancellationToken), cancellationToken).Any(IsUse);
            if (reads && names)
                return true;
        }

        return false;
    }

    /// <summary>Whether a name stands in code that could read or compare, not where an attribute is written, made or derived.</summary>
    private static bool IsUse(SyntaxToken token)
    {
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AttributeSyntax or BaseListSyntax or UsingDirectiveSyntax or ParameterSyntax:
                case ObjectCreationExpressionSyntax creation when creation.Type.Span.Contains(token.Span):
                    return false;
                case TypeDeclarationSyntax type:
                    return type.BaseList?.Types.Any(static b => Describing.Contains(b.Type.ToString().Substring(b.Type.ToString().LastIndexOf('.') + 1))) != true;
            }
        }

        return true;
    }
}
