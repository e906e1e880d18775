using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiSecurityAnalyzers.CodeFixes.Helpers;

/// <summary>Offers the actions of a fix that is applied to one diagnostic after the other.</summary>
internal static class SequentialFix
{
    /// <summary>Offers an action: alone it does what it does for each diagnostic of Fix All.</summary>
    public static void Register(this ISequentialFix fix, CodeFixContext context, string title, string key)
    {
        var document = context.Document;
        var diagnostic = context.Diagnostics[0];
        context.RegisterCodeFix(
            CodeAction.Create(title, ct => fix.ApplyAsync(document.Project.Solution, document.Id, diagnostic.Location.SourceSpan, diagnostic, key, ct), key),
            context.Diagnostics);
    }
}
