using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Health;
using Escalation.Web.Wording;

namespace Escalation.Standalone.Health;

/// <summary>When the program's own <c>backup</c> was last run on this data folder.</summary>
internal sealed class BackupHealth(RunOptions options) : IHostHealth
{
    private const string What = "Last backup";
    private static readonly TimeSpan Old = TimeSpan.FromDays(2),
        TooOld = TimeSpan.FromDays(8);

    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(Line(LastBackup.Read(options.Data), now));

    internal static HealthLine Line(LastBackup? last, DateTimeOffset now)
    {
        const string toDo = "Run the program’s backup command every day, and keep the file on another machine.";
        if (last is null)
            return new(What, HealthState.Look, "None is known", toDo);
        var age = now - last.At;
        var figure =
            $"{HealthWords.Moment(last.At)}{(age > TimeSpan.Zero ? $" ({TimeWords.Left(now, last.At)})" : "")}, to {last.File}";
        return age switch
        {
            _ when age > TooOld => new(What, HealthState.Act, figure, toDo),
            _ when age > Old => new(What, HealthState.Look, figure, toDo),
            _ => new(What, HealthState.Well, figure),
        };
    }
}
