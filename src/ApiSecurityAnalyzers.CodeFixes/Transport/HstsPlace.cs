using ApiSecurityAnalyzers.CodeFixes.Helpers;
using ApiSecurityAnalyzers.Compilations;
using ApiSecurityAnalyzers.Engines.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Transport;

/// <summary>Finds where <c>UseHsts()</c> belongs: into a block that runs outside development, else guarded in front of the redirection.</summary>
internal static class HstsPlace
{
    private const string Call = "UseHsts()";

    /// <summary>The place and the statement for it; <see langword="null"/> where the pipeline is no sequence of statements.</summary>
    public static (Place Place, string Code)? Find(HostEditor editor, CancellationToken cancellationToken)
    {
        if (editor.Host.Pipeline.Find(static c => c.Branch is null && c.RunsIn == RunsIn.NotDevelopment && c.Ambient == RunsIn.Everywhere && c.Name is "UseExceptionHandler" or "UseHttpsRedirection") is { } guarded
            && guarded.Call.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { Parent: BlockSyntax } inside && Receiver(guarded) is { } name)
            return (Place.After(inside, name), name + "." + Call);
        if (editor.Host.Pipeline.Find(static c => c.Branch is null && c.Name == "UseHttpsRedirection" && c.RunsIn != RunsIn.DevelopmentOnly) is not { } redirection
            || redirection.Call.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement || Receiver(redirection) is not { } app)
            return null;
        var guard = redirection.RunsIn == RunsIn.NotDevelopment ? null : Environment(editor, redirection, app, cancellationToken);
        return (Place.Before(statement, app), guard is null ? app + "." + Call : $"if (!{guard}.IsDevelopment())\n{{\n    {app}.{Call};\n}}");
    }

    /// <summary>The variable that the chain of the call begins with.</summary>
    private static string? Receiver(HostCall call) => MiddlewareOrder.RootOf(call.Receiver) is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } ? MiddlewareOrder.RootOf(call.Receiver)!.WithoutTrivia().ToString() : null;

    /// <summary>What tells the environment: the application itself, a parameter, a field or property of the class, else the services.</summary>
    private static string Environment(HostEditor editor, HostCall call, string app, CancellationToken cancellationToken)
    {
        var model = editor.Facts.ModelOf(call.Call.SyntaxTree);
        if (model.GetTypeInfo(MiddlewareOrder.RootOf(call.Receiver)!, cancellationToken).Type.Is("Microsoft.AspNetCore.Builder.WebApplication"))
            return app + ".Environment";
        foreach (var symbol in model.LookupSymbols(call.Call.SpanStart))
        {
            var type = symbol switch
            {
                IParameterSymbol parameter => parameter.Type,
                ILocalSymbol local when local.DeclaringSyntaxReferences.All(r => r.Span.End < call.Call.SpanStart) => local.Type,
                IFieldSymbol field when !model.GetEnclosingSymbol(call.Call.SpanStart, cancellationToken)!.IsStatic || field.IsStatic => field.Type,
                IPropertySymbol property when !model.GetEnclosingSymbol(call.Call.SpanStart, cancellationToken)!.IsStatic || property.IsStatic => property.Type,
                _ => null,
            };
            if (type.Implements("Microsoft.Extensions.Hosting.IHostEnvironment"))
                return symbol.Name;
        }

        return app + ".ApplicationServices.GetRequiredService<Microsoft.AspNetCore.Hosting.IWebHostEnvironment>()";
    }
}
