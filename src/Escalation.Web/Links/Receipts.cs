using Escalation.Core.Cases;
using Escalation.Web.Pages;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>
/// The page after something was recorded: what, and what happens next. Made from the events that the command caused, so that sending the same form
/// twice shows the same page.
/// </summary>
internal static class Receipts
{
    public static Page Of(Visit visit, CaseDocument document, string command)
    {
        var caused = DocumentFormat.Recorded(document.Events, document.Words).Where(r => r.Command?.Id == command).Select(r => r.Event).ToList();
        var first = caused.Find(e => e is OutcomeRecorded or LateResponseRecorded or OutcomeConfirmed or OutcomeDisputed or HandedOver);
        return first switch
        {
            LateResponseRecorded late => Page.Message(409, "Recorded as a late answer", [.. Late(visit, document.Case, late)]),
            OutcomeRecorded { Adopts: not null } => Page.Message(200, "Late answer adopted", [Recorded(visit, document, "The late answer now counts as the outcome of this stage."), .. Next(visit, caused)]),
            OutcomeRecorded said => Page.Message(200, "Outcome recorded", [Recorded(visit, document, $"Recorded for {Name(visit, said.Agency)}: {StageWords.Outcome(said.Outcome)}."), .. Next(visit, caused)]),
            OutcomeConfirmed said => Page.Message(200, "Outcome confirmed", [Recorded(visit, document, $"Recorded: {Name(visit, said.Agency)} confirms the outcome."), .. Next(visit, caused)]),
            OutcomeDisputed said => Page.Message(200, "Outcome disputed", [Recorded(visit, document, $"Recorded: {Name(visit, said.Agency)} disputes the outcome. It does not count as agreed."), .. Next(visit, caused)]),
            HandedOver handed => Page.Message(200, "Handed over", handed.Contact.Accepted
                ? "Your colleague is sent a link of their own. Your link no longer works."
                : "The address is not one of your agency's known domains, so the business manager is asked to accept it first. Until then your link still works, and the deadline goes on."),
            _ => Page.Message(200, "Recorded", "What you sent is recorded."),
        };
    }

    private static string Recorded(Visit visit, CaseDocument document, string what) => $"{document.Case.Reference}, {StageWords.Inline(visit.Stage)}. {what}";

    private static IEnumerable<string> Next(Visit visit, List<CaseEvent> caused)
    {
        var (policy, calendar) = (visit.Rules.Policy, visit.Rules.Calendar);
        if (caused.OfType<OutcomeRecorded>().FirstOrDefault() is { Awaiting.Count: > 0 } said)
            yield return $"It counts once {Sides(visit, said.Awaiting)} confirms it. They are asked by email, and have until {TimeWords.Moment(calendar, said.ConfirmBy!.Value)}; without an answer it counts as not agreed.";
        else if (caused.OfType<CaseEnded>().FirstOrDefault() is { } ended)
            yield return $"The case has ended: {StageWords.Status(ended.Status)}. Everybody concerned is told by email.";
        else if (caused.OfType<StageOpened>().FirstOrDefault() is { } opened && policy.Find(opened.Stage) is { } stage)
            yield return $"The case is now at {StageWords.Inline(stage)} ({stage.Tier}), to be answered by {TimeWords.By(calendar, opened.Deadline.At)}. Its people are told by email.";
        else if (caused.OfType<OutcomeDisputed>().Any())
            yield return $"The stage goes on until {TimeWords.Moment(calendar, visit.Standing.Stage.Deadline.At)}. Everybody concerned is told by email.";
        else if (caused.OfType<OutcomeConfirmed>().Any())
            yield return "Another side still has to confirm it.";
        else
            yield return "The case stays open until it is resolved or decided.";
        if (caused.OfType<DutyArose>().Count() is > 0 and var duties)
            yield return duties == 1 ? "One thing is to be done after it; its owner is told." : $"{duties} things are to be done after it; their owners are told.";
    }

    private static IEnumerable<string> Late(Visit visit, Case c, LateResponseRecorded late)
    {
        var record = c.Stages.FindLast(s => s.Id == late.Stage);
        yield return $"{c.Reference}, {StageWords.Inline(visit.Stage)}. Recorded for {Name(visit, late.Agency)}: {StageWords.Outcome(late.Outcome)}. It moves nothing by itself, because the stage had closed{(record?.ClosedAt is { } closed ? $": it {StageWords.Closed(record)}, on {TimeWords.Moment(visit.Rules.Calendar, closed)}" : "")}.";
        if (late.InTime)
            yield return "It arrived before that stage's deadline; the record says so.";
        yield return late.Present is { } present && visit.Rules.Policy.Find(present) is { } stage
            ? $"The people of {StageWords.Inline(stage)} are told of it, and can make it their own outcome."
            : "The case has ended; the business manager is told of it.";
    }

    private static string Name(Visit visit, string agency) => AgencyWords.Name(visit.Case, visit.Rules.Directory, visit.Rules.Policy, agency);

    private static string Sides(Visit visit, IReadOnlyList<Side> sides) =>
        string.Join(" and ", sides.Select(s => AgencyWords.Names(visit.Case, visit.Rules.Directory, visit.Rules.Policy, s)));
}
