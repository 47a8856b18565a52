using System.Text.Json.Serialization;

namespace Escalation.Core.Calendars;

/// <summary>How a published text words a limit. Both behave alike; "past target" is shown for a target.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LimitKind>))]
public enum LimitKind
{
    /// <summary>It should be met.</summary>
    [JsonStringEnumMemberName("target")]
    Target,

    /// <summary>It must be met.</summary>
    [JsonStringEnumMemberName("maximum")]
    Maximum,
}

/// <summary>Where a rule stands in the published procedure, or that it is a local setting.</summary>
/// <param name="Where">The place in the published text ("Stage 1", "appendix 1"), or why the setting was made.</param>
/// <param name="Text">The rule in words, as shown to people.</param>
/// <param name="Local">True when the text prints no such rule and the partnership chose it.</param>
/// <param name="Note">What the partnership decided beside it: for the procedure's own page, in no email.</param>
public sealed record Basis(string Where, string Text, bool Local = false, string? Note = null)
{
    /// <summary>With the reason for a local setting, and the note.</summary>
    public string InFull =>
        (Local ? $"{Text} (local setting: {Where})" : ToString()) + (Note is null ? "" : $". {Note}");

    /// <summary>The rule, and where it is printed or that it is not.</summary>
    public override string ToString() => Local ? $"{Text} (local setting)" : $"{Text} ({Where})";
}

/// <summary>
/// A length of time: exactly one of <see cref="WorkingDays"/> (0 or more), <see cref="CalendarDays"/> (1 or more) and
/// <see cref="Hours"/> (clock hours, more than 0) is given.
/// </summary>
public sealed record TimeLimit
{
    /// <summary>What a policy document may give.</summary>
    public const int MostWorkingDays = 60,
        MostHours = 240;

    /// <summary>It ends at the close of the last of them; 0 is the day itself.</summary>
    public int? WorkingDays { get; init; }

    /// <summary>Every day counts; the last that is a working day ends it, but never before the next working day after the start.</summary>
    public int? CalendarDays { get; init; }

    /// <summary>On the clock, nights and weekends counted.</summary>
    public int? Hours { get; init; }
    public required LimitKind Kind { get; init; }
    public required Basis Basis { get; init; }
}

/// <summary>A limit with the instant it is counted from.</summary>
/// <param name="From">The anchor. Null when the case has no such anchor (a cap from a stage that was skipped).</param>
/// <param name="FromWords">The anchor in words: "the concern was raised", "stage 1 opened".</param>
public sealed record CountedLimit(TimeLimit Limit, DateTimeOffset? From, string FromWords)
{
    /// <summary>Working days by which holds moved this limit (caps only).</summary>
    public int MovedWorkingDays { get; init; }

    /// <summary>What a hold left of a limit: it runs as it is, however short.</summary>
    public bool IsRemainder { get; init; }
}

/// <summary>What a deadline is worked out from.</summary>
/// <param name="Opened">When the stage opened, or was resumed after a hold.</param>
/// <param name="Own">The stage's own limit; null where the text gives it none.</param>
/// <param name="Cap">A "no later than"; null where the text gives it none.</param>
/// <param name="Until">A day set for this case, at whose close it ends at the latest; null: none was.</param>
public sealed record DeadlineQuestion(
    DateTimeOffset Opened,
    CountedLimit? Own,
    CountedLimit? Cap,
    SetDay? Until = null
);

/// <param name="At">UTC.</param>
/// <param name="Words">"the day agreed by both".</param>
public sealed record SetDay(DateTimeOffset At, string Words, Basis Basis);

/// <summary>A day that did not count, and why ("Saturday", "Christmas Day", the closure's reason).</summary>
public sealed record SkippedDay(DateOnly Date, string Reason);

/// <summary>What became of a cap.</summary>
/// <param name="At">Where the cap alone would have fallen; null when it lacked its anchor.</param>
/// <param name="Counts">True when the cap set the deadline.</param>
/// <param name="Why">Why it did or did not count, in words.</param>
public sealed record CapExplanation(string Basis, DateTimeOffset? At, bool Counts, string Why);

/// <summary>Everything a person needs to check a deadline by hand.</summary>
/// <param name="Basis">Where the limit that set the deadline stands in the published text.</param>
/// <param name="Rule">The counting rule in words.</param>
/// <param name="Counted">The working days counted, in order; empty for clock hours.</param>
/// <param name="Skipped">The days passed over between the start and the deadline, in order.</param>
/// <param name="Cap">The cap, if the stage has one.</param>
/// <param name="Calendar">The calendar edition used, with its date and hash.</param>
/// <param name="Exceeded">Set when a limit was already used up, or lacked its anchor, as the stage opened: which, in words.</param>
public sealed record Explanation(
    string Basis,
    string Rule,
    IReadOnlyList<DateOnly> Counted,
    IReadOnlyList<SkippedDay> Skipped,
    CapExplanation? Cap,
    string Calendar,
    string? Exceeded
);

/// <summary>A deadline is never just a date. It is missed when now ≥ <see cref="At"/>.</summary>
/// <param name="At">UTC.</param>
/// <param name="Kind">Maximum when any limit that falls on <see cref="At"/> is a maximum.</param>
/// <param name="CalendarVersion">The partnership's calendar version it was counted with; a later one may move it (never earlier).</param>
public sealed record Deadline(DateTimeOffset At, LimitKind Kind, Explanation Explanation, int CalendarVersion);
