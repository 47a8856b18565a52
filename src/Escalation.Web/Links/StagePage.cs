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
    StageView View,
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
    public bool IsAnswered => Closed is not null and not StageClosed;

    /// <summary>True once the case has ended: nobody has the matter any more.</summary>
    public required bool HasEnded { get; init; }

    private const string StageClosed = "This stage has closed";

    public FormErrors Errors =>
        Form is { Errors.Any: true } ? Form.Errors
        : Adopt.Errors.Any ? Adopt.Errors
        : HandOver?.Errors ?? FormErrors.None;

    /// <summary>Forms share field names; their ids differ by this.</summary>
    public string ErrorPrefix =>
        Form is { Errors.Any: true } ? ""
        : Adopt.Errors.Any ? "adopt-"
        : "handOver-";

    public static StagePage Of(LinkContext visit, FormValues values, Func<string> newId)
    {
        var form = LinkForm.Outcome(visit, values, newId());
        var waits = visit is { IsPresent: true, Case.Awaiting: not null };
        return new StagePage(
            StageView.Of(visit),
            visit.Stage.Id,
            waits ? null : form,
            !visit.IsPresent,
            visit.IsPresent ? null : Closing(visit.Standing.Stage),
            waits ? [] : [.. Late(visit)],
            LinkForm.Adoption(FormValues.Empty, newId()),
            visit.IsPresent ? LinkForm.HandOver(FormValues.Empty, newId()) : null
        )
        {
            HasEnded = !visit.Case.IsOpen,
        };
    }

    private static string Closing(StageRecord record) =>
        record switch
        {
            { Outcome: StageEnding.Skipped } => "This stage was passed over",
            { Outcome: StageEnding.Withdrawn } => "The concern was withdrawn",
            { By: ClosedBy.Deadline } => StageClosed,
            _ => "Already answered",
        };

    private static IEnumerable<LateAnswer> Late(LinkContext visit)
    {
        if (!visit.IsPresent)
            yield break;
        var (policy, directory) = (visit.Rules.Policy, visit.Rules.Directory);
        foreach (var late in visit.Case.LateResponses.Where(l => !l.Adopted))
        {
            if (!Audience.MayRead(visit.Case, policy, late.Said.Stage, visit.Standing.Agency))
                continue;
            var stage = policy.Find(late.Said.Stage)?.Name ?? late.Said.Stage;
            yield return new(
                late.Number,
                $"{stage}, {AgencyWords.Name(visit.Case, directory, policy, late.Said.Agency)}: "
                    + $"{Outcomes.Phrase(late.Said.Outcome)}, "
                    + $"received {TimeWords.Moment(visit.Rules.Calendar, late.Said.ReceivedAt)}"
                    + (late.Said.InTime ? " (before that stage's deadline)" : "")
            );
        }
    }
}
