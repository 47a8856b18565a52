using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>Days that the agencies set, or come to know, while the case is open.</summary>
internal static class DateRules
{
    /// <summary>
    /// The case has this day for a date of its policy from now on. A limit of the present stage that runs to it, or is counted from it, has
    /// the deadline that follows, which may be earlier; both sides are told. One that is set anew counts from now on.
    /// </summary>
    public static Decision Set(CaseChange change, SetDate m)
    {
        var (c, policy) = (change.Case, change.Policy);
        if (policy.FindDate(m.Date) is not { } date)
            return new Decision.Refused(
                Refusal.Invalid(
                    "date",
                    FaultCode.NotOffered,
                    $"This policy has: {(policy.Dates.Count == 0 ? "none" : string.Join(", ", policy.Dates.Select(d => d.Id)))}."
                )
            );
        var day = new GivenDay(m.Day!.Value, m.Time);
        if (day.FaultAs(date, change.Rules.Calendar, change.Now) is { } fault)
            return new Decision.Refused(Refusal.Invalid("day", fault.Code, fault.Text));
        var (deadline, limit) = Deadline(change, date, day);
        var reminders = StageClock.Reminders(change.Stage, limit, change.Rules.Calendar, change.At, deadline);
        change.Add(
            new DateSet(
                c.Stage.Id,
                m.By.Agency,
                date.Id,
                day,
                deadline,
                reminders,
                deadline is null ? null : LimitRules.Named(limit)
            )
            {
                Words = PrivateWords.Of(m.By, "reason", m.Reason),
            }
        );
        Due.CarryOut(change);
        return change.Accepted();
    }

    /// <summary>The present limit's deadline with the day; null where that has nothing to do with it.</summary>
    private static (Deadline? Deadline, StageLimit? Limit) Deadline(CaseChange change, CaseDate date, GivenDay day)
    {
        var (c, stage) = (change.Case, change.Stage);
        if (stage.Limits.ElementAtOrDefault(c.Stage.Met.Count) is not { } limit || !limit.DependsOn(date.Id))
            return (null, null);
        var dates = new Dictionary<string, GivenDay>(c.Dates, StringComparer.Ordinal) { [date.Id] = day };
        var times = CaseTimes.Of(c, change.Policy) with { Dates = dates };
        return (StageClock.DeadlineOf(stage, limit, change.Rules.Calendar, times, change.At), limit);
    }
}
