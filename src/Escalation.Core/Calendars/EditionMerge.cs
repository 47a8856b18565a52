using System.Globalization;

namespace Escalation.Core.Calendars;

/// <summary>What merging a feed into an edition gave.</summary>
/// <param name="Edition">The merged edition, dated as the feed; when refused, the edition that was there, unchanged.</param>
/// <param name="Refused">True when the feed would take away future dates without giving others; the warnings name them.</param>
/// <param name="Added">New dates, past ones included; empty when refused.</param>
/// <param name="Removed">Future dates that the feed no longer lists; empty when refused.</param>
/// <param name="Kept">Past dates that the feed no longer lists and that stay.</param>
/// <param name="Warnings">For a person to look at.</param>
/// <param name="Remarks">For the record.</param>
public sealed record MergeOutcome(
    CalendarEdition Edition,
    bool Refused,
    IReadOnlyList<DivisionHoliday> Added,
    IReadOnlyList<DivisionHoliday> Removed,
    IReadOnlyList<DivisionHoliday> Kept,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Remarks
);

internal static class EditionMerge
{
    public static MergeOutcome Merge(CalendarEdition known, CalendarEdition feed, DateOnly today)
    {
        var changes = CalendarEdition
            .Divisions.Select(d => new DivisionChange(d, known.Of(d), feed.Of(d), today))
            .ToList();
        var kept = changes.SelectMany(c => c.Kept.Select(c.Named)).ToList();
        var shrinking = changes.SelectMany(Shrinking).ToList();
        if (shrinking.Count > 0)
            return new(known, true, [], [], kept, shrinking, []);

        return new(
            new CalendarEdition(feed.Date, changes.ToDictionary(c => c.Division, Merged)),
            false,
            [.. changes.SelectMany(c => c.Added.Select(c.Named))],
            [.. changes.SelectMany(c => c.Removed.Select(c.Named))],
            kept,
            [.. changes.SelectMany(Moved)],
            [.. changes.SelectMany(Remarks)]
        );
    }

    /// <summary>The feed's wording wins where both hold a date.</summary>
    private static IReadOnlyList<BankHoliday> Merged(DivisionChange change) =>
        [.. change.Feed.Concat(change.Kept).OrderBy(h => h.Date)];

    private static IEnumerable<string> Shrinking(DivisionChange change) =>
        from lost in change.Removed.GroupBy(h => h.Date.Year)
        let before = change.Future(change.Known, lost.Key)
        let after = change.Future(change.Feed, lost.Key)
        where after < before
        select string.Create(
            CultureInfo.InvariantCulture,
            $"The feed was refused: for {change.Division} it would leave {after} of the {before} bank holidays to come in {lost.Key}, "
                + $"without {List(lost)}."
        );

    private static IEnumerable<string> Moved(DivisionChange change) =>
        from lost in change.Removed
        let instead = change.Added.Where(h => h.Date.Year == lost.Date.Year).ToList()
        select $"{change.Division}: {List([lost])}, is no longer a bank holiday; new in that year: {List(instead)}.";

    private static IEnumerable<string> Remarks(DivisionChange change)
    {
        foreach (var holiday in change.Added.Where(h => h.Date < change.Today))
            yield return $"{change.Division}: {List([holiday])}, was added although it is past.";
        if (change.Kept is [var first, ..] and [.., var last])
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{change.Division}: {change.Kept.Count} past dates that the feed no longer lists are kept, "
                    + $"{UkDates.Date(first.Date)} to {UkDates.Date(last.Date)}."
            );
        }
    }

    private static string List(IEnumerable<BankHoliday> holidays) =>
        string.Join("; ", holidays.Select(h => $"{h.Title}, {UkDates.Date(h.Date)}"));

    /// <summary>What a feed changes in one division. Today counts as to come.</summary>
    private sealed class DivisionChange(
        string division,
        IReadOnlyList<BankHoliday> known,
        IReadOnlyList<BankHoliday> feed,
        DateOnly today
    )
    {
        public string Division => division;
        public DateOnly Today => today;
        public IReadOnlyList<BankHoliday> Known => known;
        public IReadOnlyList<BankHoliday> Feed => feed;
        public List<BankHoliday> Added { get; } = [.. feed.ExceptBy(known.Select(h => h.Date), h => h.Date)];
        public List<BankHoliday> Removed { get; } =
        [.. known.ExceptBy(feed.Select(h => h.Date), h => h.Date).Where(h => h.Date >= today)];
        public List<BankHoliday> Kept { get; } =
        [.. known.ExceptBy(feed.Select(h => h.Date), h => h.Date).Where(h => h.Date < today)];

        public int Future(IReadOnlyList<BankHoliday> holidays, int year) =>
            holidays.Count(h => h.Date >= today && h.Date.Year == year);

        public DivisionHoliday Named(BankHoliday holiday) => new(division, holiday);
    }
}
