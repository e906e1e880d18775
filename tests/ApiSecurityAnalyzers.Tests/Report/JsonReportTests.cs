using System.Text.Json;
using System.Text.Json.Nodes;
using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;
using ApiSecurityAnalyzers.Report;
using ApiSecurityAnalyzers.Tests.Meta;
using Json.Schema;

namespace ApiSecurityAnalyzers.Tests.Report;

/// <summary>The JSON file: its form, its order, and that it follows the published schema.</summary>
public sealed class JsonReportTests
{
    private const string SchemaFile = "docs/endpoint-report.schema.json";

    private static readonly JsonSchema Schema = JsonSchema.FromText(Repository.Read(SchemaFile));

    [Fact]
    public void Writes_one_property_a_line()
    {
        var text = JsonReport.Write(Sample.Of(Sample.Orders, Sample.Unknown), withLines: true);
        Assert.Equal("""
            {
              "$schema": "https://raw.githubusercontent.com/ApiSecurityAnalyzers/ApiSecurityAnalyzers/main/docs/endpoint-report.schema.json",
              "schemaVersion": 1,
              "project": "Shop.Api",
              "targetFramework": "net10.0",
              "endpoints": [
                {
                  "route": null,
                  "methods": [],
                  "kind": "library",
                  "handler": "MapDefaults",
                  "file": "src/Program.cs",
                  "line": 41,
                  "access": "unknown",
                  "policies": [],
                  "roles": [],
                  "schemes": [],
                  "rateLimiting": "unknown",
                  "rateLimitingPolicy": null,
                  "requestLog": "unknown",
                  "antiforgery": "unknown",
                  "developmentOnly": true,
                  "because": []
                },
                {
                  "route": "/api/orders/{id}",
                  "methods": ["GET", "HEAD"],
                  "kind": "controller",
                  "handler": "OrdersController.Get",
                  "file": "src/OrdersController.cs",
                  "line": 12,
                  "access": "protected",
                  "policies": ["CanRead"],
                  "roles": ["Admin,Support", "Staff"],
                  "schemes": ["Bearer"],
                  "rateLimiting": "yes",
                  "rateLimitingPolicy": "fixed",
                  "requestLog": "yes",
                  "antiforgery": "no",
                  "developmentOnly": false,
                  "because": ["[Authorize] on OrdersController", "fallback policy"]
                }
              ]
            }
            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Application_without_endpoints_has_an_empty_list() =>
        Assert.EndsWith("  \"endpoints\": []\n}", JsonReport.Write(Sample.Of(), withLines: true), StringComparison.Ordinal);

    [Fact]
    public void Same_endpoints_in_another_order_are_the_same_file()
    {
        var twin = Sample.Open with { Place = Sample.At("/repo/src/Program.cs", 90) };
        EndpointDescription[] all = [.. Sample.All, twin];
        var expected = JsonReport.Write(Sample.Of(all), withLines: true);
        var random = new Random(4711);
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(all);
            Assert.Equal(expected, JsonReport.Write(Sample.Of(all), withLines: true));
        }
    }

    [Fact]
    public void File_for_the_repository_does_not_change_with_lines()
    {
        var moved = Sample.Orders with { Place = Sample.At("/repo/src/OrdersController.cs", 99) };
        Assert.Equal(JsonReport.Write(Sample.Of(Sample.Orders), withLines: false), JsonReport.Write(Sample.Of(moved), withLines: false));
        Assert.NotEqual(JsonReport.Write(Sample.Of(Sample.Orders), withLines: true), JsonReport.Write(Sample.Of(moved), withLines: true));
    }

    [Fact]
    public void One_more_endpoint_changes_no_other_line()
    {
        var before = JsonReport.Write(Sample.Of(Sample.Orders, Sample.Open), withLines: false).Split('\n');
        var after = JsonReport.Write(Sample.Of(Sample.Orders, Sample.Open, Sample.Orders with { Route = "api/orders/all" }), withLines: false).Split('\n');
        var kept = 0;
        foreach (var line in after)
        {
            if (kept < before.Length && before[kept] == line)
                kept++;
        }

        Assert.Equal(before.Length, kept);
    }

    [Fact]
    public void Hostile_text_is_text()
    {
        var text = JsonReport.Write(Sample.Of(Sample.Evil), withLines: true);
        using var json = JsonDocument.Parse(text);
        var endpoint = json.RootElement.GetProperty("endpoints")[0];

        // a lone surrogate is no character, so no reader can give it back
        var expected = Sample.Hostile.Replace("\ud83cä", "", StringComparison.Ordinal);
        var policy = Assert.Single(JsonReport.Write(Sample.Of(Sample.Evil with { Policies = [expected] }), withLines: true).Split('\n'), static l => l.StartsWith("      \"policies\"", StringComparison.Ordinal));
        Assert.Equal(expected, JsonNode.Parse("{" + policy.TrimEnd(',') + "}")!["policies"]![0]!.GetValue<string>());
        Assert.Equal("protected", endpoint.GetProperty("access").GetString());
        Assert.DoesNotContain(text, static c => c is '<' or '>' or '&' or '\u2028' or '\u202e' || char.IsSurrogate(c) || (c < ' ' && c != '\n'));
    }

    [Fact]
    public void Follows_its_schema()
    {
        foreach (var text in new[] { Write(withLines: true), Write(withLines: false), JsonReport.Write(Sample.Of(), withLines: true), JsonReport.Write(Sample.Of() with { TargetFramework = "" }, withLines: true) })
        {
            var result = Schema.Evaluate(JsonNode.Parse(text), new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.True(result.IsValid, string.Join('\n', result.Details.Where(static d => d.HasErrors).SelectMany(static d => d.Errors!.Select(e => d.InstanceLocation + ": " + e.Value))));
        }

        static string Write(bool withLines) => JsonReport.Write(Sample.Of([.. Sample.All.Where(static e => e != Sample.Evil)]), withLines);
    }

    [Theory]
    [InlineData("schemaVersion", "2")]
    [InlineData("access", "\"closed\"")]
    [InlineData("route", "\"api\"")]
    [InlineData("line", "0")]
    [InlineData("rateLimiting", "true")]
    public void Schema_refuses_what_is_wrong(string name, string value)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(JsonReport.Write(Sample.Of(Sample.Orders), withLines: true), $"\"{name}\": [^\n]*?(,?)\n", $"\"{name}\": {value}$1\n");
        Assert.False(Schema.Evaluate(JsonNode.Parse(text)).IsValid);
    }

    [Fact]
    public void Schema_names_each_property_and_each_value()
    {
        var schema = JsonNode.Parse(Repository.Read(SchemaFile))!;
        var file = JsonNode.Parse(JsonReport.Write(Sample.Of(Sample.Orders), withLines: true))!.AsObject();
        Assert.Equal(Names(schema["properties"]!), Names(file));
        var properties = schema["$defs"]!["endpoint"]!["properties"]!;
        Assert.Equal(Names(properties), Names(file["endpoints"]![0]!));

        Assert.Equal(Values("access"), Enum.GetValues<EndpointAccess>().Select(Words.Of).Order(StringComparer.Ordinal));
        Assert.Equal(Values("kind"), Enum.GetValues<EndpointOrigin>().Select(Words.Of).Order(StringComparer.Ordinal));
        Assert.Equal(Values("requestLog"), Enum.GetValues<Answer>().Select(Words.Of).Order(StringComparer.Ordinal));
        Assert.Equal(JsonReport.Schema, schema["$id"]!.GetValue<string>());
        Assert.Equal(JsonReport.SchemaVersion, schema["properties"]!["schemaVersion"]!["const"]!.GetValue<int>());

        static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(static p => p.Key);
        IEnumerable<string> Values(string name) => properties[name]!["enum"]!.AsArray().Select(static v => v!.GetValue<string>()).Order(StringComparer.Ordinal);
    }
}
