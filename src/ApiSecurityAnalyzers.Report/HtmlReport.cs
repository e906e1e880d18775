using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

namespace ApiSecurityAnalyzers.Report;

/// <summary>Writes the report as one page that needs nothing else: no network, no file beside it, and no script to be read.</summary>
internal static class HtmlReport
{
    private static readonly (EndpointAccess Access, string Meaning)[] Verdicts =
    [
        (EndpointAccess.Open, "Anybody can call it, and nothing in the code says that this is meant."),
        (EndpointAccess.Unknown, "The code that decides is in another assembly, or not understood."),
        (EndpointAccess.Anonymous, "Anonymous access is declared, which wins over every demand for authorization."),
        (EndpointAccess.Protected, "Only callers that authorization lets in."),
    ];

    private static readonly (string Key, string Column, string Heading)[] Columns =
    [
        ("route", "endpoint", "Endpoint"),
        ("access", "access", "Access"),
        ("handler", "handler", "Handler"),
        ("limiter", "limiter", "Rate limiter"),
        ("log", "log", "Request log"),
        ("forgery", "forgery", "Anti-forgery"),
        ("", "why", "Why"),
    ];

    private static readonly Lazy<string> Style = new(static () => Resource("page.css"));

    private static readonly Lazy<string> Script = new(static () => Resource("page.js"));

    /// <summary>The text of the page; the open endpoints stand first.</summary>
    /// <param name="report">What to write.</param>
    public static string Write(EndpointReport report)
    {
        var rows = report.Endpoints.OrderBy(static e => Rank(e.Facts.Access)).ToList();
        var html = new StringBuilder();
        Head(html, report);
        html.Append("<body>\n<header>\n<p class=\"eyebrow\">Endpoint report</p>\n<h1>").AppendName(report.Project).Append("</h1>\n<p class=\"lead\">")
            .Append(Count(rows.Count)).Append(report.TargetFramework.Length > 0 ? " · " : "").AppendText(report.TargetFramework).Append("</p>\n</header>\n<main>\n");
        if (rows.Count == 0)
        {
            html.Append("<p class=\"status\"></p>\n<p class=\"none\">This application maps no endpoint that can be seen.</p>\n");
        }
        else
        {
            Summary(html, rows);
            Tools(html, rows);
            Table(html, rows);
        }

        html.Append("</main>\n");
        Legend(html);
        return html.Append("<script>").Append(Script.Value).Append("</script>\n</body>\n</html>").ToString();
    }

    /// <summary>The policy allows the page its own style and script, by their hashes, and nothing else.</summary>
    private static void Head(StringBuilder html, EndpointReport report) => html
        .Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")
        .Append(Hash(Style.Value)).Append("'; script-src '").Append(Hash(Script.Value)).Append("'; base-uri 'none'; form-action 'none'\">\n")
        .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>Endpoints of ")
        .AppendText(report.Project).Append("</title>\n<style>").Append(Style.Value).Append("</style>\n</head>\n");

    private static void Summary(StringBuilder html, List<ReportedEndpoint> rows)
    {
        html.Append("<svg class=\"bar\" viewBox=\"0 0 ").Append(Number(rows.Count)).Append(" 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        var from = 0;
        foreach (var (access, _) in Verdicts)
        {
            var count = rows.Count(e => e.Facts.Access == access);
            if (count > 0)
                html.Append("<rect class=\"").Append(Words.Of(access)).Append("\" x=\"").Append(Number(from)).Append("\" width=\"").Append(Number(count)).Append("\" height=\"1\"/>");
            from += count;
        }

        html.Append("</svg>\n<fieldset class=\"verdicts\">\n<legend class=\"sr\">Show endpoints by access</legend>\n");
        Tile(html, "all", "", rows.Count, "All", isChecked: true);
        foreach (var (access, _) in Verdicts)
            Tile(html, Words.Of(access), Words.Of(access), rows.Count(e => e.Facts.Access == access), HtmlRow.Title(access), isChecked: false);
        html.Append("</fieldset>\n");
    }

    private static void Tile(StringBuilder html, string style, string value, int count, string title, bool isChecked) => html
        .Append("<label class=\"tile ").Append(style).Append(count == 0 ? " empty" : "").Append("\"><input type=\"radio\" name=\"access\" value=\"").Append(value).Append(isChecked ? "\" checked>" : "\">")
        .Append("<b>").Append(Number(count)).Append("</b> <span>").Append(title).Append("</span></label>\n");

    private static void Tools(StringBuilder html, List<ReportedEndpoint> rows)
    {
        html.Append("<div class=\"tools\">\n<label class=\"search\"><span>Search</span><input type=\"search\" id=\"search\" placeholder=\"Route, handler, file, policy, role\" autocomplete=\"off\" spellcheck=\"false\"></label>\n")
            .Append("<label><span>Method</span><select id=\"method\"><option value=\"\">Any method</option>");
        foreach (var method in rows.SelectMany(static e => e.Facts.Methods).Distinct(StringComparer.Ordinal).OrderBy(static m => m, StringComparer.Ordinal))
            html.Append("<option>").AppendText(method).Append("</option>");
        html.Append("</select></label>\n<label><span>Show only</span><select id=\"gap\"><option value=\"\">All endpoints</option><option value=\"limiter\">Without rate limiter</option><option value=\"log\">Without request log</option><option value=\"forgery\">Without anti-forgery</option></select></label>\n")
            .Append("<label class=\"sort\"><span>Order by</span><select id=\"sort\">");
        foreach (var (key, _, heading) in Columns.Where(static c => c.Key.Length > 0))
            html.Append("<option value=\"").Append(key).Append(key == "access" ? "\" selected>" : "\">").Append(heading).Append("</option>");
        html.Append("</select></label>\n</div>\n<p class=\"status\" id=\"status\" role=\"status\">All ").Append(Number(rows.Count)).Append(" shown</p>\n");
    }

    private static void Table(StringBuilder html, List<ReportedEndpoint> rows)
    {
        // the roles keep the table a table for screen readers where a narrow window shows it as cards
        html.Append("<table id=\"table\" role=\"table\">\n<caption class=\"sr\">Endpoints, who can call them, and what covers them</caption>\n<colgroup>");
        foreach (var (_, column, _) in Columns)
            html.Append("<col class=\"c-").Append(column).Append("\">");
        html.Append("</colgroup>\n<thead role=\"rowgroup\"><tr role=\"row\">");
        foreach (var (key, _, heading) in Columns)
        {
            if (key.Length == 0)
                html.Append("<th scope=\"col\" role=\"columnheader\"><span>").Append(heading).Append("</span></th>");
            else
                html.Append("<th scope=\"col\" role=\"columnheader\" data-sort=\"").Append(key).Append("\" data-heading=\"").Append(heading).Append(key == "access" ? "\" aria-sort=\"ascending\">" : "\">").Append("<button type=\"button\">").Append(heading).Append("</button></th>");
        }

        html.Append("</tr></thead>\n<tbody id=\"rows\" role=\"rowgroup\">\n");
        foreach (var row in rows)
            HtmlRow.Write(html, row);
        html.Append("</tbody>\n</table>\n<p class=\"none\" id=\"none\" hidden>No endpoint is like that.</p>\n");
    }

    private static void Legend(StringBuilder html)
    {
        html.Append("<footer>\n<h2>What the words mean</h2>\n<dl>\n");
        foreach (var (access, meaning) in Verdicts)
            html.Append("<dt><span class=\"badge ").Append(Words.Of(access)).Append("\">").Append(HtmlRow.Title(access)).Append("</span></dt><dd>").Append(meaning).Append("</dd>\n");
        html.Append("</dl>\n</footer>\n");
    }

    private static int Rank(EndpointAccess access) => Array.FindIndex(Verdicts, v => v.Access == access);

    private static string Count(int number) => Number(number) + (number == 1 ? " endpoint" : " endpoints");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return "sha256-" + Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
