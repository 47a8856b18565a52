using System.Globalization;

namespace Escalation.Bench.Scale;

/// <summary>A million cases against ten thousand: what the scheduler and the tracker ask for all day.</summary>
internal static class ScaleSection
{
    private const int Many = 1_000_000,
        Few = 10_000,
        RoundCount = 5;

    public static async Task<Findings> RunAsync(Workspace workspace)
    {
        var (cases, rounds) = (workspace.Cases(Many), workspace.RoundsOf(RoundCount));
        var many = await ScaleFile.MakeAsync(workspace, cases);
        var few = await ScaleFile.MakeAsync(workspace, Few);
        var (large, small) = (new List<ScaleFigures>(), new List<ScaleFigures>());
        for (var round = 0; round < rounds; round++)
        {
            large.Add(await ScaleChild.StartAsync(many));
            small.Add(await ScaleChild.StartAsync(few));
        }
        return new Findings(
            [
                $"{cases:N0} cases ({new FileInfo(Workspace.DatabaseIn(many)).Length >> 20:N0} MiB) "
                    + $"against {Few:N0}, 1 in {ScaleFile.OpenOneIn} open, {ScaleFile.Partnerships} partnerships; "
                    + $"documents of {ScaleFile.DocumentBytes} bytes, tracker rows of {ScaleFile.RowBytes}",
                $"each in a process of its own, {rounds} processes each, in turns; median of 1,000 warm calls, best of the processes",
                "memory: VmHWM (peak resident, libraries included), worst of the processes; "
                    + "start: process start to the first answer, best of the processes",
            ],
            [
                Compare("EarliestAsync", large.Min(f => f.Earliest), small.Min(f => f.Earliest)),
                Compare(
                    "TrackerAsync, first page of a partnership's active cases",
                    large.Min(f => f.Page),
                    small.Min(f => f.Page)
                ),
                new Measurement(
                    "peak memory",
                    Mebibytes(large.Max(f => f.PeakMemory)),
                    $"{Mebibytes(large.Max(f => f.PrivateMemory))} anonymous",
                    large.Max(f => f.PeakMemory),
                    " MiB",
                    Target.Most(300, " MiB")
                ),
                new Measurement(
                    "start to first answer",
                    Report.Seconds(large.Min(f => f.Start)),
                    "",
                    large.Min(f => f.Start),
                    " s",
                    Target.Most(3, " s")
                ),
            ]
        );
    }

    private static Measurement Compare(string what, double many, double few) =>
        new(what, Microseconds(many), Microseconds(few), many / few, "x", Target.Most(1.5));

    private static string Microseconds(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0} us");

    private static string Mebibytes(double amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:0} MiB");
}
