using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Rules.Authorization;

/// <summary>ASA1024: unread authorization.</summary>
internal static class UnreadAuthorization
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        id: "ASA1024",
        title: "Unread authorization",
        messageFormat: "'{0}' on '{1}' has no effect: {2}",
        category: Categories.Security,
        defaultSeverity: DiagnosticSeverity.Warning,
        description: "Attributes protect nothing by themselves: the framework reads those of endpoints. Elsewhere they look like protection and let everyone in.",
        cwe: 862,
        topic: Topics.Authorization);

    private const string Attribute = "Microsoft.AspNetCore.Authorization.AuthorizeAttribute";

    internal static void Inspect(EndpointDocument document)
    {
        foreach (var token in document.Context.Tokens(AccessAttributes.Names))
        {
            if (token.ValueText.StartsWith("Authorize", StringComparison.Ordinal) && token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.Span.Contains(token.Span)
                && Find(attribute, document) is { } found && !AttributeReaders.Exist(document.Context.Facts, document.CancellationToken))
            {
                Report(attribute, found, document);
            }
        }

        foreach (var (attribute, found) in UnreadScope.In(document))
            Report(attribute, found, document);
    }

    private static UnreadAttribute? Find(AttributeSyntax attribute, EndpointDocument document)
    {
        var model = document.Context.Model;
        var cancellationToken = document.CancellationToken;
        switch (attribute.Parent?.Parent)
        {
            case MethodDeclarationSyntax or LocalFunctionStatementSyntax when model.GetDeclaredSymbol(attribute.Parent.Parent, cancellationToken) is IMethodSymbol { ContainingType: not null } method && IsFramework(attribute, document):
                return new UnreadAttributes(document).OnMethod(method);
            case ClassDeclarationSyntax { Identifier.IsMissing: false } declaration when model.GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol type && IsFramework(attribute, document):
                return new UnreadAttributes(document).OnClass(type, declaration);
            default:
                return null;
        }
    }

    /// <summary>An own attribute of the name is read by own code.</summary>
    private static bool IsFramework(AttributeSyntax attribute, EndpointDocument document) =>
        document.Context.Model.GetSymbolInfo(attribute, document.CancellationToken).Symbol?.ContainingType.Is(Attribute) == true;

    private static void Report(AttributeSyntax attribute, UnreadAttribute found, EndpointDocument document) => document.Context.Report(
        Descriptor,
        attribute.GetLocation(),
        ImmutableDictionary<string, string?>.Empty.Add(CoverageReport.TargetKey, found.Target),
        document.IsSuggestion && found.Target != UnreadAttribute.TargetClass,
        found.Calls.Select(static c => EndpointPath.NameOf(c).GetLocation()),
        AccessOverrides.NameOf(new AccessStatement(attribute, false, RunsIn.Everywhere)).Trim('\''),
        found.Place,
        found.Reason);
}
