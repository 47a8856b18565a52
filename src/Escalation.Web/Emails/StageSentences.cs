using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>What emails of several kinds say of a stage and of where the case stands.</summary>
internal static class StageSentences
{
    /// <summary>In place of a stage that is internal to it.</summary>
    public const string RaisingAgency = "the agency that raised the concern";

    /// <summary>The stage inside a line; "the case" to a reader from whom it is kept.</summary>
    public static string Stage(NoticeContext notice) => notice.Named(notice.Stage, "the case");

    /// <summary>Where the case stands, in a sentence.</summary>
    public static string Goes(NoticeContext notice)
    {
        var (c, present) = (notice.Case, StageWords.Inline(notice.Policy.Find(notice.Case.Stage.Id)!));
        return c.Status switch
        {
            _ when c.IsOpen && !notice.MayRead(c.Stage.Id) =>
                "The case is now with the agency that raised the concern.",
            CaseStatus.OnHold => $"The case is on hold at {present}.",
            CaseStatus.AwaitingConfirmation => $"{ConfirmWords.What(c.Awaiting!.Said, present)} waits for confirmation "
                + $"until {TimeWords.Moment(notice.Calendar, c.Awaiting.By)}.",
            CaseStatus.Open when c.Stage.DeadlineInForce is { } at && at > notice.Now =>
                $"The case is at {present}, {LimitForWords.Inline(c.Stage.For)} {TimeWords.By(notice.Calendar, at)}.",
            CaseStatus.Open => $"The case is at {present} and stays open until an outcome is recorded.",
            var status => $"The case has ended: {StageWords.Status(notice.Policy.Words, status)}.",
        };
    }

    /// <summary>"answer by 5pm Thursday 31 December 2026", or what holds instead.</summary>
    public static string AnswerBy(NoticeContext notice) =>
        notice.Record.DeadlineInForce switch
        {
            null => "still open",
            _ when notice.Case.Status == CaseStatus.OnHold => "on hold",
            { } at when at <= notice.Now && notice.Record.For is LimitFor.Referral =>
                $"was to be referred by {By(notice)}",
            { } at when at <= notice.Now => $"overdue since {By(notice)}",
            _ when !notice.IsTheirLimit => $"{LimitForWords.Inline(notice.Record.For)} {By(notice)}",
            _ => $"{LimitForWords.InSubject(notice.Record.For)} {By(notice)}",
        };

    /// <summary>For those who are not asked; empty where no deadline runs.</summary>
    public static string DueBy(NoticeContext notice) =>
        notice.Record.DeadlineInForce is { } at && at > notice.Now && notice.Case.Status != CaseStatus.OnHold
            ? $", {LimitForWords.Inline(notice.Record.For)} {By(notice)}"
            : "";

    /// <summary>"5pm Thursday 31 December 2026".</summary>
    public static string By(NoticeContext notice) => TimeWords.By(notice.Calendar, MissedAt(notice));

    /// <summary>The instant that was missed: the deadline, or when a confirmation was due.</summary>
    public static DateTimeOffset MissedAt(NoticeContext notice) =>
        notice.Cause is DeadlineMissed missed ? missed.Deadline : notice.Record.Deadline!.At;

    /// <summary>The beginning of a sentence that says by when.</summary>
    public static string Unsettled(NoticeContext notice) =>
        notice.Cause is DeadlineMissed { Unconfirmed: true }
            ? $"The outcome recorded at {Stage(notice)} was not confirmed"
            : $"{LimitForWords.None(notice.Record.For)} was recorded for {Stage(notice)}";

    /// <summary>Why the stage opened, in a sentence.</summary>
    public static string Because(NoticeContext notice)
    {
        var at = notice.Case.Stages.FindIndex(s => s.Id == notice.Record.Id);
        var before =
            at > 0 && notice.Policy.Find(notice.Case.Stages[at - 1].Id) is { } stage
                ? notice.Named(stage, $"the {notice.Policy.Words.Stage} before")
                : $"the {notice.Policy.Words.Stage} before";
        return notice.Record.Because switch
        {
            OpenedBecause.Escalated =>
                $"It was not settled at {before}, and was {notice.Policy.Words.Escalated} by one of its people.",
            OpenedBecause.Deadline =>
                $"The deadline of {before} passed {LimitForWords.Missing(notice.Case.Stages[at - 1].For)}, "
                    + $"and it moved up by itself, {MissWords.Rule(notice.Policy, notice.Case.Stages[at - 1])}.",
            OpenedBecause.Unconfirmed => $"An outcome was recorded at {before}, but was not confirmed in time.",
            OpenedBecause.Skipped =>
                $"Earlier {notice.Policy.Words.Stage}s were passed over, with a reason that is on the record.",
            OpenedBecause.Urgent => "It came straight here because imminent risk was reported.",
            OpenedBecause.Review => "A Stop and Review ended without agreement.",
            OpenedBecause.Led =>
                $"It was not settled at {before}, and one of its people took it to another procedure: {notice.Policy.Name}.",
            OpenedBecause.Raised => "The concern was raised with this procedure.",
            _ => throw new InvalidOperationException($"A stage cannot open because of {notice.Record.Because}."),
        };
    }
}
