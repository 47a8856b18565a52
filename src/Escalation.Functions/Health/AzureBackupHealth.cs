using Escalation.Web.Health;

namespace Escalation.Functions.Health;

/// <summary>Nobody runs a backup on Azure: the account keeps its own (infra/README.md says how to restore).</summary>
internal sealed class AzureBackupHealth : IHostHealth
{
    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(
            new HealthLine(
                "Last backup",
                HealthState.Well,
                "Kept by Cosmos DB continuous backup: any instant of the days its tier keeps can be restored"
            )
        );
}
