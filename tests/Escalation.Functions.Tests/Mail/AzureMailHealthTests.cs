using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Functions.Settings;
using Escalation.Functions.Tests.World;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Functions.Tests.Mail;

/// <summary>What the health page says of sending email, whichever way it goes out.</summary>
public sealed class AzureMailHealthTests
{
    private static readonly FunctionsSettings ByNotify = CaseWorld.Settings with
    {
        EmailEndpoint = null,
        EmailSender = null,
        Notify = new NotifySettings { Key = NotifyStub.Key, Template = new Guid(NotifyStub.Template) },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_outage_is_said_as_long_as_it_lasts(bool byNotify)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00", settings: byNotify ? ByNotify : null);
        var state = world.Get<MailState>();
        Assert.Equal(HealthState.Well, (await LineAsync(world)).State);

        await state.TellAsync(new MailResult.Down(MailFaults.SignIn), CancellationToken.None);
        Assert.Equal(HealthWords.Mail(state.Outage!, ""), await LineAsync(world));

        await state.TellAsync(new MailResult.Taken(null), CancellationToken.None);
        Assert.Equal(HealthState.Well, (await LineAsync(world)).State);
    }

    private static async Task<HealthLine> LineAsync(CaseWorld world)
    {
        var health = world.Services.GetServices<IHostHealth>();
        var lines = await Task.WhenAll(health.Select(h => h.LineAsync(world.Now, CancellationToken.None)));
        return lines.Single(l => l.What == HealthWords.Sending);
    }
}
