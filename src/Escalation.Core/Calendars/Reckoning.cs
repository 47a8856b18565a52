using System.Runtime.InteropServices;

namespace Escalation.Core.Calendars;

/// <summary>What became of a limit as the stage opened.</summary>
internal enum Standing
{
    /// <summary>The stage has none.</summary>
    None,

    /// <summary>It counts from its anchor.</summary>
    Counts,

    /// <summary>The case has no such anchor.</summary>
    LacksAnchor,

    /// <summary>It left less than the close of the next working day, so that counts instead.</summary>
    Extended,

    /// <summary>It left less than its length, which is shorter still, so that counts from the opening.</summary>
    Restarted,
}

/// <summary>Which limit set the deadline.</summary>
internal enum SetBy
{
    Own,
    Cap,

    /// <summary>The least that a cap leaves: the close of the next working day.</summary>
    Floor,

    /// <summary>The day that was set for the case; one that had passed leaves the close of the next working day.</summary>
    Day,
}

/// <summary>
/// The instants behind a deadline. All UTC. What is counted from before the opening leaves a stage the close of the next working day at
/// least, whether it is used up or nearly so: of two openings the later never has the earlier deadline, and a limit that lapses adds
/// nothing.
/// </summary>
/// <param name="Own">Where the own limit falls: counted from the opening where it lacked its anchor, extended where it left too little,
/// the close of the next working day where there is none.</param>
/// <param name="OwnAnchored">Where the own limit fell from its own anchor; null when it lacked it.</param>
/// <param name="Cap">Where the cap alone falls; null when it lacked its anchor or there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Reckoning(
    DateTimeOffset At,
    LimitKind Kind,
    SetBy SetBy,
    DateTimeOffset Own,
    Standing OwnStanding,
    DateTimeOffset? OwnAnchored,
    DateTimeOffset? Cap,
    Standing CapStanding
)
{
    public static Reckoning Of(WorkingCalendar calendar, DeadlineQuestion question)
    {
        var next = calendar.CloseOfNextWorkingDay(question.Opened);
        var (ownStanding, anchored, own) = OwnLimit(calendar, question, next);
        var (capStanding, cap) = CapLimit(calendar, question, next);
        var (at, setBy) = cap is { } c ? Capped(question, own, c, next) : (own, SetBy.Own);
        var kind = (setBy == SetBy.Own ? question.Own : question.Cap)?.Limit.Kind ?? LimitKind.Target;
        if (question.Until is { } day)
        {
            var set = day.At > question.Opened ? day.At : next;
            if ((question.Own is null && cap is null) || set < at)
                (at, setBy, kind) = (set, SetBy.Day, LimitKind.Target);
        }
        return new(at, kind, setBy, own, ownStanding, anchored, cap, capStanding);
    }

    private static (Standing Standing, DateTimeOffset? Anchored, DateTimeOffset At) OwnLimit(
        WorkingCalendar calendar,
        DeadlineQuestion question,
        DateTimeOffset next
    )
    {
        if (question.Own is not { } own)
            return (Standing.None, null, next);
        var fromOpening = calendar.EndOf(own.Limit, question.Opened);
        if (own.From is not { } from)
            return (Standing.LacksAnchor, null, fromOpening);
        var anchored = calendar.EndOf(own.Limit, from);
        var (least, standing) = fromOpening <= next ? (fromOpening, Standing.Restarted) : (next, Standing.Extended);
        return anchored >= least || own.IsRemainder
            ? (Standing.Counts, anchored, anchored)
            : (standing, anchored, least);
    }

    private static (Standing Standing, DateTimeOffset? At) CapLimit(
        WorkingCalendar calendar,
        DeadlineQuestion question,
        DateTimeOffset next
    )
    {
        if (question.Cap is not { } cap)
            return (Standing.None, null);
        if (cap.From is not { } from)
            return (Standing.LacksAnchor, null);
        var at = Moved(calendar, calendar.EndOf(cap.Limit, from), cap.MovedWorkingDays);
        return (at >= next ? Standing.Counts : Standing.Extended, at);
    }

    private static (DateTimeOffset At, SetBy SetBy) Capped(
        DeadlineQuestion question,
        DateTimeOffset own,
        DateTimeOffset cap,
        DateTimeOffset next
    )
    {
        var (capAt, setBy) = cap < next ? (next, SetBy.Floor) : (cap, SetBy.Cap);
        if (question.Own is null || capAt < own)
            return (capAt, setBy);
        var capIsStricter =
            question.Cap!.Limit.Kind == LimitKind.Maximum && question.Own.Limit.Kind != LimitKind.Maximum;
        return (own, own == capAt && capIsStricter ? setBy : SetBy.Own);
    }

    private static DateTimeOffset Moved(WorkingCalendar calendar, DateTimeOffset at, int days) =>
        days == 0
            ? at
            : calendar.Instant(calendar.AddWorkingDays(calendar.LocalDate(at), days), calendar.LocalTime(at));
}
