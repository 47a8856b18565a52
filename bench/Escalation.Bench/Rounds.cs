using System.Diagnostics;

namespace Escalation.Bench;

/// <summary>
/// Takes turns: ours, baseline, ours, baseline… Each side keeps its best round, so that a disturbance of the machine
/// hits neither for good.
/// </summary>
internal static class Rounds
{
    /// <returns>Seconds, or whatever both sides measure; the least of each.</returns>
    public static async Task<(double Ours, double Baseline)> BestAsync(
        int rounds,
        Func<Task<double>> ours,
        Func<Task<double>> baseline
    )
    {
        var (best, bestBaseline) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < rounds; i++)
        {
            best = Math.Min(best, await MeasureAsync(ours));
            bestBaseline = Math.Min(bestBaseline, await MeasureAsync(baseline));
        }
        return (best, bestBaseline);
    }

    public static async Task<double> TimeAsync(Func<Task> action)
    {
        var watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalSeconds;
    }

    private static Task<double> MeasureAsync(Func<Task<double>> side)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return side();
    }
}
