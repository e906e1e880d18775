using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>Inserts statements, with the indentation and the line breaks of the code around them.</summary>
internal static class StatementEdits
{
    private const string Step = "    ";

    /// <summary>Inserts lines behind a statement; a statement without braces gets them.</summary>
    public static bool InsertAfter(TextEdits edits, StatementSyntax statement, IReadOnlyList<string> lines)
    {
        if (IsEmbedded(statement))
            return Embrace(edits, statement, [], lines);
        var indentation = edits.IndentationAt(statement.SpanStart);
        var end = EndOfLine(edits, statement);
        if (end is { } position)
            edits.Insert(position, string.Concat(lines.Select(l => Line(indentation, l, edits))));
        else if (edits.Source.Lines.GetLineFromPosition(statement.Span.End).End == statement.Span.End)
            edits.Insert(statement.Span.End, string.Concat(lines.Select(l => edits.NewLine + indentation + l)));
        else
            edits.Insert(statement.Span.End, string.Concat(lines.Select(static l => " " + l.TrimStart())));
        return true;
    }

    /// <summary>Inserts lines in front of a statement; a statement without braces gets them.</summary>
    public static bool InsertBefore(TextEdits edits, StatementSyntax statement, IReadOnlyList<string> lines)
    {
        if (IsEmbedded(statement))
            return Embrace(edits, statement, lines, []);
        var line = edits.Source.Lines.GetLineFromPosition(statement.SpanStart);
        var indentation = edits.IndentationAt(statement.SpanStart);
        if (line.Start + indentation.Length == statement.SpanStart)
            edits.Insert(statement.SpanStart, string.Concat(lines.Select((l, i) => (i == 0 ? l : Indented(indentation, l)) + edits.NewLine)) + indentation);
        else if (lines.Any(static l => l.StartsWith("//", StringComparison.Ordinal)))
            return false;
        else
            edits.Insert(statement.SpanStart, string.Concat(lines.Select(static l => l.TrimStart() + " ")));
        return true;
    }

    /// <summary>Inserts lines at the beginning of the body of a <c>using</c> statement.</summary>
    public static bool InsertAtStart(TextEdits edits, StatementSyntax body, IReadOnlyList<string> lines)
    {
        if (body is not BlockSyntax block)
            return Embrace(edits, body, lines, []);
        if (block.Statements.Count > 0 && edits.HasLineBreak(block.OpenBraceToken.Span.End, block.Statements[0].SpanStart))
        {
            var indentation = edits.IndentationAt(block.Statements[0].SpanStart);
            var line = edits.Source.Lines.GetLineFromPosition(block.OpenBraceToken.SpanStart);
            edits.Insert(line.EndIncludingLineBreak, string.Concat(lines.Select(l => Line(indentation, l, edits))));
            return true;
        }

        if (block.Statements.Count == 0 || edits.HasComment(block.OpenBraceToken.Span.End, block.Statements[0].SpanStart))
            return false;
        edits.Insert(block.OpenBraceToken.Span.End, string.Concat(lines.Select(static l => " " + l.TrimStart())));
        return true;
    }

    /// <summary>Puts braces around a statement, and lines in front of it and behind it.</summary>
    private static bool Embrace(TextEdits edits, StatementSyntax statement, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (statement.Parent is not StatementSyntax and not ElseClauseSyntax || statement is LocalDeclarationStatementSyntax)
            return false;
        var previous = statement.GetFirstToken().GetPreviousToken();
        if (edits.HasComment(previous.Span.End, statement.SpanStart) || statement.GetFirstToken().LeadingTrivia.Any(static t => t.IsDirective))
            return false;
        var outer = edits.IndentationAt(statement.Parent!.SpanStart);
        var inner = outer + Step;
        var wasIndented = edits.HasLineBreak(previous.Span.End, statement.SpanStart) && edits.IndentationAt(statement.SpanStart).Length > outer.Length;
        edits.Replace(
            previous.Span.End,
            statement.SpanStart,
            edits.NewLine + outer + "{" + edits.NewLine + string.Concat(before.Select(l => Line(inner, l, edits))) + inner);
        if (!wasIndented)
            Indent(edits, statement);
        edits.Insert(statement.Span.End, string.Concat(after.Select(l => edits.NewLine + Indented(inner, l))) + edits.NewLine + outer + "}");
        return true;
    }

    /// <summary>Moves the lines of a statement to the right, but not the text of literals.</summary>
    private static void Indent(TextEdits edits, StatementSyntax statement)
    {
        var text = edits.Source;
        var first = text.Lines.GetLineFromPosition(statement.SpanStart).LineNumber;
        var last = text.Lines.GetLineFromPosition(statement.Span.End).LineNumber;
        for (var i = first + 1; i <= last; i++)
        {
            var line = text.Lines[i];
            var token = statement.FindToken(line.Start);
            if (line.Span.Length > 0 && !(token.SpanStart < line.Start && token.Span.End > line.Start))
                edits.Insert(line.Start, Step);
        }
    }

    private static bool IsEmbedded(StatementSyntax statement) => statement.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax);

    /// <summary>The position behind the statement's line, if nothing but a comment follows on it.</summary>
    private static int? EndOfLine(TextEdits edits, StatementSyntax statement)
    {
        var line = edits.Source.Lines.GetLineFromPosition(statement.Span.End);
        return statement.FullSpan.End == line.EndIncludingLineBreak && line.EndIncludingLineBreak > line.End ? line.EndIncludingLineBreak : null;
    }

    private static string Line(string indentation, string line, TextEdits edits) => Indented(indentation, line) + edits.NewLine;

    private static string Indented(string indentation, string line) => line.Length == 0 ? "" : indentation + line;
}
