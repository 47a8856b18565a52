using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What must be done after something happened, by the policy's duty rules and the agreed actions.</summary>
internal static class DutiesArising
{
    /// <summary>Working days to the reminder of a duty that has no date. No text prints one: a decision for all policies.</summary>
    private const int ReminderWithoutDate = 5;

    /// <param name="when">The happening, in the words of <see cref="DutyRule.When"/>.</param>
    /// <param name="meeting">The date discussed, for a limit of a month after the meeting.</param>
    /// <param name="missing">The agency without a contact, for that happening.</param>
    public static void When(
        CaseChange change,
        string when,
        int cause,
        DateOnly? meeting = null,
        string? keeper = null,
        string? missing = null
    )
    {
        foreach (var rule in change.Policy.Duties.Where(d => d.When == when && Applies(d, change.Case)))
        foreach (
            var owner in Owners(rule, change.Case, keeper, missing).Select(o => Knowing(change, rule, o)).Distinct()
        )
            if (!IsOwed(change, rule, owner, cause))
                Arise(change, rule.Id, owner, rule.Addressee, DueOf(rule, change, meeting), cause, null);
    }

    /// <summary>What two rules ask in the same words after one event is owed once.</summary>
    private static bool IsOwed(CaseChange change, DutyRule rule, string owner, int cause) =>
        change.Case.Duties.Any(d =>
            d.Cause == cause
            && d.Owner == owner
            && change.Policy.Duties.Any(other => other.Id == d.Rule && other.What == rule.What)
        );

    /// <summary>Every agreed action is checked at its date by the record-keeper, who asks the agency that acts.</summary>
    public static void Actions(CaseChange change, OutcomeRecorded said, int cause)
    {
        foreach (var action in said.Words?.Actions ?? [])
            Arise(
                change,
                "action",
                said.RecordKeeper ?? change.Case.Raising.Agency,
                action.Agency,
                change.Rules.Calendar.CloseOf(action.Due),
                cause,
                action
            );
    }

    private static void Arise(
        CaseChange change,
        string rule,
        string owner,
        string? addressee,
        DateTimeOffset? due,
        int cause,
        AgreedAction? action
    )
    {
        var id = $"{rule}-{change.Next}";
        var arose = new DutyArose(id, rule, owner, addressee, due, ReminderOf(change, due), cause);
        change.Add(action is null ? arose : arose with { Words = new PrivateWords { Actions = [action] } });
    }

    /// <summary>Before its date; none that has passed. Without a date after a while, so that it is not forgotten.</summary>
    private static DateTimeOffset? ReminderOf(CaseChange change, DateTimeOffset? due)
    {
        if (due is not { } at)
            return Cases.Due.MorningAfter(change, ReminderWithoutDate);
        var calendar = change.Rules.Calendar;
        var date = calendar.LocalDate(at);
        var day = calendar.IsWorkingDay(date) ? date : calendar.PreviousWorkingDay(date);
        var morning = calendar.Instant(day, new TimeOnly(9, 0));
        return morning > change.At && morning < at ? morning : null;
    }

    private static bool Applies(DutyRule rule, Case c) =>
        rule.Circumstances is not { Count: > 0 } needed || needed.Any(c.Circumstances.Contains);

    /// <summary>
    /// The agency itself, or the raising one where it happened at a stage that is the raising agency's own: the other does not know of it.
    /// Of what it reported itself it does.
    /// </summary>
    private static string Knowing(CaseChange change, DutyRule rule, string owner) =>
        change.Case.SideOf(owner) is Side.Receiving
        && rule.Owner != "reporting"
        && !Audience.MayRead(change.Case, change.Policy, change.Case.Stage.Id, owner)
            ? change.Case.Raising.Agency
            : owner;

    private static IEnumerable<string> Owners(DutyRule rule, Case c, string? keeper, string? missing) =>
        rule.Owner switch
        {
            "raising" => [c.Raising.Agency],
            "receiving" => c.AgenciesOf(Side.Receiving),
            "parties" or "reporting" => c.MeantBy(rule.Owner).Select(p => p.Agency),
            "businessManager" or "partnership" => [c.Partnership],
            "recordKeeper" => [keeper ?? c.Raising.Agency],
            "missing" => missing is null ? [] : [missing],
            var agency => [agency],
        };

    private static DateTimeOffset? DueOf(DutyRule rule, CaseChange change, DateOnly? meeting)
    {
        var calendar = change.Rules.Calendar;
        if (rule.SameDay)
            return calendar.SameDay(change.At);
        if (rule.WorkingDays is { } days)
            return calendar.WorkingDaysAfter(change.At, days);
        if (rule.CalendarDays is { } all)
            return calendar.CalendarDaysAfter(change.At, all);
        if (rule.Hours is { } hours)
            return change.At.AddHours(hours);
        if (rule.Months is { } months)
            return calendar.WithinMonths(calendar.LocalDate(change.At), months);
        if (rule.WithinMonthOfMeeting)
            return calendar.WithinMonths(meeting ?? calendar.LocalDate(change.At), 1);
        return rule.ByStageDeadline ? change.Case.Stage.Deadline?.At : null;
    }
}
