using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Opening a stage, closing it, ending the case: the same steps whoever causes them.</summary>
internal static class StageTransitions
{
    public static void Open(CaseChange change, Stage stage, OpenedBecause because)
    {
        var (calendar, reached) = (change.Rules.Calendar, NewlyReached(change, stage));
        var first = stage.Limits.FirstOrDefault();
        var deadline = StageClock.DeadlineOf(stage, calendar, CaseTimes.Of(change.Case, change.Policy), change.At);
        var reminders = StageClock.Reminders(stage, first, calendar, change.At, deadline);
        var cause = change.Add(
            new StageOpened(
                stage.Id,
                because,
                deadline,
                reminders,
                deadline is null ? null : LimitRules.Named(first),
                LimitRules.Again(change, stage, deadline)
            )
        );
        DutiesArising.When(change, $"stageOpened:{stage.Id}", cause);
        foreach (var id in reached)
            DutiesArising.When(change, $"stageReached:{id}", cause);
    }

    /// <summary>The stage and those passed over on the way to it that no stage before reached.</summary>
    private static IReadOnlyList<string> NewlyReached(CaseChange change, Stage stage)
    {
        var furthest = change.Case.Stages.IsEmpty ? -1 : change.Case.Stages.Max(s => change.Policy.IndexOf(s.Id));
        return [.. change.Policy.Stages.Take(change.Policy.IndexOf(stage.Id) + 1).Skip(furthest + 1).Select(s => s.Id)];
    }

    /// <summary>Closes the present stage. One that nobody was told of says so.</summary>
    /// <param name="settled">When what closes it arrived: a confirmed outcome is in time by its own arrival.</param>
    public static void Close(CaseChange change, string outcome, ClosedBy by, DateTimeOffset? settled = null)
    {
        var stage = change.Case.Stage;
        var untold = !change.Case.Notices.Exists(n =>
            IsAsking(n, stage) && n.Status is NoticeState.Sent or NoticeState.Delivered
        );
        var cause = change.Add(
            new StageClosed(stage.Id, outcome, by, stage.DeadlineInForce <= (settled ?? change.Now), untold)
        );
        DutiesArising.When(change, $"stageClosed:{stage.Id}", cause);
    }

    private static bool IsAsking(Notice n, StageRecord stage) =>
        n.Queued.Kind == NoticeKinds.StageOpened && n.Queued.Stage == stage.Id;

    public static void End(CaseChange change, string status, string outcome, DateTimeOffset? settled = null)
    {
        var stage = change.Case.Stage.Id;
        Close(change, outcome, ClosedBy.Person, settled);
        var (years, age) = Kept(change.Case, change.Policy.Retention);
        change.Add(new CaseEnded(status, outcome, stage, change.At.AddYears(years), age));
    }

    /// <summary>Years after the end for which personal data is kept, and the age until which it is kept at least.</summary>
    private static (int Years, int? UntilAge) Kept(Case c, Retention retention) =>
        (c.PersonKind, retention.Children) switch
        {
            ("adult" or "theme", _) or (_, null) => (retention.Years, null),
            ("child", { } children) when c.Intake?.Person?.DateOfBirth is not null => (
                retention.Years,
                children.UntilAge
            ),
            (_, { } children) => (children.YearsWithoutBirthDate, null),
        };
}
