using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>What queries need of a case. No personal data.</summary>
public sealed record CaseIndex
{
    public required string Partnership { get; init; }
    public required string Policy { get; init; }

    /// <summary>As in the HTTP contract: open, onHold, awaitingConfirmation, resolved, decided, withoutAgreement, withdrawn.</summary>
    public required string Status { get; init; }

    /// <summary>False after the end.</summary>
    public required bool Open { get; init; }

    /// <summary>The present stage; the last one after the end.</summary>
    public required string Stage { get; init; }

    /// <summary>
    /// Every agency that may see the case (<see cref="Audience"/>): all that are in it, once it left an internal first
    /// stage.
    /// </summary>
    public required IReadOnlyList<string> Agencies { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>What the tracker sorts by: open cases by deadline (or the hold's review), ended ones by their end.</summary>
    public required DateTimeOffset SortAt { get; init; }

    /// <summary>
    /// From when it is overdue: the present stage's deadline, on hold the close of the day of its review; null after the end.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }
    public DateTimeOffset? NextWake { get; init; }
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>A keyed digest of person and agencies, to find possible duplicates; null after the end or the removal.</summary>
    public string? SimilarityKey { get; init; }

    /// <summary>The agencies' own case numbers, lower-case, for the tracker's search.</summary>
    public IReadOnlyList<string> CaseNumbers { get; init; } = [];

    /// <summary>Notices queued and not yet sent; notices that failed.</summary>
    public int Queued { get; init; }
    public int Failed { get; init; }

    /// <summary>Ids the mail provider gave to notices, those reported on too: a report may come twice, a bounce after a delivery.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>The tracker row, UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Row { get; init; }
}
