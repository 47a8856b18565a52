using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Web.Tests.Emails;

public sealed class CalendarEntryTests
{
    private static async Task<(World World, Post Post, CaseDocument Document)> StartAsync()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        return (world, new Post(world), await world.OpenAsync("sandwell"));
    }

    /// <summary>Unfolds and splits an entry, checking what RFC 5545 asks of every line.</summary>
    internal static Dictionary<string, string> Parse(CalendarEntry entry)
    {
        Assert.EndsWith("\r\n", entry.Content);
        Assert.DoesNotContain('\n', entry.Content.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(entry.Content.Split("\r\n"), l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75, l));
        var lines = entry.Content.Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd().Split("\r\n");
        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], lines[..2]);
        Assert.Equal(["END:VEVENT", "END:VCALENDAR"], lines[^2..]);
        Assert.Single(lines, "BEGIN:VEVENT");
        var fields = lines
            .Where(l =>
                !l.StartsWith("BEGIN:", StringComparison.Ordinal) && !l.StartsWith("END:", StringComparison.Ordinal)
            )
            .Select(l => l.Split(':', 2))
            .ToDictionary(l => l[0], l => l[1]);
        Assert.Equal(entry.Method, fields["METHOD"]);
        return fields;
    }

    [Fact]
    public async Task The_entry_of_a_stage_ends_at_its_deadline_in_UTC()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        var email = emails.First(e => Post.KindOf(e) == NoticeKinds.StageOpened);
        var fields = Parse(email.Calendar!);
        Assert.Equal("PUBLISH", fields["METHOD"]);
        Assert.Equal($"{document.Case.Reference}-1@escalations.example.org", fields["UID"]);
        Assert.Equal("20261231T163000Z", fields["DTSTART"]);
        Assert.Equal("20261231T170000Z", fields["DTEND"]);
        Assert.Equal("20261224T100000Z", fields["DTSTAMP"]);
        Assert.Equal("CONFIRMED", fields["STATUS"]);
        Assert.Equal($"{document.Case.Reference} stage 1: answer by 5pm", fields["SUMMARY"]);
        Assert.DoesNotContain("/r/", email.Calendar!.Content.Replace("\r\n ", "", StringComparison.Ordinal));
        Assert.DoesNotContain("Holder of", email.Calendar.Content);
    }

    [Fact]
    public async Task Commas_semicolons_and_backslashes_of_a_procedures_name_are_escaped()
    {
        var (world, post, _) = await StartAsync();
        await using var w = world;
        const string name = @"Sandwell, Dudley; and \ Walsall",
            escaped = @"Sandwell\, Dudley\; and \\ Walsall";
        var policy = OwnDocument.Read(OwnDocument.Of("sandwell", d => (d["version"], d["name"]) = (1000, name)));
        await StoredPolicies.AddAsync(world.Store, policy, null, "key:test", "A test", world.Now, default);
        world.Book.Refresh();
        var document = await world.OpenAsync("sandwell");
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var (_, emails) = await post.SendAsync(document.Case.Reference);

        var fields = Parse(emails.First(e => Post.KindOf(e) == NoticeKinds.StageOpened).Calendar!);
        Assert.Equal($"{escaped}: stage 1 closes then. The link to answer is in the email.", fields["DESCRIPTION"]);
    }

    [Fact]
    public async Task A_reminder_has_the_same_entry_a_moved_deadline_a_higher_sequence_and_the_close_cancels_it()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        await world.AdvanceAsync(reference, "2026-12-24T10:00:00Z");
        var opened = Parse(
            (await post.SendAsync(reference)).Emails.First(e => Post.KindOf(e) == NoticeKinds.StageOpened).Calendar!
        );
        await world.AdvanceAsync(reference, "2026-12-30T09:00:00Z");
        var reminded = Parse(
            (await post.SendAsync(reference)).Emails.First(e => Post.KindOf(e) == NoticeKinds.Reminder).Calendar!
        );
        Assert.Equal(
            (opened["UID"], opened["SEQUENCE"], opened["DTEND"]),
            (reminded["UID"], reminded["SEQUENCE"], reminded["DTEND"])
        );

        await StoredCalendar.AmendAsync(
            world.Store,
            "sandwell",
            new Amendment(new DateOnly(2026, 12, 31), "Closed, all day; really", false, "test", world.Now),
            default
        );
        world.Book.Refresh();
        await world.AdvanceAsync(reference, "2026-12-30T09:01:00Z");
        var moved = Parse(
            (await post.SendAsync(reference))
                .Emails.First(e => Post.KindOf(e) == NoticeKinds.DeadlineMoved && e.Calendar is not null)
                .Calendar!
        );
        Assert.Equal(opened["UID"], moved["UID"]);
        Assert.Equal("20270104T170000Z", moved["DTEND"]);
        Assert.True(Sequence(moved) > Sequence(opened));

        await world.AdvanceAsync(reference, "2027-01-04T17:00:00Z");
        var closed = Parse(
            (await post.SendAsync(reference)).Emails.First(e => Post.KindOf(e) == NoticeKinds.StageMissed).Calendar!
        );
        Assert.Equal(("CANCEL", "CANCELLED", opened["UID"]), (closed["METHOD"], closed["STATUS"], closed["UID"]));
        Assert.True(Sequence(closed) > Sequence(moved));
    }

    [Fact]
    public async Task A_stage_that_a_person_escalates_cancels_its_entry()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        var opened = Parse(
            (await post.SendAsync(document.Case.Reference)).Emails.First(e => e.Calendar is not null).Calendar!
        );
        await world.DoAsync(
            document.Case.Reference,
            World.Outcome("informal", "escalate", World.Raising, new DateOnly(2026, 12, 23))
        );
        var closed = Parse(
            (await post.SendAsync(document.Case.Reference))
                .Emails.First(e => Post.KindOf(e) == NoticeKinds.StageClosed)
                .Calendar!
        );
        Assert.Equal(("CANCEL", opened["UID"]), (closed["METHOD"], closed["UID"]));
    }

    [Theory]
    [InlineData("resolved")]
    [InlineData("withdrawn")]
    public async Task A_case_that_ends_cancels_the_entry_of_its_last_stage_for_whoever_was_asked_there(string how)
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        await post.SendAsync(reference);
        await world.AdvanceAsync(reference, "2026-12-24T10:00:00Z");
        var opened = Entries((await post.SendAsync(reference)).Emails, NoticeKinds.StageOpened);
        Assert.NotEmpty(opened);

        CaseCommand ending =
            how == "withdrawn"
                ? Commands.Withdraw(World.Raising) with
                {
                    Id = "end",
                    Stage = "1",
                }
                : World.Outcome("1", how, World.Raising, new DateOnly(2026, 12, 24));
        Assert.False((await world.DoAsync(reference, ending)).Case.IsOpen);
        var emails = (await post.SendAsync(reference)).Emails;

        var cancelled = Entries(emails, NoticeKinds.Ended);
        Assert.Equal(opened.Keys.Order(), cancelled.Keys.Order());
        Assert.All(
            cancelled,
            c =>
            {
                var before = opened[c.Key];
                Assert.Equal(("CANCEL", "CANCELLED"), (c.Value["METHOD"], c.Value["STATUS"]));
                Assert.Equal((before["UID"], before["DTEND"]), (c.Value["UID"], c.Value["DTEND"]));
                Assert.True(Sequence(c.Value) > Sequence(before));
            }
        );
        Assert.Contains(emails, e => Post.KindOf(e) == NoticeKinds.Ended && e.Calendar is null);
    }

    [Fact]
    public async Task Whoever_was_asked_at_a_stage_that_was_missed_has_its_entry_cancelled()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        var opened = Entries((await post.SendAsync(reference)).Emails, NoticeKinds.StageOpened);
        Assert.NotEmpty(opened);
        await world.AdvanceAsync(reference, "2026-12-24T10:00:00Z");
        var emails = (await post.SendAsync(reference)).Emails.Where(e => opened.ContainsKey(e.ToAddress)).ToList();
        Assert.Equal(
            opened.Keys.Order(),
            emails.Where(e => e.Calendar is not null).Select(e => e.ToAddress).Distinct().Order()
        );
        Assert.All(
            emails.Where(e => e.Calendar is not null),
            e =>
            {
                var fields = Parse(e.Calendar!);
                Assert.Equal(("CANCEL", opened[e.ToAddress]["UID"]), (fields["METHOD"], fields["UID"]));
            }
        );
    }

    [Fact]
    public async Task Whose_invitation_could_not_be_sent_has_nothing_to_cancel()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        post.Answer = email =>
            email.ToAddress.StartsWith("ravi", StringComparison.Ordinal)
                ? new MailResult.Refused("badAddress")
                : new MailResult.Taken("operation");
        await post.SendAsync(reference);
        await world.DoAsync(
            reference,
            World.Outcome("informal", "resolved", World.Raising, new DateOnly(2026, 12, 23))
        );

        var ended = Entries((await post.SendAsync(reference)).Emails, NoticeKinds.Ended);

        Assert.Contains("rosa@oak-primary.example.org", ended.Keys);
        Assert.DoesNotContain("ravi@childrens-trust.example.org", ended.Keys);
    }

    [Fact]
    public async Task Whose_invitation_was_reported_delivered_has_its_entry_cancelled_when_the_stage_closes()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        var reference = document.Case.Reference;
        var (sent, emails) = await post.SendAsync(reference);
        var opened = Entries(emails, NoticeKinds.StageOpened);
        Assert.NotEmpty(opened);
        foreach (var notice in sent.Case.Notices)
            await world.Handler.RecordDeliveryAsync(reference, notice.Key, null, world.Now, default);
        await world.DoAsync(
            reference,
            World.Outcome("informal", "resolved", World.Raising, new DateOnly(2026, 12, 23))
        );

        var ended = Entries((await post.SendAsync(reference)).Emails, NoticeKinds.Ended);

        Assert.Equal(opened.Keys.Order(), ended.Keys.Order());
        Assert.All(ended, e => Assert.Equal(("CANCEL", opened[e.Key]["UID"]), (e.Value["METHOD"], e.Value["UID"])));
    }

    [Fact]
    public async Task Whoever_was_not_asked_gets_no_entry()
    {
        var (world, post, document) = await StartAsync();
        await using var w = world;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var (_, emails) = await post.SendAsync(document.Case.Reference);
        Assert.All(
            emails.Where(e => Post.KindOf(e) is NoticeKinds.StageNews or NoticeKinds.StageMissed),
            e => Assert.Null(e.Calendar)
        );
    }

    /// <summary>The entries that go with emails of a kind, by who gets them.</summary>
    private static Dictionary<string, Dictionary<string, string>> Entries(IEnumerable<Email> emails, string kind) =>
        emails
            .Where(e => Post.KindOf(e) == kind && e.Calendar is not null)
            .ToDictionary(e => e.ToAddress, e => Parse(e.Calendar!));

    private static int Sequence(Dictionary<string, string> fields) =>
        int.Parse(fields["SEQUENCE"], System.Globalization.CultureInfo.InvariantCulture);
}
