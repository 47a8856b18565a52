namespace Escalation.Core.Storage;

/// <param name="Partnership">Null: all.</param>
/// <param name="RaisedFrom">Inclusive.</param>
/// <param name="RaisedTo">Exclusive.</param>
/// <param name="OpenOnly">Leave out ended cases.</param>
public sealed record CaseScan(
    string? Partnership,
    DateTimeOffset? RaisedFrom = null,
    DateTimeOffset? RaisedTo = null,
    bool OpenOnly = false,
    string? Agency = null
);
