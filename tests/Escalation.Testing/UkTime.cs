using System.Globalization;

namespace Escalation.Testing;

/// <summary>Literal local times for tests.</summary>
public static class UkTime
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>
    /// "2026-12-23 10:00", London time; "2026-12-23" is its close, 17:00. UTC. Not for times that the clocks skip or
    /// repeat.
    /// </summary>
    public static DateTimeOffset At(string text)
    {
        var local = DateTime.ParseExact(
            text.Contains(':') ? text : text + " 17:00",
            "yyyy-MM-dd HH:mm",
            CultureInfo.InvariantCulture
        );
        return new(TimeZoneInfo.ConvertTimeToUtc(local, Zone), TimeSpan.Zero);
    }

    /// <summary>"2026-12-23".</summary>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly DayOf(DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>"2026-12-31 17:00", London time.</summary>
    public static string Text(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
