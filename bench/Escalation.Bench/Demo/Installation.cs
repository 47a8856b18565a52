using System.Security.Cryptography;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;

namespace Escalation.Bench.Demo;

/// <summary>The product's store and its one way in, on a data folder with the demo directory.</summary>
internal sealed class Installation : IAsyncDisposable, IWaker
{
    private Installation(SqliteCaseStore store)
    {
        Store = store;
        Cases = new CaseHandler(
            store,
            store,
            new RuleBook(store),
            this,
            () => RandomNumberGenerator.GetBytes(EventChain.SaltLength)
        );
    }

    public SqliteCaseStore Store { get; }
    public CaseHandler Cases { get; }

    public static async Task<Installation> OpenAsync(string folder)
    {
        var store = SqliteCaseStore.Open(folder);
        await DemoDirectory.WriteAsync(store);
        return new Installation(store);
    }

    public async Task<CaseDocument> OpenCaseAsync(DemoForm form, DateTimeOffset now) =>
        await Cases.OpenAsync(
            DemoDirectory.Partnership,
            form.Open,
            keyed: true,
            form.SimilarityKey,
            now,
            CancellationToken.None
        )
            is Handled.Done { Opened: true } done
            ? done.Document
            : throw new InvalidOperationException("A form of the demo was refused.");

    public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
