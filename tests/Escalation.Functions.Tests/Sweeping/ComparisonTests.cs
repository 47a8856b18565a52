using System.Diagnostics.Metrics;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Cases;
using Escalation.Web.Health;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Functions.Tests.Sweeping;

/// <summary>The nightly comparison of all cases with their instances: bounded runs that come to the end together.</summary>
public sealed class ComparisonTests
{
    private const string Evening = "2026-09-25 20:00";
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Thousands_of_cases_are_compared_in_runs_of_four_minutes_each_of_which_goes_on_where_the_last_one_stopped()
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        var references = await OpenUntoldAsync(world, 2_500);
        var (seen, longest, runs) = (Watch(world, TimeSpan.FromMilliseconds(200)), TimeSpan.Zero, 0);
        ComparisonPass pass;
        do
        {
            var began = world.Now;
            pass = await RunAsync(world);
            (longest, runs) = (world.Now - began > longest ? world.Now - began : longest, runs + 1);
            world.Clock.Advance(Between);
        } while (pass.Ended is null && runs < 10);

        Assert.Equal((3, 2_500, 2_500, 0), (runs, pass.Compared, pass.Mended, pass.Failed));
        Assert.InRange(longest, TimeSpan.FromMinutes(3.9), Comparison.LongestRun + TimeSpan.FromSeconds(1));
        Assert.Equal(references, seen.Order(StringComparer.Ordinal));
        Assert.Equal(references, world.Hub.Instances.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_cut_off_in_the_middle_leaves_no_case_out_and_few_to_be_done_again()
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        var references = await OpenUntoldAsync(world, 450);
        var seen = Watch(world, TimeSpan.Zero);
        using var stopping = new CancellationTokenSource();
        world.Hub.LooksUp += _ => CutOff(seen.Count == 270, stopping);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            world.Get<Comparison>().RunAsync(world.Hub, stopping.Token)
        );
        var pass = await RunAsync(world);

        Assert.NotNull(pass.Ended);
        Assert.Equal(references, seen.Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(seen.Count - references.Count, 1, Comparison.Stretch);
        Assert.Equal(references, world.Hub.Instances.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tonights_comparison_is_done_once_and_the_next_nights_again()
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        await OpenUntoldAsync(world, 3);
        var seen = Watch(world, TimeSpan.Zero);
        var first = await RunAsync(world);
        Assert.Equal((3, 3), (first.Mended, seen.Count));

        world.Clock.SetUtcNow(new(2026, 9, 26, 0, 59, 59, TimeSpan.Zero));
        Assert.Equal(first, await RunAsync(world));
        Assert.Equal(3, seen.Count);
        world.Clock.SetUtcNow(new(2026, 9, 26, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal(3, (await RunAsync(world)).Compared);
        Assert.Equal(6, seen.Count);
    }

    [Fact]
    public async Task Two_runs_at_once_start_no_instance_twice_and_one_of_them_leaves_off()
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        var references = await OpenUntoldAsync(world, 250);
        ComparisonPass? other = null;
        var seen = Watch(world, TimeSpan.Zero);
        world.Hub.LooksUp += _ =>
        {
            if (seen.Count == 150)
                other = RunAsync(world).GetAwaiter().GetResult();
        };
        var pass = await RunAsync(world);

        Assert.NotNull(other!.Ended);
        Assert.Null(pass.Ended);
        Assert.Equal(references, world.Hub.Instances.Keys.Order(StringComparer.Ordinal));
        Assert.All(world.Hub.Instances.Values, instance => Assert.Equal(1, instance.Generations));
        Assert.Equal(other, await RunAsync(world));
    }

    [Fact]
    public async Task A_case_that_cannot_be_compared_keeps_no_other_from_it_and_is_counted_and_named()
    {
        var log = new FakeLogCollector();
        await using var world = await CaseWorld.AtAsync(
            Evening,
            add: (_, services) => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)))
        );
        var references = await OpenUntoldAsync(world, 6);
        var (damaged, stuck) = (references[1], references[4]);
        await world.DamageAsync(damaged);
        world.Hub.LooksUp = reference =>
        {
            if (reference == stuck)
                throw new RpcException(new Status(StatusCode.Internal, "this one"));
        };
        var pass = await RunAsync(world);

        Assert.Equal((6, 4, 2), (pass.Compared, pass.Mended, pass.Failed));
        Assert.Equal(references.Except([damaged, stuck]), world.Hub.Instances.Keys.Order(StringComparer.Ordinal));
        var named = log.GetSnapshot()
            .Where(l => l.Level == LogLevel.Error)
            .Select(l => l.GetStructuredStateValue("Reference"));
        Assert.Equal([damaged, stuck], named.Order(StringComparer.Ordinal));
        var line = await LineAsync(world);
        Assert.Equal(
            (HealthState.Act, true),
            (line.State, line.Figure.EndsWith("2 not compared", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task While_the_hub_is_out_of_reach_nobody_is_passed_over_and_the_next_run_goes_on()
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        var references = await OpenUntoldAsync(world, 150);
        var seen = Watch(world, TimeSpan.Zero);
        world.Hub.LooksUp += _ => world.Hub.IsDown = seen.Count == 130;
        await Assert.ThrowsAsync<RpcException>(() => RunAsync(world));
        Assert.Equal(
            Comparison.Stretch,
            (await ComparisonPass.ReadAsync(world.Store, CancellationToken.None)).Pass!.Compared
        );

        (world.Hub.IsDown, world.Hub.LooksUp) = (false, _ => { });
        Assert.Equal((150, 0), (await RunAsync(world) is var pass ? pass.Compared : 0, pass.Failed));
        Assert.Equal(references, world.Hub.Instances.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pass_that_does_not_end_in_a_night_says_so_in_the_log_and_on_the_health_page_and_ends_all_the_same()
    {
        var log = new FakeLogCollector();
        await using var world = await CaseWorld.AtAsync(
            "2026-09-26 02:02",
            add: (_, services) => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)))
        );
        Assert.Equal(HealthState.Look, (await LineAsync(world)).State);
        await OpenUntoldAsync(world, 10);
        Watch(world, TimeSpan.FromMinutes(1.5));
        await RunAsync(world);
        Assert.Equal(HealthState.Well, (await LineAsync(world)).State);
        Assert.Empty(Warnings());

        world.Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync(world);
        Assert.Equal("6 cases so far. It goes on", Assert.Single(Warnings())[^26..]);
        var line = await LineAsync(world);
        Assert.Equal(HealthState.Act, line.State);
        Assert.Equal("It began on Saturday 26 September 2026 at 2:02am and has compared 6 cases so far", line.Figure);

        await RunAsync(world);
        Assert.NotNull((await RunAsync(world)).Ended);
        Assert.Equal(HealthState.Well, (await LineAsync(world)).State);
        world.Clock.Advance(TimeSpan.FromHours(36));
        Assert.Equal(HealthState.Act, (await LineAsync(world)).State);

        IReadOnlyList<string> Warnings() =>
            [.. log.GetSnapshot().Where(l => l.Level == LogLevel.Warning).Select(l => l.Message)];
    }

    [Fact]
    public async Task An_instance_left_over_of_a_case_that_needs_no_wake_ends_and_one_that_runs_for_a_case_is_left_alone()
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        var (kept, ended) = (
            await world.OpenAsync("suffolk-mash", "kept"),
            await world.OpenAsync("suffolk-mash", "ended")
        );
        await world.Hub.RunAsync();
        world.Hub.LosesEvents = true;
        var stage = (await world.ReadAsync(ended)).Case.Stage.Id;
        await world.DoAsync(ended, Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = stage });
        foreach (var notice in (await world.ReadAsync(ended)).Case.Notices.Where(n => n.Status == NoticeState.Queued))
            await world.Handler.RecordAttemptsAsync(
                ended,
                [new Attempt(notice.Key, null, null)],
                world.Now,
                CancellationToken.None
            );
        Assert.Null((await world.ReadAsync(ended)).NextWake);
        world.Hub.LosesEvents = false;
        var steps = world.Hub.Instances[kept].Steps;

        Assert.Equal(1, (await RunAsync(world)).Mended);
        await world.Hub.RunAsync();
        Assert.Equal((true, steps), (world.Hub.Instances[ended].IsFinished, world.Hub.Instances[kept].Steps));

        // It ended: the next night there is nothing to mend.
        world.Clock.Advance(TimeSpan.FromDays(1));
        var next = await RunAsync(world);
        Assert.Equal((2, 0), (next.Compared, next.Mended));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("\"informal\"")]
    [InlineData("""{ "nextWake": "tomorrow" }""")]
    [InlineData("""{ "stage": 1 }""")]
    public async Task An_instance_whose_status_is_none_of_ours_is_compared_and_told_and_has_its_own_again(string status)
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        var reference = await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        var instance = world.Hub.Instances[reference];
        var own = instance.Status;
        instance.Status = status;

        var pass = await RunAsync(world);
        await world.Hub.RunAsync();

        Assert.Equal((1, 1, 0), (pass.Compared, pass.Mended, pass.Failed));
        Assert.Equal(own, instance.Status);
        Assert.Equal(0, (await NextNightAsync()).Mended);

        Task<ComparisonPass> NextNightAsync()
        {
            world.Clock.SetUtcNow(new(2026, 9, 26, 1, 0, 0, TimeSpan.Zero));
            return RunAsync(world);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task An_instance_without_a_status_begins_by_reading_the_case_and_is_left_alone(string? status)
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        var reference = await world.OpenAsync("sandwell");
        var instance = world.Hub.Instances[reference];
        instance.Status = status;
        var steps = instance.Steps;

        var pass = await RunAsync(world);

        Assert.Equal((1, 0, 0, steps), (pass.Compared, pass.Mended, pass.Failed, instance.Steps));
    }

    [Fact]
    public async Task Each_case_whose_instance_differed_is_counted_as_mended()
    {
        await using var world = await CaseWorld.AtAsync(Evening);
        using var mended = new MetricCollector<long>(
            world.Get<IMeterFactory>(),
            Meters.Name,
            "escalation.sweep.mended"
        );
        await OpenUntoldAsync(world, 3);
        await RunAsync(world);

        Assert.Equal(3, mended.GetMeasurementSnapshot().Sum(m => m.Value));
    }

    private static Task<ComparisonPass> RunAsync(CaseWorld world) =>
        world.Get<Comparison>().RunAsync(world.Hub, CancellationToken.None);

    private static async Task<HealthLine> LineAsync(CaseWorld world)
    {
        var health = world.Services.GetServices<IHostHealth>();
        var lines = await Task.WhenAll(health.Select(h => h.LineAsync(world.Now, CancellationToken.None)));
        return lines.Single(l => l.What.StartsWith("Nightly comparison", StringComparison.Ordinal));
    }

    /// <summary>The cases looked up from now on, each of which takes so long.</summary>
    private static List<string> Watch(CaseWorld world, TimeSpan each)
    {
        var seen = new List<string>();
        world.Hub.LooksUp = reference =>
        {
            if (reference == "health")
                return;
            seen.Add(reference);
            world.Clock.Advance(each);
        };
        return seen;
    }

    private static void CutOff(bool now, CancellationTokenSource stopping)
    {
        if (!now)
            return;
        stopping.Cancel();
        stopping.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Cases of which no instance was told, raised at three instants. Their references, sorted.</summary>
    private static async Task<IReadOnlyList<string>> OpenUntoldAsync(CaseWorld world, int cases)
    {
        var references = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases),
            async (number, cancel) =>
            {
                var open = Sample.Opening("sandwell") with { IntakeKey = $"key {number}" };
                var raised = world.Now.AddSeconds(-number % 3);
                var opened = await world.Handler.OpenAsync("sandwell", open, true, $"{number}", raised, cancel);
                references.Add(Assert.IsType<Handled.Done>(opened).Document.Case.Reference);
            }
        );
        return [.. references.Order(StringComparer.Ordinal)];
    }
}
