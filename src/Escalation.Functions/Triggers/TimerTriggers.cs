using Escalation.Functions.Sweeping;
using Escalation.Web.GovUkNotify;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Escalation.Functions.Triggers;

/// <summary>
/// Times are UTC. They are apart, so that none holds another up; the comparison goes on all night, or finds that it has ended.
/// </summary>
/// <param name="notify">Null where emails go out by Communication Services, which reports by itself.</param>
public sealed class TimerTriggers(
    Sweep sweep,
    Comparison comparison,
    RetentionRun retention,
    NotifyReports? notify = null
)
{
    [Function("Sweep")]
    public async Task SweepAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancel
    )
    {
        await sweep.RunAsync(client, cancel);
        if (notify is not null)
            await notify.PollAsync(cancel);
    }

    [Function("Comparison")]
    public Task CompareAsync(
        [TimerTrigger("0 2-59/5 1-5 * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancel
    ) => comparison.RunAsync(client, cancel);

    [Function("Retention")]
    public Task RetainAsync(
        [TimerTrigger("0 43 2 * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancel
    ) => retention.RunAsync(client, cancel);
}
