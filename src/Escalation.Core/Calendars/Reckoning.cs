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

    /// <summary>It had run out when the stage opened.</summary>
    UsedUp,
}

/// <summary>Which limit set the deadline.</summary>
internal enum SetBy
{
    Own,
    Cap,

    /// <summary>The least that a cap leaves: the close of the next working day.</summary>
    Floor,
}

/// <summary>The instants behind a deadline. All UTC.</summary>
/// <param name="Own"> Where the own limit falls: counted from the opening where it lacked its anchor or was used up,
/// the close of the next working day where there is none. </param>
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
        var (ownStanding, anchored) = Anchored(calendar, question.Own, question.Opened, ownLimit: true);
        var own = ownStanding switch
        {
            Standing.Counts => anchored!.Value,
            Standing.None => next,
            _ => After(calendar, question.Own!.Limit, question.Opened, moved: 0),
        };
        var (capStanding, cap) = Anchored(calendar, question.Cap, question.Opened, ownLimit: false);
        var (at, setBy) = capStanding == Standing.Counts ? Capped(question, own, cap!.Value, next) : (own, SetBy.Own);
        var kind = (setBy == SetBy.Own ? question.Own : question.Cap)?.Limit.Kind ?? LimitKind.Target;
        return new(at, kind, setBy, own, ownStanding, anchored, cap, capStanding);
    }

    private static (DateTimeOffset At, SetBy SetBy) Capped(
        DeadlineQuestion question,
        DateTimeOffset own,
        DateTimeOffset cap,
        DateTimeOffset next
    )
    {
        if (question.Own is null)
            return cap < next ? (next, SetBy.Floor) : (cap, SetBy.Cap);
        if (cap == own)
        {
            var capIsStricter =
                question.Cap!.Limit.Kind == LimitKind.Maximum && question.Own.Limit.Kind != LimitKind.Maximum;
            return (own, capIsStricter ? SetBy.Cap : SetBy.Own);
        }

        if (cap > own || own <= next)
            return (own, SetBy.Own);
        return cap < next ? (next, SetBy.Floor) : (cap, SetBy.Cap);
    }

    private static (Standing Standing, DateTimeOffset? At) Anchored(
        WorkingCalendar calendar,
        CountedLimit? counted,
        DateTimeOffset opened,
        bool ownLimit
    )
    {
        if (counted is null)
            return (Standing.None, null);
        if (counted.From is not { } from)
            return (Standing.LacksAnchor, null);
        var at = After(calendar, counted.Limit, from, ownLimit ? 0 : counted.MovedWorkingDays);
        var fromOpening = ownLimit && from == opened;
        return (fromOpening || at > opened ? Standing.Counts : Standing.UsedUp, at);
    }

    private static DateTimeOffset After(WorkingCalendar calendar, TimeLimit limit, DateTimeOffset from, int moved)
    {
        var at = limit switch
        {
            { WorkingDays: { } days, Hours: null } => calendar.WorkingDaysAfter(from, days),
            { Hours: { } hours, WorkingDays: null } => from.ToUniversalTime().AddHours(hours),
            _ => throw new ArgumentException("A limit is given in working days or in hours.", nameof(limit)),
        };
        return moved == 0
            ? at
            : calendar.Instant(calendar.AddWorkingDays(calendar.LocalDate(at), moved), calendar.LocalTime(at));
    }
}
