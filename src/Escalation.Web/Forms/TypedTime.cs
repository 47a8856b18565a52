using System.Globalization;

namespace Escalation.Web.Forms;

/// <summary>
/// A time of day as people type it: "10am", "4:30 pm", "16.30", "midday". A bare hour could be either half of the day
/// and is none.
/// </summary>
public static class TypedTime
{
    public static bool TryParse(string text, out TimeOnly time)
    {
        var typed = text.Trim().ToLowerInvariant().Replace(" ", "").Replace('.', ':');
        (time, var named) = typed switch
        {
            "midday" or "noon" => (new TimeOnly(12, 0), true),
            "midnight" => (TimeOnly.MinValue, true),
            _ => (default, false),
        };
        return named || (typed.EndsWith('m') ? TryHalf(typed, out time) : TryFull(typed, out time));
    }

    private static bool TryFull(string typed, out TimeOnly time) =>
        TimeOnly.TryParseExact(typed, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool TryHalf(string typed, out TimeOnly time) =>
        TimeOnly.TryParseExact(
            typed.ToUpperInvariant(),
            ["htt", "hhtt", "h:mmtt", "hh:mmtt"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out time
        );
}
