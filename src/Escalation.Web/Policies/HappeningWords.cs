using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Policies;

/// <summary>When somebody else is told, or a duty arises, and whose it is.</summary>
internal static class HappeningWords
{
    /// <summary>The words of <see cref="TellRule.When"/> and <see cref="DutyRule.When"/>: "when stage 3 opens".</summary>
    public static string When(Policy policy, string when) =>
        when.Split(':') switch
        {
            ["stageOpened", var stage] => $"when {Stage(policy, stage)} opens",
            ["beforeStage", var stage] => $"before {Stage(policy, stage)} opens",
            ["stageReached", var stage] => $"when {Stage(policy, stage)} or a later stage first opens",
            ["stageClosed", var stage] => $"when {Stage(policy, stage)} closes",
            ["stageMissed", var stage] => $"when the deadline of {Stage(policy, stage)} is missed",
            ["outcome", "*"] => "after every outcome",
            ["outcome", var outcome] => $"after the outcome “{policy.Words.Phrase(outcome)}”",
            ["outcomeAt", var stage, var outcome] =>
                $"after the outcome “{policy.Words.Phrase(outcome)}” at {Stage(policy, stage)}",
            ["learning"] => "after an outcome that names lessons",
            ["urgent"] => "when imminent risk is raised",
            ["contactMissing"] => "when an agency has nobody to ask",
            ["disputed"] => "when an outcome is disputed",
            ["disputed", var stage] => $"when an outcome of {Stage(policy, stage)} is disputed",
            ["withdrawn"] => "when the concern is withdrawn or no longer pursued",
            ["withdrawn", var stage] => $"when the concern is withdrawn or no longer pursued at {Stage(policy, stage)}",
            ["ended"] => "when the case ends",
            ["ended", var stage] => $"when the case ends at {Stage(policy, stage)}",
            _ => when,
        };

    public static string Owner(DutyRule duty, Func<string, string> nameOf) =>
        duty.Owner switch
        {
            "parties" => "each agency in the case",
            "businessManager" => "the business manager",
            "recordKeeper" => "the agency that keeps the record",
            "missing" => "the agency without a contact",
            _ when duty.OwnerTier is { } tier => SideWords.Recipient(new(duty.Owner, tier), nameOf),
            var agency => SideWords.Agency(agency, nameOf),
        };

    /// <summary>By when.</summary>
    public static string Due(DutyRule duty) =>
        duty switch
        {
            { SameDay: true } => "on the same day: by its close, or out of hours by its end",
            { WorkingDays: 0 } => "by the close of the same working day",
            { WorkingDays: { } days } => $"within {CountWords.Of(days, "working day")}",
            { CalendarDays: { } days } => $"within {CountWords.Of(days, "calendar day")}",
            { Hours: { } hours } => $"within {CountWords.Of(hours, "hour")}",
            { Months: { } months } => $"within {CountWords.Of(months, "month")}",
            { WithinMonthOfMeeting: true } => "within one month of the meeting",
            { ByStageDeadline: true } => "by that stage’s deadline",
            _ => "no date is set",
        };

    /// <summary>"only where the child has a child protection plan or the child is looked after"; null: always.</summary>
    public static string? Only(
        Policy policy,
        IReadOnlyList<string>? circumstances,
        string? ifParty,
        Func<string, string> nameOf
    )
    {
        var conditions = new List<string>();
        if (circumstances is { Count: > 0 })
            conditions.Add(string.Join(" or ", circumstances.Select(id => ConditionWords.Circumstance(policy, id))));
        if (ifParty is not null)
            conditions.Add($"{nameOf(ifParty)} is an agency in the case");
        return conditions.Count == 0 ? null : $"only where {string.Join(", and ", conditions)}";
    }

    private static string Stage(Policy policy, string id) =>
        policy.Find(id) is { } stage ? StageWords.Inline(stage) : $"stage {id}";
}
