using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Emails on their way while the clock goes on.</summary>
public sealed class SendQueueTests
{
    private static readonly DateTimeOffset InformalDeadline = InProcess.Start.AddHours(24);

    [Fact]
    public async Task A_case_handed_over_while_it_is_being_sent_is_sent_again_when_that_is_done()
    {
        var hanging = new Hangs();
        await using var host = await InProcess.StartAsync(hanging);
        var reference = await host.OpenAsync("one");
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        await hanging.Asked.InTimeAsync();
        host.Clock.MoveTo(InformalDeadline);
        await host.Due.AdvanceAsync(InformalDeadline, Waiting.Token);
        Assert.Equal("1", (await host.CaseAsync(reference)).Stage.Id);
        hanging.Answer();
        Assert.True(await host.Sends.IdleAsync(Waiting.Token));

        Assert.DoesNotContain((await host.CaseAsync(reference)).Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task A_deadline_within_the_minutes_that_a_case_is_left_to_its_sender_is_kept_to_the_minute()
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        var deadline = InProcess.Start.AddMinutes(3);
        var c = await OpenedWithDeadlineAsync(host, deadline);
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        // What somebody does meanwhile makes it due again.
        var urgent = Testing.Cases.Commands.Urgent(Sample.Raising) with
        {
            Id = "u",
            Stage = "informal",
        };
        Assert.IsType<Handled.Done>(
            await host.Handler.ExecuteAsync(c.Reference, urgent, InProcess.Start, CancellationToken.None)
        );
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);

        Assert.Equal(deadline, await host.Store.EarliestAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(59, 59)]
    [InlineData(60, 60)]
    [InlineData(61, 60)]
    public async Task A_case_whose_sending_failed_is_left_alone_for_an_hour_and_no_longer_than_until_its_deadline(
        int deadlineIn,
        int leftAlone
    )
    {
        var hanging = new Hangs();
        await using var host = await InProcess.StartAsync(hanging, flaky: true);
        var flaky = host.Flaky;
        var deadline = InProcess.Start.AddMinutes(deadlineIn);
        var reference = (await OpenedWithDeadlineAsync(host, deadline)).Reference;
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        await hanging.Asked.InTimeAsync();
        flaky.Refuses = _ => true;
        hanging.Answer();
        await host.Sends.IdleAsync(Waiting.Token);
        flaky.Refuses = _ => false;

        Assert.Equal(1, (await host.Store.ReadAsync(reference, CancellationToken.None))!.Failures);
        Assert.Equal(InProcess.Start.AddMinutes(leftAlone), await host.Store.EarliestAsync(CancellationToken.None));
        await host.Mover.MoveToAsync(deadline, Waiting.Token);
        var stage = (await host.CaseAsync(reference)).Stage;
        Assert.Equal(("1", deadline), (stage.Id, stage.OpenedAt));
    }

    [Fact]
    public async Task A_case_whose_sending_failed_and_that_could_not_be_put_off_is_sent_when_its_sender_s_time_is_over()
    {
        var hanging = new Hangs();
        await using var host = await InProcess.StartAsync(hanging, flaky: true);
        var flaky = host.Flaky;
        var reference = await host.OpenAsync("one");
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        await hanging.Asked.InTimeAsync();
        flaky.Refuses = _ => flaky.IsDown = true;
        hanging.Answer();
        await host.Sends.IdleAsync(Waiting.Token);
        Assert.True(flaky.IsDown);
        (flaky.IsDown, flaky.Refuses) = (false, _ => false);

        Assert.Equal(InProcess.Start.AddMinutes(5), await host.Store.EarliestAsync(CancellationToken.None));
        await host.Mover.MoveToAsync(InProcess.Start.AddMinutes(5), Waiting.Token);
        Assert.DoesNotContain((await host.CaseAsync(reference)).Notices, n => n.Status == NoticeState.Queued);
    }

    [Fact]
    public async Task A_case_that_a_busy_store_did_not_give_to_its_sender_is_sent_without_another_wake()
    {
        var mailer = new Hangs();
        mailer.Answer();
        await using var host = await InProcess.StartAsync(mailer, flaky: true);
        var flaky = host.Flaky;
        var reference = await host.OpenAsync("one");
        var (read, refused) = (flaky.Reads, 0);
        flaky.IsDownNow = () => flaky.Reads > read && Interlocked.Exchange(ref refused, 1) == 0;
        host.Sends.HandOver(reference);
        await host.Sends.IdleAsync(Waiting.Token);

        Assert.Equal(1, refused);
        Assert.All((await host.CaseAsync(reference)).Notices, n => Assert.Equal(NoticeState.Sent, n.Status));
    }

    [Fact]
    public async Task Draining_goes_on_with_what_the_answers_of_the_mail_server_brought()
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        var hanging = new Hangs(email =>
            refused.Count == 0 || refused.Contains(email.ToAddress)
                ? Refuse(email.ToAddress)
                : new MailResult.Taken(null)
        );
        await using var host = await InProcess.StartAsync(hanging);
        var reference = await host.OpenAsync("one");
        await host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
        await hanging.Asked.InTimeAsync();
        var drained = host.Due.DrainAsync(InProcess.Start, Waiting.Token);
        hanging.Answer();
        await drained;

        var notices = (await host.CaseAsync(reference)).Notices;
        Assert.Contains(notices, n => n.Status == NoticeState.Failed);
        Assert.DoesNotContain(notices, n => n.Status == NoticeState.Queued);
        Assert.Contains(notices, n => n.Queued.InsteadOf is not null && n.Status == NoticeState.Sent);

        MailResult Refuse(string to)
        {
            refused.Add(to);
            return new MailResult.Refused("unknownMailbox");
        }
    }

    /// <summary>In Sandwell's informal stage, raised a day before its deadline.</summary>
    private static async Task<Case> OpenedWithDeadlineAsync(InProcess host, DateTimeOffset deadline)
    {
        var opened = await host.Handler.OpenAsync(
            "sandwell",
            Sample.Opening("sandwell"),
            keyed: true,
            "one",
            deadline.AddHours(-24),
            CancellationToken.None
        );
        var c = Assert.IsType<Handled.Done>(opened).Document.Case;
        Assert.Equal(("informal", deadline), (c.Stage.Id, c.Stage.Deadline!.At));
        return c;
    }
}
