using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ApiSecurityAnalyzers.Oracle.Tests.Kit;

/// <summary>
/// Runs an application's entry point on a thread of its own and takes hold of the host that it builds, through the events that the
/// hosting library raises for such use. The server is exchanged for one in memory.
/// </summary>
internal sealed class HostCapture : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>How long an application may take to start; it takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly AsyncLocal<HostCapture?> Current = new();

    private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>Ends when the entry point returns or throws.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the application; gives the running host.</summary>
    public async Task<IHost> StartAsync(Assembly assembly)
    {
        using var all = DiagnosticListener.AllListeners.Subscribe(this);
        var thread = new Thread(() => Run(assembly)) { IsBackground = true, Name = assembly.GetName().Name };
        thread.Start();
        var first = await Task.WhenAny(_built.Task, _ended.Task).WaitAsync(Patience);
        if (first == _ended.Task)
            await _ended.Task;
        var host = await _built.Task;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        await Task.WhenAny(started.Task, _ended.Task).WaitAsync(Patience);
        if (_ended.Task.IsCompleted)
            await _ended.Task;
        return host;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (Current.Value == this && value.Name == "Microsoft.Extensions.Hosting")
            _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
            return;
        switch (value)
        {
            case { Key: "HostBuilding", Value: IHostBuilder builder }:
                builder.ConfigureServices(static services =>
                {
                    services.AddSingleton<IServer, TestServer>();
                    services.AddLogging(static logging => logging.ClearProviders());
                });
                break;
            case { Key: "HostBuilt", Value: IHost host }:
                _built.TrySetResult(host);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Run(Assembly assembly)
    {
        Current.Value = this;
        try
        {
            // the name by which MVC finds the controllers; no files are watched
            string[] args = ["--applicationName=" + assembly.GetName().Name, "--hostBuilder:reloadConfigOnChange=false"];
            assembly.EntryPoint!.Invoke(null, assembly.EntryPoint.GetParameters().Length == 0 ? [] : [args]);
            _ended.TrySetResult();
        }
        catch (TargetInvocationException thrown)
        {
            _ended.TrySetException(thrown.InnerException ?? thrown);
        }
        finally
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
        }
    }
}
