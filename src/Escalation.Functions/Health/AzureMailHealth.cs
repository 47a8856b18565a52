using Escalation.Functions.Settings;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;

namespace Escalation.Functions.Health;

/// <summary>How email goes out, as this instance of the host knows it. Whether it arrives, delivery reports say.</summary>
/// <param name="notify">Null where emails go out by Communication Services.</param>
internal sealed class AzureMailHealth(FunctionsSettings settings, MailState state, NotifyMailer? notify = null)
    : IHostHealth
{
    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(
            notify is null
                ? HealthWords.Mail(state.Outage, $"Through Azure Communication Services, from {settings.EmailSender}")
                : NotifyHealth.Line(notify, settings.Notify!, state.Outage)
        );
}
