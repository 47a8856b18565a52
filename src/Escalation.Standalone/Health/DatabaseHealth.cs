using Escalation.Standalone.Scheduling;
using Escalation.Web.Health;
using Escalation.Web.Wording;

namespace Escalation.Standalone.Health;

/// <summary>Whether every case can be read. Those that can go on; the host is degraded, and not unready.</summary>
internal sealed class DatabaseHealth(UnreadableCases unreadable) : IHostHealth, IReadinessProbe
{
    /// <summary>So many references are named.</summary>
    private const int Named = 20;

    public bool GoesOn => true;

    public Task<string?> FaultAsync(CancellationToken cancel) =>
        Task.FromResult(
            unreadable.References.Count is > 0 and var many
                ? $"{StageWords.Capital(CountWords.Of(many, "escalation"))} cannot be read or carried on: the database is damaged. "
                    + "The health page names them."
                : null
        );

    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(Line(unreadable.References));

    internal static HealthLine Line(IReadOnlyList<string> references)
    {
        const string what = "Damaged escalations";
        var more = references.Count > Named ? $" and {CountWords.Number(references.Count - Named)} more" : "";
        return references.Count == 0
            ? new(what, HealthState.Well, "None is known")
            : new(
                what,
                HealthState.Act,
                $"{string.Join(", ", references.Take(Named))}{more}: the database is damaged",
                "Their deadlines are not kept, and nothing can be recorded on them; the others go on. Look at the disk. Then stop the "
                    + "host and run its command “salvage” with your last backup: it makes a new database of all that can be read, and "
                    + "of the backup what cannot."
            );
    }
}
