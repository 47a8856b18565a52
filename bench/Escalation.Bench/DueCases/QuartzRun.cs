using Microsoft.Data.Sqlite;
using Quartz;

namespace Escalation.Bench.DueCases;

/// <summary>
/// Quartz.NET on its SQLite job store, firing one-shot jobs that were scheduled beforehand and are all due when it
/// starts.
/// </summary>
internal static class QuartzRun
{
    /// <summary>Schedules one job a case, due already, in a new job store.</summary>
    public static async Task ScheduleAsync(string file, Documents images)
    {
        await Workspace.Connect(file).DisposeAsync();
        await using var factory = Build(file, new QuartzSettings(1, 0, TimeSpan.Zero));
        var scheduler = await factory.GetScheduler();
        var due = DateTimeOffset.UtcNow;
        foreach (var references in images.References.Chunk(500))
        {
            var jobs = references.ToDictionary(
                IJobDetail (reference) => JobBuilder.Create<WriteDocument>().WithIdentity(reference).Build(),
                IReadOnlyCollection<ITrigger> (reference) =>
                    [TriggerBuilder.Create().WithIdentity(reference).ForJob(reference).StartAt(due).Build()]
            );
            await scheduler.ScheduleJobs(jobs, new ScheduleJobOptions());
        }
        await scheduler.Shutdown(waitForJobsToComplete: true);
        SqliteConnection.ClearAllPools();
    }

    /// <returns>Seconds from the scheduler's start until the last job's document is committed.</returns>
    public static async Task<double> RunAsync(string jobs, IDocumentWriter writer, int count, QuartzSettings settings)
    {
        using (var plain = new SqliteConnection(ConnectionString(jobs)))
        {
            plain.Open();
            if (
                Workspace.Ask<string>(plain, "PRAGMA journal_mode") != "wal"
                || Workspace.Ask<long>(plain, "PRAGMA synchronous") != 2
            )
                throw new InvalidOperationException("The job store is not in WAL mode with synchronous FULL.");
        }
        await using var factory = Build(jobs, settings);
        var scheduler = await factory.GetScheduler();
        WriteDocument.Prepare(writer, count);
        var seconds = await Rounds.TimeAsync(async () =>
        {
            await scheduler.Start();
            await WriteDocument.AllWritten;
        });
        await scheduler.Shutdown(waitForJobsToComplete: true);
        SqliteConnection.ClearAllPools();
        return seconds;
    }

    private static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = true }.ToString();

    /// <summary>
    /// WAL mode is the file's own once set; the provider's connections have synchronous FULL by default, which each run
    /// checks.
    /// </summary>
    private static StandaloneSchedulerFactory Build(string file, QuartzSettings settings) =>
        QuartzSchedulerBuilder
            .Create(quartz =>
            {
                quartz.UseDefaultThreadPool(settings.Threads);
                quartz.ConfigureScheduler(options =>
                {
                    options.MaxBatchSize = settings.Batch;
                    options.BatchTriggerAcquisitionFireAheadTimeWindow = settings.Ahead;
                });
                quartz.UsePersistentStore(store =>
                {
                    store.UseSqlite(ConnectionString(file));
                    store.ProvisionSchema();
                    store.ConfigureStore(options =>
                    {
                        options.StoreJobDataAsStrings = true;
                        options.MisfireThreshold = TimeSpan.FromHours(12);
                    });
                });
            })
            .Build();
}

/// <summary>
/// The job: its name is the case's reference. It has no constructor parameters, which is Quartz's fastest way to make
/// one.
/// </summary>
public sealed class WriteDocument : IJob
{
    private static IDocumentWriter? _writer;
    private static int _left;
    private static TaskCompletionSource _all = new();

    internal static Task AllWritten => _all.Task;

    internal static void Prepare(IDocumentWriter writer, int jobs) =>
        (_writer, _left, _all) = (
            writer,
            jobs,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await _writer!.WriteAsync(context.JobDetail.Key.Name);
        if (Interlocked.Decrement(ref _left) == 0)
            _all.SetResult();
    }
}
