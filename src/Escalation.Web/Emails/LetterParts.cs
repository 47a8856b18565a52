using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>The lists below a letter's facts.</summary>
internal static class LetterParts
{
    public static IEnumerable<LetterPart> For(NoticeContext notice, EmailWords message)
    {
        if (message is { Asks: true } && Warnings(notice).ToList() is { Count: > 0 } warnings)
            yield return new("Please note", warnings);
        if (message is { Dated: true } && notice.Record.ClosedAt is null && notice.Case.IsOpen)
            yield return new("If nobody answers", [IfNobodyAnswers(notice)]);
        if (message.Dated && Days(notice).ToList() is { Count: > 0 } days)
            yield return new("Days that do not count", days);
        if (
            notice
                .Case.Duties.Where(d => !d.IsDone && d.Owner == notice.Queued.Agency && d.Id != notice.Queued.Duty)
                .Select(d => DutyWords.Line(notice, d))
                .ToList() is
            { Count: > 0 } duties
        )
            yield return new("What your agency still has to do", duties);
    }

    private static IEnumerable<string> Warnings(NoticeContext notice)
    {
        if (Untold(notice) is { } untold && notice.MayRead(untold.Id))
            yield return $"The {notice.Policy.Words.Stage} before ({StageWords.Inline(untold)}) closed with nobody told: "
                + "no email to its people had been taken by a mail server. They may not know of the case.";
        foreach (
            var late in notice.Case.LateResponses.Where(l =>
                !l.Adopted && l.Number != notice.Queued.Cause && notice.MayRead(l.Said.Stage)
            )
        )
        {
            var name = notice.Policy.Find(late.Said.Stage) is { } stage ? StageWords.Inline(stage) : late.Said.Stage;
            yield return $"A late answer to {name} is waiting ({notice.Policy.Words.Phrase(late.Said.Outcome)}, "
                + $"received {TimeWords.Moment(notice.Calendar, late.Said.ReceivedAt)}). You can adopt it from the link.";
        }
        if (notice.Record.Deadline?.Explanation.Exceeded is { } exceeded)
            yield return exceeded;
        if (notice.Case.Status == CaseStatus.OnHold)
            yield return "The case is on hold. An outcome recorded now counts, and ends the hold.";
    }

    /// <summary>The stage before this one, when it closed before any of its people was told.</summary>
    private static Core.Policies.Stage? Untold(NoticeContext notice)
    {
        var at = notice.Case.Stages.FindIndex(s => s.Id == notice.Record.Id);
        if (at < 1 || notice.Policy.Find(notice.Case.Stages[at - 1].Id) is not { } before)
            return null;
        var asking = notice
            .Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.StageOpened && n.Queued.Stage == before.Id)
            .ToList();
        return asking.Count > 0 && !asking.Exists(n => n.Status is NoticeState.Sent or NoticeState.Delivered)
            ? before
            : null;
    }

    private static string IfNobodyAnswers(NoticeContext notice)
    {
        var limit = notice.Stage.Limits.ElementAtOrDefault(notice.Record.Met.Count);
        if (notice.Record.IsWithoutLimit)
            return notice.Stage.Review is { } review
                ? $"No time limit runs: its people are reminded {Repetition.Words(review.EveryWorkingDays)} "
                    + $"({LocalOrPrinted(review.Basis)})."
                : "No time limit runs: the case stays open until an outcome is recorded.";
        if (limit?.Missed is { Does: MissDoes.Remind })
            return "The case stays where it is, and is told again "
                + $"{Repetition.Words(notice.Stage.ToldAgainEvery(notice.Policy, notice.Record.Met.Count))}: nothing moves by itself.";
        if (notice.Policy.After(notice.Stage.Id) is { } next)
            return notice.MayRead(next.Id)
                ? $"The case moves to {StageWords.Inline(next)} by itself ({next.Tier}), {MissWords.Rule(limit)}."
                : $"The case moves to {StageSentences.RaisingAgency} by itself, {MissWords.Rule(limit)}.";
        return $"This is the last {notice.Policy.Words.Stage}: the case stays open and overdue, "
            + $"and its people and the business manager are told again {Repetition.Words(notice.Policy.FinalMissed.EveryWorkingDays)}.";
    }

    private static string LocalOrPrinted(Basis basis) => basis.Local ? "a local setting" : basis.Where;

    private static IEnumerable<string> Days(NoticeContext notice) =>
        (notice.Record.Deadline?.Explanation.Skipped ?? [])
            .Where(d => d.Reason is not ("Saturday" or "Sunday"))
            .Select(d => $"{UkDates.Date(d.Date)}: {d.Reason}");
}
