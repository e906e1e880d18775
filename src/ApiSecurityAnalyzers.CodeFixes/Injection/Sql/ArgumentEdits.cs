using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Finds and adds arguments.</summary>
internal static class ArgumentEdits
{
    /// <summary>The argument that a parameter gets, or null.</summary>
    public static ArgumentSyntax? Of(BaseArgumentListSyntax list, IParameterSymbol parameter)
    {
        for (var i = 0; i < list.Arguments.Count; i++)
        {
            var argument = list.Arguments[i];
            if (argument.NameColon is { } name ? name.Name.Identifier.ValueText == parameter.Name : i == parameter.Ordinal)
                return argument;
        }

        return null;
    }

    /// <summary>Adds an argument: at its place where the ones before it are given, by name elsewhere.</summary>
    public static void Add(TextEdits edits, BaseArgumentListSyntax list, IParameterSymbol parameter, string value)
    {
        var positional = list.Arguments.TakeWhile(static a => a.NameColon is null).Count();
        if (positional == parameter.Ordinal)
            edits.Insert(list.Arguments[positional - 1].Span.End, ", " + value);
        else
            edits.Insert(list.Arguments[list.Arguments.Count - 1].Span.End, $", {parameter.Name}: {value}");
    }
}
