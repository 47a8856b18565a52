using Escalation.Core.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Testing.Storage;

/// <summary>
/// What every store must do as <see cref="ICaseStore"/>, <see cref="ICaseQueries"/> and <see cref="IRecords"/>. A
/// store's tests inherit this class and add what is its own.
/// </summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private StoreParts _parts = null!;

    protected ICaseStore Store => _parts.Cases;
    protected ICaseQueries Queries => _parts.Queries;
    protected IRecords Records => _parts.Records;

    public async Task InitializeAsync() => _parts = await OpenEmptyAsync();

    public virtual async Task DisposeAsync()
    {
        if (Store is IAsyncDisposable store)
            await store.DisposeAsync();
    }

    /// <summary>A store without cases or records, which no other test uses.</summary>
    protected abstract Task<StoreParts> OpenEmptyAsync();

    protected async Task AddAsync(string reference, CaseIndex? index = null) =>
        Assert.True(await Store.WriteAsync(Write(reference, 0, index), CancellationToken.None));

    protected async Task<StoredCase> ReadAsync(string reference)
    {
        var stored = await Store.ReadAsync(reference, CancellationToken.None);
        Assert.NotNull(stored);
        return stored;
    }

    /// <summary>The references on the first page of a query.</summary>
    protected async Task<string[]> FindAsync(TrackerQuery query) =>
        References(await Queries.TrackerAsync(query, CancellationToken.None));

    protected static string[] References(TrackerPage page) => [.. page.Rows.Select(Text)];

    /// <summary>The tracker of all partnerships on 2 June 2026 at noon, everything shown.</summary>
    protected static TrackerQuery All { get; } = new() { Now = At("2026-06-02T12:00:00Z"), Status = "all" };
}
