using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Finds what a stage's limits are counted from, and asks the calendar for the deadline.</summary>
internal static class StageClock
{
    /// <summary>The deadline of a stage that opens at <paramref name="opened"/>.</summary>
    public static Deadline DeadlineOf(Stage stage, WorkingCalendar calendar, CaseTimes times, DateTimeOffset opened) =>
        Deadlines.Of(calendar, Question(stage, calendar, times, opened));

    /// <summary>The present deadline counted again: with what a hold left, and with the calendar as it is now.</summary>
    public static Deadline Recount(Stage stage, WorkingCalendar calendar, CaseTimes times, StageRecord record) =>
        Deadlines.Of(
            calendar,
            record.Resumed is { } resumed
                ? AfterHold(stage, calendar, times, record, resumed)
                : Question(stage, calendar, times, record.OpenedAt)
        );

    public static IReadOnlyList<DateTimeOffset> Reminders(
        Stage stage,
        WorkingCalendar calendar,
        DateTimeOffset from,
        Deadline deadline
    ) => Calendars.Reminders.For(calendar, from, deadline.At, stage.Limit, stage.SameDayReminder);

    /// <summary>What is left of the stage's own limit at <paramref name="at"/>; null where it has none of its own.</summary>
    public static Remainder? Left(
        Stage stage,
        WorkingCalendar calendar,
        CaseTimes times,
        StageRecord record,
        DateTimeOffset at
    )
    {
        if (stage.Limit is not { } limit)
            return null;
        var question = record.Resumed is { } resumed
            ? AfterHold(stage, calendar, times, record, resumed)
            : Question(stage, calendar, times, record.OpenedAt);
        var own = Deadlines.InstantOf(calendar, question with { Cap = null });
        return limit.Hours is null
            ? new Remainder(calendar.WorkingDaysBetween(calendar.LocalDate(at), calendar.LocalDate(own)), null)
            : new Remainder(null, own > at ? own - at : TimeSpan.Zero);
    }

    private static DeadlineQuestion Question(
        Stage stage,
        WorkingCalendar calendar,
        CaseTimes times,
        DateTimeOffset opened
    ) =>
        new(
            opened,
            stage.Limit is { } limit ? Counted(limit, stage.LimitFrom, stage.Id, calendar, times, opened) : null,
            stage.Cap is { } cap ? Counted(cap.Limit, cap.From, stage.Id, calendar, times, opened) : null
        );

    /// <summary>
    /// After a hold: whole working days left are counted from the hold's end, hours keep their remainder, caps move by
    /// the working days held.
    /// </summary>
    private static DeadlineQuestion AfterHold(
        Stage stage,
        WorkingCalendar calendar,
        CaseTimes times,
        StageRecord record,
        Resumption resumed
    )
    {
        var own = (stage.Limit, resumed.Left) switch
        {
            ({ } limit, { WorkingDays: { } days }) => new CountedLimit(
                limit with
                {
                    WorkingDays = days,
                },
                resumed.At,
                "the hold ended, keeping the working days that were left"
            ),
            ({ } limit, { Time: { } time }) => new CountedLimit(
                limit,
                resumed.At + time - TimeSpan.FromHours(limit.Hours!.Value),
                "the stage opened, moved by the hold"
            )
            {
                IsRemainder = true,
            },
            _ => null,
        };
        var cap = stage.Cap is { } c ? Counted(c.Limit, c.From, stage.Id, calendar, times, record.OpenedAt) : null;
        return new DeadlineQuestion(resumed.At, own, cap);
    }

    private static CountedLimit Counted(
        TimeLimit limit,
        string from,
        string stage,
        WorkingCalendar calendar,
        CaseTimes times,
        DateTimeOffset opened
    )
    {
        var (anchor, words) = Anchor(from, stage, calendar, times, opened);
        return new CountedLimit(limit, anchor, words)
        {
            MovedWorkingDays = anchor is { } since ? HeldSince(since, calendar, times.Holds) : 0,
        };
    }

    /// <summary>Working days held after the anchor's day; a hold's own first day counts as worked.</summary>
    private static int HeldSince(DateTimeOffset anchor, WorkingCalendar calendar, IReadOnlyList<PastHold> holds)
    {
        var day = calendar.LocalDate(anchor);
        return holds.Sum(h =>
            calendar.WorkingDaysBetween(
                calendar.LocalDate(h.From) is var from && from > day ? from : day,
                calendar.LocalDate(h.To)
            )
        );
    }

    private static (DateTimeOffset? At, string Words) Anchor(
        string from,
        string opening,
        WorkingCalendar calendar,
        CaseTimes times,
        DateTimeOffset opened
    )
    {
        if (from == "opened" || from == $"opened:{opening}")
            return (opened, "the stage opened");
        if (from == "raised")
            return (times.RaisedAt, "the concern was raised");
        var (word, id) = (from[..from.IndexOf(':')], from[(from.IndexOf(':') + 1)..]);
        var stage = times.Stages.LastOrDefault(s => s.Id == id);
        return word == "opened"
            ? (stage?.OpenedAt, $"stage {id} opened")
            : (stage?.DiscussedOn is { } day ? calendar.CloseOf(day) : stage?.ClosedAt, $"the day of stage {id}");
    }
}

/// <summary>The instants of a case that limits are counted from.</summary>
internal sealed record CaseTimes(
    DateTimeOffset RaisedAt,
    IReadOnlyList<StageRecord> Stages,
    IReadOnlyList<PastHold> Holds
)
{
    public static CaseTimes Of(Case c) => new(c.RaisedAt, c.Stages, c.PastHolds);
}
