using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Web.Wording;

namespace Escalation.Web.Tracking;

/// <param name="Style">One of GOV.UK's tag colours; the words say it all without it.</param>
public sealed record CaseTag(string Words, string Style);

/// <summary>A case in the list, in words.</summary>
/// <param name="To">The other agencies.</param>
/// <param name="AreReceiving">False where nobody receives: the others share the risk.</param>
/// <param name="Left">Null where no clock runs.</param>
public sealed record CaseLine(
    string Reference,
    Urgency Urgency,
    string Procedure,
    string Partnership,
    string Stage,
    string? Tier,
    string From,
    string To,
    bool AreReceiving,
    string Deadline,
    string? Left,
    string Raised,
    IReadOnlyList<CaseTag> Tags
)
{
    public string Href => $"/cases/{Reference}";

    public static CaseLine Of(TrackerRow row, TrackerRules rules, DateTimeOffset now)
    {
        var (policy, calendar) = (rules.PolicyOf(row), rules.CalendarOf(row));
        var others = row.Parties.Where(p => p.Side is not Side.Raising).ToList();
        var urgency = UrgencyOfCases.Of(row, calendar, now);
        return new CaseLine(
            row.Reference,
            urgency,
            policy?.Name ?? row.Policy,
            rules.PartnershipName(row.Partnership),
            row.StageName ?? StageWords.WithRaisingAgency,
            policy?.Find(row.Stage)?.Tier,
            Names(row, rules, row.Parties.Where(p => p.Side is Side.Raising)),
            Names(row, rules, others),
            others.Exists(p => p.Side is Side.Receiving),
            DeadlineOf(row, calendar, policy),
            row.Deadline is { } due && row.EndedAt is null ? TimeWords.Left(now, due) : null,
            UkDates.Date(calendar.LocalDate(row.RaisedAt)),
            [.. TagsOf(row, urgency, calendar.LocalDate(now))]
        );
    }

    private static string Names(TrackerRow row, TrackerRules rules, IEnumerable<Party> parties) =>
        string.Join(" and ", parties.Select(p => rules.AgencyName(row, p)));

    private static string DeadlineOf(TrackerRow row, WorkingCalendar calendar, Policy? policy) =>
        row switch
        {
            { EndedAt: { } ended } =>
                $"Ended on {UkDates.Date(calendar.LocalDate(ended))}: {StageWords.Status(row.Status)}",
            { Status: CaseStatus.OnHold, HoldReviewOn: { } review } => $"Review on {UkDates.Date(review)}",
            { Status: CaseStatus.AwaitingConfirmation, Deadline: { } by } =>
                $"To be confirmed by {TimeWords.By(calendar, by)}",
            { Deadline: { } due } => TimeWords.Moment(calendar, due) + (row.Limit == "target" ? " (target)" : ""),
            { ReferBy: { } by } => $"To be referred by {TimeWords.By(calendar, by)}",
            { ReviewAt: { } review } => policy?.Find(row.Stage) is { Limits.Count: 0 }
                ? $"No limit printed: reminded next on {TimeWords.Moment(calendar, review)}"
                : $"No deadline is running: reminded next on {TimeWords.Moment(calendar, review)}",
            _ => "No deadline is running",
        };

    private static IEnumerable<CaseTag> TagsOf(TrackerRow row, Urgency urgency, DateOnly today)
    {
        if (urgency is Urgency.Overdue)
            yield return new(OverdueWords(row), "red");
        if (row.Urgent && row.EndedAt is null)
            yield return new("Urgent: imminent risk", "red");
        if (row.Status == CaseStatus.OnHold)
            yield return row.HoldReviewOn <= today && urgency is not Urgency.Overdue
                ? new("On hold: review due", "orange")
                : new("On hold", "blue");
        if (row.Status == CaseStatus.AwaitingConfirmation)
            yield return new("Awaiting confirmation", "yellow");
        if (row.NoticesFailed > 0)
            yield return new(Count(row.NoticesFailed, "email failed", "emails failed"), "orange");
        if (row.NobodyToTell)
            yield return new("Nobody to tell at this tier", "orange");
        if (row.LateResponses > 0)
            yield return new(Count(row.LateResponses, "late answer", "late answers"), "purple");
        if (row.DutiesOverdue > 0)
            yield return new(Count(row.DutiesOverdue, "duty overdue", "duties overdue"), "pink");
    }

    private static string OverdueWords(TrackerRow row) =>
        row.Status == CaseStatus.OnHold ? "Overdue: review of the hold"
        : row.Limit == "target" ? "Overdue: past target"
        : "Overdue";

    private static string Count(int n, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{n} {(n == 1 ? one : many)}");
}
