using Escalation.Core.Storage;
using Escalation.Testing.Storage;

namespace Escalation.Testing.Cases;

/// <summary>A real store that can be put out of reach.</summary>
public sealed class FlakyStore(StoreParts inner) : ICaseStore, ICaseQueries, IRecords
{
    public bool IsDown { get; set; }

    /// <summary>Reads only.</summary>
    public bool RefusesWrites { get; set; }

    /// <summary>Out of reach while this holds, as well.</summary>
    public Func<bool> IsDownNow { get; set; } = () => false;

    /// <summary>Writes of cases that fail, for a fault that is not the store's.</summary>
    public Func<CaseWrite, bool> Refuses { get; set; } = _ => false;

    /// <summary>Cases read and written, and the lengths of the documents written.</summary>
    public int Reads { get; private set; }
    public int Writes { get; private set; }
    public long BytesWritten { get; private set; }

    private StoreParts Reached =>
        IsDown || IsDownNow() ? throw new TimeoutException("The store is out of reach.") : inner;
    private StoreParts Written => RefusesWrites ? throw new TimeoutException("The store takes no writes.") : Reached;

    public Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel)
    {
        Reads++;
        return Reached.Cases.ReadAsync(reference, cancel);
    }

    public Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel)
    {
        Writes++;
        BytesWritten += write.Document.Length;
        if (Refuses(write))
            throw new InvalidOperationException("This case cannot be written.");
        return Written.Cases.WriteAsync(write, cancel);
    }

    public IAsyncEnumerable<StoredCase> DueAsync(DateTimeOffset now, CancellationToken cancel) =>
        Reached.Cases.DueAsync(now, cancel);

    public Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel) => Reached.Cases.EarliestAsync(cancel);

    public Task DeferAsync(
        string reference,
        long version,
        DateTimeOffset nextTry,
        int failures,
        CancellationToken cancel
    ) => Reached.Cases.DeferAsync(reference, version, nextTry, failures, cancel);

    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        Reached.Queries.TrackerAsync(query, cancel);

    public IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel) =>
        Reached.Queries.ScanAsync(scan, cancel);

    public Task<IReadOnlyList<string>> SimilarAsync(
        string partnership,
        string similarityKey,
        CancellationToken cancel
    ) => Reached.Queries.SimilarAsync(partnership, similarityKey, cancel);

    public Task<string?> FindByOperationAsync(string operation, CancellationToken cancel) =>
        Reached.Cases.FindByOperationAsync(operation, cancel);

    public Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel) =>
        Reached.Cases.RetentionDueAsync(now, take, cancel);

    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        Reached.Queries.CountsAsync(partnership, now, cancel);

    public Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel) =>
        Reached.Records.ReadAsync(kind, id, cancel);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel) =>
        Reached.Records.ListAsync(kind, prefix, cancel);

    public Task<bool> WriteAsync(
        string kind,
        string id,
        string? body,
        long expectedVersion,
        CancellationToken cancel
    ) => Written.Records.WriteAsync(kind, id, body, expectedVersion, cancel);
}
