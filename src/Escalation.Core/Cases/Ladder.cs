using Escalation.Core.Notices;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Opening a stage, closing it, ending the case: the same steps whoever causes them.</summary>
internal static class Ladder
{
    public static void Open(Turn turn, Stage stage, OpenedBecause because)
    {
        var (calendar, reached) = (turn.Rules.Calendar, NewlyReached(turn, stage));
        var deadline = StageClock.DeadlineOf(stage, calendar, CaseTimes.Of(turn.Case), turn.At);
        var reminders = StageClock.Reminders(stage, calendar, turn.At, deadline);
        var cause = turn.Add(new StageOpened(stage.Id, because, deadline, reminders));
        Telling.Opened(turn, stage, cause);
        DutiesArising.When(turn, $"stageOpened:{stage.Id}", cause);
        foreach (var first in reached)
            DutiesArising.When(turn, $"stageReached:{first}", cause);
    }

    /// <summary>The stage and those passed over on the way to it that no stage before reached.</summary>
    private static IReadOnlyList<string> NewlyReached(Turn turn, Stage stage)
    {
        var furthest = turn.Case.Stages.IsEmpty ? -1 : turn.Case.Stages.Max(s => turn.Policy.IndexOf(s.Id));
        return [.. turn.Policy.Stages.Take(turn.Policy.IndexOf(stage.Id) + 1).Skip(furthest + 1).Select(s => s.Id)];
    }

    /// <summary>Closes the present stage; what was not yet sent for it is superseded, and a stage nobody was told of says so.</summary>
    /// <param name="settled">When what closes it arrived: a confirmed outcome is in time by its own arrival.</param>
    public static void Close(Turn turn, string outcome, ClosedBy by, DateTimeOffset? settled = null)
    {
        var stage = turn.Case.Stage;
        var untold = !turn.Case.Notices.Exists(n =>
            IsAsking(n, stage) && n.Status is NoticeState.Sent or NoticeState.Delivered
        );
        var cause = turn.Add(
            new StageClosed(
                stage.Id,
                outcome,
                by,
                (settled ?? turn.Now) >= stage.Deadline.At && stage.RespondedAt is null,
                untold
            )
        );
        foreach (
            var notice in turn.Case.Notices.Where(n =>
                n.Status == NoticeState.Queued && n.Queued.Stage == stage.Id && n.Queued.Action is not NoticeAction.None
            )
        )
            turn.Add(new NoticeSuperseded(notice.Key));
        if (untold)
            Telling.Untold(turn, stage.Id, cause);
        if (by is ClosedBy.Person && outcome is StageEnding.Escalated or StageEnding.Skipped)
            Telling.Closed(turn, cause);
        DutiesArising.When(turn, $"stageClosed:{stage.Id}", cause);
    }

    private static bool IsAsking(Notice n, StageRecord stage) =>
        n.Queued.Kind == NoticeKinds.StageOpened && n.Queued.Stage == stage.Id;

    public static void End(Turn turn, string status, string outcome, int cause, DateTimeOffset? settled = null)
    {
        var stage = turn.Case.Stage.Id;
        Close(turn, outcome, ClosedBy.Person, settled);
        turn.Add(new CaseEnded(status, outcome, stage, turn.At.AddYears(turn.Policy.Retention.Years)));
        Telling.Ended(turn, stage, cause);
    }
}
