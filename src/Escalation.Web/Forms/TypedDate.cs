using System.Globalization;

namespace Escalation.Web.Forms;

/// <summary>A date as it was typed in three boxes, or sent as one value (<see cref="FormValues"/>).</summary>
internal static class TypedDate
{
    public static DateOnly? Read(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Why the text is no date, in a sentence that starts with the noun; null: it is one.</summary>
    /// <param name="noun">"Date you discussed it".</param>
    public static string? Fault(string noun, string text)
    {
        if (Read(text) is not null)
            return null;
        var parts = text.Split('-', 3);
        if (parts.Length < 3 || !parts.All(p => p.All(char.IsAsciiDigit)))
            return $"{noun} must be a real date";
        var missing = new[] { (parts[2], "day"), (parts[1], "month"), (parts[0], "year") }.Where(p => p.Item1.Trim('0').Length == 0).Select(p => p.Item2).ToList();
        if (missing.Count > 0)
            return $"{noun} must include a {string.Join(" and a ", missing)}";
        return parts[0].Length == 4 ? $"{noun} must be a real date" : $"{noun} must have a year of 4 numbers";
    }
}
