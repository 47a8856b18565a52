using Escalation.Functions.Sweeping;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Triggers;

/// <summary>
/// Times are UTC. They are apart, so that none holds another up; the comparison goes on all night, or finds that it has ended.
/// </summary>
public sealed class TimerTriggers(Sweep sweep, Comparison comparison, Retention retention)
{
    [Function("Sweep")]
    public Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        sweep.RunAsync(client, cancel);

    [Function("Comparison")]
    public Task CompareAsync(
        [TimerTrigger("0 2-59/5 1-5 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        comparison.RunAsync(client, cancel);

    [Function("Retention")]
    public Task RetainAsync([TimerTrigger("0 43 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        retention.RunAsync(client, cancel);
}
