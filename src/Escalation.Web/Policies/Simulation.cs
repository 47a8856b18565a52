using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Policies;

/// <summary>A policy's clock run on paper: every deadline if nobody answers. The API and the simulator page tell the same one.</summary>
/// <param name="Calendar">The partnership's, with the days asked about.</param>
/// <param name="Asked">The days asked about that would be worked without the question.</param>
public sealed record Simulation(
    Policy Policy,
    WorkingCalendar Calendar,
    DateTimeOffset Raised,
    IReadOnlyList<DateOnly> Asked,
    IReadOnlyList<TimelineStage> Stages
)
{
    public const int MostHolidays = 50,
        FirstYear = 2000,
        LastYear = 2100;

    /// <param name="known">The partnership's calendar as it is.</param>
    /// <param name="holidays">What if these were bank holidays too.</param>
    public static Simulation Of(
        Policy policy,
        WorkingCalendar known,
        DateTimeOffset raised,
        IReadOnlyList<DateOnly> holidays
    )
    {
        var calendar = known.WhatIf([.. holidays.Select(d => new BankHoliday(d, "Bank holiday asked about", ""))]);
        return new Simulation(
            policy,
            calendar,
            raised,
            [.. holidays.Where(known.IsWorkingDay).Distinct().Order()],
            Timeline.IfNobodyAnswers(policy, calendar, raised)
        );
    }

    public static bool IsInRange(DateTimeOffset raised) => raised.Year is >= FirstYear and <= LastYear;
}
