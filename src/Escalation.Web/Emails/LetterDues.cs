using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>The date a letter is about, at the moment it is sent; null where it is about none.</summary>
internal static class LetterDues
{
    public static LetterDue? For(NoticeContext o, Message message)
    {
        if (o.Queued.Duty is { } id)
            return o.Case.Duties.Find(d => d.Id == id) is { Due: { } due, IsDone: false }
                ? At(o, "To do by", due, "")
                : null;
        if (o.Queued.Kind == NoticeKinds.ConfirmationAsked)
            return message.Asks && o.Case.Awaiting is { } awaiting
                ? At(o, "Confirm or dispute by", awaiting.By, "")
                : null;
        if (!message.Dated || !IsRunning(o))
            return null;
        var deadline = o.Record.Deadline;
        var label = message.Asks ? "Answer by" : "To be answered by";
        var kind = deadline.Kind is LimitKind.Maximum ? " (maximum)" : " (target)";
        return o.Case.Status == CaseStatus.OnHold
            ? new LetterDue(
                label,
                TimeWords.Moment(o.Calendar, deadline.At) + kind,
                "On hold: the clock stands still, and this date moves when the hold ends.",
                false
            )
            : At(o, label, deadline.At, kind);
    }

    /// <summary>True while the stage's deadline stands.</summary>
    public static bool IsRunning(NoticeContext o) => o.Case.IsOpen && o.Record.DeadlineInForce is not null;

    private static LetterDue At(NoticeContext o, string label, DateTimeOffset at, string kind)
    {
        var (left, isOver) = (TimeWords.Left(o.Now, at), at <= o.Now);
        return new(
            label,
            TimeWords.Moment(o.Calendar, at) + kind,
            isOver ? $"Overdue: {left}." : $"{StageWords.Capital(left)} when this was sent.",
            isOver
        );
    }
}
