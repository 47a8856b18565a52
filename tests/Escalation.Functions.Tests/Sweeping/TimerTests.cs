using System.Globalization;
using System.Reflection;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;

namespace Escalation.Functions.Tests.Sweeping;

/// <summary>When the timers run, as the platform reads their schedules (UTC), against what runs in them.</summary>
public sealed class TimerTests
{
    [Fact]
    public void The_sweep_runs_all_day_as_often_as_it_says() =>
        Assert.Equal(
            Enumerable.Range(0, 24 * 60 / (int)Sweep.Every.TotalMinutes).Select(i => i * Sweep.Every),
            RunsOf(nameof(TimerTriggers.SweepAsync))
        );

    [Fact]
    public void The_comparison_begins_after_its_night_does_and_no_run_of_it_meets_the_next()
    {
        var runs = RunsOf(nameof(TimerTriggers.CompareAsync));

        Assert.Equal((new TimeSpan(1, 2, 0), new TimeSpan(5, 57, 0)), (runs[0], runs[^1]));
        Assert.All(
            runs.Zip(runs.Skip(1)),
            pair => Assert.InRange(pair.Second - pair.First, Comparison.LongestRun, TimeSpan.FromMinutes(5))
        );
    }

    [Fact]
    public void Retention_runs_once_a_night() =>
        Assert.Equal(new TimeSpan(2, 43, 0), Assert.Single(RunsOf(nameof(TimerTriggers.RetainAsync))));

    /// <summary>The instants of a day at which the platform calls it.</summary>
    private static List<TimeSpan> RunsOf(string method)
    {
        var schedule = typeof(TimerTriggers)
            .GetMethod(method)!
            .GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>())
            .Single(attribute => attribute is not null)!
            .Schedule.Split(' ');
        Assert.Equal((6, "0", "* * *"), (schedule.Length, schedule[0], string.Join(' ', schedule[3..])));
        return
        [
            .. from hour in Enumerable.Range(0, 24)
            where IsIn(schedule[2], hour)
            from minute in Enumerable.Range(0, 60)
            where IsIn(schedule[1], minute)
            select new TimeSpan(hour, minute, 0),
        ];
    }

    /// <summary>Whether a field of a schedule has this number: <c>*</c>, <c>7</c>, <c>1-5</c>, each with <c>/STEP</c>.</summary>
    private static bool IsIn(string field, int number)
    {
        var (range, step) = field.Split('/') is [var from, var every] ? (from, Number(every)) : (field, 1);
        var bounds = range == "*" ? [0, 59] : range.Split('-').Select(Number).ToArray();
        return number >= bounds[0] && number <= bounds[^1] && (number - bounds[0]) % step == 0;

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
