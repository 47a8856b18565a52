using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Web.Emails;

namespace Escalation.Web.Tests.Emails;

/// <summary>What is wrong with the installation's mail is held against nobody, and never silent.</summary>
public sealed class MailOutageTests
{
    private static async Task<(World World, Post Post, string Reference)> StartAsync(string policy = "sandwell")
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync(policy);
        return (world, new Post(world), (await world.OpenAsync(policy)).Case.Reference);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nobody_is_counted_as_not_reached_however_long_it_lasts(string fault)
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        post.Answer = _ => new MailResult.Down(fault);
        await PassAsync(world, post, reference, TimeSpan.FromHours(2));

        var document = await world.ReadAsync(reference);
        Assert.All(document.Case.Notices, n => Assert.Equal(NoticeState.Queued, n.Status));
        Assert.All(document.Sends.Values, s => Assert.Equal((fault, true), (s.Error, s.Down)));
        Assert.All(document.Case.Notices, n => Assert.Null(n.Queued.InsteadOf));
    }

    public static TheoryData<string> Faults { get; } = [.. MailFaults.All.Where(f => f is not MailFaults.Program)];

    [Fact]
    public async Task Once_it_is_mended_everything_goes_out_once_in_order_and_within_minutes_superseded_ones_aside()
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        post.Answer = _ => new MailResult.Down(MailFaults.SignIn);
        await PassAsync(world, post, reference, TimeSpan.FromDays(12), atMost: TimeSpan.FromHours(3));
        var waiting = (await world.ReadAsync(reference)).Case.Notices;
        Assert.Contains(waiting, n => n.Status == NoticeState.Superseded);
        var queued = waiting.Where(n => n is { Status: NoticeState.Queued, IsEmail: true }).Select(n => n.Key).ToList();
        Assert.True(queued.Count > 5);
        post.Sent.Clear();
        post.Answer = _ => new MailResult.Taken(null);

        await PassAsync(world, post, reference, TimeSpan.FromMinutes(16));

        Assert.Equal(queued, post.Sent.Select(e => e.Key));
        Assert.DoesNotContain((await world.ReadAsync(reference)).Case.Notices, n => n.Status == NoticeState.Failed);
        Assert.Null(post.State.Outage);
    }

    [Fact]
    public async Task After_three_days_the_case_says_so_and_again_each_three_days_with_the_second_channel_told()
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        post.Answer = _ => new MailResult.Down(MailFaults.Quota);
        // What waits of the first stage is superseded after a day: the oldest that waits is of then.
        await PassAsync(world, post, reference, TimeSpan.FromDays(3.9), atMost: TimeSpan.FromHours(3));
        Assert.Null((await world.ReadAsync(reference)).Case.MailDelayedAt);
        await PassAsync(world, post, reference, TimeSpan.FromDays(3.5), atMost: TimeSpan.FromHours(1));

        var document = await world.ReadAsync(reference);
        var said = DocumentFormat.Recorded(document.Events, document.Words).Where(r => r.Event is MailDelayed).ToList();
        Assert.Equal(2, said.Count);
        Assert.Equal(
            new MailDelayed("1", MailFaults.Quota, World.At("2026-12-24T10:00:00Z")),
            said[0].Event with
            {
                Words = null,
            }
        );
        Assert.InRange(said[1].At - said[0].At, TimeSpan.FromDays(3), TimeSpan.FromDays(3.1));
        Assert.All(
            document.Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.MailDelayed),
            n => Assert.Equal(NoticeState.Sent, n.Status)
        );
        Assert.Equal(
            2,
            post.Log.GetSnapshot()
                .Count(l =>
                    l.Message.StartsWith(
                        $"{reference}: No email of this case could be sent for days",
                        StringComparison.Ordinal
                    )
                )
        );
    }

    [Fact]
    public async Task A_recipients_own_mailbox_that_stays_busy_for_three_days_has_failed_and_somebody_else_is_asked()
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        post.Answer = e =>
            e.ToName == "Rosa Raiser" ? new MailResult.TryLater("mailboxBusy") : new MailResult.Taken(null);
        await PassAsync(world, post, reference, TimeSpan.FromDays(4.2), atMost: TimeSpan.FromHours(1));

        Assert.Contains(
            (await world.ReadAsync(reference)).Case.Notices,
            n => n is { Status: NoticeState.Failed, Reason: "mailboxBusy" }
        );
    }

    [Fact]
    public async Task While_it_cannot_send_one_attempt_in_half_a_minute_goes_to_the_server()
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        post.Answer = _ => new MailResult.Down(MailFaults.Unreachable);
        await post.SendAsync(reference);
        Assert.Single(post.Sent);

        world.Clock.Advance(MailState.TrialEvery - TimeSpan.FromSeconds(1));
        Assert.Equal(MailFaults.Unreachable, post.State.Waits());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(post.State.Waits());
        Assert.Equal(MailFaults.Unreachable, post.State.Waits());
    }

    /// <summary>What may meet one email and not the next.</summary>
    private static readonly string[] OfOneEmail =
    [
        MailFaults.Policy,
        MailFaults.Size,
        MailFaults.Relay,
        MailFaults.Quota,
        MailFaults.Restricted,
        MailFaults.NotUnderstood,
        MailFaults.Program,
    ];

    public static TheoryData<string> EveryFault { get; } = [.. MailFaults.All];

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task After_an_email_that_met_a_fault_the_others_are_tried_unless_it_meets_all_alike(string fault)
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        var due = (await world.ReadAsync(reference)).ToSend(world.Now).Count(n => n.IsEmail);
        Assert.True(due > 1);
        post.Answer = _ => new MailResult.Down(fault);

        var (_, tried) = await post.SendAsync(reference);

        Assert.Equal(OfOneEmail.Contains(fault) ? due : 1, tried.Count);
    }

    [Fact]
    public async Task The_log_says_so_when_it_begins_every_quarter_of_an_hour_and_when_it_ends()
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        post.Answer = _ => new MailResult.Down(MailFaults.Certificate);
        await PassAsync(world, post, reference, TimeSpan.FromMinutes(50));
        post.Answer = _ => new MailResult.Taken(null);
        await PassAsync(world, post, reference, TimeSpan.FromMinutes(10));

        Assert.Equal(
            4,
            Lines(
                "Email cannot be sent (certificate) since 2026-12-23 10:00:00Z: the mail server’s certificate is not trusted"
            )
        );
        Assert.Equal(1, Lines("Email goes out again, after "));

        int Lines(string start) =>
            post.Log.GetSnapshot().Count(l => l.Message.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_refuses_one_emails_content_and_takes_the_others_is_no_outage_and_one_that_refuses_all_is()
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        post.Answer = e =>
            e.ToName == "Rosa Raiser" ? new MailResult.Down(MailFaults.Policy) : new MailResult.Taken(null);
        await PassAsync(world, post, reference, TimeSpan.FromMinutes(1));
        Assert.Null(post.State.Outage);
        Assert.Contains(
            (await world.ReadAsync(reference)).Sends.Values,
            s => s is { Error: MailFaults.Policy, Down: true }
        );

        await PassAsync(world, post, reference, TimeSpan.FromMinutes(40));
        Assert.Equal(MailFaults.Policy, post.State.Outage?.Fault);
    }

    [Fact]
    public async Task An_outage_that_a_connection_disproves_is_over_and_one_of_the_sender_is_not()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var state = new Post(world).State;
        foreach (
            var (fault, over) in new[]
            {
                (MailFaults.SignIn, true),
                (MailFaults.Sender, false),
                (MailFaults.Policy, false),
            }
        )
        {
            await state.TellAsync(new MailResult.Down(fault), default);
            await state.ReachedAsync(default);
            Assert.Equal(over, state.Outage is null);
        }
        await state.TellAsync(new MailResult.Taken(null), default);
        Assert.Null(state.Outage);
    }

    [Fact]
    public async Task An_outage_of_which_no_attempt_tells_any_more_is_not_known()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var state = new Post(world).State;
        await state.TellAsync(new MailResult.Down(MailFaults.Busy), default);
        world.Clock.Advance(MailState.KnownFor - TimeSpan.FromSeconds(1));
        Assert.NotNull(state.Outage);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(state.Outage);
    }

    [Fact]
    public async Task A_business_manager_with_an_address_that_is_none_keeps_nobodys_email()
    {
        var (world, post, reference) = await StartAsync();
        await using var w = world;
        var (agency, version) = (await StoredDirectory.ReadAsync(world.Store, "sandwell", "sandwell", default))!.Value;
        var contacts = agency
            .Contacts.Select(c => c.Tiers.Contains("businessManager") ? c with { Email = "manager@@sandwell" } : c)
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

        var (after, emails) = await post.SendAsync(reference);

        Assert.All(after.Case.Notices, n => Assert.Equal(NoticeState.Sent, n.Status));
        Assert.All(emails, e => Assert.Null(e.ReplyTo));
    }

    /// <summary>Lets time pass wake by wake, as a host does.</summary>
    /// <param name="atMost">As a host that looks only that often, so that days take no time.</param>
    private static async Task PassAsync(
        World world,
        Post post,
        string reference,
        TimeSpan time,
        TimeSpan atMost = default
    )
    {
        var end = world.Now + time;
        for (var wakes = 0; (await world.ReadAsync(reference)).NextWake is { } wake && wake <= end; wakes++)
        {
            Waiting.ThrowIfEndless(wakes);
            var next = wake > world.Now + atMost ? wake : world.Now + atMost;
            world.Now = next < end ? next : end;
            await post.Sender.SendDueAsync(await world.ReadAsync(reference), world.Now, default);
            await world.Handler.AdvanceAsync(reference, null, world.Now, default);
        }
        world.Now = end;
    }
}
