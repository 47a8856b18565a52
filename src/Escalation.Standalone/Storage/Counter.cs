using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>What a case adds to its partnership's counters, or some writes to what was there before them.</summary>
internal sealed record Counter(string Partnership, long Cases, long Open, long Queued, long Failed)
{
    public static Counter Of(IndexColumns filing, long queued, long failed) =>
        new(filing.Partnership, 1, filing.Ended ? 0 : 1, queued, failed);

    /// <param name="times">1, or -1 to take it away.</param>
    public Counter Plus(Counter other, int times) =>
        new(
            Partnership,
            Cases + (times * other.Cases),
            Open + (times * other.Open),
            Queued + (times * other.Queued),
            Failed + (times * other.Failed)
        );
}

/// <summary>The counters' changes of one transaction, added up: so they are written once a partnership, not once a case.</summary>
internal sealed class Counters
{
    private const string Count = """
        INSERT INTO counters (partnership, cases, open, queued, failed) VALUES ($partnership, $cases, $open, $queued, $failed)
        ON CONFLICT (partnership) DO UPDATE SET
            cases = cases + excluded.cases, open = open + excluded.open,
            queued = queued + excluded.queued, failed = failed + excluded.failed
        """;

    private readonly Dictionary<string, Counter> _changes = new(StringComparer.Ordinal);
    private bool _damaged;

    /// <summary>To be called last in a write: what is added stays, though the write should fail afterwards.</summary>
    public void Add(Counter? before, Counter after)
    {
        if (before == after || _damaged)
            return;
        if (before is not null)
            Add(before, -1);
        Add(after, 1);
    }

    /// <summary>
    /// Writes what was added, and starts anew. False where the counters are damaged: nothing is counted from then on, nobody counts by
    /// them, and the transaction has to be made again, since part of a damaged page may lie in it.
    /// </summary>
    public bool TryPut(Statements statements)
    {
        try
        {
            Write(statements);
        }
        catch (SqliteException e) when (StoreFaults.IsDamage(e))
        {
            _damaged = true;
            return false;
        }

        Forget();
        return true;
    }

    /// <summary>The transaction was rolled back.</summary>
    public void Forget() => _changes.Clear();

    private void Write(Statements statements)
    {
        foreach (var (partnership, change) in _changes)
        {
            statements[Count]
                .Set("$partnership", partnership)
                .Set("$cases", change.Cases)
                .Set("$open", change.Open)
                .Set("$queued", change.Queued)
                .Set("$failed", change.Failed)
                .Run();
        }
    }

    private void Add(Counter counter, int times) =>
        _changes[counter.Partnership] = (
            _changes.GetValueOrDefault(counter.Partnership) ?? new Counter(counter.Partnership, 0, 0, 0, 0)
        ).Plus(counter, times);
}
