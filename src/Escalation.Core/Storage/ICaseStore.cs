using System.Text.Json.Serialization;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>
/// The storage seam. One document per case, changed only by a conditional write; everything a query needs lies in the
/// <see cref="CaseIndex"/> written with it. Answers only what is durable: a write that was answered survives a crash.
/// </summary>
public interface ICaseStore
{
    /// <summary>The case as last written, or null.</summary>
    Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel);

    /// <summary>
    /// Writes if the stored version is <see cref="CaseWrite.ExpectedVersion"/> (0: only if there is none); the version becomes one more.
    /// False, and nothing changed, when it is another. Safe to repeat: a repeat answers false.
    /// </summary>
    /// <exception cref="CaseTooLargeException">The document is over <see cref="CaseSize.Most"/>, and nothing changed.</exception>
    Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel);

    /// <summary>
    /// Cases whose next try is at or before <paramref name="now"/>, earliest first, as they are when they are read,
    /// some time before they are given. One that is written meanwhile comes again only if it is due later than where
    /// the walk has come to.
    /// </summary>
    IAsyncEnumerable<StoredCase> DueAsync(DateTimeOffset now, CancellationToken cancel);

    /// <summary>The earliest next try of any case, or null.</summary>
    Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel);

    /// <summary>
    /// Puts a case that failed to advance off until <paramref name="nextTry"/>, outside its events: its version stays.
    /// Does nothing when the stored version is another. The next write clears it.
    /// </summary>
    Task DeferAsync(string reference, long version, DateTimeOffset nextTry, int failures, CancellationToken cancel);

    /// <summary>A page of the tracker. Stable under inserts: a cursor goes on after the last row it showed.</summary>
    Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel);

    /// <summary>Whole cases for reports and amendments, by date raised then reference.</summary>
    IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel);

    /// <summary>Open cases of the partnership with this likeness (see <see cref="CaseIndex.Likeness"/>).</summary>
    Task<IReadOnlyList<string>> SimilarAsync(string partnership, string likeness, CancellationToken cancel);

    /// <summary>
    /// The case with a notice that the mail provider took under this id (<see cref="CaseIndex.Operations"/>), or null.
    /// </summary>
    Task<string?> FindByOperationAsync(string operation, CancellationToken cancel);

    /// <summary>Cases whose personal data is due for removal at <paramref name="now"/>.</summary>
    Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel);

    /// <summary>What the health check and the business manager's front page count. Null partnership: all.</summary>
    Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel);

    /// <summary>A record beside the cases (directory entry, calendar, policy, key), or null.</summary>
    Task<StoredRecord?> ReadRecordAsync(string kind, string id, CancellationToken cancel);

    /// <summary>All records of a kind whose id starts with <paramref name="prefix"/>, by id (ordinal).</summary>
    Task<IReadOnlyList<StoredRecord>> ListRecordsAsync(string kind, string prefix, CancellationToken cancel);

    /// <summary>As <see cref="WriteAsync"/>, for a record; a null body deletes it.</summary>
    Task<bool> WriteRecordAsync(string kind, string id, string? body, long expectedVersion, CancellationToken cancel);
}

/// <param name="Version">1 at the first write.</param>
/// <param name="Document">
/// UTF-8 JSON, see <see cref="DocumentFormat"/>. Empty: the store has the case, and the part that held its document is damaged.
/// </param>
/// <param name="Failures">How often in a row the case failed to advance since its last write.</param>
public sealed record StoredCase(string Reference, long Version, ReadOnlyMemory<byte> Document, int Failures = 0);

/// <param name="Added">The document, or what goes on after <see cref="Kept"/>.</param>
public sealed record CaseWrite(string Reference, long ExpectedVersion, ReadOnlyMemory<byte> Added, CaseIndex Index)
{
    /// <summary>
    /// The document exactly as it was read in <see cref="ExpectedVersion"/>, where the new one begins with it: a store
    /// that can append need not write it again. Empty when the document is written anew, after which nothing of the old
    /// one may remain.
    /// </summary>
    public ReadOnlyMemory<byte> Kept { get; init; }

    /// <summary>The whole document.</summary>
    public ReadOnlyMemory<byte> Document => Kept.IsEmpty ? Added : (byte[])[.. Kept.Span, .. Added.Span];
}

/// <summary>What queries need of a case. No personal data.</summary>
public sealed record CaseIndex
{
    public required string Partnership { get; init; }
    public required string Policy { get; init; }

    /// <summary>As in the HTTP contract: open, onHold, awaitingConfirmation, resolved, decided, withdrawn.</summary>
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

    /// <summary>The present stage's deadline; null on hold and after the end. Overdue when now ≥ it.</summary>
    public DateTimeOffset? Deadline { get; init; }
    public DateTimeOffset? NextWake { get; init; }
    public DateTimeOffset? RetainUntil { get; init; }

    /// <summary>A keyed digest of person and agencies, to find possible duplicates; null after the end or the removal.</summary>
    public string? Likeness { get; init; }

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

[JsonConverter(typeof(JsonStringEnumConverter<TrackerSort>))]
public enum TrackerSort
{
    /// <summary>Open cases first, earliest deadline first; then ended ones, latest end last.</summary>
    Urgency,

    /// <summary>Latest raised first.</summary>
    Raised,
}

public sealed record TrackerQuery
{
    /// <summary>Null: all partnerships (administrator).</summary>
    public string? Partnership { get; init; }

    /// <summary>Only cases this agency is in.</summary>
    public string? Agency { get; init; }

    /// <summary>One status; <c>active</c> (the default) for every case not ended; <c>ended</c>; <c>all</c>.</summary>
    public string Status { get; init; } = "active";
    public string? Stage { get; init; }
    public bool? Overdue { get; init; }

    /// <summary>Instants; from inclusive, to exclusive.</summary>
    public DateTimeOffset? RaisedFrom { get; init; }
    public DateTimeOffset? RaisedTo { get; init; }

    /// <summary>
    /// Only open cases whose <see cref="CaseIndex.SortAt"/> (deadline, or a hold's review) lies there; from inclusive,
    /// to exclusive.
    /// </summary>
    public DateTimeOffset? DueFrom { get; init; }
    public DateTimeOffset? DueTo { get; init; }

    /// <summary>Start of a reference, or a part of an agency's case number.</summary>
    public string? Text { get; init; }
    public string? Cursor { get; init; }
    public int Limit { get; init; } = 50;
    public TrackerSort Sort { get; init; }
    public required DateTimeOffset Now { get; init; }
}

/// <param name="Rows">Tracker rows, UTF-8 JSON each.</param>
/// <param name="Next">Null on the last page.</param>
public sealed record TrackerPage(IReadOnlyList<ReadOnlyMemory<byte>> Rows, string? Next);

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

public sealed record StoredRecord(string Id, long Version, string Body);
