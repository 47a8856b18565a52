using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Finds what a stage's limits are counted from, and asks the calendar for the deadline.</summary>
internal static class StageClock
{
    /// <summary>The deadline of a stage that opens at <paramref name="opened"/>; null where it has no limit.</summary>
    public static Deadline? DeadlineOf(Stage stage, WorkingCalendar calendar, CaseTimes times, DateTimeOffset opened) =>
        stage.Limits is [var first, ..] ? DeadlineOf(stage, first, calendar, times, opened) : null;

    /// <summary>The deadline of one of its limits that begins to count then; null where the case lacks the day that it runs to.</summary>
    public static Deadline? DeadlineOf(
        Stage stage,
        StageLimit limit,
        WorkingCalendar calendar,
        CaseTimes times,
        DateTimeOffset since
    ) => Waits(limit, times) ? null : Deadlines.Of(calendar, Question(stage, limit, calendar, times, since));

    /// <summary>A limit that runs only to a day that the case has not been given: none is in force.</summary>
    private static bool Waits(StageLimit limit, CaseTimes times) =>
        limit.HasOnlyADay && !times.Dates.ContainsKey(limit.By!);

    /// <summary>
    /// The deadline of the limit that follows the one in force, when that is met at <paramref name="at"/>; null: none follows.
    /// </summary>
    public static Deadline? NextDeadline(
        Stage stage,
        WorkingCalendar calendar,
        CaseTimes times,
        StageRecord record,
        DateTimeOffset at
    )
    {
        if (LimitAfter(stage, record) is not { } next || Waits(next, times))
            return null;
        var met = new MetLimit(record.For, record.Deadline!, at, Agency: "");
        var after = times with { Stages = [.. times.Stages.SkipLast(1), record with { Met = record.Met.Add(met) }] };
        return Deadlines.Of(calendar, Question(stage, next, calendar, after, at));
    }

    /// <summary>
    /// The present deadline counted again: with what a hold left, and with the calendar as it is now. Null: no limit is in force.
    /// </summary>
    public static Deadline? Recount(Stage stage, WorkingCalendar calendar, CaseTimes times, StageRecord record) =>
        InForce(stage, record) is { } limit
            ? Deadlines.Of(calendar, Present(stage, limit, calendar, times, record))
            : null;

    /// <summary>The policy's limit that is in force at a stage; null: none is.</summary>
    public static StageLimit? InForce(Stage stage, StageRecord record) =>
        record.IsWithoutLimit ? null : stage.Limits.ElementAtOrDefault(record.Met.Count);

    public static StageLimit? LimitAfter(Stage stage, StageRecord record) =>
        stage.Limits.ElementAtOrDefault(record.Met.Count + 1);

    /// <summary>When the people are reminded of a limit that begins to count at <paramref name="from"/>.</summary>
    public static IReadOnlyList<DateTimeOffset> Reminders(
        Stage stage,
        StageLimit? limit,
        WorkingCalendar calendar,
        DateTimeOffset from,
        Deadline? deadline
    ) =>
        deadline is null
            ? []
            : Calendars.Reminders.For(calendar, from, deadline.At, limit?.Limit, stage.SameDayReminder);

    /// <summary>What is left of the limit in force at <paramref name="at"/>; null where it has no length of its own, or none is.</summary>
    public static Remainder? Left(
        Stage stage,
        WorkingCalendar calendar,
        CaseTimes times,
        StageRecord record,
        DateTimeOffset at
    )
    {
        if (InForce(stage, record) is not { Limit: { } length } limit)
            return null;
        var own = Deadlines.InstantOf(calendar, Present(stage, limit, calendar, times, record) with { Cap = null });
        return length.Hours is null
            ? new Remainder(calendar.WorkingDaysBetween(calendar.LocalDate(at), calendar.LocalDate(own)), null)
            : new Remainder(null, own > at ? own - at : TimeSpan.Zero);
    }

    private static DeadlineQuestion Present(
        Stage stage,
        StageLimit limit,
        WorkingCalendar calendar,
        CaseTimes times,
        StageRecord record
    ) =>
        record.Resumed is { } resumed
            ? AfterHold(stage, limit, calendar, times, record, resumed)
            : Question(stage, limit, calendar, times, record.LimitSince);

    private static DeadlineQuestion Question(
        Stage stage,
        StageLimit limit,
        WorkingCalendar calendar,
        CaseTimes times,
        DateTimeOffset since
    ) =>
        new(
            since,
            limit.Limit is { } own ? Counted(own, limit.From, stage.Id, calendar, times, since) : null,
            limit.Cap is { } cap ? Counted(cap.Limit, cap.From, stage.Id, calendar, times, since) : null,
            Until(limit, calendar, times)
        );

    private static SetDay? Until(StageLimit limit, WorkingCalendar calendar, CaseTimes times) =>
        limit.By is { } by && times.Dates.TryGetValue(by, out var day)
            ? new SetDay(day.At(calendar), $"the day set for “{times.NameOf(by)}”", times.BasisOf(by))
            : null;

    /// <summary>
    /// After a hold: whole working days left are counted from the hold's end, hours keep their remainder, caps move by
    /// the working days held.
    /// </summary>
    private static DeadlineQuestion AfterHold(
        Stage stage,
        StageLimit limit,
        WorkingCalendar calendar,
        CaseTimes times,
        StageRecord record,
        Resumption resumed
    )
    {
        var own = (limit.Limit, resumed.Left) switch
        {
            ({ } length, { WorkingDays: { } days }) => new CountedLimit(
                length with
                {
                    WorkingDays = days,
                    CalendarDays = null,
                },
                resumed.At,
                "the hold ended, keeping the working days that were left"
            ),
            ({ } length, { Time: { } time }) => new CountedLimit(
                length,
                resumed.At + time - TimeSpan.FromHours(length.Hours!.Value),
                "the stage opened, moved by the hold"
            )
            {
                IsRemainder = true,
            },
            _ => null,
        };
        var cap = limit.Cap is { } c ? Counted(c.Limit, c.From, stage.Id, calendar, times, record.LimitSince) : null;
        return new DeadlineQuestion(resumed.At, own, cap, Until(limit, calendar, times));
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
        var record = times.Stages.LastOrDefault(s => s.Id == opening && s.ClosedAt is null);
        if (from == "opened" || from == $"opened:{opening}")
            return (record?.OpenedAt ?? opened, "the stage opened");
        // Where the limit before is not for this concern, the stage's opening stands for it.
        if (from == "previousLimit" && record is { Met: [] })
            return (record.OpenedAt, "the stage opened");
        if (from == "previousLimit")
            return (record?.Met[^1].Deadline.At, "the deadline of the stage's limit before");
        if (from == "previousMet")
            return record is { Met: [.., var met] }
                ? (met.At, "what the stage's limit before is for happened")
                : (record?.OpenedAt ?? opened, "the stage opened");
        if (from == "raised")
            return (times.RaisedAt, "the concern was raised");
        var (word, id) = (from[..from.IndexOf(':')], from[(from.IndexOf(':') + 1)..]);
        if (word == CaseDate.Anchor)
            return (times.Dates.GetValueOrDefault(id)?.At(calendar), $"the day of “{times.NameOf(id)}”");
        var stage = times.Stages.LastOrDefault(s => s.Id == id);
        return word == "opened"
            ? (stage?.OpenedAt, $"stage {id} opened")
            : (stage?.DiscussedOn is { } day ? calendar.CloseOf(day) : stage?.ClosedAt, $"the day of stage {id}");
    }
}

/// <summary>The instants of a case that limits are counted from, and the days that it was given.</summary>
internal sealed record CaseTimes(
    DateTimeOffset RaisedAt,
    IReadOnlyList<StageRecord> Stages,
    IReadOnlyList<PastHold> Holds,
    IReadOnlyDictionary<string, GivenDay> Dates,
    Policy Policy
)
{
    public static CaseTimes Of(Case c, Policy policy) => new(c.RaisedAt, c.Stages, c.PastHolds, c.Dates, policy);

    public string NameOf(string date) => Policy.DateName(date);

    public Basis BasisOf(string date) => Policy.FindDate(date)!.Basis;
}
