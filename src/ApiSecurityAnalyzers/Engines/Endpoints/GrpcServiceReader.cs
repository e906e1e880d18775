using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>
/// Finds the gRPC services of a document: classes whose base was generated from a <c>.proto</c> file, and classes that a host maps, as
/// code-first services are. The latter also serve where the generated code is not there.
/// </summary>
internal sealed class GrpcServiceReader
{
    /// <summary>What every method of a service is given.</summary>
    public static readonly NameSet Names = new("ServerCallContext");

    /// <summary>The services of libraries that tell about an application; what they give away is another rule's question.</summary>
    private static readonly string[] Operational = ["Grpc.Health.V1.Health.HealthBase", "Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionBase", "Grpc.Reflection.V1.ServerReflection.ServerReflectionBase"];

    private readonly EndpointDocument _document;
    private readonly HashSet<string> _mapped;

    private GrpcServiceReader(EndpointDocument document, HashSet<string> mapped)
    {
        _document = document;
        _mapped = mapped;
    }

    public static IReadOnlyList<Controller> Read(EndpointDocument document)
    {
        if (!document.Context.Index.HasAny(Names) && !document.Context.Facts.Types.Has("Grpc.AspNetCore.Server.GrpcServiceOptions"))
            return [];
        var mapped = new HashSet<string>(
            document.Application.AllEndpoints(document.CancellationToken).Where(static e => e.Kind == EndpointKind.GrpcService && e.MappedType is not null).Select(static e => SimpleName(e.MappedType!)), StringComparer.Ordinal);
        if (mapped.Count == 0 && !document.Context.Index.HasAny(Names))
            return [];
        var reader = new GrpcServiceReader(document, mapped);
        return document.Context.Root.DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<ClassDeclarationSyntax>()
            .Select(reader.Service).OfType<Controller>().ToList();
    }

    /// <summary>Whether a base class was generated for a service.</summary>
    public static bool HasGeneratedBase(INamedTypeSymbol type) => GeneratedBase(type) is not null;

    private static INamedTypeSymbol? GeneratedBase(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.GetAttributes().Any(static a => a.AttributeClass.Is("Grpc.Core.BindServiceMethodAttribute")))
                return current;
        }

        return null;
    }

    private Controller? Service(ClassDeclarationSyntax declaration)
    {
        // nothing is bound for a class that cannot be one; of a partial class the part with the base is reported
        if (declaration.BaseList is null || declaration.Modifiers.Any(SyntaxKind.AbstractKeyword) || declaration.Modifiers.Any(SyntaxKind.StaticKeyword)
            || !_mapped.Contains(declaration.Identifier.ValueText) && !_document.Context.Index.HasAny(Names)
            || _document.Context.Model.GetDeclaredSymbol(declaration, _document.CancellationToken) is not INamedTypeSymbol type)
        {
            return null;
        }

        var generated = GeneratedBase(type);
        if (generated is null && !IsMapped(type) || Operational.Any(o => type.InheritsFrom(o)) || Main(type) != declaration)
            return null;
        var attributes = _document.Application.Attributes;
        var own = attributes.OfType(type, _document.CancellationToken);
        foreach (var contract in type.AllInterfaces)
            own = own.Or(attributes.OfType(contract, _document.CancellationToken));
        return new Controller(type, declaration, IsMain: true, own, Methods(type, generated).Select(m => new ControllerAction(m, attributes.OfMethod(m, _document.CancellationToken))).ToImmutableArray());
    }

    private bool IsMapped(INamedTypeSymbol type) => _mapped.Contains(type.Name)
        && _document.Application.AllEndpoints(_document.CancellationToken).Any(e => e.Kind == EndpointKind.GrpcService && e.MappedType is not null && type.Is(e.MappedType));

    private ClassDeclarationSyntax? Main(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_document.CancellationToken)).OfType<ClassDeclarationSyntax>().FirstOrDefault(static d => d.BaseList is not null);

    /// <summary>The methods that callers reach: what of the generated base is implemented, or what a code-first contract demands.</summary>
    private static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type, INamedTypeSymbol? generated)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? current = type; current is not null && current.SpecialType != SpecialType.System_Object && !SymbolEqualityComparer.Default.Equals(current, generated); current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (method is { MethodKind: MethodKind.Ordinary, IsStatic: false, DeclaredAccessibility: Accessibility.Public } && (generated is null ? IsServed(method, type) : method.IsOverride) && seen.Add(method.Name))
                    yield return method;
            }
        }
    }

    private static bool IsServed(IMethodSymbol method, INamedTypeSymbol type) =>
        method.IsOverride && method.ContainingType.BaseType is IErrorTypeSymbol
        || type.AllInterfaces.Any(i => i.GetMembers().Any(m => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(m), method)));

    private static string SimpleName(string fullName) => fullName.Substring(fullName.LastIndexOfAny(Separators) + 1);

    private static readonly char[] Separators = ['.', '+'];
}
