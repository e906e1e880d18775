using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;
using ApiSecurityAnalyzers.Report;

namespace ApiSecurityAnalyzers.Tests.Report;

/// <summary>The page: complete without script and network, and nothing in it is what it should not be.</summary>
public sealed partial class HtmlReportTests
{
    private static readonly string Page = HtmlReport.Write(Sample.Of([.. Sample.All]));

    [Fact]
    public void Open_endpoints_stand_first() =>
        Assert.Equal(["open", "unknown", "anonymous", "protected", "protected"], Access().Matches(Page).Select(static m => m.Groups[1].Value));

    [Fact]
    public void Counts_each_verdict()
    {
        Assert.Contains("<p class=\"lead\">5 endpoints · net10.0</p>", Page, StringComparison.Ordinal);
        Assert.Equal(["5 All", "1 Open", "1 Not visible", "1 Anonymous", "2 Protected"], Tile().Matches(Page).Select(static m => m.Groups[1].Value + " " + m.Groups[2].Value));
    }

    [Fact]
    public void Tells_all_that_is_known_of_an_endpoint()
    {
        var row = Row(Sample.Orders);
        Assert.Equal(
            "GET HEAD /api/orders/{id} | Protected Policy CanRead Role Admin or Support Role Staff Scheme Bearer | OrdersController.Get Controller · src/OrdersController.cs:12 | Limited by fixed | Logged | None | [Authorize] on OrdersController fallback policy",
            Text(row));
    }

    [Fact]
    public void Tells_what_is_not_known()
    {
        Assert.Equal("ANY METHOD route not visible development only | Not visible | MapDefaults Library · src/Program.cs:41 | Not visible | Not visible | Not visible |", Text(Row(Sample.Unknown)).TrimEnd());
        Assert.Equal("ANY METHOD /health | Anonymous | MapHealthChecks Operational | Switched off | None | None | AllowAnonymous on MapHealthChecks", Text(Row(Sample.Anonymous)));
        Assert.Equal("POST /api/orders | Open | lambda Route handler · src/Program.cs:40 | None | None | Required | nothing demands authorization", Text(Row(Sample.Open)));
    }

    [Fact]
    public void Tells_that_anonymous_access_overrides_what_is_asked_for() =>
        Assert.Contains("Anonymous Overridden policy CanRead Overridden role Admin or Support Overridden role Staff Scheme Bearer", Text(Row(Sample.Orders with { Access = EndpointAccess.Anonymous })), StringComparison.Ordinal);

    [Fact]
    public void Hostile_text_makes_no_element_and_no_attribute()
    {
        var row = Row(Sample.Evil);
        string[] known = ["tr", "th", "td", "span", "code", "div", "ul", "li", "wbr"];
        Assert.All(Tag().Matches(row), m => Assert.Contains(m.Groups[1].Value, known));
        Assert.DoesNotContain("'", row, StringComparison.Ordinal);
        Assert.DoesNotContain(row, static c => c is '\u2028' or '\u202e' or '\u0007' || char.IsSurrogate(c));

        // seen by the reader as it is: the turning mark as its number, the picture as a picture
        var route = System.Net.WebUtility.HtmlDecode(row[(row.IndexOf("class=\"route\">", StringComparison.Ordinal) + 14)..].Split("</code>")[0].Replace("<wbr>", "", StringComparison.Ordinal));
        Assert.Equal("/" + Sample.Hostile.Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u202e", "\\u202e", StringComparison.Ordinal).Replace("\u0007", "\\u0007", StringComparison.Ordinal).Replace("\ud83cä", "\\ud83cä", StringComparison.Ordinal), route);
    }

    [Fact]
    public void Hostile_project_name_is_text()
    {
        var page = HtmlReport.Write(Sample.Of() with { Project = Sample.Hostile, TargetFramework = Sample.Hostile });
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "</script>"));
        Assert.Single(Regex.Matches(page, "</style>"));
    }

    [Fact]
    public void Needs_nothing_from_outside()
    {
        var page = HtmlReport.Write(Sample.Of(Sample.Orders, Sample.Open, Sample.Unknown, Sample.Anonymous));
        Assert.DoesNotMatch("(?i)https?:|//[a-z]|url\\(|@import|\\bsrc=|\\bhref=|<link|<iframe|<img|<object|<embed|fetch\\(|XMLHttpRequest|WebSocket|import\\(|eval\\(|innerHTML", page);
        Assert.DoesNotMatch("(?i) on[a-z]+=|\\bstyle=", page);
    }

    [Fact]
    public void Policy_allows_its_own_style_and_script_and_nothing_else()
    {
        var policy = Policy().Match(Page).Groups[1].Value;
        Assert.Equal($"default-src 'none'; style-src '{Hash("style")}'; script-src '{Hash("script")}'; base-uri 'none'; form-action 'none'", policy);

        static string Hash(string element) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(Page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value)));
    }

    [Fact]
    public void Table_is_one_for_screen_readers_too()
    {
        Assert.Contains("<caption", Page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(Page, " aria-sort=\"ascending\">"));
        Assert.Equal(7, Regex.Matches(Page, "scope=\"col\" role=\"columnheader\"").Count);
        Assert.Equal(5, Regex.Matches(Page, "scope=\"row\" role=\"rowheader\"").Count);
        Assert.Equal(5 * 6, Regex.Matches(Page, "role=\"cell\"").Count);

        // each control has a label around it, and each id stands once
        foreach (Match control in Regex.Matches(Page, "<(?:input|select)[^>]*>"))
            Assert.Contains("<label", Page[Page.LastIndexOf('\n', control.Index)..control.Index], StringComparison.Ordinal);
        Assert.Distinct(Regex.Matches(Page, " id=\"([^\"]+)\"").Select(static m => m.Groups[1].Value));
        foreach (Match id in Regex.Matches(Page, @"find\('([a-z]+)'\)"))
            Assert.Contains($" id=\"{id.Groups[1].Value}\"", Page, StringComparison.Ordinal);
    }

    /// <summary>The cards of a narrow window have no header: the style names what stands in them.</summary>
    [Fact]
    public void Cells_have_a_name_in_a_narrow_window()
    {
        foreach (Match cell in Regex.Matches(Row(Sample.Orders), "<td role=\"cell\" class=\"([a-z]+)\""))
            Assert.Matches($"\\.{cell.Groups[1].Value}::before \\{{ content: \"", Page);
    }

    [Fact]
    public void Application_without_endpoints_says_so()
    {
        var page = HtmlReport.Write(Sample.Of());
        Assert.Contains("maps no endpoint", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"lead\">0 endpoints · net10.0</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_endpoints_are_the_same_page() => Assert.Equal(Page, HtmlReport.Write(Sample.Of([.. Sample.All.Reverse()])));

    [Fact]
    public void Elements_are_closed()
    {
        string[] single = ["meta", "col", "wbr", "input", "rect"];
        var open = new Stack<string>();
        var text = Regex.Replace(Page, "<(style|script)>.*?</\\1>|<!DOCTYPE html>", "", RegexOptions.Singleline);
        foreach (Match tag in Tag().Matches(text))
        {
            var name = tag.Groups[1].Value;
            if (tag.Value[1] != '/')
            {
                if (!single.Contains(name))
                    open.Push(name);
            }
            else
            {
                Assert.Equal(open.Pop(), name);
            }
        }

        Assert.Empty(open);
    }

    private static string Row(EndpointDescription endpoint) =>
        Assert.Single(HtmlReport.Write(Sample.Of(endpoint)).Split('\n'), static l => l.StartsWith("<tr role=\"row\" class=", StringComparison.Ordinal));

    /// <summary>What a reader sees in a row, cells separated.</summary>
    private static string Text(string row)
    {
        var text = row.Replace("<wbr>", "", StringComparison.Ordinal).Replace("</th>", " | ", StringComparison.Ordinal).Replace("</td>", " | ", StringComparison.Ordinal);
        text = Regex.Replace(Regex.Replace(text, "</li>|<ul|<div", " $0"), "<[^>]*>", "");
        return Regex.Replace(text, "[ \n]+", " ").Trim().TrimEnd('|').Trim() + (text.TrimEnd().EndsWith("|  |", StringComparison.Ordinal) ? " |" : "");
    }

    [GeneratedRegex("<tr role=\"row\" class=\"([a-z]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Access();

    [GeneratedRegex("<b>(\\d+)</b> <span>([^<]+)</span>", RegexOptions.CultureInvariant)]
    private static partial Regex Tile();

    [GeneratedRegex("</?([a-z0-9]+)[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Policy();
}
