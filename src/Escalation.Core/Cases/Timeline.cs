using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// A stage as it will go if nobody answers: it opens at <paramref name="Opens"/> and closes at its deadline. UTC.
/// </summary>
/// <param name="Deadline">Of its first limit; null where the procedure gives it none: it waits for a person, and what follows is not
/// known.</param>
public sealed record TimelineStage(
    string Id,
    string Name,
    DateTimeOffset Opens,
    Deadline? Deadline,
    LimitFor For,
    IReadOnlyList<DateTimeOffset> Reminders
);

/// <summary>What a policy comes to if nobody answers. Writes nothing.</summary>
public static class Timeline
{
    /// <summary>
    /// Every deadline of a case raised at <paramref name="raised"/> if nobody answers and each miss is carried out at
    /// its own instant: of a concern for which no condition of the policy holds.
    /// </summary>
    public static IReadOnlyList<TimelineStage> IfNobodyAnswers(
        Policy policy,
        WorkingCalendar calendar,
        DateTimeOffset raised
    ) =>
        Follow(
            policy.ForPlain().Stages,
            calendar,
            new CaseTimes(raised, [], [], new Dictionary<string, GivenDay>(), policy),
            raised
        );

    /// <summary>
    /// The stages that are still to come when nobody answers from now on; empty after the end, at the final stage, and
    /// while the present stage has no deadline in force (a hold, a response): then nothing is known of them.
    /// </summary>
    public static IReadOnlyList<TimelineStage> Ahead(Case c, Policy policy, WorkingCalendar calendar)
    {
        if (
            !c.IsOpen
            || c.Status == CaseStatus.OnHold
            || c.Stage.MissedAt is not null
            || policy.Find(c.Stage.Id) is not { } present
            || StageClock.InForce(present, c.Stage) is { Missed.Does: MissDoes.Remind }
            || (c.Awaiting?.By ?? c.Stage.DeadlineInForce) is not { } closes
        )
            return [];
        var past = c.Stages.SetItem(c.Stages.Count - 1, c.Stage with { ClosedAt = closes });
        return Follow(
            policy.Stages.Skip(policy.IndexOf(c.Stage.Id) + 1),
            calendar,
            CaseTimes.Of(c, policy) with
            {
                Stages = past,
            },
            closes
        );
    }

    private static List<TimelineStage> Follow(
        IEnumerable<Stage> stages,
        WorkingCalendar calendar,
        CaseTimes times,
        DateTimeOffset opens
    )
    {
        var line = new List<TimelineStage>();
        var past = times.Stages.ToList();
        foreach (var stage in stages)
        {
            var deadline = StageClock.DeadlineOf(stage, calendar, times with { Stages = past }, opens);
            var first = stage.Limits.FirstOrDefault();
            var reminders = StageClock.Reminders(stage, first, calendar, opens, deadline);
            var what = first?.For ?? LimitFor.Outcome;
            line.Add(new TimelineStage(stage.Id, stage.Name, opens, deadline, what, reminders));
            if (deadline is null)
                break;
            past.Add(
                new StageRecord
                {
                    Id = stage.Id,
                    Because = OpenedBecause.Deadline,
                    OpenedAt = opens,
                    Deadline = deadline,
                    Reminders = reminders,
                    ClosedAt = deadline.At,
                }
            );
            opens = deadline.At;
        }
        return line;
    }
}
