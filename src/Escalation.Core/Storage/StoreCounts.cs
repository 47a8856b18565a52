namespace Escalation.Core.Storage;

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
