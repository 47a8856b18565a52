using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>The page of a confirmation link.</summary>
/// <param name="Asked">What is to be confirmed; null when nothing is, or not by this side.</param>
/// <param name="HandOver">Null when nothing is asked of anybody here.</param>
public sealed record ConfirmPage(LinkStageView View, AskedToConfirm? Asked, LinkForm Form, LinkForm? HandOver)
{
    public FormErrors Errors => Form.Errors.Any ? Form.Errors : HandOver?.Errors ?? FormErrors.None;
    public string ErrorPrefix => Form.Errors.Any ? "" : "handOver-";

    public static ConfirmPage Of(LinkContext link, Func<string> newId)
    {
        if (
            !link.IsPresent
            || link.Case.Awaiting is not { } awaiting
            || !JointDecisions.MayConfirm(link.Case, link.Rules, link.Claims.Contact, link.Claims.Side)
        )
            return new ConfirmPage(
                LinkStageView.Of(link),
                null,
                LinkForm.Confirmation(link, null, FormValues.Empty, newId()),
                null
            );
        var asked = AskedToConfirm.Of(link, awaiting);
        return new ConfirmPage(
            LinkStageView.Of(link) with
            {
                Due = DuePanel.ToConfirm(link, awaiting),
            },
            asked,
            LinkForm.Confirmation(link, asked, FormValues.Empty, newId()),
            LinkForm.HandOver(FormValues.Empty, newId())
        );
    }
}

/// <summary>The outcome that waits, in facts. What was said is in the record, and not here.</summary>
public sealed record AskedToConfirm
{
    /// <summary>Two decide it together, and the link's recipient is one of them.</summary>
    public required bool IsJoint { get; init; }
    public required string RecordedBy { get; init; }
    public required string RecordedAt { get; init; }
    public required string Outcome { get; init; }
    public required string Method { get; init; }
    public required string DiscussedOn { get; init; }

    /// <summary>The dates of the agreed actions; what they are is in the record.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The agency; null where none was named.</summary>
    public required string? RecordKeeper { get; init; }

    /// <summary>Why it is to be answered by then.</summary>
    public required string Why { get; init; }
    public required string IfConfirmed { get; init; }
    public required string IfDisputed { get; init; }
    public required string IfNobody { get; init; }

    public static AskedToConfirm Of(LinkContext link, Awaiting awaiting)
    {
        var (calendar, policy, said) = (link.Rules.Calendar, link.Rules.Policy, awaiting.Said);
        var isJoint = ConfirmWords.IsJoint(said);
        return new AskedToConfirm
        {
            IsJoint = isJoint,
            RecordedBy = StageWords.Capital(link.Confirm.Speaker(said.Decider, said.Agency)),
            RecordedAt = TimeWords.Moment(calendar, said.ReceivedAt),
            Outcome = StageWords.Capital(policy.Words.Phrase(said.Outcome)),
            Method = policy.Methods.FirstOrDefault(m => m.Id == said.Method)?.Name ?? said.Method,
            DiscussedOn = UkDates.Date(said.DiscussedOn),
            Actions = [.. said.ActionDates.Select(UkDates.Date)],
            RecordKeeper = said.RecordKeeper is { } keeper ? Name(link, keeper) : null,
            Why =
                awaiting.By == link.Standing.Stage.DeadlineInForce
                    ? $"It is the deadline of the {policy.Words.Stage}."
                    : "It is the close of the next working day after the outcome was recorded, "
                        + $"because that is later than the deadline of the {policy.Words.Stage}.",
            IfConfirmed =
                awaiting.Sides.Count + awaiting.Deciders.Count == 1
                    ? $"The case ends: {(isJoint ? "decided" : policy.Words.Phrase(said.Outcome))}. Everybody concerned is told by email."
                : isJoint ? "It counts once both who decide it have confirmed it."
                : "It counts once every side that is asked has confirmed it.",
            IfDisputed = $"{(isJoint ? "It does not count." : "It does not count as agreed.")} {Disputed(link)}",
            IfNobody =
                $"If it is neither confirmed nor disputed by {TimeWords.Moment(calendar, awaiting.By)}, "
                + ConfirmWords.IfNobody(policy, link.Standing.Stage, said),
        };
    }

    private static string Disputed(LinkContext link)
    {
        var stage = link.Rules.Policy.Words.Stage;
        if (link.Standing.Stage.DeadlineInForce is not { } deadline)
            return $"The {stage} goes on.";
        if (link.Now < deadline)
            return $"The {stage} goes on until {TimeWords.Moment(link.Rules.Calendar, deadline)}.";
        if (link.Rules.Policy.After(link.Stage.Id) is { } next)
            return ConfirmWords.MovesUp(link.Rules.Policy, link.Standing.Stage)
                ? $"The deadline of the {stage} has passed, so the case moves to {StageWords.Inline(next)} at once."
                : $"The deadline of the {stage} has passed: the case stays where it is, overdue.";
        return $"This is the last {stage}: the case stays open and overdue.";
    }

    private static string Name(LinkContext link, string agency) =>
        AgencyWords.Name(link.Case, link.Rules.Directory, link.Rules.Policy, agency);
}
