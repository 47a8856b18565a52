using Escalation.Standalone.Demo;
using Escalation.Standalone.Storage;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

public sealed class DemoDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_first_start_that_was_cut_off_did_not_load_the_next_one_loads()
    {
        await using (var store = SqliteCaseStore.Open(_folder["data"]))
            await DemoData.ClaimAsync(store, store, _folder["data"], InProcess.Start, CancellationToken.None);
        await using var host = await InProcess.StartAsync(new Hangs(), flaky: true, data: _folder["data"]);
        host.Flaky.Refuses = write => write.Index.Partnership == "sefton";
        var demo = host.Get<DemoData>();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            demo.LoadAsync(InProcess.Start, CancellationToken.None)
        );
        Assert.Equal(1, await CasesAsync());

        host.Flaky.Refuses = _ => false;
        await demo.LoadAsync(InProcess.Start, CancellationToken.None);
        Assert.Equal(DemoCases.All.Count, await CasesAsync());

        async Task<long> CasesAsync() =>
            (await host.Store.CountsAsync(null, InProcess.Start, CancellationToken.None)).Cases;
    }
}
