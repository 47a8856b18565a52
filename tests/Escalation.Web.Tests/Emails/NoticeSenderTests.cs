using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;

namespace Escalation.Web.Tests.Emails;

public sealed class NoticeSenderTests
{
    private static async Task<(World World, Post Post, CaseDocument Document)> StartAsync()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        return (world, new Post(world), await world.OpenAsync("sandwell"));
    }

    [Fact]
    public async Task SendDue_tries_each_notice_once_and_records_all_in_one_write()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        var tried = await post.Sender.SendDueAsync(document, world.Now, default);
        var after = await world.ReadAsync(document.Case.Reference);
        Assert.Equal(document.Case.Notices.Count, tried);
        Assert.Equal(document.Version + 1, after.Version);
        Assert.All(after.Case.Notices, n => Assert.Equal(NoticeState.Sent, n.Status));
        Assert.Equal(post.Sent.Select(e => e.Key).Distinct().Count(), post.Sent.Count);
        Assert.Equal(0, await post.Sender.SendDueAsync(after, world.Now, default));
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_after_the_backoff()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        post.Answer = _ => new MailResult.TryLater("unreachable");
        var (after, _) = await post.SendAsync(document.Case.Reference);
        Assert.All(after.Case.Notices, n => Assert.Equal(NoticeState.Queued, n.Status));
        Assert.Empty(after.ToSend(world.Now));
        Assert.Equal(after.Case.Notices.Count, after.ToSend(world.Now.AddMinutes(1)).Count());
    }

    [Fact]
    public async Task An_exception_is_held_against_no_recipient_and_stops_nobody_elses_mail()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        post.Answer = e =>
            e.ToName == "Rosa Raiser"
                ? throw new InvalidOperationException("rosa@oak-primary.example.org")
                : new MailResult.Taken(null);
        var (after, emails) = await post.SendAsync(document.Case.Reference);
        Assert.Equal(document.Case.Notices.Count, emails.Count);
        Assert.Contains(after.Case.Notices, n => n.Status == NoticeState.Sent);
        Assert.Contains(after.Case.Notices, n => n.Status == NoticeState.Queued);
        Assert.All(after.Sends.Values, s => Assert.Equal("error", s.Error));
    }

    [Fact]
    public async Task A_refused_address_fails_the_notice()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        post.Answer = e =>
            e.ToName == "Rosa Raiser" ? new MailResult.Refused("badAddress") : new MailResult.Taken(null);
        var (after, _) = await post.SendAsync(document.Case.Reference);
        Assert.Contains(after.Case.Notices, n => n is { Status: NoticeState.Failed, Reason: "badAddress" });
    }

    [Fact]
    public async Task A_contact_who_left_the_directory_since_fails_as_noAddress()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var (agency, version) = (
            await StoredDirectory.ReadAsync(world.Store, "sandwell", World.Raising, default)
        )!.Value;
        await StoredDirectory.WriteAsync(world.Store, "sandwell", agency with { Contacts = [] }, version, default);
        world.Book.Refresh();
        var (after, emails) = await post.SendAsync(document.Case.Reference);
        Assert.Contains(
            after.Case.Notices,
            n => n is { Status: NoticeState.Failed, Reason: "noAddress", Queued.Contact: "oak-primary/lineManager" }
        );
        Assert.DoesNotContain(emails, e => e.ToAddress.StartsWith("lineManager@oak-primary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notice_superseded_by_its_stages_end_is_not_sent()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        Assert.DoesNotContain(
            emails,
            e => e.Subject.Contains("informal discussion: answer by", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Who_was_told_stays_as_it_was_sent_whoever_takes_their_place_in_the_directory()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        world.Now = World.At("2026-12-24T10:00:00Z");
        await post.SendAsync(document.Case.Reference);
        var (agency, version) = (
            await StoredDirectory.ReadAsync(world.Store, "sandwell", World.Raising, default)
        )!.Value;
        var contacts = agency
            .Contacts.Select(c =>
                c.Id == "lineManager" ? c with { Name = "Somebody New", Email = "new@oak-primary.example.org" } : c
            )
            .ToList();
        await StoredDirectory.WriteAsync(
            world.Store,
            "sandwell",
            agency with
            {
                Contacts = contacts,
            },
            version,
            default
        );
        world.Book.Refresh();

        var after = await world.ReadAsync(document.Case.Reference);
        var told = Assert.Single(
            after.Case.Notices,
            n => n.Queued is { Contact: "oak-primary/lineManager", Kind: NoticeKinds.StageOpened }
        );
        Assert.Equal(("Holder of lineManager", "lineManager@oak-primary.example.org"), (told.To!.Name, told.To.Email));
        // The event holds a hash of it alone.
        Assert.DoesNotContain(after.Events, text => text.Contains("Holder of", StringComparison.Ordinal));
    }
}
