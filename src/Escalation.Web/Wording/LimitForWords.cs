using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Wording;

/// <summary>What a limit is for, in the words that stand round the instant by which it is asked.</summary>
internal static class LimitForWords
{
    /// <param name="Asked">To those who are asked: "Answer by".</param>
    /// <param name="Told">To others: "To be answered by".</param>
    /// <param name="Thing">What has to be there: "an outcome".</param>
    /// <param name="Happened">When it was met: "contact was made".</param>
    private sealed record Words(string Asked, string Told, string Thing, string Happened);

    private static readonly Dictionary<LimitFor, Words> All = new()
    {
        [LimitFor.Contact] = new("Make contact by", "Contact to be made by", "contact", "contact was made"),
        [LimitFor.Discussion] = new("Discuss it by", "To be discussed by", "a discussion", "it was discussed"),
        [LimitFor.Answer] = new("Answer by", "To be answered by", "an answer", "an answer was given"),
        [LimitFor.Referral] = new("Refer it by", "To be referred by", "a referral", "the matter was referred"),
        [LimitFor.Outcome] = new("Answer by", "To be answered by", "an outcome", "an outcome was recorded"),
        [LimitFor.Decision] = new("Decide by", "To be decided by", "a decision", "it was decided"),
    };

    public static string Asked(LimitFor what) => All[what].Asked;

    public static string Told(LimitFor what) => All[what].Told;

    /// <param name="isTheirs">Whether it is the reader's to do.</param>
    public static string Label(LimitFor what, bool isTheirs) => isTheirs ? Asked(what) : Told(what);

    /// <summary>Inside a sentence: "to be answered by".</summary>
    public static string Inline(LimitFor what) => Lower(Told(what));

    /// <summary>In a subject: "answer by".</summary>
    public static string InSubject(LimitFor what) => Lower(Asked(what));

    /// <summary>"an outcome".</summary>
    public static string Thing(LimitFor what) => All[what].Thing;

    /// <summary>What was not there when it was missed: "without an outcome".</summary>
    public static string Missing(LimitFor what) => $"without {Thing(what)}";

    /// <summary>At the beginning of a sentence: "No outcome".</summary>
    public static string None(LimitFor what) => $"No {Thing(what).Split(' ')[^1]}";

    /// <summary>"contact was made".</summary>
    public static string Happened(LimitFor what) => All[what].Happened;

    /// <summary>
    /// What is limited once the limit in force is met, for a list of facts: "After contact", "an outcome by 5pm Thursday 31 December 2026
    /// (1 to 3 working days, Appendix 1)"; null: nothing is, or no limit is in force.
    /// </summary>
    public static (string Label, string Words)? Next(
        Case c,
        Policy policy,
        WorkingCalendar calendar,
        DateTimeOffset now
    ) =>
        LimitAhead.Of(c, policy, calendar, now) is { } ahead
            ? (
                $"After {Thing(ahead.InForce)}",
                $"{Thing(ahead.Next)} by {TimeWords.By(calendar, ahead.Deadline.At)}: {ahead.Deadline.Explanation.Basis}"
            )
            : null;

    private static string Lower(string words) => char.ToLowerInvariant(words[0]) + words[1..];
}
