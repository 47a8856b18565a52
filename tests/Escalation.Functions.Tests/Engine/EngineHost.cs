using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Tests.World;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Escalation.Functions.Tests.Engine;

/// <summary>
/// The orchestrator and the activities of a world on the real engine, apart from the world's services. The engine's clock is the machine's,
/// and a case waits for days: of its wakes those up to <see cref="Until"/> come at once, and the world's clock then stands at them. A later
/// one takes as long as it is away from the world's clock.
/// </summary>
public sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CaseWorld _world;
    private readonly CaseActivities _activities;
    private readonly ConcurrentDictionary<string, DateTimeOffset?> _wakes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    private static readonly TimeSpan LongestTimer = new DurableTaskWorkerOptions().MaximumTimerInterval;

    /// <summary>No test takes longer, on a machine that is busy with others too.</summary>
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    static EngineHost() =>
        // The engine's own host would watch settings files.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    private EngineHost(CaseWorld world, TimeSpan? longestTimer)
    {
        (_world, _activities) = (world, world.Get<CaseActivities>());
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(log => log.ClearProviders());
        builder.Services.AddInMemoryDurableTask(Register, new InMemoryDurableTaskOptions { Port = FreePort() });
        builder.Services.AddSingleton<InMemoryOrchestrationService>(Engine);
        if (longestTimer is { } longest)
            builder.Services.Configure<DurableTaskWorkerOptions>(options => options.MaximumTimerInterval = longest);
        _host = builder.Build();
    }

    public CountingEngine Engine { get; } = new();
    public DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();
    public DateTimeOffset Until { get; set; }

    /// <summary>How often each activity is run; the last result counts.</summary>
    public int RunsOfActivities { get; set; } = 1;

    /// <summary>Timers that would have been split where the case waits for days, in parts besides the first.</summary>
    public int FurtherParts { get; private set; }

    public static async Task<EngineHost> StartAsync(CaseWorld world, TimeSpan? longestTimer = null)
    {
        var host = new EngineHost(world, longestTimer);
        await host._host.StartAsync(host._limit.Token);
        world.Client = host.Client;
        return host;
    }

    public EngineInstance Instance(string reference) => Engine.Find(reference);

    /// <summary>The case's next wake as an instance's last activity left it.</summary>
    public DateTimeOffset? WakeOf(string reference) => _wakes.GetValueOrDefault(reference);

    /// <summary>Until every instance has finished or waits for something far off.</summary>
    public Task RestAsync() => WhenAsync(() => Task.FromResult(Engine.Instances.All(i => i.IsAtRest)));

    /// <summary>Time passes to this instant, wake by wake.</summary>
    public async Task UntilAsync(DateTimeOffset at)
    {
        await RestAsync();
        Until = at;
        foreach (var instance in Engine.Instances.Where(i => !i.IsFinished && _wakes.GetValueOrDefault(i.Id) <= at))
            await Client.RaiseEventAsync(instance.Id, EscalationOrchestrator.StageOutcome, null, _limit.Token);
        await RestAsync();
        _world.PassTo(at);
    }

    /// <summary>Until this holds, looked at whenever an instance has gone on.</summary>
    public async Task WhenAsync(Func<Task<bool>> holds)
    {
        try
        {
            for (var changed = Engine.Changed; !await holds(); changed = Engine.Changed)
                await changed.WaitAsync(_limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The engine did not come to it:\n{string.Join('\n', Engine.Instances)}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _limit.Dispose();
    }

    private void Register(DurableTaskRegistry registry)
    {
        // A lambda: the DURABLE analyzers fail on a method of another assembly.
        registry.AddOrchestratorFunc(EscalationOrchestrator.Name, context => EscalationOrchestrator.RunAsync(context));
        registry.AddActivityFunc<StepToTake, CaseStep>(
            CaseActivities.Advance,
            (_, step) => RepeatedAsync(() => AdvanceAsync(step))
        );
        registry.AddActivityFunc<NoticeToSend, CaseStep>(
            CaseActivities.SendNotice,
            (_, notice) => RepeatedAsync(() => SendAsync(notice))
        );
    }

    private async Task<CaseStep> AdvanceAsync(StepToTake step)
    {
        if (step.Wake is not null && _wakes.GetValueOrDefault(step.Reference) is { } wake)
        {
            FurtherParts += (int)((wake - _since[step.Reference]) / LongestTimer);
            _world.PassTo(wake);
        }
        var taken = step with { Wake = step.Wake is null ? null : _world.Now };
        return InEngineTime(step.Reference, await _activities.AdvanceAsync(taken, CancellationToken.None));
    }

    private async Task<CaseStep> SendAsync(NoticeToSend notice) =>
        InEngineTime(
            notice.Reference,
            await _activities.SendNoticeAsync(notice with { At = _world.Now }, CancellationToken.None)
        );

    private CaseStep InEngineTime(string reference, CaseStep step)
    {
        _wakes[reference] = step.NextWake;
        _since[reference] = step.At;
        var now = DateTimeOffset.UtcNow;
        var away = step.NextWake - step.At;
        return step with
        {
            At = now,
            NextWake = away > TimeSpan.Zero && step.NextWake <= Until ? now.AddTicks(1) : now + away,
        };
    }

    private async Task<CaseStep> RepeatedAsync(Func<Task<CaseStep>> activity)
    {
        for (var run = 1; run < RunsOfActivities; run++)
            await activity();
        return await activity();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
