using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Tells types whose constructors only dependency injection calls: these can be given one more parameter.</summary>
internal static class InjectedTypes
{
    /// <summary>Classes that the framework makes with services from the container.</summary>
    private static readonly string[] Bases =
    [
        "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.SignalR.Hub", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.Mvc.ViewComponent",
        "Microsoft.AspNetCore.Authentication.AuthenticationHandler", "Microsoft.Extensions.Hosting.BackgroundService", "FastEndpoints.BaseEndpoint",
    ];

    private static readonly string[] Interfaces =
    [
        "Microsoft.Extensions.Hosting.IHostedService", "Microsoft.AspNetCore.Http.IMiddleware", "Microsoft.AspNetCore.Authorization.IAuthorizationHandler", "Microsoft.AspNetCore.Diagnostics.IExceptionHandler",
        "MediatR.IRequestHandler`1", "MediatR.IRequestHandler`2", "MediatR.INotificationHandler`1", "MassTransit.IConsumer`1",
    ];

    /// <summary>Whether a parameter can be added to the constructors of the class without breaking a call.</summary>
    public static async Task<bool> CanTakeServiceAsync(INamedTypeSymbol type, Solution solution, CancellationToken cancellationToken)
    {
        if (type is not { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false, IsRecord: false })
            return false;
        if (!type.IsSealed && (await SymbolFinder.FindDerivedClassesAsync(type, solution, transitive: false, cancellationToken: cancellationToken).ConfigureAwait(false)).Any())
            return false;
        var injected = IsMadeByFramework(type);
        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var node in await ReferencesAsync(constructor, solution, cancellationToken).ConfigureAwait(false))
            {
                // this(…) inside the type is adapted with the constructor
                if (node.FirstAncestorOrSelf<ConstructorInitializerSyntax>() is null && node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not null)
                    return false;
            }
        }

        foreach (var node in await ReferencesAsync(type, solution, cancellationToken).ConfigureAwait(false))
        {
            if (node.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { } creation && creation.Type.Span.Contains(node.Span) && node.FirstAncestorOrSelf<TypeArgumentListSyntax>() is null)
                return false;
            injected |= IsRegistration(node);
        }

        return injected;
    }

    private static bool IsMadeByFramework(INamedTypeSymbol type)
    {
        if (Bases.Any(b => type.InheritsFrom(b)) || Interfaces.Any(i => type.Implements(i)))
            return true;
        if (type.GetAttributes().Any(static a => a.AttributeClass.InheritsFrom("Microsoft.AspNetCore.Mvc.ControllerAttribute")))
            return true;

        // middleware by convention, gRPC services
        return type.InstanceConstructors.Any(static c => c.Parameters.Any(static p => p.Type.Is("Microsoft.AspNetCore.Http.RequestDelegate")))
            || type.BaseType?.GetAttributes().Any(static a => a.AttributeClass.Is("Grpc.Core.BindServiceMethodAttribute")) == true;
    }

    /// <summary><c>services.AddScoped&lt;IThing, Thing&gt;()</c>, <c>services.AddSingleton(typeof(Thing))</c>.</summary>
    private static bool IsRegistration(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<TypeArgumentListSyntax>() is { Parent: GenericNameSyntax generic } && generic.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && call.Expression.Span.Contains(generic.Span))
            return IsAdd(generic.Identifier.ValueText);
        return node.FirstAncestorOrSelf<TypeOfExpressionSyntax>()?.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } && IsAdd(access.Name.Identifier.ValueText);
    }

    private static bool IsAdd(string name) => name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("TryAdd", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<SyntaxNode>> ReferencesAsync(ISymbol symbol, Solution solution, CancellationToken cancellationToken)
    {
        var nodes = new List<SyntaxNode>();
        foreach (var reference in await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var location in reference.Locations)
            {
                if (await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
                    nodes.Add(root.FindNode(location.Location.SourceSpan, findInsideTrivia: false, getInnermostNodeForTie: true));
            }
        }

        return nodes;
    }
}
