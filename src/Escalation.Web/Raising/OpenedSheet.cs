using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Wording;

namespace Escalation.Web.Raising;

/// <summary>What was opened, and what happens next.</summary>
/// <param name="Stage">This and <paramref name="Tier"/> are null while the present stage is internal to another agency.</param>
/// <param name="Deadline">Null where no clock runs any more, or none that the caller may know of.</param>
/// <param name="Told">Whom, by what they are told.</param>
/// <param name="Next">Paragraphs.</param>
public sealed record OpenedSheet(
    string Reference,
    string Procedure,
    string? Stage,
    string? Tier,
    string? Deadline,
    string? Left,
    string? Urgent,
    IReadOnlyList<(string What, IReadOnlyList<string> Who)> Told,
    IReadOnlyList<string> Next
)
{
    private static readonly IReadOnlyList<(string Kind, string What)> Kinds =
    [
        (NoticeKinds.Urgent, "Told at once of the imminent risk"),
        (NoticeKinds.StageOpened, "Asked to settle it, with a link to record the outcome"),
        (NoticeKinds.StageCopy, "Sent a copy"),
        (NoticeKinds.Told, "Told because the procedure says so"),
        (NoticeKinds.StageNews, "Told how it goes on"),
        (NoticeKinds.DutyArose, "Told what they have to do"),
        (NoticeKinds.ContactMissing, "Asked to find contacts that are missing"),
        (NoticeKinds.AddressToAccept, "Asked to accept an address outside the agency’s domains"),
        (NoticeKinds.PossibleDuplicate, "Told of a possible duplicate"),
    ];

    public static OpenedSheet Of(SeenCase seen, DateTimeOffset now)
    {
        var (c, rules, policy) = (seen.Case, seen.Rules, seen.Rules.Policy);
        var (stage, deadline) = (policy.Find(c.Stage?.Id), c.Deadline);
        return new OpenedSheet(
            c.Reference,
            policy.Name,
            stage?.Name,
            stage?.Tier,
            deadline is { } due ? TimeWords.Moment(rules.Calendar, due) : null,
            deadline is { } at ? TimeWords.Left(now, at) : null,
            c.ImminentRisk ? policy.Urgent.Instruction : null,
            [.. ToldBy(c, rules)],
            [.. NextOf(c, stage, policy)]
        );
    }

    private static IEnumerable<(string, IReadOnlyList<string>)> ToldBy(ReadableCase c, Rules rules)
    {
        foreach (var (kind, what) in Kinds)
            if (
                c.Notices.Where(n => n.Queued.Kind == kind).Select(n => Who(n.Queued, c, rules)).Distinct().ToList() is
                { Count: > 0 } who
            )
                yield return (what, who);
    }

    private static string Who(NoticeQueued queued, ReadableCase c, Rules rules)
    {
        var agency = CaseViews.AgencyName(c, rules, queued.Agency);
        var name = c.Name(queued.Contact, rules.Directory);
        var instead = queued.InsteadOf is null
            ? ""
            : $" (the tier that should be told has nobody: {StageWords.Tiers(queued.InsteadOf)})";
        return (name is null ? agency : $"{name}, {agency}") + instead;
    }

    private static IEnumerable<string> NextOf(ReadableCase c, Stage? stage, Policy policy)
    {
        if (!c.IsOpen)
        {
            yield return "The case has ended.";
            yield break;
        }
        if (stage is null)
        {
            yield return "The case is now with the agency that raised the concern.";
            yield break;
        }
        yield return stage.Instruction;
        yield return Missed(policy, stage);
        yield return "Who raised the concern is told by email whenever it moves, and what the outcome is.";
    }

    /// <summary>What a miss of the first limit comes to.</summary>
    private static string Missed(Policy policy, Stage stage)
    {
        if (stage.Limits is not [var limit, ..])
            return $"No time limit is printed for this {policy.Words.Stage}: it waits for a person.";
        if (policy.After(stage.Id) is { } next && stage.MovesUp(limit))
            return $"If the deadline passes {LimitForWords.Missing(limit.For)}, it goes on to {StageWords.Inline(next)} by itself, "
                + $"{MissWords.Rule(limit)}: {next.Tier}.";
        var which = stage.Id == policy.FinalStage.Id ? $"This is the final {policy.Words.Stage}. " : "";
        return $"{which}If it passes its deadline the case stays open, and its people are told again until it is settled.";
    }
}
