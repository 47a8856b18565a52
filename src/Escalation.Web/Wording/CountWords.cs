using System.Globalization;
using Escalation.Core.Calendars;

namespace Escalation.Web.Wording;

/// <summary>Numbers with their noun.</summary>
public static class CountWords
{
    /// <summary>"no cases", "1 case", "1,204 cases".</summary>
    /// <param name="plural">Null: the noun with an s.</param>
    public static string Of(int n, string noun, string? plural = null) =>
        $"{(n == 0 ? "no" : Number(n))} {(n == 1 ? noun : plural ?? noun + "s")}";

    /// <summary>"3 working days".</summary>
    public static string Of(TimeLimit limit) =>
        limit switch
        {
            { Hours: { } hours } => Of(hours, "hour"),
            { CalendarDays: { } days } => Of(days, "calendar day"),
            { WorkingDays: { } days } => Of(days, "working day"),
            _ => throw new InvalidOperationException("A length of time has hours, days or working days."),
        };

    /// <summary>"1,204".</summary>
    public static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
