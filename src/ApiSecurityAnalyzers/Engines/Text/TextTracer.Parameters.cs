using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Text;

/// <content>What callers give for parameters.</content>
internal sealed partial class TextTracer
{
    /// <summary>How many callers deep a parameter is followed.</summary>
    private const int MaxCallers = 4;

    private readonly Dictionary<IParameterSymbol, ParameterOrigin> _origins = new(SymbolEqualityComparer.Default);

    /// <summary>Where the values of a parameter come from, as far as the compilation shows.</summary>
    public ParameterOrigin OriginOf(IParameterSymbol parameter) => OriginOf(parameter, 0);

    /// <summary>Where a piece comes from: callers, the operator, or those who set a public property of a library.</summary>
    public ParameterOrigin OriginOf(TextPart part)
    {
        if (part.Parameter is { } parameter)
            return OriginOf(parameter);
        if (KnownTexts.IsConfiguration(part.Expression, this))
            return ParameterOrigin.Outside;
        if (SymbolOf(part.Expression is ConditionalAccessExpressionSyntax conditional ? conditional.WhenNotNull : part.Expression) is not IPropertySymbol { SetMethod: { } setter } property || !IsInSource(property) || !IsVisibleOutside(setter) || !IsLibrary())
            return ParameterOrigin.Open;

        // a property of what a method gets comes from where that comes from: a bound model is the request's
        return RootOf(part.Expression) switch
        {
            { } root when SymbolOf(root) is IParameterSymbol given => OriginOf(given),
            { } root when SymbolOf(root) is IFieldSymbol or IPropertySymbol && !IsMadeByFramework(property.ContainingType) => ParameterOrigin.Outside,
            ThisExpressionSyntax when !IsMadeByFramework(property.ContainingType) => ParameterOrigin.Outside,
            _ => ParameterOrigin.Open,
        };
    }

    /// <summary>Whether a collection comes with a request: an argument of an action, or a member of a model that is one.</summary>
    public bool IsOfRequest(ExpressionSyntax collection) =>
        SymbolOf(RootOf(collection)) is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter && IsCalledByFramework(method)
        && !parameter.GetAttributes().Any(static a => a.AttributeClass is { Name: "FromServicesAttribute" or "FromKeyedServicesAttribute" })
        && (HarmlessTypes.ElementOf(parameter.Type) is not null || parameter.Type.TypeKind is TypeKind.Class or TypeKind.Struct && IsInSource(parameter.Type) && !parameter.Type.InheritsFrom("Microsoft.EntityFrameworkCore.DbContext"));

    /// <summary>What a chain of members begins with.</summary>
    private static ExpressionSyntax RootOf(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case MemberAccessExpressionSyntax access:
                    expression = access.Expression;
                    continue;
                case ConditionalAccessExpressionSyntax access:
                    expression = access.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax suppressed:
                    expression = suppressed.Operand;
                    continue;
                default:
                    return expression;
            }
        }
    }

    /// <summary>
    /// What the callers compose for a text that a constructor or an own method keeps and uses later. Text that a method hands on at
    /// once is left to its callers: there the method itself counts as what takes the text.
    /// </summary>
    public TextValue ThroughCallers(TextValue whole, ExpressionSyntax use)
    {
        var values = new List<TextValue>();
        foreach (var part in whole.Parts)
        {
            if (part.Parameter is not { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } method } parameter || parameter.DeclaringSyntaxReferences.Any(r => Members.Of(r.GetSyntax(_cancellationToken)) == Members.Of(use)))
                continue;
            var sites = CallSites.Of(_facts, method, _cancellationToken);
            if (sites.IsUnknown)
                return TextValue.Unknown;
            foreach (var (call, called) in sites.Calls)
            {
                if (Arguments.Of(call, called, parameter.Ordinal) is { IsDefaultOrEmpty: false } arguments)
                    values.AddRange(arguments.Select(Read).Where(static v => v.IsComposed || v.IsUnknown));
            }
        }

        return values.Count == 0 ? whole : TextValue.OneOf(values);
    }

    private ParameterOrigin OriginOf(IParameterSymbol parameter, int depth)
    {
        if (_origins.TryGetValue(parameter, out var known))
            return known;
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.PropertySet } setter)
            return IsVisibleOutside(setter) && IsLibrary() ? ParameterOrigin.Outside : ParameterOrigin.Open;
        if (depth > MaxCallers)
            return ParameterOrigin.Unknown;
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.Constructor or MethodKind.ExplicitInterfaceImplementation } method)
            return ParameterOrigin.Open;

        // a method that calls itself adds nothing
        _origins[parameter] = ParameterOrigin.Constant;
        return _origins[parameter] = Compute(parameter, method, depth);
    }

    private ParameterOrigin Compute(IParameterSymbol parameter, IMethodSymbol method, int depth)
    {
        if (IsCalledByFramework(method))
            return ParameterOrigin.Open;
        var sites = CallSites.Of(_facts, method, _cancellationToken);
        if (sites.IsUnknown)
            return ParameterOrigin.Unknown;
        if (sites.IsUsedAsDelegate)
            return ParameterOrigin.Open;
        var isPublic = IsVisibleOutside(method) && IsLibrary();
        if (sites.Calls.Count == 0)
            return isPublic ? ParameterOrigin.Outside : ParameterOrigin.Open;
        var origin = ParameterOrigin.Constant;
        foreach (var (call, called) in sites.Calls)
        {
            var arguments = Arguments.Of(call, called, parameter.Ordinal);
            if (arguments.IsDefault)
                return ParameterOrigin.Open;
            foreach (var argument in arguments)
            {
                var value = Read(argument);
                if (value.IsUnknown)
                    return ParameterOrigin.Unknown;
                foreach (var part in value.Parts)
                {
                    var of = part.Parameter is { } next ? OriginOf(next, depth + 1) : ParameterOrigin.Open;
                    if (of is ParameterOrigin.Open or ParameterOrigin.Unknown)
                        return of;
                    if (of == ParameterOrigin.Outside)
                        origin = of;
                }
            }
        }

        // a constructor that the compilation calls is not one that others are meant to call
        return origin == ParameterOrigin.Constant && isPublic && method.MethodKind != MethodKind.Constructor ? ParameterOrigin.Outside : origin;
    }

    private bool IsLibrary() => _facts.Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule
        && (!_facts.IsWeb || ApplicationModel.For(_facts).Visibility(_cancellationToken) == HostVisibility.OutOfSight);

    private static bool IsVisibleOutside(ISymbol symbol)
    {
        for (ISymbol? current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }

    /// <summary>Actions, handlers, hub and service methods: their arguments come with a request.</summary>
    private static bool IsCalledByFramework(IMethodSymbol method)
    {
        if (method.DeclaredAccessibility != Accessibility.Public || method.MethodKind != MethodKind.Ordinary || method.ContainingType is not { } type)
            return false;
        return IsMadeByFramework(type)
            || method.GetAttributes().Any(static a => a.AttributeClass is { Name: "WebMethodAttribute" or "OperationContractAttribute" or "JSInvokableAttribute" or "FunctionAttribute" or "FunctionNameAttribute" });
    }

    private static bool IsMadeByFramework(INamedTypeSymbol type) => type.Name.EndsWith("Controller", StringComparison.Ordinal) || FrameworkBases.Any(b => type.InheritsFrom(b));

    private static readonly string[] FrameworkBases =
    [
        "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.SignalR.Hub", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.Mvc.ViewComponent",
        "System.Web.Mvc.Controller", "System.Web.Http.ApiController", "System.Web.Services.WebService",
    ];
}
