using Escalation.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Hosting;

namespace Escalation.Functions.Settings;

/// <summary>Makes the containers that an emulator lacks, at start. On an account the templates make them.</summary>
internal sealed class EmulatorContainers(CosmosClient client, CosmosOptions options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        CosmosContainers.EnsureCreatedAsync(client, options, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
