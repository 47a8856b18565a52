using System.Globalization;
using Escalation.Bench.Demo;
using Escalation.Standalone.Storage;

namespace Escalation.Bench.Opening;

/// <summary>Opening cases by many callers at once, against SQLite writing the rows that come of it.</summary>
internal static class OpeningSection
{
    private const int Cases = 10_000,
        Callers = 64,
        RoundCount = 5;
    private static readonly DateTimeOffset Now = new(2026, 9, 25, 10, 0, 0, TimeSpan.Zero);

    public static async Task<Findings> RunAsync(Workspace workspace)
    {
        var (cases, rounds) = (workspace.Cases(Cases), workspace.RoundsOf(RoundCount));
        var forms = Enumerable.Range(0, cases).Select(DemoForm.Make).ToArray();
        var pattern = workspace.Fresh("opening-pattern");
        await OpenAllAsync(pattern, forms);
        var rows = SameRows.ReadFrom(Workspace.DatabaseIn(pattern));
        var size = new FileInfo(Workspace.DatabaseIn(pattern)).Length / cases;
        var (ours, raw) = await Rounds.BestAsync(
            rounds,
            () => OpenAllAsync(workspace.Fresh("opening-ours"), forms),
            () => WriteRawAsync(workspace.Fresh("opening-raw"), rows)
        );
        return new Findings(
            [
                $"{cases:N0} cases a round, best of {rounds} rounds each; "
                    + $"ours from {Callers} concurrent callers through CaseHandler.OpenAsync",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"baseline: the same {rows.Cases.Sum(c => c.Count) / (double)cases:0.0} rows a case "
                ) + $"({size:N0} bytes of file), batches of {RawWriter.Batch}, prepared statements, one connection",
                "both: WAL, synchronous FULL, secure_delete, one SQLite file with the store's tables and indexes",
            ],
            [
                new Measurement(
                    "cases opened",
                    Report.PerSecond(cases, ours),
                    Report.PerSecond(cases, raw),
                    raw / ours,
                    "x",
                    Target.Least(0.5)
                ),
            ]
        );
    }

    private static async Task<double> OpenAllAsync(string folder, DemoForm[] forms)
    {
        await using var installation = await Installation.OpenAsync(folder);
        var next = -1;
        return await Rounds.TimeAsync(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, Callers)
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            for (
                                var i = Interlocked.Increment(ref next);
                                i < forms.Length;
                                i = Interlocked.Increment(ref next)
                            )
                                await installation.OpenCaseAsync(forms[i], Now);
                        })
                    )
            )
        );
    }

    private static async Task<double> WriteRawAsync(string folder, SameRows rows)
    {
        await SqliteCaseStore.Open(folder).DisposeAsync();
        using var writer = new RawWriter(Workspace.DatabaseIn(folder));
        return await Rounds.TimeAsync(() => Task.Run(() => writer.WriteAll(rows)));
    }
}
