using Escalation.Core.Cases;
using Escalation.Standalone.Smtp;
using Escalation.Standalone.Tests.Host;
using Escalation.Testing;
using Escalation.Web.Emails;
using Microsoft.Extensions.Time.Testing;
using static Escalation.Standalone.Tests.Mail.SampleEmail;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>A mail server is asked before anything is sent: at the start, and every five minutes.</summary>
public sealed class MailWatchTests
{
    [Fact]
    public async Task An_outage_is_known_at_the_start_and_its_end_within_five_minutes_without_an_email()
    {
        await using var server = new Misbehaving();
        server.Answers["greeting"] = Misbehaving.HangsUp;
        await using var mailer = Mailer(server.Port);
        await using var host = await InProcess.StartAsync(new Hangs());
        var (state, clock) = (host.Get<MailState>(), new FakeTimeProvider(InProcess.Start));
        using var watch = new MailWatch(mailer, state, clock);
        await watch.StartAsync(CancellationToken.None);
        await UntilAsync(() => state.Outage is not null);
        Assert.Equal(MailFaults.Unreachable, state.Outage!.Fault);

        server.Answers.Clear();
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.NotNull(state.Outage);
        clock.Advance(TimeSpan.FromTicks(1));
        await UntilAsync(() => state.Outage is null);

        server.Answers["greeting"] = Misbehaving.HangsUp;
        server.Answers["NOOP"] = Misbehaving.HangsUp;
        clock.Advance(TimeSpan.FromMinutes(5));
        await UntilAsync(() => state.Outage is not null);
        Assert.Empty(server.Emails);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_mailer_that_reaches_no_server_is_not_asked()
    {
        await using var host = await InProcess.StartAsync(new Hangs());
        using var watch = new MailWatch(new NoMailer(), host.Get<MailState>(), host.Time);

        await watch.StartAsync(CancellationToken.None);

        await watch.ExecuteTask!.InTimeAsync();
        Assert.Null(host.Get<MailState>().Outage);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var limit = Waiting.Token; !holds(); await Task.Yield())
            limit.ThrowIfCancellationRequested();
    }
}
