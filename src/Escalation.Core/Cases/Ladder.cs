using Escalation.Core.Notices;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Opening a stage, closing it, ending the case: the same steps whoever causes them.</summary>
internal static class Ladder
{
    public static void Open(Turn turn, Stage stage, string because, string? reason = null)
    {
        var calendar = turn.Rules.Calendar;
        var deadline = StageClock.DeadlineOf(stage, calendar, CaseTimes.Of(turn.Case), turn.At);
        var reminders = StageClock.Reminders(stage, calendar, turn.At, deadline);
        var opened = new StageOpened(stage.Id, because, deadline, reminders);
        var cause = turn.Add(reason is null ? opened : opened with { Words = PrivateWords.Of(new PersonName(""), "reason", reason) });
        Telling.Opened(turn, stage, cause);
        DutiesArising.When(turn, $"stageOpened:{stage.Id}", cause);
        foreach (var reached in Reached(turn, stage))
            DutiesArising.When(turn, $"stageReached:{reached.Id}", cause);
    }

    /// <summary>The stages up to this one that neither opened nor were passed over before.</summary>
    private static IEnumerable<Stage> Reached(Turn turn, Stage stage)
    {
        var policy = turn.Policy;
        var before = turn.Case.Stages.Take(turn.Case.Stages.Count - 1).Select(s => policy.IndexOf(s.Id)).DefaultIfEmpty(-1).Max();
        return policy.Stages.Take(policy.IndexOf(stage.Id) + 1).Skip(before + 1);
    }

    /// <summary>Closes the present stage; what was not yet sent for it is superseded, and a stage nobody was told of says so.</summary>
    public static void Close(Turn turn, string outcome, string by)
    {
        var stage = turn.Case.Stage;
        var untold = turn.Case.Notices.Exists(n => IsAsking(n, stage)) && !turn.Case.Notices.Exists(n => IsAsking(n, stage) && n.Status is Notice.IsSent or Notice.IsDelivered);
        var cause = turn.Add(new StageClosed(stage.Id, outcome, by, turn.At >= stage.Deadline.At && stage.RespondedAt is null));
        foreach (var notice in turn.Case.Notices.Where(n => n.Status == Notice.IsQueued && n.Queued.Stage == stage.Id && n.Queued.Action is not NoticeAction.None))
            turn.Add(new NoticeSuperseded(notice.Key));
        if (untold)
            Telling.Untold(turn, stage.Id, cause);
        DutiesArising.When(turn, $"stageClosed:{stage.Id}", cause);
    }

    private static bool IsAsking(Notice n, StageRecord stage) => n.Queued.Kind == NoticeKinds.StageOpened && n.Queued.Stage == stage.Id;

    public static void End(Turn turn, string status, string outcome, int cause)
    {
        var stage = turn.Case.Stage.Id;
        Close(turn, outcome, "person");
        turn.Add(new CaseEnded(status, outcome, stage, turn.At.AddYears(turn.Policy.Retention.Years)));
        Telling.Ended(turn, stage, cause);
    }
}
