using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Policies;

/// <summary>A stage's limits and reminders as sentences' parts.</summary>
internal static class LimitWords
{
    private const int LongLimit = Core.Calendars.Reminders.LongLimit;

    /// <summary>What clock hours can come to.</summary>
    public const string ClockHours =
        "Clock hours run on over weekends and bank holidays: begun on a Friday, 24 hours end on a Saturday, when nobody works. The last "
        + "reminder goes out in working hours before that.";

    /// <summary>"3 working days after the concern was raised"; null where the limit has only a cap.</summary>
    public static string? Own(Policy policy, Stage stage, StageLimit limit) =>
        limit.Limit is { } own ? Counted(policy, stage, own, limit.From) : null;

    /// <summary>"5 working days after the day of stage 1 (…)", to stand after "no later than"; null where there is no cap.</summary>
    public static string? Cap(Policy policy, Stage stage, StageLimit limit) =>
        limit.Cap is { } cap ? Counted(policy, stage, cap.Limit, cap.From) : null;

    /// <summary>"Time limit", with what it is for where that is not simply an outcome or an answer.</summary>
    public static string Name(Stage stage, StageLimit limit) =>
        stage.Limits.Count == 1 && limit.For is LimitFor.Outcome or LimitFor.Answer
            ? "Time limit"
            : $"Time limit for {LimitForWords.Thing(limit.For)}";

    /// <summary>The short form for a drawing: "3 working days", "24 hours", "day 5 at the latest".</summary>
    public static string Short(Stage stage) =>
        stage.Limits.FirstOrDefault() switch
        {
            null => "no limit printed",
            { Limit.Hours: { } hours } => CountWords.Of(hours, "hour"),
            { Limit.WorkingDays: 0 } => "the same working day",
            { Limit.WorkingDays: { } days } => CountWords.Of(days, "working day"),
            { Limit.CalendarDays: { } days } => CountWords.Of(days, "calendar day"),
            { Lengths.Count: > 0 } => "by the kind of concern",
            { Limit: null, Cap: null, By: not null } => "a day that is set",
            { Cap.Limit.WorkingDays: { } day } => string.Create(CultureInfo.InvariantCulture, $"by working day {day}"),
            { Cap.Limit.CalendarDays: { } days } => $"within {CountWords.Of(days, "calendar day")}",
            { Cap.Limit.Hours: { } hours } => $"within {CountWords.Of(hours, "hour")}",
            _ => "the close of the next working day",
        };

    public static string Kind(LimitKind kind) => kind == LimitKind.Maximum ? "maximum" : "target";

    /// <summary>A decision for every procedure.</summary>
    public static readonly Basis RemindersBasis = new("no text prints when people are reminded", "", Local: true);

    /// <summary>When the people asked are reminded.</summary>
    public static string Reminders(Stage stage)
    {
        if (stage.Limits is not [var first, ..])
            return "None before a deadline: no limit is printed";
        var usual = first.Limit switch
        {
            { Hours: not null } => "Once, within working hours before the deadline",
            { WorkingDays: >= LongLimit } => "At 9am on the working day before the deadline, and at 9am on its day",
            { } => "At 9am on the day of the deadline",
            null =>
                $"At 9am on the day of the deadline; with {LongLimit} working days or more to it, also at 9am on the working day before",
        };
        return stage.SameDayReminder is { } time ? $"{usual}; and at {UkDates.Time(time)} on the day it opens" : usual;
    }

    public static string Counted(Policy policy, Stage stage, TimeLimit limit, string from) =>
        limit switch
        {
            { Hours: { } hours } =>
                $"{CountWords.Of(hours, "hour")} of clock time, weekends included, after {Anchor(policy, stage, from)}",
            { CalendarDays: { } days } =>
                $"{CountWords.Of(days, "calendar day")} after {Anchor(policy, stage, from)}, at the close of the last working day in them",
            { WorkingDays: 0 } => $"the close of the working day on which {Anchor(policy, stage, from)}",
            { WorkingDays: not null } => $"{CountWords.Of(limit)} after {Anchor(policy, stage, from)}",
            _ => throw new InvalidOperationException("A length of time has hours, days or working days."),
        };

    private static string Anchor(Policy policy, Stage stage, string from) =>
        from.Split(':') switch
        {
            ["raised"] => "the concern was raised",
            ["previousLimit"] => "the deadline of the limit before",
            ["previousMet"] => "what the limit before is for happened",
            ["opened", var id] when id != stage.Id => $"{Inline(policy, id)} opened",
            [CaseDate.Anchor, var id] => $"the day given for “{policy.DateName(id)}”",
            ["day", var id] =>
                $"the day of {Inline(policy, id)} (of its discussion; if none was held, the day it closed)",
            _ => "this stage opened",
        };

    private static string Inline(Policy policy, string id) =>
        policy.Find(id) is { } stage ? StageWords.Inline(stage) : $"stage {id}";
}
