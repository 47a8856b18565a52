using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Escalation.Functions.Orchestrations;

/// <summary>
/// Keeps one case's next wake; its instance's id is the case's reference. It carries the case a step on, tries the
/// notices due, and waits for word of a change or the next wake. The case is the truth: word that is lost, doubled,
/// early or late costs nothing but a step that changes nothing, and each generation begins with a step. It ends when
/// the case needs no wake any more, and is started again if it ever does.
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
        var history = new HistoryCount();
        var round = new Round(context, history);
        var failures = 0;
        DateTimeOffset? wake = null;
        while (!history.IsFull)
        {
            DateTimeOffset? next;
            try
            {
                next = await round.RunAsync(wake);
                failures = 0;
            }
            catch (TaskFailedException)
            {
                next = round.Now + RetryDelay(++failures);
            }
            wake = null;
            if (!word.IsCompleted)
            {
                if (next is not { } until)
                    return;
                if (await WaitAsync(context, word, until, history))
                    wake = until;
            }
            if (!word.IsCompleted)
                continue;
            history.Event();
            word = context.WaitForExternalEvent<object?>(StageOutcome);
        }
        // Words not heard yet go: whatever they tell of is written, and the next generation begins by reading it.
        context.ContinueAsNew(null, preserveUnprocessedEvents: false);
    }

    /// <summary>How long to leave a case alone that failed n times in a row: 1, 2, 4, … minutes, at most 30.</summary>
    private static TimeSpan RetryDelay(int failures) =>
        TimeSpan.FromMinutes(Math.Min(30, Math.Pow(2, Math.Min(failures, 10) - 1)));

    /// <summary>True when the timer fired, false when word came first. Either way no timer is left behind.</summary>
    private static async Task<bool> WaitAsync(
        TaskOrchestrationContext context,
        Task word,
        DateTimeOffset until,
        HistoryCount history
    )
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

    /// <summary>A step and the sends it asks for, until nothing more is to be done now.</summary>
    private sealed class Round(TaskOrchestrationContext context, HistoryCount history)
    {
        /// <summary>A case whose wake has come and that nothing moves is left alone this long.</summary>
        private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

        public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

        /// <summary>
        /// The next wake; null when the case needs none any more. A notice is tried once a round. A round that the history has no room for
        /// goes on at once, in the next generation.
        /// </summary>
        public async Task<DateTimeOffset?> RunAsync(DateTimeOffset? wake)
        {
            var tried = new HashSet<string>(StringComparer.Ordinal);
            var (step, sent) = (await AdvanceAsync(wake), false);
            while (!history.IsFull)
            {
                if (step.Notices.FirstOrDefault(key => !tried.Contains(key)) is { } notice)
                {
                    tried.Add(notice);
                    (step, sent) = (await SendAsync(notice, step.At), true);
                }
                else if (step.NextWake is null || step.NextWake > step.At)
                {
                    return step.NextWake;
                }
                else if (sent)
                {
                    // Something fell due while mail went out.
                    (step, sent) = (await AdvanceAsync(step.NextWake), false);
                }
                else
                {
                    return Now + Pause;
                }
            }
            return Now;
        }

        private Task<CaseStep> AdvanceAsync(DateTimeOffset? wake) =>
            CallAsync(CaseActivities.Advance, new StepToTake(context.InstanceId, wake));

        private Task<CaseStep> SendAsync(string notice, DateTimeOffset at) =>
            CallAsync(CaseActivities.SendNotice, new NoticeToSend(context.InstanceId, notice, at));

        private async Task<CaseStep> CallAsync(string activity, object input)
        {
            history.Activity();
            var step = await context.CallActivityAsync<CaseStep>(activity, input);
            context.SetCustomStatus(new CaseWatch(step.Stage, step.Deadline, step.NextWake));
            return step;
        }
    }
}
