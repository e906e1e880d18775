using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ApiSecurityAnalyzers.Samples.Tests.Running;

/// <summary>An employee who has signed in.</summary>
internal sealed class User(RunningApi api, string token)
{
    public async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(api.Https, path)), cancellationToken);

    public async Task<HttpResponseMessage> PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(api.Https, path)) { Content = body is null ? null : JsonContent.Create(body) }, cancellationToken);

    /// <summary>The JSON that a call answers with.</summary>
    public async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(path, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path} is answered with {answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return api.SendAsync(request, cancellationToken);
    }
}
