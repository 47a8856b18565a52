using System.Diagnostics;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Functions.Telemetry;
using Escalation.Web.Emails;
using Microsoft.Azure.Functions.Worker;

namespace Escalation.Functions.Orchestrations;

/// <summary>What an orchestration has done outside itself. Each may run twice: a repeat changes nothing.</summary>
public sealed class CaseActivities(CaseHandler handler, NoticeSender sender, TimeProvider time, Meters meters)
{
    public const string Advance = "Advance",
        SendNotice = "SendNotice";

    /// <summary>Carries out what is due at the later of the clock and the wake.</summary>
    /// <exception cref="InvalidOperationException">A newer program wrote the case: this one has to wait until it is replaced.</exception>
    [Function(Advance)]
    public async Task<CaseStep> AdvanceAsync([ActivityTrigger] StepToTake step, CancellationToken cancel)
    {
        var (clock, started) = (time.GetUtcNow(), Stopwatch.GetTimestamp());
        var now = Later(clock, step.Wake);
        var handled = await handler.AdvanceAsync(step.Reference, null, now, cancel);
        meters.Advanced(step.Wake is { } wake ? clock - wake : null, Stopwatch.GetElapsedTime(started));
        return handled switch
        {
            Handled.Done done => StepOf(done.Document, now),
            Handled.Missing => CaseStep.OfNoCase(now),
            Handled.Refused refused => throw new InvalidOperationException(
                $"Case {step.Reference}: {refused.Why.Code}."
            ),
            _ => throw new InvalidOperationException($"No rule for {handled.GetType().Name}."),
        };
    }

    /// <summary>
    /// Tries one notice once and records how that went; one that is not due (any more) is left as it is. Either way,
    /// what the case calls for then.
    /// </summary>
    [Function(SendNotice)]
    public async Task<CaseStep> SendNoticeAsync([ActivityTrigger] NoticeToSend notice, CancellationToken cancel)
    {
        var now = Later(time.GetUtcNow(), notice.At);
        return await handler.ReadAsync(notice.Reference, cancel) is { } document
            ? StepOf(await sender.SendAsync(document, notice.Key, now, cancel) ?? document, now)
            : CaseStep.OfNoCase(now);
    }

    private static CaseStep StepOf(CaseDocument document, DateTimeOffset now)
    {
        var c = document.Case;
        var deadline = c.IsOpen && c.Status != CaseStatus.OnHold ? c.Stage.DeadlineInForce : null;
        return new CaseStep(
            c.Stage.Id,
            deadline,
            document.NextWakeAt(now),
            [.. document.ToSend(now).Select(n => n.Key)],
            now
        );
    }

    private static DateTimeOffset Later(DateTimeOffset clock, DateTimeOffset? wake) =>
        wake > clock ? wake.Value : clock;
}
