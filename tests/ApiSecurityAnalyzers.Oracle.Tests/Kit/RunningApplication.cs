using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiSecurityAnalyzers.Oracle.Tests.Kit;

/// <summary>An application that runs in memory: its endpoints as routing lists them, and what anonymous calls of them give.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    private readonly IHost _host;
    private readonly HostCapture _capture;
    private readonly HttpClient _client;

    static RunningApplication() => AssemblyLoadContext.Default.Resolving += static (_, name) => Loaded.GetValueOrDefault(name.Name!);

    private RunningApplication(IHost host, HostCapture capture)
    {
        _host = host;
        _capture = capture;
        _client = ((TestServer)host.Services.GetRequiredService<IServer>()).CreateClient();
    }

    public static async Task<RunningApplication> StartAsync(SourceApplication source)
    {
        var assembly = source.Load();
        Loaded[source.Name] = assembly;
        var capture = new HostCapture();
        return new RunningApplication(await capture.StartAsync(assembly), capture);
    }

    /// <summary>The endpoints that routing can match.</summary>
    public ImmutableArray<RouteEndpoint> Endpoints => [.. _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(static e => e.Metadata.GetMetadata<ISuppressMatchingMetadata>()?.SuppressMatching != true)];

    /// <summary>Calls a path, without credentials unless a user is named: for applications that take the name from a header.</summary>
    public async Task<Reply> CallAsync(string method, string path, string? user = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (user is not null)
            request.Headers.Add("X-User", user);
        if (method is "POST" or "PUT" or "PATCH")
            request.Content = new MultipartFormDataContent { { new StringContent("x"), "name" } };
        try
        {
            using var response = await _client.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            var outcome = response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Outcome.Denied,
                HttpStatusCode.TooManyRequests => Outcome.Limited,
                HttpStatusCode.BadRequest => Outcome.Rejected,
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => Outcome.NotFound,
                >= HttpStatusCode.InternalServerError => Outcome.Broken,
                _ => Outcome.Reached,
            };
            return new Reply(outcome, $"{(int)response.StatusCode} {body}");
        }
#pragma warning disable CA1031 // whatever the pipeline throws is the answer
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return new Reply(Outcome.Broken, thrown.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.StopAsync();
        await _capture.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        _host.Dispose();
    }
}
