using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Standalone.Scheduling;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Host;

/// <summary>A process that ends between writing a deadline and sending its emails.</summary>
public sealed class CrashTests
{
    private static readonly DateTimeOffset Deadline = InProcess.Start.AddDays(1),
        Restart = Deadline.AddSeconds(1);

    [Fact]
    public async Task The_emails_of_a_step_that_was_written_and_not_yet_sent_go_at_the_next_start_and_once()
    {
        var mailer = new Takes();
        await using var host = await InProcess.StartAsync(mailer);
        var reference = await host.OpenAsync("one");
        await host.Mover.MoveToAsync(Deadline.AddMinutes(-1), Waiting.Token);
        var before = mailer.Keys.Count;
        await host.Handler.AdvanceAsync(
            reference,
            null,
            Deadline,
            Deadline + RetryDelays.Sending,
            CancellationToken.None
        );
        Assert.Contains((await host.CaseAsync(reference)).Notices, n => n.Status == NoticeState.Queued);
        Assert.Equal(before, mailer.Keys.Count);

        host.Clock.MoveTo(Restart);
        Assert.True(
            await host.Store.ReclaimAbandonedSendsAsync(Restart, Restart + RetryDelays.Sending, CancellationToken.None)
        );
        await host.Due.DrainAsync(Restart, Waiting.Token);

        Assert.DoesNotContain((await host.CaseAsync(reference)).Notices, n => n.Status == NoticeState.Queued);
        Assert.Equal(mailer.Keys.Count, mailer.Keys.Distinct().Count());
        Assert.True(mailer.Keys.Count > before);
    }

    [Fact]
    public async Task A_case_that_merely_waits_until_soon_is_looked_at_and_waits_on()
    {
        await using var host = await InProcess.StartAsync(new Busy());
        var reference = await host.OpenAsync("one");
        await host.Due.DrainAsync(InProcess.Start, Waiting.Token);
        var wake = await host.Store.EarliestAsync(CancellationToken.None);

        Assert.True(
            await host.Store.ReclaimAbandonedSendsAsync(
                InProcess.Start,
                InProcess.Start + RetryDelays.Sending,
                CancellationToken.None
            )
        );
        await host.Due.DrainAsync(InProcess.Start, Waiting.Token);

        Assert.Equal(wake, await host.Store.EarliestAsync(CancellationToken.None));
        Assert.All(
            (await host.Handler.ReadAsync(reference, CancellationToken.None))!.Sends.Values,
            s => Assert.Equal(1, s.Attempts)
        );
    }

    private sealed class Takes : IMailer
    {
        public List<string> Keys { get; } = [];

        public Task<MailResult> SendAsync(Email email, CancellationToken cancel)
        {
            lock (Keys)
                Keys.Add(email.Key);
            return Task.FromResult<MailResult>(new MailResult.Taken(null));
        }
    }

    private sealed class Busy : IMailer
    {
        public Task<MailResult> SendAsync(Email email, CancellationToken cancel) =>
            Task.FromResult<MailResult>(new MailResult.TryLater("mailboxBusy"));
    }
}
