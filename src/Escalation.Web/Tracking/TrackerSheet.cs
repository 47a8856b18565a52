using System.Globalization;
using Escalation.Core.Storage;
using Escalation.Web.Forms;

namespace Escalation.Web.Tracking;

/// <summary>The tracker as a page.</summary>
/// <param name="Groups">Only those that hold a case.</param>
/// <param name="Next">URL of the next page; null on the last.</param>
/// <param name="Failed">Emails that could not be delivered, in all the caller's partnership; 0 where the caller does
/// not see to them.</param>
public sealed record TrackerSheet(
    TrackerAsked Asked,
    TrackerFilters Filters,
    FormErrors Errors,
    IReadOnlyList<CaseGroup> Groups,
    string? Next,
    long Failed,
    bool IsAgencys
)
{
    /// <summary>Several partnerships can stand in the list: each case says which.</summary>
    public bool NamesPartnerships => Filters.ChoosesPartnership && Asked.Values.Typed("partnership") is null;

    /// <summary>Each filter that is chosen in words, with the URL without it.</summary>
    public IReadOnlyList<(string Words, string Without)> Chosen => Filters.Chosen(Asked);

    public bool IsEmpty => Groups.Count == 0;
}

/// <summary>Cases that are equally pressing.</summary>
/// <param name="Count">How many, in words: of a group that goes on over the page's end only those shown are counted.</param>
public sealed record CaseGroup(string Id, string Title, string Count, IReadOnlyList<CaseLine> Lines)
{
    /// <summary>Groups a page of the list.</summary>
    /// <param name="isFirst">No page comes before.</param>
    /// <param name="isLast">No page comes after.</param>
    public static IReadOnlyList<CaseGroup> Of(IReadOnlyList<CaseLine> lines, bool isFirst, bool isLast)
    {
        var groups = lines.GroupBy(l => l.Urgency).OrderBy(g => g.Key).ToList();
        return
        [
            .. groups.Select(g => new CaseGroup(
                g.Key.ToString(),
                Titles[g.Key],
                Words(g.Count(), IsWhole(g.Key)),
                [.. g]
            )),
        ];

        // The list goes by date, so a dated group is whole when one before it and one after it are on the page too. The
        // others lie scattered.
        bool IsWhole(Urgency urgency) =>
            (isFirst && isLast)
            || (
                urgency <= Urgency.Later
                && (isFirst || groups.Exists(g => g.Key < urgency))
                && (isLast || groups.Exists(g => g.Key > urgency && g.Key <= Urgency.Later))
            );
    }

    /// <summary>The list as it is sorted.</summary>
    public static IReadOnlyList<CaseGroup> OfAll(IReadOnlyList<CaseLine> lines, bool isWhole) =>
        lines.Count == 0 ? [] : [new CaseGroup("All", "Latest raised first", Words(lines.Count, isWhole), lines)];

    private static readonly Dictionary<Urgency, string> Titles = new()
    {
        [Urgency.Overdue] = "Overdue",
        [Urgency.DueToday] = "Due today",
        [Urgency.DueThisWeek] = "Due this week",
        [Urgency.Later] = "Later",
        [Urgency.OnHold] = "On hold",
        [Urgency.NoDeadline] = "Answered and still open",
        [Urgency.Ended] = "Ended",
    };

    private static string Words(int count, bool isWhole) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {(count == 1 ? "case" : "cases")}{(isWhole ? "" : " on this page")}"
        );
}
