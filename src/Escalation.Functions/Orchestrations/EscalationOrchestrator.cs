using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Escalation.Functions.Orchestrations;

/// <summary>
/// Keeps one case's next wake; its instance's id is the case's reference. It carries the case a step on, tries the notices due, and waits for word
/// of a change or the next wake. The case is the truth: word that is lost, doubled, early or late costs nothing but a step that changes
/// nothing, and each generation begins with a step. It ends when the case needs no wake any more, and is started again if it ever does.
/// </summary>
public static class EscalationOrchestrator
{
    public const string Name = "EscalationOrchestrator";

    /// <summary>The event by which whoever has written the case says so. Its content is not looked at.</summary>
    public const string StageOutcome = "StageOutcome";

    [Function(Name)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        // One waiter for the whole generation: a cancelled one may eat the event meant for its successor.
        var word = context.WaitForExternalEvent<object?>(StageOutcome);
        var (watch, history, failures) = (new Rounds(context), new HistoryCount(), 0);
        DateTimeOffset? wake = null;
        while (!history.IsFull)
        {
            DateTimeOffset next;
            try
            {
                var planned = await watch.RunAsync(wake, history);
                if (planned is null && !word.IsCompleted)
                    return;
                (next, failures) = (planned ?? watch.Now, 0);
            }
            catch (TaskFailedException)
            {
                next = watch.Now + Patience(++failures);
            }
            wake = !word.IsCompleted && await WaitAsync(context, word, next, history) ? next : null;
            if (!word.IsCompleted)
                continue;
            history.Event();
            word = context.WaitForExternalEvent<object?>(StageOutcome);
        }
        // Words not heard yet go: whatever they tell of is written, and the next generation begins by reading it.
        context.ContinueAsNew(null, preserveUnprocessedEvents: false);
    }

    /// <summary>How long to leave a case alone that failed n times in a row: 1, 2, 4, … minutes, at most 30.</summary>
    private static TimeSpan Patience(int failures) => TimeSpan.FromMinutes(Math.Min(30, Math.Pow(2, Math.Min(failures, 10) - 1)));

    /// <summary>True when the timer fired, false when word came first. Either way no timer is left behind.</summary>
    private static async Task<bool> WaitAsync(TaskOrchestrationContext context, Task word, DateTimeOffset until, HistoryCount history)
    {
        using var cancel = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, cancel.Token);
        history.Timer(until.UtcDateTime - context.CurrentUtcDateTime);
        if (await Task.WhenAny(word, timer) == timer)
            return true;
        // At once and on this thread: an orchestrator may await nothing but its own tasks.
        cancel.Cancel();
        return false;
    }

    /// <summary>Steps and sends, until nothing more is to be done now.</summary>
    private sealed class Rounds(TaskOrchestrationContext context)
    {
        /// <summary>A case whose wake has come and that nothing moves is left alone this long.</summary>
        private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

        public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

        /// <summary>The next wake, always in the future; null when the case needs none any more. A notice is tried once a call.</summary>
        public async Task<DateTimeOffset?> RunAsync(DateTimeOffset? wake, HistoryCount history)
        {
            var tried = new HashSet<string>(StringComparer.Ordinal);
            while (true)
            {
                var step = await context.CallActivityAsync<CaseStep>(CaseActivities.Advance, new StepToTake(context.InstanceId, wake));
                history.Activity();
                context.SetCustomStatus(new CaseWatch(step.Stage, step.Deadline, step.NextWake));
                if (step.NextWake is not { } next)
                    return null;
                var fresh = step.Notices.Where(tried.Add).ToList();
                if (fresh.Count == 0)
                    return next > Now ? next : Now + Pause;
                foreach (var key in fresh)
                {
                    await context.CallActivityAsync<bool>(CaseActivities.SendNotice, new NoticeToSend(context.InstanceId, key, step.At));
                    history.Activity();
                }
            }
        }
    }
}
