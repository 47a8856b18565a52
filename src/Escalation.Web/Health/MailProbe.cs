using Escalation.Web.Emails;
using Escalation.Web.Wording;

namespace Escalation.Web.Health;

/// <summary>A host that cannot send email is not ready, whatever its store says.</summary>
internal sealed class MailProbe(MailState mail) : IReadinessProbe
{
    public Task<string?> FaultAsync(CancellationToken cancel) =>
        Task.FromResult(
            mail.Outage is { } outage
                ? $"No email can be sent since {HealthWords.Moment(outage.Since)}, "
                    + $"because {MailWords.Because(outage.Fault)} ({outage.Fault})."
                : null
        );
}
