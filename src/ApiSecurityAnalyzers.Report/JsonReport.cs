using System.Globalization;
using System.Text;

namespace ApiSecurityAnalyzers.Report;

/// <summary>
/// Writes the report as JSON. The same code gives the same bytes, on every machine: no time, no absolute path, no counts that two
/// branches would both change. One property a line keeps a difference as small as the change.
/// </summary>
internal static class JsonReport
{
    /// <summary>The version of the schema; it changes when a property is removed or changes its meaning, not when one is added.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Where the schema is published.</summary>
    public const string Schema = "https://raw.githubusercontent.com/ApiSecurityAnalyzers/ApiSecurityAnalyzers/main/docs/endpoint-report.schema.json";

    /// <summary>The text of the file, without a line end after the last line.</summary>
    /// <param name="report">What to write.</param>
    /// <param name="withLines">Whether to tell line numbers, which move with each edit; a file that is kept in a repository has none.</param>
    public static string Write(EndpointReport report, bool withLines)
    {
        var text = new StringBuilder("{\n");
        text.Append("  \"$schema\": ").AppendJson(Schema).Append(",\n");
        text.Append("  \"schemaVersion\": ").Append(SchemaVersion.ToString(CultureInfo.InvariantCulture)).Append(",\n");
        text.Append("  \"project\": ").AppendJson(report.Project).Append(",\n");
        text.Append("  \"targetFramework\": ").AppendJson(report.TargetFramework.Length == 0 ? null : report.TargetFramework).Append(",\n");
        text.Append("  \"endpoints\": [");
        var isFirst = true;
        foreach (var endpoint in report.Endpoints)
        {
            text.Append(isFirst ? "\n" : ",\n");
            isFirst = false;
            Append(text, endpoint, withLines);
        }

        return text.Append(isFirst ? "]\n}" : "\n  ]\n}").ToString();
    }

    private static void Append(StringBuilder text, ReportedEndpoint endpoint, bool withLines)
    {
        var facts = endpoint.Facts;
        text.Append("    {\n");
        Name("route").AppendJson(endpoint.Route).Append(",\n");
        Name("methods").AppendJson(facts.Methods).Append(",\n");
        Name("kind").AppendJson(Words.Of(facts.Origin)).Append(",\n");
        Name("handler").AppendJson(facts.Handler).Append(",\n");
        Name("file").AppendJson(endpoint.File).Append(",\n");
        if (withLines)
            Name("line").Append(endpoint.Line.ToString(CultureInfo.InvariantCulture)).Append(",\n");
        Name("access").AppendJson(Words.Of(facts.Access)).Append(",\n");
        Name("policies").AppendJson(facts.Policies).Append(",\n");
        Name("roles").AppendJson(facts.Roles).Append(",\n");
        Name("schemes").AppendJson(facts.Schemes).Append(",\n");
        Name("rateLimiting").AppendJson(facts.IsLimiterDisabled ? "disabled" : Words.Of(facts.RateLimiting)).Append(",\n");
        Name("rateLimitingPolicy").AppendJson(facts.LimiterPolicy).Append(",\n");
        Name("requestLog").AppendJson(Words.Of(facts.RequestLog)).Append(",\n");
        Name("antiforgery").AppendJson(Words.Of(facts.Antiforgery)).Append(",\n");
        Name("developmentOnly").Append(facts.IsDevelopmentOnly ? "true" : "false").Append(",\n");
        Name("because").AppendJson(facts.Because).Append('\n');
        text.Append("    }");

        StringBuilder Name(string name) => text.Append("      \"").Append(name).Append("\": ");
    }
}
