using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>The date a letter is about, at the moment it is sent; null where it is about none.</summary>
internal static class LetterDues
{
    public static LetterDue? For(NoticeContext notice, EmailWords message)
    {
        if (notice.Queued.Duty is { } id)
            return notice.Case.Duties.Find(d => d.Id == id) is { Due: { } due, IsDone: false }
                ? At(notice, "To do by", due, "")
                : null;
        if (notice.Queued.Kind == NoticeKinds.ConfirmationAsked)
            return message.Asks && notice.Case.Awaiting is { } awaiting
                ? At(notice, "Confirm or dispute by", awaiting.By, "")
                : null;
        if (!message.Dated || !IsRunning(notice))
            return null;
        var deadline = notice.Record.Deadline!;
        var label = LimitForWords.Label(notice.Record.For, message.Asks && notice.IsTheirLimit);
        var kind = deadline.Kind is LimitKind.Maximum ? " (maximum)" : " (target)";
        return notice.Case.Status == CaseStatus.OnHold
            ? new LetterDue(
                label,
                TimeWords.Moment(notice.Calendar, deadline.At) + kind,
                "On hold: the clock stands still, and this date moves when the hold ends.",
                false
            )
            : At(notice, label, deadline.At, kind);
    }

    /// <summary>True while the stage's deadline stands.</summary>
    public static bool IsRunning(NoticeContext notice) =>
        notice.Case.IsOpen && notice.Record.DeadlineInForce is not null;

    private static LetterDue At(NoticeContext notice, string label, DateTimeOffset at, string kind)
    {
        var (left, isOver) = (TimeWords.Left(notice.Now, at), at <= notice.Now);
        return new(
            label,
            TimeWords.Moment(notice.Calendar, at) + kind,
                // A matter that was not referred is not overdue.
                isOver && notice.Record.For is LimitFor.Referral && notice.Queued.Duty is null
                    ? $"{StageWords.Capital(left)}."
                : isOver ? $"Overdue: {left}."
                : $"{StageWords.Capital(left)} when this was sent.",
            isOver
        );
    }
}
