namespace ApiSecurityAnalyzers.CodeFixes.Injection.Sql;

/// <summary>How a string literal is written.</summary>
internal enum LiteralStyle
{
    /// <summary><c>"…"</c> with backslash escapes.</summary>
    Regular,

    /// <summary><c>@"…"</c>.</summary>
    Verbatim,

    /// <summary><c>"""…"""</c> on one line.</summary>
    Raw,

    /// <summary><c>"""…"""</c> over several lines.</summary>
    RawLines,
}
