namespace Escalation.Core.Storage;

/// <summary>
/// Lists, counts and searches of cases for people and reports, by the <see cref="CaseIndex"/> that was written with
/// each. Changes nothing.
/// </summary>
public interface ICaseQueries
{
    /// <summary>A page of the tracker. Stable under inserts: a cursor goes on after the last row it showed.</summary>
    /// <exception cref="ArgumentException">The cursor (parameter name <c>cursor</c>) is none of this store's, or of
    /// another sort.</exception>
    Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel);

    /// <summary>Whole cases for reports and amendments, by date raised then reference.</summary>
    IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel);

    /// <summary>The partnership's open cases with this <see cref="CaseIndex.SimilarityKey"/>, by reference.</summary>
    Task<IReadOnlyList<string>> SimilarAsync(string partnership, string similarityKey, CancellationToken cancel);

    /// <summary>What the health check and the business manager's front page count. Null partnership: all.</summary>
    Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel);
}
