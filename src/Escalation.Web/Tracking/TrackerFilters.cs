using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Site.SignIn;

namespace Escalation.Web.Tracking;

/// <summary>The filters of the tracker and its order, as its form offers them to a caller.</summary>
public sealed record TrackerFilters(IReadOnlyList<FormPart> Parts)
{
    /// <summary>As URLs name them. Of a local day (<c>due=2026-12-29</c>): what falls due then, to which the calendar leads.</summary>
    public const string Partnership = "partnership",
        Agency = "agency",
        Due = "due",
        Search = "q",
        Order = "sort";

    /// <summary>In the order of the form, and of a URL.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [Partnership, "status", "stage", Agency, "overdue", "from", "to", Due, Search, Order];

    public static TrackerFilters Of(TrackerAsked asked, Caller caller, TrackerRules rules)
    {
        var partnership = asked.Values.Typed(Partnership) ?? caller.Partnership;
        IReadOnlyList<Choice> agencies =
            caller.IsPractitioner || partnership is null || !rules.Partnerships.Contains(partnership)
                ? []
                : [.. rules.Agencies(partnership).Select(a => new Choice(a.Id, a.Name))];
        return new TrackerFilters([
            .. caller.Partnership is null
                ? [new FormPart.FromList(Partnership, "Partnership", PartnershipsOf(rules), "All")]
                : AsAsked(Partnership, asked),
            new FormPart.FromList("status", "Status", Statuses, Empty: null) { What = "a status" },
            new FormPart.FromList("stage", "Stage", StagesOf(rules), "All"),
            .. agencies.Count > 0 ? [new FormPart.FromList(Agency, "Agency", agencies, "All")] : AsAsked(Agency, asked),
            new FormPart.FromList(Order, "Order", Orders, Empty: null) { What = "an order" },
            new FormPart.Date("from", "Raised from") { Optional = true },
            new FormPart.Date("to", "Raised to") { Optional = true },
            new FormPart.ManyOf("overdue", "Deadline", [new("true", "Overdue only")]),
        ]);
    }

    /// <summary>Whether the caller's list may hold cases of several partnerships.</summary>
    public bool ChoosesPartnership => Parts.Any(p => p is FormPart.FromList { Name: Partnership });

    /// <summary>Empty where no partnership is chosen, and for a Practitioner.</summary>
    public IReadOnlyList<Choice> Agencies =>
        Parts.OfType<FormPart.FromList>().FirstOrDefault(p => p.Name == Agency)?.Choices ?? [];

    /// <summary>Empty for those who have one.</summary>
    public static IReadOnlyList<Choice> PartnershipsFor(Caller caller, TrackerRules rules) =>
        caller.Partnership is null ? PartnershipsOf(rules) : [];

    /// <summary>Each filter that is chosen in words, with the URL without it.</summary>
    public IReadOnlyList<(string Words, string Without)> Chosen(TrackerAsked asked) =>
        [.. asked.Filters.Select(name => (Words(name, asked), asked.Url(TrackerAsked.Path, without: name)))];

    /// <summary>The id of the agency whose name was typed; null: none was, or it is none of the list.</summary>
    public string? AgencyOf(TrackerAsked asked) =>
        asked.Values.Typed(Agency) is { } typed ? LongChoice.Find(Agencies, typed) : null;

    /// <summary>Whether a name was typed that no agency of the list has.</summary>
    public bool IsUnknown(TrackerAsked asked) =>
        LongChoice.IsTyped(Agencies) && asked.Values.Typed(Agency) is not null && AgencyOf(asked) is null;

    /// <summary>What is wrong with what was asked, at its field.</summary>
    public FieldError Fault(string name, string typed) =>
        name switch
        {
            Search => new(name, "Search must be 100 characters or fewer"),
            "overdue" => new(name, "Select “Overdue only”, or leave it"),
            Due => new("", "The day must be a real date"),
            "cursor" => new("", "This page of the list is no longer there. Start at its first page"),
            _ => Parts.FirstOrDefault(p => p.Name == name) switch
            {
                FormPart.FromList list when LongChoice.IsTyped(list.Choices) => new(
                    name,
                    LongChoice.Unknown(list.Choices, typed, list.What)
                ),
                FormPart.FromList list => new(name, $"Select {list.What} from the list"),
                FormPart.Date date => new(
                    name,
                    TypedDate.Fault(date.Label, typed) ?? $"{date.Label} must be a real date"
                ),
                _ => new("", "The list cannot be shown like this. Start at its first page"),
            },
        };

    private string Words(string name, TrackerAsked asked)
    {
        var value = asked.Values[name];
        var part = Parts.FirstOrDefault(p => p.Name == name);
        return (name, part?.Words(asked.Values) ?? value) switch
        {
            (Agency, var agency) => $"With {agency}",
            ("overdue", _) when value != "true" => "Not overdue",
            (Due, _) => $"Due on {TypedDate.Words(value)}",
            (Search, _) => $"“{value}”",
            (_, var words) when part is FormPart.Date => $"{part.Label} {words}",
            (_, var words) => words,
        };
    }

    /// <summary>What the caller cannot choose, and the URL says, stays.</summary>
    private static IReadOnlyList<FormPart> AsAsked(string name, TrackerAsked asked) =>
        asked.Values.Typed(name) is { } value ? [new FormPart.Hidden(name, value)] : [];

    private static IReadOnlyList<Choice> Orders { get; } =
    [new("urgency", "Most urgent first"), new("raised", "Latest raised first")];

    private static IReadOnlyList<Choice> Statuses { get; } =
    [
        new("active", "All that are open"),
        new(CaseStatus.Open, "Open, clock running"),
        new(CaseStatus.OnHold, "On hold"),
        new(CaseStatus.AwaitingConfirmation, "Awaiting confirmation"),
        new("ended", "All that have ended"),
        new(CaseStatus.Resolved, "Resolved by agreement"),
        new(CaseStatus.Decided, "Decided"),
        new(CaseStatus.WithoutAgreement, "Ended without agreement"),
        new(CaseStatus.Withdrawn, "Withdrawn"),
        new("all", "Open and ended"),
    ];

    private static IReadOnlyList<Choice> PartnershipsOf(TrackerRules rules) =>
        [.. rules.AllPartnerships.Select(p => new Choice(p.Id, p.Name))];

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
}
