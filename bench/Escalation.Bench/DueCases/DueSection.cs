namespace Escalation.Bench.DueCases;

/// <summary>Many deadlines at one instant, against Quartz.NET firing as many one-shot jobs that write the same documents.</summary>
internal static class DueSection
{
    private const int Cases = 10_000, RoundCount = 3;

    /// <summary>Each is run once; the fastest takes part in the rounds.</summary>
    private static readonly QuartzSettings[] Candidates =
    [
        new(10, 0, TimeSpan.Zero), new(32, 0, TimeSpan.Zero), new(64, 0, TimeSpan.Zero), new(64, 1, TimeSpan.Zero), new(64, 64, TimeSpan.FromSeconds(1)),
    ];

    public static async Task<Findings> RunAsync(Workspace workspace)
    {
        var template = Workspace.DatabaseIn(workspace.Fresh("due-template"));
        await DueTemplate.MakeAsync(Path.GetDirectoryName(template)!, Cases);
        var first = workspace.Fresh("due-first");
        Workspace.Copy(template, Workspace.DatabaseIn(first));
        await ProductRun.RunAsync(first, Cases);
        var images = AfterImages.ReadFrom(Workspace.DatabaseIn(first));
        var jobs = Path.Combine(workspace.Fresh("due-jobs"), "quartz.db");
        await QuartzRun.ScheduleAsync(jobs, images);
        var tried = new List<(QuartzSettings Settings, double Seconds)>();
        foreach (var candidate in Candidates)
            tried.Add((candidate, await QuartzAsync(workspace, template, jobs, images, candidate)));
        var settings = tried.MinBy(t => t.Seconds).Settings;
        var (ours, quartz) = await Rounds.BestAsync(RoundCount, () => OursAsync(workspace, template), () => QuartzAsync(workspace, template, jobs, images, settings));
        return new Findings(
            [
                $"{Cases:N0} cases due at one instant, documents of {images.AverageSize:N0} bytes afterwards; best of {RoundCount} rounds each",
                $"ours: DueAsync in batches of {ProductRun.Batch}, {ProductRun.AtOnce} CaseHandler.AdvanceAsync at once; every case misses its deadline, opens its next stage and queues its notices",
                $"baseline: Quartz.NET {typeof(Quartz.IJob).Assembly.GetName().Version?.ToString(3)}, job store in SQLite of its own file (WAL, synchronous FULL), {settings}; jobs write through one connection whose commits they share",
                .. tried.Select(t => $"tried: {t.Settings}: {Report.Seconds(t.Seconds)}"),
            ],
            [new Measurement("10,000 due at once", Report.Seconds(ours), Report.Seconds(quartz), quartz / ours, "x", Target.Least(10))]);
    }

    private static async Task<double> OursAsync(Workspace workspace, string template)
    {
        var folder = workspace.Fresh("due-ours");
        Workspace.Copy(template, Workspace.DatabaseIn(folder));
        return await ProductRun.RunAsync(folder, Cases);
    }

    private static async Task<double> QuartzAsync(Workspace workspace, string template, string jobs, AfterImages images, QuartzSettings settings)
    {
        var folder = workspace.Fresh("due-quartz");
        var (documents, own) = (Workspace.DatabaseIn(folder), Path.Combine(folder, "quartz.db"));
        Workspace.Copy(template, documents);
        Workspace.Copy(jobs, own);
        return await QuartzRun.RunAsync(own, documents, images, settings);
    }
}
