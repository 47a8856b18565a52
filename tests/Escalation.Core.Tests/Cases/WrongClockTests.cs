using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>
/// A clock that was ahead and was set back: what was written meanwhile makes no notice wait for an instant that is wrong.
/// </summary>
public sealed class WrongClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero),
        Ahead = Now.AddYears(1);
    private readonly MemoryStore _store = new();
    private readonly CaseHandler _handler;

    public WrongClockTests() =>
        _handler = new CaseHandler(_store, _store, new RuleBook(_store), new NoWaker(), () => new byte[16]);

    [Fact]
    public async Task A_notice_that_was_queued_ahead_is_due_now()
    {
        var document = await OpenAsync(Ahead);

        Assert.NotEmpty(document.Case.Notices);
        Assert.Equal(document.Case.Notices.Select(n => n.Key), document.ToSend(Now).Select(n => n.Key));
        Assert.Equal(Now, document.NextWakeAt(Now));
    }

    [Fact]
    public async Task A_notice_that_was_put_off_ahead_is_due_now_and_one_in_its_own_backoff_is_not()
    {
        var opened = await OpenAsync(Ahead);
        var put = await TryAsync(opened, Ahead);
        Assert.Empty(put.ToSend(Ahead));
        Assert.Equal(put.Case.Notices.Count, put.ToSend(Now).Count());
        Assert.Equal(Now, put.NextWakeAt(Now));

        var again = await TryAsync(put, Now);
        Assert.Empty(again.ToSend(Now));
        Assert.Equal(again.Case.Notices.Count, again.ToSend(Now.AddMinutes(2)).Count());
        Assert.Equal(Now.AddMinutes(2), again.NextWakeAt(Now));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(60, 60)]
    [InlineData(61, 60)]
    [InlineData(9000, 60)]
    public async Task A_provider_that_asks_to_wait_is_heeded_up_to_an_hour(int asked, int waited)
    {
        var document = await TryAsync(await OpenAsync(Now), Now, TimeSpan.FromMinutes(asked));

        Assert.All(document.Sends.Values, s => Assert.Equal(Now.AddMinutes(waited), s.NextTry));
        Assert.Empty(document.ToSend(Now));
    }

    [Fact]
    public async Task A_directory_that_was_read_ahead_is_read_again_now()
    {
        var rules = new RuleBook(_store);
        Assert.Empty((await rules.PartnershipAsync("sandwell", Ahead, default)).Directory.Agencies);
        var agency = Sample.Directory("sandwell").Agencies[0];
        Assert.True(await StoredDirectory.WriteAsync(_store, "sandwell", agency, 0, default));

        Assert.Single((await rules.PartnershipAsync("sandwell", Now, default)).Directory.Agencies);
    }

    private async Task<CaseDocument> OpenAsync(DateTimeOffset now)
    {
        foreach (var agency in Sample.Directory("sandwell").Agencies)
            Assert.True(await StoredDirectory.WriteAsync(_store, "sandwell", agency, 0, default));
        var handled = await _handler.OpenAsync(
            "sandwell",
            Sample.Opening("sandwell"),
            keyed: true,
            "alike",
            now,
            default
        );
        return Assert.IsType<Handled.Done>(handled).Document;
    }

    /// <summary>No mailbox takes it now.</summary>
    private async Task<CaseDocument> TryAsync(CaseDocument document, DateTimeOffset now, TimeSpan? after = null)
    {
        var attempts = document.ToSend(now).Select(n => new Attempt(n.Key, null, "mailboxBusy", After: after)).ToList();
        var handled = await _handler.RecordAttemptsAsync(document.Case.Reference, attempts, now, default);
        return Assert.IsType<Handled.Done>(handled).Document;
    }

    private sealed class NoWaker : IWaker
    {
        public ValueTask WakeAsync(string reference, DateTimeOffset? at, CancellationToken cancel) =>
            ValueTask.CompletedTask;
    }
}
