using System.Security.Cryptography;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Standalone.Tests.Host;

/// <summary>A host that was down for a month, started on more missed deadlines than it lets requests wait for.</summary>
public sealed class BacklogTests : IWaker, IDisposable
{
    private const int Cases = 1_200;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    [Fact]
    public async Task A_large_backlog_is_carried_out_once_each_while_the_host_answers_already()
    {
        await OpenAsync(DateTimeOffset.UtcNow.AddDays(-30));

        await using (var host = await HostProcess.StartAsync(_folder.Path, []))
        {
            await host.SaysAsync($"Carried out what fell due while the host was down: {Cases} cases");
            Assert.True(
                host.Output.IndexOf(" Listening on ", StringComparison.Ordinal)
                    < host.Output.IndexOf("Carried out what fell due", StringComparison.Ordinal)
            );
        }

        await using var store = SqliteCaseStore.Open(_folder.Path);
        var seen = 0;
        await foreach (var stored in store.ScanAsync(new CaseScan(null), CancellationToken.None))
        {
            var document = DocumentFormat.Read(stored);
            var happened = DocumentFormat.Recorded(document.Events, document.Words).Select(r => r.Event).ToList();
            Assert.Equal(["informal"], happened.OfType<DeadlineMissed>().Select(e => e.Stage));
            Assert.Equal(["informal", "1"], happened.OfType<StageOpened>().Select(e => e.Stage));
            Assert.Equal(document.Head, EventChain.Hashes(document.Events).Last());
            seen++;
        }
        Assert.Equal(Cases, seen);
    }

    private async Task OpenAsync(DateTimeOffset raised)
    {
        await using var store = SqliteCaseStore.Open(_folder.Path);
        foreach (var agency in Sample.Directory("sandwell").Agencies)
            await StoredDirectory.WriteAsync(store, "sandwell", agency, 0, CancellationToken.None);
        var handler = new CaseHandler(
            store,
            store,
            new RuleBook(store),
            this,
            () => RandomNumberGenerator.GetBytes(EventChain.SaltLength)
        );
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Cases),
            async (number, cancel) =>
            {
                var open = Sample.Opening("sandwell") with { IntakeKey = $"key {number}" };
                Assert.IsType<Handled.Done>(
                    await handler.OpenAsync("sandwell", open, keyed: true, $"{number}", raised, cancel)
                );
            }
        );
    }
}
