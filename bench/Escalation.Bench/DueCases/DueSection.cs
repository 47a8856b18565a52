namespace Escalation.Bench.DueCases;

/// <summary>Many deadlines at one instant, against Quartz.NET firing as many one-shot jobs that write the same documents.</summary>
internal sealed class DueSection
{
    private const int Cases = 10_000,
        RoundCount = 7;

    /// <summary>Each is run once with each way of committing; the fastest of each takes part in the rounds.</summary>
    private static readonly QuartzSettings[] Candidates =
    [
        new(10, 0, TimeSpan.Zero),
        new(32, 0, TimeSpan.Zero),
        new(64, 0, TimeSpan.Zero),
        new(64, 1, TimeSpan.Zero),
        new(64, 64, TimeSpan.FromSeconds(1)),
    ];

    private readonly Workspace _workspace;
    private readonly int _cases,
        _rounds;
    private readonly string _template,
        _documents,
        _jobs;
    private readonly List<string> _tried = [];

    private DueSection(Workspace workspace)
    {
        _workspace = workspace;
        _cases = workspace.Cases(Cases);
        _rounds = workspace.RoundsOf(RoundCount);
        _template = Workspace.DatabaseIn(workspace.Fresh("due-template"));
        _documents = Path.Combine(workspace.Fresh("due-documents"), "documents.db");
        _jobs = Path.Combine(workspace.Fresh("due-jobs"), "quartz.db");
    }

    public static async Task<Findings> RunAsync(Workspace workspace)
    {
        var section = new DueSection(workspace);
        await DueTemplate.MakeAsync(Path.GetDirectoryName(section._template)!, section._cases);
        var first = workspace.Fresh("due-first");
        Workspace.Copy(section._template, Workspace.DatabaseIn(first));
        await ProductRun.RunAsync(first, section._cases);
        Documents.ReadFrom(section._template).WriteTo(section._documents);
        var images = Documents.ReadFrom(Workspace.DatabaseIn(first));
        await QuartzRun.ScheduleAsync(section._jobs, images);
        var own = await section.CompareAsync("each job's own commit", images, file => new OwnCommits(file, images));
        var shared = await section.CompareAsync(
            "commits shared as ours are",
            images,
            file => new SharedCommits(file, images)
        );
        var quartz = typeof(Quartz.IJob).Assembly.GetName().Version?.ToString(3);
        return new Findings(
            [
                $"{section._cases:N0} cases due at one instant, documents of {images.AverageSize:N0} bytes afterwards; "
                    + $"best of {section._rounds} rounds each",
                $"ours: the host's DueCases, {ProductRun.AtOnce} at a time; "
                    + "every case misses its deadline, opens its next stage and queues its notices",
                $"baseline: Quartz.NET {quartz}, job store in SQLite of its own file (WAL, synchronous FULL); "
                    + "one job a case writes its document",
                .. section._tried,
            ],
            [own, shared]
        );
    }

    private async Task<Measurement> CompareAsync(string commits, Documents images, Func<string, IDocumentWriter> writer)
    {
        var tried = new List<(QuartzSettings Settings, double Seconds)>();
        foreach (var candidate in Candidates)
            tried.Add((candidate, await QuartzAsync(images, writer, candidate)));
        _tried.AddRange(tried.Select(t => $"tried, {commits}: {t.Settings}: {Report.Seconds(t.Seconds)}"));
        var best = tried.MinBy(t => t.Seconds).Settings;
        var (ours, quartz) = await Rounds.BestAsync(_rounds, OursAsync, () => QuartzAsync(images, writer, best));
        return new Measurement(
            $"{_cases:N0} due at once; baseline with {commits}",
            Report.Seconds(ours),
            Report.Seconds(quartz),
            quartz / ours,
            "x",
            Target.Least(6)
        );
    }

    private async Task<double> OursAsync()
    {
        var folder = _workspace.Fresh("due-ours");
        Workspace.Copy(_template, Workspace.DatabaseIn(folder));
        return await ProductRun.RunAsync(folder, _cases);
    }

    private async Task<double> QuartzAsync(
        Documents images,
        Func<string, IDocumentWriter> writer,
        QuartzSettings settings
    )
    {
        var folder = _workspace.Fresh("due-quartz");
        var (documents, jobs) = (Path.Combine(folder, "documents.db"), Path.Combine(folder, "quartz.db"));
        Workspace.Copy(_documents, documents);
        Workspace.Copy(_jobs, jobs);
        await using var writes = writer(documents);
        return await QuartzRun.RunAsync(jobs, writes, images.References.Count, settings);
    }
}
