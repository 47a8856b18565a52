namespace Escalation.Web.Site.Pages;

/// <summary>What a day of a month grid says. Its mark stands beside every colour, and its words are read out.</summary>
/// <param name="Style">One of the <c>esc-day--</c> endings, or null: plain.</param>
/// <param name="Mark">One or two characters under the number; empty: none.</param>
/// <param name="Words">For those who hear the page, and as a tooltip.</param>
/// <param name="Href">Where the day leads; null: nowhere.</param>
public sealed record DayCell(string? Style, string Mark, string Words, string? Href = null);

/// <summary>A month as weeks from Monday to Sunday; null: a place of another month.</summary>
public sealed record Month(DateOnly First)
{
    public static readonly IReadOnlyList<string> Weekdays =
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];

    public IEnumerable<IReadOnlyList<DateOnly?>> Weeks
    {
        get
        {
            var before = ((int)First.DayOfWeek + 6) % 7;
            var days = DateTime.DaysInMonth(First.Year, First.Month);
            for (var start = -before; start < days; start += 7)
                yield return
                [
                    .. Enumerable.Range(start, 7).Select(i => i >= 0 && i < days ? First.AddDays(i) : (DateOnly?)null),
                ];
        }
    }

    /// <summary>The months from one date's to another's, both included.</summary>
    public static IEnumerable<Month> Between(DateOnly from, DateOnly to)
    {
        for (var first = new DateOnly(from.Year, from.Month, 1); first <= to; first = first.AddMonths(1))
            yield return new Month(first);
    }
}
