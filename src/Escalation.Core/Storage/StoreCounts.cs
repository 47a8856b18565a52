namespace Escalation.Core.Storage;

/// <summary>Counts over the cases of one partnership or all.</summary>
/// <param name="Queued">Notices not yet sent.</param>
/// <param name="Failed">Notices that failed.</param>
/// <param name="OverdueWakes">Cases whose next wake has passed.</param>
/// <param name="OldestOverdueWake">The earliest next wake that has passed, or null.</param>
/// <param name="Failing">Cases put off because they failed to advance.</param>
public sealed record StoreCounts(
    long Cases,
    long Open,
    long Queued,
    long Failed,
    long OverdueWakes,
    DateTimeOffset? OldestOverdueWake,
    long Failing
);
