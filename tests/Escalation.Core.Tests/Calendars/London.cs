using System.Globalization;
using Escalation.Core.Calendars;

namespace Escalation.Core.Tests.Calendars;

/// <summary>Literal local times and the usual calendar, for the tables of these tests.</summary>
internal static class London
{
    public const string EnglandAndWales = "england-and-wales";
    public static readonly TimeOnly FivePm = new(17, 0);
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    public static readonly WorkingCalendar Calendar = With();

    public static WorkingCalendar With(params Closure[] closures) =>
        Of(CalendarEdition.BuiltIn, EnglandAndWales, closures);

    public static WorkingCalendar Of(CalendarEdition edition, string division, params Closure[] closures) =>
        new(edition, division, closures, Zone, FivePm, version: 3);

    /// <summary>"2026-12-23".</summary>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"2026-12-23 10:00", London time; UTC. Not for times that the clocks skip or repeat.</summary>
    public static DateTimeOffset At(string text)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(TimeZoneInfo.ConvertTimeToUtc(local, Zone), TimeSpan.Zero);
    }

    /// <summary>"2026-12-23 10:00", UTC.</summary>
    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(
            text,
            "yyyy-MM-dd HH:mm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    /// <summary>"2026-12-31 17:00", London time.</summary>
    public static string Text(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static TimeLimit Days(int days, LimitKind kind = LimitKind.Target) =>
        new()
        {
            WorkingDays = days,
            Kind = kind,
            Basis = new("appendix 1", days == 1 ? "1 working day" : $"{days} working days"),
        };

    public static TimeLimit Hours(int hours, LimitKind kind = LimitKind.Target) =>
        new()
        {
            Hours = hours,
            Kind = kind,
            Basis = new("appendix 1", $"{hours} hours"),
        };

    public static CountedLimit From(this TimeLimit limit, string? from, string words = "the stage opened") =>
        new(limit, from is null ? null : At(from), words);

    public static CountedLimit From(this TimeLimit limit, DateTimeOffset from, string words = "the stage opened") =>
        new(limit, from, words);
}
