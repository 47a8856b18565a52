using Escalation.Core.Notices;
using Escalation.Standalone.Smtp;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Escalation.Standalone.Hosting;

/// <summary>A host that can send nothing is not ready.</summary>
internal sealed class MailHealth(IMailer mailer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(mailer is NoMailer ? HealthCheckResult.Unhealthy(NoMailer.Code) : HealthCheckResult.Healthy());
}
