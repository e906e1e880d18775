using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <content>Reads which addresses code makes the server listen on.</content>
internal sealed partial class HostWalker
{
    private const string KestrelOptions = "Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions";

    private void Address(string name, InvocationExpressionSyntax call, ExpressionSyntax? target)
    {
        var arguments = call.ArgumentList.Arguments;
        switch (name)
        {
            case "UseUrls":
                foreach (var argument in arguments)
                    Url(argument.Expression, call);
                break;
            case "Add":
                if (target is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Urls" } && arguments.Count == 1)
                    Url(arguments[0].Expression, call);
                break;
            case "Run" or "RunAsync":
                if (arguments.Count == 1 && _model.GetTypeInfo(arguments[0].Expression, _cancellationToken).Type?.SpecialType == SpecialType.System_String)
                    Url(arguments[0].Expression, call);
                break;
            default:
                if (target is not null && _model.GetTypeInfo(target, _cancellationToken).Type.Is(KestrelOptions))
                    Listen(name, call);
                break;
        }
    }

    private void Listen(string name, InvocationExpressionSyntax call)
    {
        Host.BehindProxy |= KnownCalls.ShowsProxy.Contains(name);
        if (Condition(call) == RunsIn.DevelopmentOnly)
            return;
        var secure = Answer.No;
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is not AnonymousFunctionExpressionSyntax lambda)
            {
                // a method that configures the endpoint: Listen(address, port, Configure)
                if (_model.GetSymbolInfo(argument.Expression, _cancellationToken).Symbol is IMethodSymbol && argument.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax && _model.GetTypeInfo(argument.Expression, _cancellationToken).Type is null)
                    secure = Answer.Unknown;
                continue;
            }

            foreach (var inner in lambda.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (NameOf(inner) == "UseHttps")
                    secure = secure.Or(DevelopmentGuard.Of(inner, lambda, _model, _cancellationToken) == RunsIn.Everywhere ? Answer.Yes : Answer.Unknown);
            }
        }

        Host.Addresses.Add(secure);
    }

    private void Url(ExpressionSyntax url, InvocationExpressionSyntax call)
    {
        if (Condition(call) == RunsIn.DevelopmentOnly)
            return;
        if (_model.GetConstantValue(url, _cancellationToken) is { HasValue: true, Value: string text })
        {
            foreach (var address in text.Split(';'))
                Host.Addresses.Add(AppSettings.IsHttps(address) ? Answer.Yes : Answer.No);
            return;
        }

        // $"http://*:{port}" says enough
        var start = url is InterpolatedStringExpressionSyntax { Contents: { Count: > 0 } contents } && contents[0] is InterpolatedStringTextSyntax literal ? literal.TextToken.ValueText : "";
        Host.Addresses.Add(AppSettings.IsHttps(start) ? Answer.Yes : start.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? Answer.No : Answer.Unknown);
    }
}
