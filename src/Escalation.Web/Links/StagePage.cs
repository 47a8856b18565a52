using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>A late answer that the present tier may adopt: which stage, what, when. No free text.</summary>
public sealed record LateAnswer(int Number, string Words);

/// <summary>A small form beside the outcome form: which, its command id, what was typed, what was wrong.</summary>
public sealed record SideForm(string Id, FormValues Values, FormErrors Errors)
{
    public static SideForm Empty(string id) => new(id, FormValues.Empty, FormErrors.None);
}

/// <summary>The page of an outcome link.</summary>
/// <param name="Form">Null where no outcome can be recorded: one waits for confirmation.</param>
/// <param name="IsLate">True: the stage has closed, and what is sent is recorded as a late answer.</param>
public sealed record StagePage(StageView View, OutcomeForm? Form, bool IsLate, IReadOnlyList<LateAnswer> LateAnswers, SideForm Adopt, SideForm? HandOver)
{
    public FormErrors Errors => Form is { Errors.Any: true } ? Form.Errors : Adopt.Errors.Any ? Adopt.Errors : HandOver?.Errors ?? FormErrors.None;

    /// <summary>Forms share field names; their ids differ by this.</summary>
    public string ErrorPrefix => Form is { Errors.Any: true } ? "" : Adopt.Errors.Any ? "adopt-" : "handOver-";

    public static StagePage Of(Visit visit, FormValues values, Func<string> newId)
    {
        if (visit.Claims.Action is LinkAction.Escalate && !values.Sent.ContainsKey("outcome"))
            values = values.With("outcome", Outcomes.Escalate);
        var form = OutcomeForm.Of(visit, values, newId());
        var waits = visit is { IsPresent: true, Case.Awaiting: not null };
        return new StagePage(
            StageView.Of(visit), waits ? null : form, !visit.IsPresent, waits ? [] : [.. Late(visit)],
            SideForm.Empty(newId()), visit.IsPresent ? SideForm.Empty(newId()) : null);
    }

    private static IEnumerable<LateAnswer> Late(Visit visit)
    {
        if (!visit.IsPresent)
            yield break;
        foreach (var late in visit.Case.LateResponses.Where(l => !l.Adopted))
        {
            var (policy, directory) = (visit.Rules.Policy, visit.Rules.Directory);
            var stage = policy.Find(late.Said.Stage)?.Name ?? late.Said.Stage;
            yield return new(late.Number,
                $"{stage}, {AgencyWords.Name(visit.Case, directory, policy, late.Said.Agency)}: {StageWords.Outcome(late.Said.Outcome)}, received {TimeWords.Moment(visit.Rules.Calendar, late.Said.ReceivedAt)}"
                + (late.Said.InTime ? " (before that stage's deadline)" : ""));
        }
    }
}

/// <summary>The page of a confirmation link.</summary>
/// <param name="Asked">What is to be confirmed; null when nothing is, or not by this side.</param>
public sealed record ConfirmPage(StageView View, AskedToConfirm? Asked, SideForm Form, SideForm? HandOver)
{
    public FormErrors Errors => Form.Errors.Any ? Form.Errors : HandOver?.Errors ?? FormErrors.None;
    public string ErrorPrefix => Form.Errors.Any ? "" : "handOver-";

    public static ConfirmPage Of(Visit visit, Func<string> newId)
    {
        var c = visit.Case;
        if (!visit.IsPresent || c.Awaiting is not { } awaiting || !awaiting.Sides.Contains(visit.Claims.Side))
            return new ConfirmPage(StageView.Of(visit), null, SideForm.Empty(newId()), null);
        var (calendar, policy) = (visit.Rules.Calendar, visit.Rules.Policy);
        return new ConfirmPage(
            StageView.Of(visit),
            new AskedToConfirm(
                AgencyWords.Name(c, visit.Rules.Directory, policy, awaiting.Said.Agency),
                StageWords.Outcome(awaiting.Said.Outcome),
                policy.Methods.FirstOrDefault(m => m.Id == awaiting.Said.Method)?.Name ?? awaiting.Said.Method,
                Core.Calendars.UkDates.Date(awaiting.Said.DiscussedOn),
                [.. awaiting.Said.ActionDates.Select(Core.Calendars.UkDates.Date)],
                TimeWords.Moment(calendar, awaiting.By)),
            SideForm.Empty(newId()), SideForm.Empty(newId()));
    }
}

/// <param name="Actions">The dates of the agreed actions; what they are is in the record.</param>
public sealed record AskedToConfirm(string RecordedBy, string Outcome, string Method, string DiscussedOn, IReadOnlyList<string> Actions, string By);

/// <summary>The answers before they are recorded.</summary>
/// <param name="Hidden">Every value, to be sent again as it was.</param>
public sealed record CheckPage(StageView View, bool IsLate, IReadOnlyList<(string Label, string Answer)> Answers, IReadOnlyList<KeyValuePair<string, string>> Hidden);
