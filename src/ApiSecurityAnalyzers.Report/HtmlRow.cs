using System.Globalization;
using System.Text;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

namespace ApiSecurityAnalyzers.Report;

/// <summary>Writes the row of one endpoint.</summary>
internal static class HtmlRow
{
    /// <summary>The word for readers.</summary>
    /// <param name="access">The verdict.</param>
    public static string Title(EndpointAccess access) => access switch
    {
        EndpointAccess.Open => "Open",
        EndpointAccess.Anonymous => "Anonymous",
        EndpointAccess.Protected => "Protected",
        _ => "Not visible",
    };

    /// <summary>Appends the row.</summary>
    /// <param name="html">Where to write.</param>
    /// <param name="endpoint">The endpoint.</param>
    public static void Write(StringBuilder html, ReportedEndpoint endpoint)
    {
        var facts = endpoint.Facts;
        var access = Words.Of(facts.Access);
        html.Append("<tr role=\"row\" class=\"").Append(access)
            .Append("\" data-access=\"").Append(access)
            .Append("\" data-methods=\"").AppendText(string.Join(" ", facts.Methods))
            .Append("\" data-limiter=\"").Append(facts.IsLimiterDisabled ? "disabled" : Words.Of(facts.RateLimiting))
            .Append("\" data-log=\"").Append(Words.Of(facts.RequestLog))
            .Append("\" data-forgery=\"").Append(Words.Of(facts.Antiforgery)).Append("\">");
        Endpoint(html, endpoint);
        Access(html, facts);
        Handler(html, endpoint);
        Limiter(html, facts);
        html.Append("<td role=\"cell\" class=\"log\">").Append(Covered(facts.RequestLog, "Logged", "None", isGap: true)).Append("</td>")
            .Append("<td role=\"cell\" class=\"forgery\">").Append(Covered(facts.Antiforgery, "Required", "None", isGap: false)).Append("</td>");
        Why(html, facts);
        html.Append("</tr>\n");
    }

    private static void Endpoint(StringBuilder html, ReportedEndpoint endpoint)
    {
        html.Append("<th scope=\"row\" role=\"rowheader\"><span class=\"methods\">");
        if (endpoint.Facts.Methods.IsEmpty)
            html.Append("ANY METHOD");
        else
            html.AppendText(string.Join(" ", endpoint.Facts.Methods));
        html.Append("</span> ");
        if (endpoint.Route is { } route)
            html.Append("<code class=\"route\">").AppendPath(route).Append("</code>");
        else
            html.Append("<span class=\"route unseen\">route not visible</span>");
        if (endpoint.Facts.IsDevelopmentOnly)
            html.Append(" <span class=\"tag\">development only</span>");
        html.Append("</th>");
    }

    private static void Access(StringBuilder html, EndpointDescription facts)
    {
        html.Append("<td role=\"cell\" class=\"access\"><div><span class=\"badge ").Append(Words.Of(facts.Access)).Append("\">").Append(Title(facts.Access)).Append("</span>");
        if (facts.Policies.Length + facts.Roles.Length + facts.Schemes.Length > 0)
        {
            html.Append("<ul class=\"demands\">");
            // declared anonymous access wins over what is asked for
            var isOverridden = facts.Access == EndpointAccess.Anonymous;
            foreach (var policy in facts.Policies)
                Demand(isOverridden ? "Overridden policy" : "Policy", policy);
            foreach (var roles in facts.Roles)
                Demand(isOverridden ? "Overridden role" : "Role", string.Join(" or ", roles.Split(',').Select(static r => r.Trim())));
            foreach (var scheme in facts.Schemes)
                Demand("Scheme", scheme);
            html.Append("</ul>");
        }

        html.Append("</div></td>");

        void Demand(string kind, string name) => html.Append("<li><span>").Append(kind).Append("</span> ").AppendName(name).Append("</li>");
    }

    private static void Handler(StringBuilder html, ReportedEndpoint endpoint)
    {
        html.Append("<td role=\"cell\" class=\"handler\"><div><code class=\"name\">").AppendName(endpoint.Facts.Handler).Append("</code> <span class=\"place\"><span class=\"kind\">").Append(Kind(endpoint.Facts.Origin)).Append(endpoint.File is null ? "</span>" : " · </span>");
        if (endpoint.File is { } file)
            html.Append("<code>").AppendPath(file).Append(':').Append(endpoint.Line.ToString(CultureInfo.InvariantCulture)).Append("</code>");
        html.Append("</span></div></td>");
    }

    private static void Limiter(StringBuilder html, EndpointDescription facts)
    {
        html.Append("<td role=\"cell\" class=\"limiter\"><div>");
        if (facts.IsLimiterDisabled)
            html.Append("<span class=\"gap\">Switched off</span>");
        else if (facts is { RateLimiting: Answer.Yes, LimiterPolicy: { } policy })
            html.Append("Limited by <span class=\"policy\">").AppendName(policy).Append("</span>");
        else
            html.Append(Covered(facts.RateLimiting, "Limited", "None", isGap: true));
        html.Append("</div></td>");
    }

    private static void Why(StringBuilder html, EndpointDescription facts)
    {
        html.Append("<td role=\"cell\" class=\"because\"><ul class=\"why\">");
        foreach (var reason in facts.Because)
            html.Append("<li>").AppendName(reason).Append("</li>");
        html.Append("</ul></td>");
    }

    private static string Covered(Answer answer, string yes, string no, bool isGap) => answer switch
    {
        Answer.Yes => yes,
        Answer.No => "<span class=\"" + (isGap ? "gap" : "quiet") + "\">" + no + "</span>",
        _ => "<span class=\"unseen\">Not visible</span>",
    };

    private static string Kind(EndpointOrigin origin) => origin switch
    {
        EndpointOrigin.Controller => "Controller",
        EndpointOrigin.RouteHandler => "Route handler",
        EndpointOrigin.Hub => "Hub",
        EndpointOrigin.GrpcService => "gRPC service",
        EndpointOrigin.RazorPage => "Razor Page",
        EndpointOrigin.Component => "Component",
        EndpointOrigin.Operational => "Operational",
        _ => "Library",
    };
}
