using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>A late answer that the present tier may adopt: which stage, what, when. No free text.</summary>
public sealed record LateAnswer(int Number, string Words);

/// <summary>The page of an outcome link.</summary>
/// <param name="Form">Null where no outcome can be recorded: one waits for confirmation.</param>
/// <param name="IsLate">True: the stage has closed, and what is sent is recorded as a late answer.</param>
/// <param name="Closed">For a stage that has closed: how, as a heading; else null.</param>
public sealed record StagePage(
    LinkStageView View,
    string StageId,
    LinkForm? Form,
    bool IsLate,
    string? Closed,
    IReadOnlyList<LateAnswer> LateAnswers,
    LinkForm Adopt,
    LinkForm? HandOver
)
{
    /// <summary>The form holds what this browser typed before.</summary>
    public bool IsKept { get; init; }

    /// <summary>
    /// Somebody did what this link is for, or nobody needs to: a late answer is possible, and nothing that the page
    /// asks for.
    /// </summary>
    public required bool IsAnswered { get; init; }

    /// <summary>True once the case has ended: nobody has the matter any more.</summary>
    public required bool HasEnded { get; init; }

    /// <summary>Says that contact was made; null where no limit for it is in force.</summary>
    public LinkForm? Contact { get; init; }

    /// <summary>Says that a contact did not happen; null where there is none to dispute, or the link's side cannot.</summary>
    public LinkForm? ContactDispute { get; init; }

    /// <summary>Until when, and for what, after a contact was made.</summary>
    public required string ContactWords { get; init; }

    public FormErrors Errors => Sent?.Form.Errors ?? FormErrors.None;

    /// <summary>Forms share field names; their ids differ by this.</summary>
    public string ErrorPrefix => Sent?.Prefix ?? "";

    /// <summary>The form that was sent and refused.</summary>
    private (LinkForm Form, string Prefix)? Sent =>
        Form is { Errors.Any: true } ? (Form, "")
        : Adopt.Errors.Any ? (Adopt, "adopt-")
        : Contact is { Errors.Any: true } ? (Contact, "contact-")
        : ContactDispute is { Errors.Any: true } ? (ContactDispute, "contactDispute-")
        : HandOver is { Errors.Any: true } ? (HandOver, "handOver-")
        : null;

    public static StagePage Of(LinkContext link, FormValues values, Func<string> newId)
    {
        var form = LinkForm.Outcome(link, values, newId());
        var waits = link is { IsPresent: true, Case.Awaiting: not null };
        return new StagePage(
            LinkStageView.Of(link),
            link.Stage.Id,
            waits || !link.MayRecord ? null : form,
            !link.IsPresent,
            link.IsPresent ? null : Closing(link.Rules.Policy.Words, link.Standing.Stage),
            waits ? [] : [.. Late(link)],
            LinkForm.Adoption(FormValues.Empty, newId()),
            link.IsPresent ? LinkForm.HandOver(FormValues.Empty, newId()) : null
        )
        {
            IsAnswered = !link.IsPresent && !IsClosedByDeadline(link.Standing.Stage),
            HasEnded = !link.Case.IsOpen,
            Contact = waits || !IsContactAsked(link) ? null : LinkForm.Contact(FormValues.Empty, newId()),
            ContactDispute =
                waits || !MayDisputeContact(link) ? null : LinkForm.ContactDispute(FormValues.Empty, newId()),
            ContactWords = AfterContact(link),
        };
    }

    private static bool IsContactAsked(LinkContext link) =>
        link.IsPresent
        && link.Standing.Stage
            is { IsWithoutLimit: false, For: LimitFor.Contact or LimitFor.Discussion, ContactBy: null };

    private static bool MayDisputeContact(LinkContext link) =>
        link.IsPresent && link.Claims.Side is Side.Raising && link.Case.ContactCanBeDisputed;

    private const string Met = "The time limit for contact is met then. An outcome is still needed.";

    /// <summary>What follows once contact was made.</summary>
    private static string AfterContact(LinkContext link) =>
        link.Stage.Limits.ElementAtOrDefault(link.Standing.Stage.Met.Count + 1) is { Missed: { Does: MissDoes.Remind } }
            ? $"{Met} A miss of its limit reminds everybody, and moves nothing."
            : Met;

    private static bool IsClosedByDeadline(StageRecord record) =>
        record is { By: ClosedBy.Deadline, Outcome: not (StageEnding.Skipped or StageEnding.Withdrawn) };

    private static string Closing(OwnWords words, StageRecord record) =>
        record switch
        {
            { Outcome: StageEnding.Skipped } => $"This {words.Stage} was passed over",
            { Outcome: StageEnding.Withdrawn } => "The concern was withdrawn",
            _ when IsClosedByDeadline(record) => $"This {words.Stage} has closed",
            _ => "Already answered",
        };

    private static IEnumerable<LateAnswer> Late(LinkContext link)
    {
        if (!link.IsPresent)
            yield break;
        var (policy, directory) = (link.Rules.Policy, link.Rules.Directory);
        foreach (var late in link.Case.LateResponses.Where(l => !l.Adopted))
        {
            if (!Audience.MayRead(link.Case, policy, late.Said.Stage, link.Standing.Agency))
                continue;
            var stage = policy.Find(late.Said.Stage)?.Name ?? late.Said.Stage;
            yield return new(
                late.Number,
                $"{stage}, {AgencyWords.Name(link.Case, directory, policy, late.Said.Agency)}: "
                    + $"{policy.Words.Phrase(late.Said.Outcome)}, "
                    + $"received {TimeWords.Moment(link.Rules.Calendar, late.Said.ReceivedAt)}"
                    + (late.Said.InTime ? $" (before that {policy.Words.Stage}'s deadline)" : "")
            );
        }
    }
}
