using System.Text.Json;

namespace ApiSecurityAnalyzers.Samples.Tests.Running;

/// <summary>One entry of an application's log.</summary>
internal sealed record LogEntry(string Category, string Message, IReadOnlyDictionary<string, string> State)
{
    /// <summary>Reads a line that the JSON console formatter wrote.</summary>
    public static LogEntry? Parse(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            using var json = JsonDocument.Parse(line);
            var state = new Dictionary<string, string>(StringComparer.Ordinal);
            if (json.RootElement.TryGetProperty("State", out var values))
            {
                foreach (var value in values.EnumerateObject())
                    state[value.Name] = value.Value.ToString();
            }

            return new LogEntry(json.RootElement.GetProperty("Category").GetString()!, json.RootElement.GetProperty("Message").GetString()!, state);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
