using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Tokens;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>What every page of a link shows of its case: no person, no name, nobody's free text.</summary>
public sealed record LinkStageView
{
    public required string Reference { get; init; }
    public required string Procedure { get; init; }
    public required string Stage { get; init; }
    public required string Asked { get; init; }
    public required string Agencies { get; init; }
    public required string SpeaksFor { get; init; }
    public required IReadOnlyList<(string Agency, string Number)> CaseNumbers { get; init; }
    public required string Instruction { get; init; }

    /// <summary>By when, and how much time is left.</summary>
    public required DuePanel Due { get; init; }

    /// <summary>The deadline's local date; null where the stage has no time limit.</summary>
    public required DateOnly? DueOn { get; init; }
    public required Explanation? Why { get; init; }

    /// <summary>What is limited once the limit in force is met; null: nothing is.</summary>
    public required (string Label, string Words)? Next { get; init; }

    /// <summary>Where the cap alone would have fallen, in local words.</summary>
    public required string? CapAt { get; init; }

    /// <summary>Where the case stands when that is not simply the link's open stage; else empty.</summary>
    public required IReadOnlyList<string> Standing { get; init; }
    public required IReadOnlyList<LadderStep> StageTransitions { get; init; }
    public required string? Urgent { get; init; }

    public static LinkStageView Of(LinkContext link)
    {
        var (c, rules, record) = (link.Case, link.Rules, link.Standing.Stage);
        var (policy, calendar) = (rules.Policy, rules.Calendar);
        return new LinkStageView
        {
            Reference = c.Reference,
            Procedure = $"{policy.Name}, {policy.PartnershipName}",
            Stage = link.Stage.Name,
            Asked = link.Stage.Tier,
            Agencies = string.Join(
                " and ",
                c.Parties.Select(p => AgencyWords.Name(c, rules.Directory, policy, p.Agency))
            ),
            SpeaksFor = AgencyWords.Name(c, rules.Directory, policy, link.Standing.Agency),
            CaseNumbers = [.. AgencyWords.CaseNumbers(c, rules.Directory, policy)],
            Instruction = policy.InstructionFor(
                link.Stage,
                link.Claims.Side.Word(),
                link.Standing.Contact.Tier,
                c.Natures
            ),
            Due = DuePanel.Of(link),
            DueOn = record.Deadline is { } deadline ? calendar.LocalDate(deadline.At) : null,
            Why = record.Deadline?.Explanation,
            Next = record.Id == c.Stage.Id ? LimitForWords.Next(c, policy, calendar, link.Now) : null,
            CapAt = record.Deadline?.Explanation.Cap?.At is { } cap ? TimeWords.Moment(calendar, cap) : null,
            Standing = [.. StandingOf(link)],
            StageTransitions = [.. StageLadder.Of(link)],
            Urgent = c.ImminentRisk ? UrgentWords.For(policy, c.RiskPartOf(link.Standing.Agency)) : null,
        };
    }

    /// <summary>An internal stage of the agency that raised the concern is not shown to the other.</summary>
    private static bool MayRead(LinkContext link, string stage) =>
        Audience.MayRead(link.Case, link.Rules.Policy, stage, link.Standing.Agency);

    private static IEnumerable<string> StandingOf(LinkContext link)
    {
        var (c, record, calendar) = (link.Case, link.Standing.Stage, link.Rules.Calendar);
        var words = link.Rules.Policy.Words;
        if (record.ClosedAt is { } closed)
        {
            yield return $"This {words.Stage} has closed. It {StageWords.Closed(link.Rules.Policy, record)}, "
                + $"on {TimeWords.Moment(calendar, closed)}.";
            yield return Present(link);
        }
        else if (c.Status == CaseStatus.OnHold)
        {
            var until = c.Hold is { } hold ? $" until it is reviewed on {UkDates.Date(hold.ReviewOn)}" : "";
            var ends = c.Hold?.EndsAt is { } end ? $"It ends by itself on {TimeWords.Moment(calendar, end)}. " : "";
            yield return $"The clock is on hold (Stop and Review){until}. {ends}"
                + "An outcome recorded now counts, and ends the hold.";
        }
        else if (c.Awaiting is { } awaiting)
        {
            var (said, isJoint) = (awaiting.Said, ConfirmWords.IsJoint(awaiting.Said));
            var who = StageWords.Capital(link.Confirm.Speaker(said.Decider, said.Agency));
            var what = isJoint
                ? "a decision that two take together"
                : $"that this {words.Stage} was {words.Phrase(said.Outcome)}";
            yield return $"{who} recorded {what}, on {TimeWords.Moment(calendar, said.ReceivedAt)}. "
                + $"It waits for confirmation until {TimeWords.Moment(calendar, awaiting.By)}.";
            if (
                link.Claims.Action is not LinkAction.Confirm
                && JointDecisions.MayConfirm(c, link.Rules, link.Claims.Contact, link.Claims.Side)
            )
                yield return $"{(isJoint ? "You are" : "Your agency is")} asked to confirm or dispute it: "
                    + "use the link in the email about that.";
        }
        else if (record.MissedAt is not null)
            yield return link.Rules.Policy.FinalStage.Id == record.Id
                ? $"This is the last {words.Stage}, and its deadline has passed. The case stays open until an outcome is recorded."
                : "Its deadline has passed. Nothing moves by itself: the case stays open until an outcome is recorded.";
        else if (record is { IsWithoutLimit: true, RespondedAt: { } responded })
            yield return $"A response was recorded on {TimeWords.Moment(calendar, responded)}. "
                + "The case stays open until it is resolved or decided.";
        if (c.Awaiting is null && !link.MayRecord)
            yield return "There is nothing to record by your link: whoever takes the decision records it, or the partnership.";
    }

    /// <summary>Where the case is now, in a sentence.</summary>
    public static string Present(LinkContext link)
    {
        var (c, present) = (link.Case, link.Rules.Policy.Find(link.Case.Stage.Id)!);
        if (!c.IsOpen)
            return $"The case has ended: {StageWords.Status(link.Rules.Policy.Words, c.Status)}.";
        if (!MayRead(link, present.Id))
            return "The case is now with the agency that raised the concern.";
        var by =
            c.Stage.DeadlineInForce is { } at && c.Status != CaseStatus.OnHold
                ? $", {(at <= link.Now ? "which was " : "")}{LimitForWords.Inline(c.Stage.For)} {TimeWords.By(link.Rules.Calendar, at)}"
                : "";
        return $"The case is now at {StageWords.Inline(present)} ({present.Tier}){by}.";
    }
}
