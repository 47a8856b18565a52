using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Host;

public sealed class DrainTests
{
    [Fact]
    public async Task Mail_that_another_handed_over_meanwhile_is_waited_for()
    {
        await using var host = await InProcess.StartAsync(new Takes());
        for (var i = 0; i < 20; i++)
        {
            var reference = await host.OpenAsync($"case {i}");

            var scheduler = host.Due.AdvanceAsync(InProcess.Start, Waiting.Token);
            await host.Due.DrainAsync(InProcess.Start, Waiting.Token);
            await scheduler;

            Assert.DoesNotContain((await host.CaseAsync(reference)).Notices, n => n.Status == NoticeState.Queued);
        }
    }

    private sealed class Takes : IMailer
    {
        public Task<MailResult> SendAsync(Email email, CancellationToken cancel) =>
            Task.FromResult<MailResult>(new MailResult.Taken(null));
    }
}
