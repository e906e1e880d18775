using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads the handlers of mapped endpoints.</content>
internal sealed partial class HostWalker
{
    private readonly Dictionary<ISymbol, (ExpressionSyntax Handler, SemanticModel Model, InvocationExpressionSyntax Call)> _handlers = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// An own method that maps what it is given: <c>group.MapGet(GetOrders)</c>. The call that gives the handler is where readers look
    /// for the endpoint.
    /// </summary>
    private void GivenHandler(IParameterSymbol parameter, ExpressionSyntax handler, InvocationExpressionSyntax call)
    {
        var key = parameter.OriginalDefinition;
        if (_model.GetSymbolInfo(handler, _cancellationToken).Symbol is { } symbol && _handlers.TryGetValue(symbol, out var outer))
            _handlers[key] = outer;
        else
            _handlers[key] = (handler, _model, call);
    }

    private BuilderValue Handler(CallContext context, RouteGroup routes)
    {
        var arguments = context.Call.ArgumentList.Arguments;
        var argument = arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText is "handler" or "requestDelegate") ?? arguments.LastOrDefault();
        var handler = Bare(argument?.Expression);
        var model = _model;
        var call = context.Call;
        if (handler is IdentifierNameSyntax && _model.GetSymbolInfo(handler, _cancellationToken).Symbol is IParameterSymbol parameter && _handlers.TryGetValue(parameter, out var given))
            (handler, model, call) = (Bare(given.Handler), given.Model, given.Call);
        var endpoint = new MappedEndpoint(routes, call, context.Name, EndpointKind.RouteHandler, Condition(context.Call)) { Handler = handler, MappingCall = context.Call, Pattern = context.Name == "MapFallback" && arguments.Count - context.First < 2 ? null : PatternOf(context), Branch = BranchOf(context) };
        var value = new BuilderValue(routes, endpoint);
        if (handler is null || arguments.Count < 1 + context.First)
        {
            value.Add(EndpointMetadata.Unknown);
            return value;
        }

        var info = model.GetSymbolInfo(handler, _cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method)
        {
            // a delegate that comes from elsewhere carries its attributes with it; also a handler that is not typed yet
            value.Add(new EndpointMetadata(Answer.Unknown, Answer.No, Answer.Unknown, Answer.No));
            return value;
        }

        endpoint.HandlerLogIsOff = AttributeMetadata.SwitchesLogOff(method);
        value.Add(_attributes.OfMethod(method, _cancellationToken));
        endpoint.Access.AddRange(AccessAttributes.On(method, _cancellationToken).Select(static s => s with { Place = null }));
        endpoint.Limiters.AddRange(EndpointAttributes.Limiters(method));
        endpoint.RefusesAntiforgery = EndpointAttributes.Antiforgery(method) == false;
        endpoint.BindsForm = FormBinding.IsIn(method);
        endpoint.HandlerCode = handler as AnonymousFunctionExpressionSyntax ?? (_inspector.IsInSource(method) ? method.DeclaringSyntaxReferences.FirstOrDefault()?.Open(_cancellationToken) : null);
        if (endpoint.HandlerCode is { } code && AccessDecision.IsByHandIn(code))
            value.Add(EndpointMetadata.GuardedByCode);
        return value;
    }

    private static ExpressionSyntax? Bare(ExpressionSyntax? handler)
    {
        while (handler is CastExpressionSyntax or ParenthesizedExpressionSyntax)
            handler = handler is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)handler).Expression;
        return handler;
    }
}
