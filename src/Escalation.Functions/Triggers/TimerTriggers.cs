using Escalation.Functions.Sweeping;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Triggers;

/// <summary>Times are UTC. The nightly ones are apart, so that none holds another up.</summary>
public sealed class TimerTriggers(Sweep sweep, Comparison comparison, Retention retention)
{
    [Function("Sweep")]
    public Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        sweep.RunAsync(client, cancel);

    [Function("Comparison")]
    public Task CompareAsync([TimerTrigger("0 17 1 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        comparison.RunAsync(client, cancel);

    [Function("Retention")]
    public Task RetainAsync([TimerTrigger("0 43 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        retention.RunAsync(client, cancel);
}
