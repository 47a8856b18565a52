using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>The page of a confirmation link.</summary>
/// <param name="Asked">What is to be confirmed; null when nothing is, or not by this side.</param>
/// <param name="HandOver">Null when nothing is asked of anybody here.</param>
public sealed record ConfirmPage(StageView View, AskedToConfirm? Asked, LinkForm Form, LinkForm? HandOver)
{
    public FormErrors Errors => Form.Errors.Any ? Form.Errors : HandOver?.Errors ?? FormErrors.None;
    public string ErrorPrefix => Form.Errors.Any ? "" : "handOver-";

    public static ConfirmPage Of(LinkContext visit, Func<string> newId)
    {
        if (!visit.IsPresent || visit.Case.Awaiting is not { } awaiting || !awaiting.Sides.Contains(visit.Claims.Side))
            return new ConfirmPage(
                StageView.Of(visit),
                null,
                LinkForm.Confirmation(visit, null, FormValues.Empty, newId()),
                null
            );
        var asked = AskedToConfirm.Of(visit, awaiting);
        return new ConfirmPage(
            StageView.Of(visit) with
            {
                Due = DuePanel.ToConfirm(visit, awaiting),
            },
            asked,
            LinkForm.Confirmation(visit, asked, FormValues.Empty, newId()),
            LinkForm.HandOver(FormValues.Empty, newId())
        );
    }
}

/// <summary>The outcome that waits, in facts. What was said is in the record, and not here.</summary>
public sealed record AskedToConfirm
{
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

    public static AskedToConfirm Of(LinkContext visit, Awaiting awaiting)
    {
        var (calendar, policy, said) = (visit.Rules.Calendar, visit.Rules.Policy, awaiting.Said);
        return new AskedToConfirm
        {
            RecordedBy = Name(visit, said.Agency),
            RecordedAt = TimeWords.Moment(calendar, said.ReceivedAt),
            Outcome = StageWords.Capital(Outcomes.Phrase(said.Outcome)),
            Method = policy.Methods.FirstOrDefault(m => m.Id == said.Method)?.Name ?? said.Method,
            DiscussedOn = UkDates.Date(said.DiscussedOn),
            Actions = [.. said.ActionDates.Select(UkDates.Date)],
            RecordKeeper = said.RecordKeeper is { } keeper ? Name(visit, keeper) : null,
            Why =
                awaiting.By == visit.Standing.Stage.Deadline.At
                    ? "It is the deadline of the stage."
                    : "It is the close of the next working day after the outcome was recorded, "
                        + "because that is later than the deadline of the stage.",
            IfConfirmed =
                awaiting.Sides.Count == 1
                    ? "The case ends: resolved by agreement. Everybody concerned is told by email."
                    : "It counts once every side that is asked has confirmed it.",
            IfDisputed = Disputed(visit),
            IfNobody =
                $"If it is neither confirmed nor disputed by {TimeWords.Moment(calendar, awaiting.By)}, "
                + "it counts as not agreed, and the case moves on.",
        };
    }

    private static string Disputed(LinkContext visit)
    {
        var deadline = visit.Standing.Stage.Deadline.At;
        if (visit.Now < deadline)
            return $"It does not count as agreed. The stage goes on until {TimeWords.Moment(visit.Rules.Calendar, deadline)}.";
        return visit.Rules.Policy.After(visit.Stage.Id) is { } next
            ? $"It does not count as agreed. The deadline of the stage has passed, so the case moves to {StageWords.Inline(next)} at once."
            : "It does not count as agreed. This is the last stage: the case stays open and overdue.";
    }

    private static string Name(LinkContext visit, string agency) =>
        AgencyWords.Name(visit.Case, visit.Rules.Directory, visit.Rules.Policy, agency);
}
