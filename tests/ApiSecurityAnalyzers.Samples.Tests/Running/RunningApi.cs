using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace ApiSecurityAnalyzers.Samples.Tests.Running;

/// <summary>
/// An application of a sample in a process of its own, which listens on free ports of the loopback interface. Ends with the object, and
/// with the test program at the latest.
/// </summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private const string Name = "ada";

    private const string FailedSignIn = "A sign-in failed";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly string Password = Secret(18);
    private static readonly ConcurrentDictionary<int, Process> Running = new();

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<LogEntry> _log = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _client;

    static RunningApi() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (var process in Running.Values)
            Kill(process);
    };

    private RunningApi(string dll, string folder)
    {
        Program = dll;
        Database = Path.Combine(folder, "shop.db");
        Certificate.WriteTo(Path.Combine(folder, "localhost.pfx"));
        _process = new Process { StartInfo = StartInfo(dll, folder, Database), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _started.TrySetException(new InvalidOperationException());
        _client = CreateClient();
    }

    /// <summary>The file of the program.</summary>
    public string Program { get; }

    /// <summary>The file of the database.</summary>
    public string Database { get; }

    /// <summary>The address for plain HTTP.</summary>
    public Uri Http { get; private set; } = null!;

    /// <summary>The address for HTTPS.</summary>
    public Uri Https { get; private set; } = null!;

    private string Output => string.Join('\n', _output);

    public static async Task<RunningApi> StartAsync(string dll, string folder, CancellationToken cancellationToken)
    {
        var api = new RunningApi(dll, folder);
        try
        {
            api._process.Start();
            Running[api._process.Id] = api._process;
            api._process.BeginOutputReadLine();
            api._process.BeginErrorReadLine();
            await api._started.Task.WaitAsync(StartLimit, cancellationToken);
            return api;
        }
        catch (Exception error)
        {
            await api.DisposeAsync();
            throw new InvalidOperationException("The application does not start:\n" + api.Output, error);
        }
    }

    /// <summary>A call by somebody who has not signed in.</summary>
    public Task<HttpResponseMessage> AnonymousAsync(HttpMethod method, string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(method, new Uri(Https, path)), cancellationToken);

    /// <summary>A call over plain HTTP; redirections are not followed.</summary>
    public Task<HttpResponseMessage> PlainAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Http, path)), cancellationToken);

    /// <summary>Signs in as an employee.</summary>
    public async Task<User> SignInAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Https, "sign-in")) { Content = JsonContent.Create(new { Name, Password }) }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return new User(this, token.GetProperty("accessToken").GetString()!);
    }

    /// <summary>Waits until what was logged so far has arrived: entries come in order, and a failed sign-in leaves one in each sample.</summary>
    public async Task<IReadOnlyList<LogEntry>> FlushAsync(CancellationToken cancellationToken)
    {
        var old = _log.Count(static e => e.Message == FailedSignIn);
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Https, "sign-in")) { Content = JsonContent.Create(new { Name, Password = "wrong" }) }, cancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var patience = Stopwatch.StartNew();
        while (_log.Count(static e => e.Message == FailedSignIn) == old)
        {
            Assert.True(patience.Elapsed < CallLimit, "The failed sign-in leaves no log entry");
            await Task.Delay(20, cancellationToken);
        }

        return [.. _log];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Kill(_process);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException)
        {
            // it was never started, or the system takes its time to end it
        }

        foreach (var id in Running.Where(r => r.Value == _process).Select(static r => r.Key))
            Running.TryRemove(id, out _);
        _process.Dispose();
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CallLimit);
        return await _client.SendAsync(request, limit.Token);
    }

    private static string Secret(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));

    private static HttpClient CreateClient()
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ServerCertificateCustomValidationCallback = static (_, certificate, _, _) => Certificate.Is(certificate),
        };
        return new HttpClient(handler, disposeHandler: true);
    }

    private static ProcessStartInfo StartInfo(string dll, string folder, string database)
    {
        var start = new ProcessStartInfo(DotNet(), [dll])
        {
            WorkingDirectory = Path.GetDirectoryName(dll)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var inherited in start.Environment.Keys.Where(static k => k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0;https://127.0.0.1:0",
            ["Kestrel__Certificates__Default__Path"] = Path.Combine(folder, "localhost.pfx"),
            ["Kestrel__Certificates__Default__Password"] = Certificate.Password,
            ["Logging__Console__FormatterName"] = "json",
            ["ConnectionStrings__Shop"] = $"Data Source={database};Pooling=False",
            ["FirstEmployee__Name"] = Name,
            ["FirstEmployee__Password"] = Password,
            ["Accountant__Name"] = Name,
            ["Accountant__Password"] = Password,
            ["Notes__Key"] = Secret(32),
            ["Receipts__Key"] = Secret(32),

            // where the fix of ASA6004 takes the key from
            ["FieldCipher__Key"] = Secret(16),

            // the keys of the bearer tokens go there
            ["HOME"] = folder,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>The program that runs this test.</summary>
    private static string DotNet()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // it has ended, or never ran
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (LogEntry.Parse(line) is not { } entry)
            return;
        _log.Enqueue(entry);
        if (entry.State.TryGetValue("address", out var address) && Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            if (uri.Scheme == Uri.UriSchemeHttps)
                Https = uri;
            else
                Http = uri;
        }

        if (entry.Message.StartsWith("Application started", StringComparison.Ordinal))
            _started.TrySetResult();
    }
}
