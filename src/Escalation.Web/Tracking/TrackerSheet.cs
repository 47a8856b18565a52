using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site.SignIn;

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
    public bool NamesPartnerships => Filters.Partnerships.Count > 0 && Asked.Values.Typed("partnership") is null;

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

/// <summary>What the form offers, and what is chosen.</summary>
/// <param name="Partnerships">Empty for those who have one.</param>
/// <param name="Agencies">Empty where no partnership is chosen, and for a Practitioner.</param>
/// <param name="Chosen">Each filter in words, with the URL without it.</param>
public sealed record TrackerFilters(
    IReadOnlyList<Choice> Partnerships,
    IReadOnlyList<Choice> Statuses,
    IReadOnlyList<Choice> Stages,
    IReadOnlyList<Choice> Agencies,
    IReadOnlyList<(string Words, string Without)> Chosen
)
{
    private static readonly IReadOnlyList<Choice> AllStatuses =
    [
        new("active", "All that are open"),
        new(CaseStatus.Open, "Open, clock running"),
        new(CaseStatus.OnHold, "On hold"),
        new(CaseStatus.AwaitingConfirmation, "Awaiting confirmation"),
        new("ended", "All that have ended"),
        new(CaseStatus.Resolved, "Resolved by agreement"),
        new(CaseStatus.Decided, "Decided"),
        new(CaseStatus.Withdrawn, "Withdrawn"),
        new("all", "Open and ended"),
    ];

    public static TrackerFilters Of(TrackerAsked asked, Caller caller, TrackerRules rules)
    {
        var partnership = asked.Values.Typed("partnership") ?? caller.Partnership;
        var filters = new TrackerFilters(
            caller.Partnership is null ? [.. rules.AllPartnerships.Select(p => new Choice(p.Id, p.Name))] : [],
            AllStatuses,
            StagesOf(rules),
            caller.IsPractitioner || partnership is null || !rules.Partnerships.Contains(partnership)
                ? []
                : [.. rules.Agencies(partnership).Select(a => new Choice(a.Id, a.Name))],
            []
        );
        return filters with
        {
            Chosen =
            [
                .. asked.Filters.Select(name =>
                    (filters.Words(name, asked.Values[name]), asked.Url(TrackerAsked.Path, without: name))
                ),
            ],
        };
    }

    /// <summary>The id of the agency whose name was typed; null: none was, or it is none of the list.</summary>
    public string? AgencyOf(TrackerAsked asked) =>
        asked.Values.Typed("agency") is { } typed ? LongChoice.Find(Agencies, typed) : null;

    /// <summary>Whether a name was typed that no agency of the list has.</summary>
    public bool IsUnknown(TrackerAsked asked) =>
        LongChoice.IsTyped(Agencies) && asked.Values.Typed("agency") is not null && AgencyOf(asked) is null;

    /// <summary>Procedures number their stages alike and name them differently.</summary>
    private static IReadOnlyList<Choice> StagesOf(TrackerRules rules) =>
        [
            .. rules
                .Policies.SelectMany(p => p.Stages)
                .GroupBy(s => s.Id, StringComparer.Ordinal)
                .OrderBy(g => char.IsAsciiDigit(g.Key[0]))
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Choice(g.Key, StageName(g.Key, [.. g.Select(s => s.Name).Distinct()]))),
        ];

    private static string StageName(string id, IReadOnlyList<string> names) =>
        names.Count <= 2 ? string.Join(" or ", names)
        : char.IsAsciiDigit(id[0]) ? $"Stage {id}"
        : names[0];

    private string Words(string name, string value) =>
        name switch
        {
            "partnership" => Named(Partnerships, value),
            "status" => Named(Statuses, value),
            "stage" => Named(Stages, value),
            "agency" => $"With {Named(Agencies, value)}",
            "overdue" => value == "true" ? "Overdue only" : "Not overdue",
            "from" => $"Raised from {Day(value)}",
            "to" => $"Raised to {Day(value)}",
            TrackerAsked.Due => $"Due on {Day(value)}",
            _ => $"“{value}”",
        };

    private static string Named(IReadOnlyList<Choice> choices, string id) =>
        choices.FirstOrDefault(c => c.Id == id)?.Label ?? id;

    private static string Day(string text) => DateConverter.TryParse(text, out var date) ? UkDates.Date(date) : text;
}
