using Escalation.Core.Storage;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Tests.World;
using Escalation.Functions.Triggers;
using Escalation.Testing.Cases;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Functions.Tests.Triggers;

/// <summary>What each timer sets going, as the platform calls it.</summary>
public sealed class TimerTriggersTests : IAsyncLifetime
{
    private CaseWorld _world = null!;
    private TimerTriggers _timers = null!;

    public async Task InitializeAsync()
    {
        _world = await CaseWorld.AtAsync("2026-09-25 11:00");
        _timers = ActivatorUtilities.CreateInstance<TimerTriggers>(_world.Services);
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task The_sweep_takes_up_a_case_that_no_instance_carries_on()
    {
        var reference = await UntoldAsync();
        _world.Clock.Advance(Sweep.Grace);

        await _timers.SweepAsync(new TimerInfo(), _world.Client, CancellationToken.None);

        Assert.Equal(reference, Assert.Single(_world.Hub.Instances).Key);
    }

    [Fact]
    public async Task The_comparison_starts_the_instance_that_a_case_lacks()
    {
        var reference = await UntoldAsync();

        await _timers.CompareAsync(new TimerInfo(), _world.Client, CancellationToken.None);

        Assert.Equal(reference, Assert.Single(_world.Hub.Instances).Key);
    }

    [Fact]
    public async Task Retention_removes_the_personal_data_whose_time_has_come()
    {
        var reference = await _world.OpenAsync("suffolk-mash");
        var withdraw = Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = "1" };
        Assert.IsType<Handled.Done>(await _world.DoAsync(reference, withdraw));
        _world.Clock.SetUtcNow((await _world.ReadAsync(reference)).Case.RetainUntil!.Value);

        await _timers.RetainAsync(new TimerInfo(), _world.Client, CancellationToken.None);

        Assert.True((await _world.ReadAsync(reference)).Case.PersonalDataRemoved);
    }

    /// <summary>A case that was opened while no instance could be started.</summary>
    private async Task<string> UntoldAsync()
    {
        _world.Hub.IsDown = true;
        var reference = await _world.OpenAsync("sandwell");
        _world.Hub.IsDown = false;
        return reference;
    }
}
