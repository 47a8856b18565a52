using Escalation.Core.Storage;

namespace Escalation.Testing.Cases;

/// <summary>A real store that can be put out of reach.</summary>
public sealed class FlakyStore(ICaseStore inner) : ICaseStore
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

    private ICaseStore Reached =>
        IsDown || IsDownNow() ? throw new TimeoutException("The store is out of reach.") : inner;
    private ICaseStore Written => RefusesWrites ? throw new TimeoutException("The store takes no writes.") : Reached;

    public Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel)
    {
        Reads++;
        return Reached.ReadAsync(reference, cancel);
    }

    public Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel)
    {
        Writes++;
        BytesWritten += write.Document.Length;
        if (Refuses(write))
            throw new InvalidOperationException("This case cannot be written.");
        return Written.WriteAsync(write, cancel);
    }

    public IAsyncEnumerable<StoredCase> DueAsync(DateTimeOffset now, CancellationToken cancel) =>
        Reached.DueAsync(now, cancel);

    public Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel) => Reached.EarliestAsync(cancel);

    public Task DeferAsync(
        string reference,
        long version,
        DateTimeOffset nextTry,
        int failures,
        CancellationToken cancel
    ) => Reached.DeferAsync(reference, version, nextTry, failures, cancel);

    public Task<TrackerPage> TrackerAsync(TrackerQuery query, CancellationToken cancel) =>
        Reached.TrackerAsync(query, cancel);

    public IAsyncEnumerable<StoredCase> ScanAsync(CaseScan scan, CancellationToken cancel) =>
        Reached.ScanAsync(scan, cancel);

    public Task<IReadOnlyList<string>> SimilarAsync(string partnership, string likeness, CancellationToken cancel) =>
        Reached.SimilarAsync(partnership, likeness, cancel);

    public Task<string?> FindByOperationAsync(string operation, CancellationToken cancel) =>
        Reached.FindByOperationAsync(operation, cancel);

    public Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel) =>
        Reached.RetentionDueAsync(now, take, cancel);

    public Task<StoreCounts> CountsAsync(string? partnership, DateTimeOffset now, CancellationToken cancel) =>
        Reached.CountsAsync(partnership, now, cancel);

    public Task<StoredRecord?> ReadRecordAsync(string kind, string id, CancellationToken cancel) =>
        Reached.ReadRecordAsync(kind, id, cancel);

    public Task<IReadOnlyList<StoredRecord>> ListRecordsAsync(string kind, string prefix, CancellationToken cancel) =>
        Reached.ListRecordsAsync(kind, prefix, cancel);

    public Task<bool> WriteRecordAsync(
        string kind,
        string id,
        string? body,
        long expectedVersion,
        CancellationToken cancel
    ) => Written.WriteRecordAsync(kind, id, body, expectedVersion, cancel);
}
