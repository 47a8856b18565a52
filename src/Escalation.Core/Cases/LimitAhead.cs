using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What is limited next at the present stage, once the limit in force is met.</summary>
/// <param name="InForce">What the limit in force is for.</param>
/// <param name="Deadline">If that happens now.</param>
public sealed record LimitAhead(LimitFor InForce, LimitFor Next, Deadline Deadline)
{
    /// <summary>Null: no limit is in force, or none follows it; on hold, when no date stands.</summary>
    public static LimitAhead? Of(Case c, Policy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (
            !c.IsOpen
            || c.Status == CaseStatus.OnHold
            || c.Stage.DeadlineInForce is null
            || policy.Find(c.Stage.Id) is not { } stage
        )
            return null;
        return
            StageClock.LimitAfter(stage, c.Stage) is { } next
            && StageClock.NextDeadline(stage, calendar, CaseTimes.Of(c, policy), c.Stage, now) is { } deadline
            ? new(c.Stage.For, next.For, deadline)
            : null;
    }
}
