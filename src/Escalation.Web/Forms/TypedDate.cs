using System.Globalization;
using Escalation.Core.Calendars;

namespace Escalation.Web.Forms;

/// <summary>
/// A date as people type it, in three boxes or as one value: 2015-03-04, 4/3/2015, 4 March 2015, 4 Mar 2015. The day comes before the
/// month.
/// </summary>
internal static class TypedDate
{
    private static readonly char[] Between = [' ', '/', '-', '.', ','];

    /// <summary>Null: no date. Whether its year is one that anybody means is for who asks to say.</summary>
    public static DateOnly? Read(string text)
    {
        var parts = text.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3)
            return null;
        var (dayPart, yearPart) = parts[0].Length == 4 ? (parts[2], parts[0]) : (parts[0], parts[2]);
        var (day, month, year) = (Number(dayPart), MonthOf(parts[1]), yearPart.Length == 4 ? Number(yearPart) : 0);
        var isDate = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        return isDate ? new DateOnly(year, month, day) : null;
    }

    /// <summary>What was typed in the boxes for day, month and year, as one value: 2015-03-04 where it is a date.</summary>
    public static string Joined(string day, string month, string year)
    {
        if (month.Length + year.Length == 0 && Read(day) is { } whole)
            return whole.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var number = MonthOf(month) is > 0 and var named ? named.ToString(CultureInfo.InvariantCulture) : month;
        return $"{year}-{number.PadLeft(2, '0')}-{day.PadLeft(2, '0')}";
    }

    /// <summary>The date in words; what is no date as it was typed.</summary>
    public static string Words(string text) => Read(text) is { } date ? UkDates.Date(date) : text;

    /// <summary>Why the text is no date, in a sentence that starts with the noun; null: it is one.</summary>
    /// <param name="noun">"Date you discussed it".</param>
    public static string? Fault(string noun, string text)
    {
        if (Read(text) is not null)
            return null;
        var parts = text.Split('-', 3);
        if (parts.Length < 3 || !parts.All(p => p.All(char.IsAsciiDigit)))
            return $"{noun} must be a real date";
        var missing = new[] { (parts[2], "day"), (parts[1], "month"), (parts[0], "year") }
            .Where(p => p.Item1.Trim('0').Length == 0)
            .Select(p => p.Item2)
            .ToList();
        if (missing.Count > 0)
            return $"{noun} must include a {string.Join(" and a ", missing)}";
        return parts[0].Length == 4 ? $"{noun} must be a real date" : $"{noun} must have a year of 4 numbers";
    }

    /// <summary>1 to 12 of a month's number, its name or the beginning of its name (three letters at least); 0 for anything else.</summary>
    private static int MonthOf(string text)
    {
        if (Number(text) is > 0 and var number)
            return number;
        var names = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;
        return text.Length < 3
            ? 0
            : Array.FindIndex(names, n => n.StartsWith(text, StringComparison.OrdinalIgnoreCase)) + 1;
    }

    /// <summary>0 for what is no number of one to four digits.</summary>
    private static int Number(string text) =>
        text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
