using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>A stage of a policy's timeline.</summary>
public sealed record TimelineStage(string Id, string Name, DateTimeOffset Opens, Deadline Deadline, IReadOnlyList<DateTimeOffset> Reminders);

public static class Timeline
{
    /// <summary>Every deadline of a case raised at <paramref name="raised"/> if nobody answers and each miss is carried out at its own instant.</summary>
    public static IReadOnlyList<TimelineStage> IfNobodyAnswers(Policy policy, WorkingCalendar calendar, DateTimeOffset raised)
    {
        var line = new List<TimelineStage>();
        var past = new List<StageRecord>();
        var opens = raised;
        foreach (var stage in policy.Stages)
        {
            var deadline = StageClock.DeadlineOf(stage, calendar, new CaseTimes(raised, past, []), opens);
            var reminders = StageClock.Reminders(stage, calendar, opens, deadline);
            line.Add(new TimelineStage(stage.Id, stage.Name, opens, deadline, reminders));
            past.Add(new StageRecord { Id = stage.Id, Because = OpenedBecause.Deadline, OpenedAt = opens, Deadline = deadline, Reminders = reminders, ClosedAt = deadline.At });
            opens = deadline.At;
        }
        return line;
    }
}
