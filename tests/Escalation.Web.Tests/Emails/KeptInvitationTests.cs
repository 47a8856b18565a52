using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Web.Tests.Emails;

/// <summary>What a calendar entry began with stays, whatever changes between it and its cancellation.</summary>
public sealed class KeptInvitationTests
{
    private const string Stage1 = "2026-12-24T10:00:00Z",
        Closes = "2026-12-31T17:00:00Z";

    [Fact]
    public async Task The_cancellation_names_the_organiser_and_UID_of_the_invitation_though_manager_and_public_address_changed()
    {
        var (world, post, reference) = await InvitedAsync();
        await using var w = world;
        var invited = Entries(post).Last(e => e["METHOD"] == "PUBLISH");
        Assert.Equal("mailto:businessManager@sandwell.example.org", invited["ORGANIZER"]);

        await ChangeAsync(world, "sandwell", a => a with { Contacts = [.. WithoutManager(a), Manager("next")] });
        var elsewhere = new Post(world, publicUrl: "https://elsewhere.example.org");
        await world.AdvanceAsync(reference, "2026-12-30T09:00:00Z");
        await elsewhere.SendAsync(reference);
        await world.AdvanceAsync(reference, Closes);
        await elsewhere.SendAsync(reference);

        var later = Entries(elsewhere).Where(e => e["UID"].Contains("-1@", StringComparison.Ordinal)).ToList();
        Assert.Contains(later, e => e["METHOD"] == "PUBLISH");
        Assert.Contains(later, e => e["METHOD"] == "CANCEL");
        Assert.All(later, e => Assert.Equal((invited["UID"], invited["ORGANIZER"]), (e["UID"], e["ORGANIZER"])));

        // What begins later begins with what holds then.
        Assert.Contains(
            Entries(elsewhere),
            e =>
                e["UID"].EndsWith("-2@elsewhere.example.org", StringComparison.Ordinal)
                && e["ORGANIZER"] == "mailto:next@sandwell.example.org"
        );
    }

    [Fact]
    public async Task An_invitation_that_had_no_organiser_is_cancelled_without_one()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        await using var w = world;
        await ChangeAsync(world, "sandwell", a => a with { Contacts = [.. WithoutManager(a)] });
        var (post, reference) = (new Post(world), (await world.OpenAsync("sandwell")).Case.Reference);
        await post.SendAsync(reference);
        await ChangeAsync(world, "sandwell", a => a with { Contacts = [.. a.Contacts, Manager("late")] });
        await world.DoAsync(
            reference,
            World.Outcome("informal", "escalate", World.Raising, new DateOnly(2026, 12, 23))
        );
        await post.SendAsync(reference);
        Assert.Contains(Entries(post), e => e["METHOD"] == "CANCEL");
        var entries = Entries(post).Where(e => e["UID"].Contains("-informal@", StringComparison.Ordinal));
        Assert.All(entries, e => Assert.DoesNotContain("ORGANIZER", e));
    }

    [Fact]
    public async Task Whoever_takes_a_contacts_place_is_invited_to_the_same_entry()
    {
        var (world, post, reference) = await InvitedAsync();
        await using var w = world;
        var invited = Entries(post).Last(e => e["METHOD"] == "PUBLISH");
        foreach (var agency in new[] { "sandwell", World.Raising })
            await ChangeAsync(
                world,
                agency,
                a => a with { Contacts = [.. a.Contacts.Select(c => c with { Email = $"new-{c.Email}" })] }
            );
        var by = new Speaker("sandwell", "Sam", null);
        await world.DoAsync(
            reference,
            new SendAgain(null)
            {
                Id = "again",
                Actor = "test",
                Stage = "1",
                By = by,
            }
        );
        var (_, again) = await post.SendAsync(reference);
        var entries = again.Where(e => e.Calendar is not null).ToList();
        Assert.Contains(entries, e => e.ToAddress.StartsWith("new-", StringComparison.Ordinal));
        Assert.All(
            entries.Select(e => CalendarEntryTests.Parse(e.Calendar!)),
            e =>
                Assert.Equal(
                    (invited["UID"], invited["ORGANIZER"], invited["SEQUENCE"]),
                    (e["UID"], e["ORGANIZER"], e["SEQUENCE"])
                )
        );
    }

    [Fact]
    public async Task The_sequence_rises_with_each_change_and_only_then()
    {
        var (world, post, reference) = await InvitedAsync();
        await using var w = world;
        await world.AdvanceAsync(reference, "2026-12-30T09:00:00Z");
        await post.SendAsync(reference);
        var closed = new Amendment(new DateOnly(2026, 12, 31), "Closed", false, "test", world.Now);
        await StoredCalendar.AmendAsync(world.Store, "sandwell", closed, default);
        world.Book.Refresh();
        await world.AdvanceAsync(reference, "2026-12-30T09:01:00Z");
        await post.SendAsync(reference);
        await world.AdvanceAsync(reference, "2027-01-04T17:00:00Z");
        await post.SendAsync(reference);
        var perPerson = post.Sent.Where(e => e.Calendar?.Invitation?.Stage == "1").GroupBy(e => e.ToAddress).ToList();
        Assert.Contains(perPerson, one => one.Count() >= 4);
        Assert.All(
            perPerson,
            one =>
            {
                var entries = one.Select(e => CalendarEntryTests.Parse(e.Calendar!)).ToList();
                foreach (var (before, after) in entries.Zip(entries.Skip(1)))
                {
                    var changed = (before["DTEND"], before["METHOD"]) != (after["DTEND"], after["METHOD"]);
                    Assert.Equal(changed ? 1 : 0, Math.Sign(Sequence(after) - Sequence(before)));
                }
            }
        );
    }

    [Fact]
    public async Task The_sequence_goes_on_from_the_one_that_went_out_and_is_not_worked_out_anew()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        await using var w = world;
        var (post, c) = (new Post(world), (await world.OpenAsync("sandwell")).Case);
        var entry = new Invitation(
            "informal",
            "as-it-was@example.org",
            null,
            9_000,
            c.Stage.Deadline!.At,
            Cancelled: false
        );
        foreach (var notice in c.Notices)
            await world.Handler.RecordAttemptsAsync(
                c.Reference,
                [new Attempt(notice.Key, "operation", null) { Invitation = entry }],
                world.Now,
                default
            );
        await world.AdvanceAsync(c.Reference, "2026-12-24T09:00:00Z");
        await post.SendAsync(c.Reference);
        await world.AdvanceAsync(c.Reference, Stage1);
        await post.SendAsync(c.Reference);

        var entries = Entries(post).Where(e => e["UID"] == entry.Uid).ToList();
        Assert.Contains(entries, e => e["METHOD"] == "PUBLISH");
        Assert.Contains(entries, e => e["METHOD"] == "CANCEL");
        Assert.All(entries, e => Assert.Equal(e["METHOD"] == "PUBLISH" ? 9_000 : 9_001, Sequence(e)));
    }

    [Fact]
    public async Task An_email_that_is_sent_twice_is_the_same_entry_twice()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        await using var w = world;
        var (post, reference) = (new Post(world), (await world.OpenAsync("sandwell")).Case.Reference);
        post.Answer = _ => new MailResult.TryLater("mailboxBusy");
        await post.SendAsync(reference);
        Assert.All((await world.ReadAsync(reference)).Case.Notices, n => Assert.Null(n.Invitation));
        post.Answer = _ => new MailResult.Taken("operation");
        world.Now = world.Now.AddMinutes(5);
        await post.SendAsync(reference);
        var twice = post
            .Sent.Where(e => e.Calendar is not null)
            .GroupBy(e => e.Key)
            .Where(g => g.Count() == 2)
            .ToList();
        Assert.NotEmpty(twice);
        Assert.All(twice, g => Assert.Equal(g.First().Calendar!.Invitation, g.Last().Calendar!.Invitation));
    }

    [Fact]
    public async Task A_case_whose_invitations_were_not_kept_goes_on_with_what_is_worked_out()
    {
        var (world, post, reference) = await InvitedAsync();
        await using var w = world;
        var other = await world.OpenAsync("sandwell");
        foreach (var notice in other.Case.Notices)
            await world.Handler.RecordAttemptsAsync(
                other.Case.Reference,
                [new Attempt(notice.Key, "operation", null)],
                world.Now,
                default
            );
        Assert.All((await world.ReadAsync(other.Case.Reference)).Case.Notices, n => Assert.Null(n.Invitation));
        await world.AdvanceAsync(
            other.Case.Reference,
            world.Now.AddDays(1).ToString("O", CultureInfo.InvariantCulture)
        );
        var (_, emails) = await post.SendAsync(other.Case.Reference);
        var cancelled = emails
            .Where(e => e.Calendar?.Method == "CANCEL")
            .Select(e => CalendarEntryTests.Parse(e.Calendar!))
            .ToList();
        Assert.NotEmpty(cancelled);
        Assert.All(
            cancelled,
            e =>
                Assert.Equal(
                    (
                        $"{other.Case.Reference}-informal@escalations.example.org",
                        "mailto:businessManager@sandwell.example.org",
                        (24 * 60) + 1
                    ),
                    (e["UID"], e["ORGANIZER"], Sequence(e))
                )
        );
    }

    [Fact]
    public async Task What_was_kept_is_read_back_is_no_agencys_to_read_and_goes_with_the_personal_data()
    {
        var (world, post, reference) = await InvitedAsync();
        await using var w = world;
        var kept = (await world.ReadAsync(reference))
            .Case.Notices.Where(n => n.Invitation is not null)
            .Select(n => n.Invitation!)
            .ToList();
        Assert.Equal(post.Sent.Where(e => e.Calendar is not null).Select(e => e.Calendar!.Invitation!), kept);

        var document = await world.ReadAsync(reference);
        var rules = await world.Handler.RulesAsync(document.Case, world.Now, default);
        var agency = new ReadableCase(document, rules.Policy, new CaseReader(World.Raising, Addresses: false));
        var read = agency.History.Select(e => e.Event.Words?.Invitation).OfType<Invitation>().ToList();
        Assert.NotEmpty(read);
        Assert.All(read, invitation => Assert.Null(invitation.Organiser));
        Assert.All(agency.Notices, n => Assert.Null(n.Invitation?.Organiser));

        var by = new Speaker(World.Raising, "Sam", null);
        await world.DoAsync(
            reference,
            new Withdraw("Settled otherwise")
            {
                Id = "w",
                Actor = "test",
                Stage = "1",
                By = by,
            }
        );
        world.Now = World.At("2055-01-01T10:00:00Z");
        await world.Handler.AdvanceAsync(reference, null, world.Now, default);
        await world.Handler.ForgetAsync(reference, world.Now, default);
        var forgotten = await world.ReadAsync(reference);
        Assert.True(forgotten.Case.PersonalDataRemoved);
        Assert.All(forgotten.Case.Notices, n => Assert.Null(n.Invitation));
        Assert.Empty(forgotten.Words);
    }

    /// <summary>The first stage has its people's invitations.</summary>
    private static async Task<(World World, Post Post, string Reference)> InvitedAsync()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        var (post, document) = (new Post(world), await world.OpenAsync("sandwell"));
        await world.AdvanceAsync(document.Case.Reference, Stage1);
        await post.SendAsync(document.Case.Reference);
        return (world, post, document.Case.Reference);
    }

    private static IEnumerable<Dictionary<string, string>> Entries(Post post) =>
        post.Sent.Where(e => e.Calendar is not null).Select(e => CalendarEntryTests.Parse(e.Calendar!));

    private static IEnumerable<Contact> WithoutManager(Agency agency) =>
        agency.Contacts.Where(c => c.Id != "businessManager");

    private static Contact Manager(string id) =>
        new()
        {
            Id = id,
            Name = id,
            Email = $"{id}@sandwell.example.org",
            Tiers = [Tiers.BusinessManager],
        };

    private static async Task ChangeAsync(World world, string agency, Func<Agency, Agency> change)
    {
        var (entry, version) = (await StoredDirectory.ReadAsync(world.Store, "sandwell", agency, default))!.Value;
        Assert.True(await StoredDirectory.WriteAsync(world.Store, "sandwell", change(entry), version, default));
        world.Book.Refresh();
    }

    private static int Sequence(Dictionary<string, string> entry) =>
        int.Parse(entry["SEQUENCE"], CultureInfo.InvariantCulture);
}
