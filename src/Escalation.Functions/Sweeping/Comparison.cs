using Escalation.Core.Cases;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Telemetry;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Sweeping;

/// <summary>
/// Compares every case with its instance, and tells or starts those that differ: a wake that nobody keeps is found before it is missed. Ended
/// cases too, which may have duties; one whose next wake is null needs no instance, and is told so that one left over ends.
/// </summary>
public sealed class Comparison(ICaseStore store, TimeProvider time, Meters meters)
{
    private static readonly OrchestrationRuntimeStatus[] Alive = [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending];

    /// <summary>Returns how many differed.</summary>
    public async Task<int> RunAsync(DurableTaskClient client, CancellationToken cancel)
    {
        var alive = new Dictionary<string, CaseWatch?>(StringComparer.Ordinal);
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: Alive, FetchInputsAndOutputs: true)).WithCancellation(cancel))
            alive[instance.InstanceId] = instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending ? null : instance.Watch();
        var differing = 0;
        await foreach (var stored in store.ScanAsync(new CaseScan(null), cancel))
        {
            var wake = DocumentFormat.Read(stored).NextWake;
            var runs = alive.TryGetValue(stored.Reference, out var watch);
            if (wake is null ? !runs : runs && (watch is null || watch.NextWake == wake))
                continue;
            await client.TellAsync(stored.Reference, wake, time, cancel);
            differing++;
        }
        meters.Mended(differing);
        return differing;
    }
}
