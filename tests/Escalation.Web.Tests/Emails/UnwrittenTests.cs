using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Emails;

namespace Escalation.Web.Tests.Emails;

/// <summary>A store that takes no writes (a full disk) while emails go out: none goes out again for it.</summary>
public sealed class UnwrittenTests : IAsyncLifetime
{
    private readonly World _world = new("2026-12-23T10:00:00Z");
    private FlakyStore _store = null!;
    private Post _post = null!;

    public async Task InitializeAsync()
    {
        await _world.WithDirectoryAsync("sandwell");
        _store = new FlakyStore(StoreParts.Of(_world.Store));
        _post = new Post(_world, store: _store);
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task What_went_out_and_could_not_be_written_is_written_later_and_does_not_go_out_again()
    {
        var opened = await _world.OpenAsync("sandwell");
        FillsUpWithTheFirstEmail();
        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(opened));
        var sent = _post.Sent.Select(e => e.Key).ToList();
        Assert.Equal(opened.Case.Notices.Count, sent.Count);
        Assert.All(
            (await _world.ReadAsync(opened.Case.Reference)).Case.Notices,
            n => Assert.Equal(NoticeState.Queued, n.Status)
        );

        for (var hour = 0; hour < 24; hour++)
        {
            _world.Clock.Advance(TimeSpan.FromHours(1));
            await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(opened));
        }
        Assert.Equal(sent, _post.Sent.Select(e => e.Key));
        Assert.Equal(1, _post.Records.Unwritten);

        _store.RefusesWrites = false;
        await SendAsync(opened);
        await SendAsync(await _world.ReadAsync(opened.Case.Reference));

        Assert.Equal(sent, _post.Sent.Select(e => e.Key));
        Assert.Equal(0, _post.Records.Unwritten);
        var after = await _world.ReadAsync(opened.Case.Reference);
        Assert.All(after.Case.Notices, n => Assert.Equal(NoticeState.Sent, n.Status));
        Assert.Equal(after.Head, EventChain.Hashes(after.Events).Last());
    }

    [Fact]
    public async Task Nothing_goes_out_while_the_store_takes_no_writes_of_whatever_case()
    {
        var first = await _world.OpenAsync("sandwell");
        var other = await _world.OpenAsync("sandwell");
        FillsUpWithTheFirstEmail();
        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(first));
        var sent = _post.Sent.Count;

        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(other));

        Assert.Equal(sent, _post.Sent.Count);
    }

    [Fact]
    public async Task A_host_that_starts_on_a_full_disk_sends_nothing()
    {
        var opened = await _world.OpenAsync("sandwell");
        _store.RefusesWrites = true;

        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(opened));

        Assert.Empty(_post.Sent);
    }

    [Fact]
    public async Task What_one_case_could_not_write_whoever_sends_next_writes_too()
    {
        var first = await _world.OpenAsync("sandwell");
        var other = await _world.OpenAsync("sandwell");
        FillsUpWithTheFirstEmail();
        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(first));
        _store.RefusesWrites = false;
        _post.Answer = _ => new MailResult.Taken(null);

        await SendAsync(other);

        Assert.Equal(0, _post.Records.Unwritten);
        Assert.All(
            (await _world.ReadAsync(first.Case.Reference)).Case.Notices,
            n => Assert.Equal(NoticeState.Sent, n.Status)
        );
    }

    [Fact]
    public async Task A_case_that_cannot_be_written_holds_up_no_other()
    {
        var stuck = await _world.OpenAsync("sandwell");
        var other = await _world.OpenAsync("sandwell");
        _store.Refuses = write => write.Reference == stuck.Case.Reference;
        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(stuck));

        await SendAsync(other);

        Assert.All(
            (await _world.ReadAsync(other.Case.Reference)).Case.Notices,
            n => Assert.Equal(NoticeState.Sent, n.Status)
        );
        Assert.Equal(1, _post.Records.Unwritten);
    }

    [Fact]
    public async Task The_log_says_so_when_it_begins_every_quarter_of_an_hour_and_when_it_ends()
    {
        _store.RefusesWrites = true;
        for (var minute = 0; minute < 50; minute++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => _post.StoreState.ShowAsync(default));
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        _store.RefusesWrites = false;
        await _post.StoreState.ShowAsync(default);
        await _post.StoreState.ShowAsync(default);

        Assert.Equal(
            4,
            Lines(
                "The database takes no writes since 2026-12-23 10:00:00Z, because it cannot be reached (TimeoutException)"
            )
        );
        Assert.Equal(1, Lines("The database takes writes again"));
        Assert.Null(_post.StoreState.Outage);

        int Lines(string start) =>
            _post.Log.GetSnapshot().Count(l => l.Message.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_write_shows_for_ten_seconds_that_the_store_takes_them_and_one_that_failed_for_none()
    {
        await _post.StoreState.ShowAsync(default);
        _store.RefusesWrites = true;
        _world.Clock.Advance(StoreState.ShownFor - TimeSpan.FromTicks(1));
        await _post.StoreState.ShowAsync(default);
        _world.Clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<TimeoutException>(() => _post.StoreState.ShowAsync(default));
        Assert.Equal(_world.Now, _post.StoreState.Outage!.Since);

        _store.RefusesWrites = false;
        await _post.StoreState.ShowAsync(default);
        Assert.Null(_post.StoreState.Outage);

        await _post.StoreState.FailedAsync(new InvalidOperationException(), default);
        Assert.Null(_post.StoreState.Outage);
    }

    /// <summary>The first email is taken, and from then on nothing can be written.</summary>
    private void FillsUpWithTheFirstEmail() =>
        _post.Answer = _ =>
        {
            _store.RefusesWrites = true;
            return new MailResult.Taken(null);
        };

    private Task<int> SendAsync(CaseDocument document) => _post.Sender.SendDueAsync(document, _world.Now, default);
}
