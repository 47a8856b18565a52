using Escalation.Standalone.Storage;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>What the sender of a process that ended had in hand is due again.</summary>
public sealed class TakeUpTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = At("2026-06-04T16:00:00Z"),
        Until = At("2026-06-04T16:05:00Z");
    private readonly TemporaryFolder _folder = new();
    private SqliteCaseStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = SqliteCaseStore.Open(_folder.Path);
        await _store.WriteAsync(Write("SAN-1"), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("2026-06-04T16:05:00Z", 0, true)]
    [InlineData("2026-06-04T16:00:01Z", 0, true)]
    [InlineData("2026-06-04T16:05:01Z", 0, false)]
    [InlineData("2026-06-04T16:01:00Z", 1, false)]
    public async Task A_case_left_to_a_sender_is_due_and_one_that_failed_or_waits_longer_is_not(
        string put,
        int failures,
        bool due
    )
    {
        await _store.DeferAsync("SAN-1", 1, At(put), failures, CancellationToken.None);

        Assert.Equal(due, await _store.ReclaimAbandonedSendsAsync(Now, Until, CancellationToken.None));
        Assert.Equal(due ? Now : At(put), await _store.EarliestAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_case_whose_wake_is_to_come_stays_as_it_is()
    {
        Assert.False(
            await _store.ReclaimAbandonedSendsAsync(At("2026-06-04T15:59:00Z"), Until, CancellationToken.None)
        );
        Assert.Equal(Now, await _store.EarliestAsync(CancellationToken.None));
    }
}
