namespace Escalation.Core.Storage;

/// <summary>Which cases to walk through, by the instant at which they were raised.</summary>
/// <param name="Partnership">Null: all.</param>
/// <param name="RaisedFrom">Inclusive.</param>
/// <param name="RaisedTo">Exclusive.</param>
/// <param name="OpenOnly">Leave out ended cases.</param>
/// <param name="Agency">Only cases that this agency may see; null: all.</param>
public sealed record CaseScan(
    string? Partnership,
    DateTimeOffset? RaisedFrom = null,
    DateTimeOffset? RaisedTo = null,
    bool OpenOnly = false,
    string? Agency = null
);
