using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Wording;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Tracking;

/// <summary><c>GET /tracker/calendar?month=2026-12</c>.</summary>
internal static class DueCalendar
{
    /// <summary>Rows read for one month: more are counted as such.</summary>
    private const int Most = 2_000;

    public static async Task<IResult> ShowAsync(HttpContext context, ICaseQueries queries, RuleBook book)
    {
        var (asked, caller, now, cancel) = (
            TrackerAsked.Of(context),
            context.Caller(),
            context.Arrived(),
            context.RequestAborted
        );
        var (query, problem) = TrackerQuestion.Read(
            caller,
            name => name is "partnership" or "agency" ? asked.Values[name] : "",
            now
        );
        if (query is null)
            return problem!;
        var (today, isMonth) = (LondonTime.DateOf(now), TryMonth(asked.Values.Typed("month"), now, out var first));
        var rules = await TrackerRules.OfAsync(book, query.Partnership, now, cancel);
        query = query with
        {
            DueFrom = LondonTime.StartOf(first),
            DueTo = LondonTime.StartOf(first.AddMonths(1)),
            Limit = TrackerQuestion.Most,
        };
        var rows = isMonth ? await RowsAsync(queries, query, caller, cancel) : [];
        var days = rows.Take(Most)
            .Select(row => (Row: row, On: DayOf(row, rules)))
            .Where(r => r.On is not null)
            .ToLookup(r => r.On!.Value, r => Due(r.Row, rules, now));
        var sheet = new CalendarSheet(
            asked,
            TrackerFilters.PartnershipsFor(caller, rules),
            isMonth
                ? FormErrors.None
                : new FormErrors([new FieldError("month", "Enter a month as year and month, like 2026-12")]),
            first,
            [
                .. Enumerable
                    .Range(0, DateTime.DaysInMonth(first.Year, first.Month))
                    .Select(i => first.AddDays(i))
                    .Select(d => Day(d, today, days[d], rules)),
            ],
            rows.Count > Most
        );
        return new PageResult(new Page(isMonth ? 200 : 400, typeof(DueCalendarPage), sheet));
    }

    private static async Task<List<TrackerRow>> RowsAsync(
        ICaseQueries queries,
        TrackerQuery query,
        Caller caller,
        CancellationToken cancel
    )
    {
        var rows = new List<TrackerRow>();
        var first = await TrackerRows.PageAsync(queries, query, caller, cancel);
        await foreach (var row in TrackerRows.AllAsync(queries, query, caller, first, cancel))
        {
            rows.Add(row);
            if (rows.Count > Most)
                break;
        }
        return rows;
    }

    /// <summary>The local day of the deadline, or of a hold's review; null where the case has neither.</summary>
    private static DateOnly? DayOf(TrackerRow row, TrackerRules rules) =>
        row.Deadline is { } due ? rules.CalendarOf(row).LocalDate(due) : row.HoldReviewOn;

    private static DueCase Due(TrackerRow row, TrackerRules rules, DateTimeOffset now)
    {
        var calendar = rules.CalendarOf(row);
        var what = row switch
        {
            { Deadline: null } => "review of the hold",
            { Status: CaseStatus.AwaitingConfirmation } => "to be confirmed",
            _ => row.StageName ?? StageWords.WithRaisingAgency,
        };
        return new DueCase(
            row.Reference,
            what,
            row.Deadline is { } due ? UkDates.Time(calendar.LocalTime(due)) : null,
            row.OverdueAt <= now,
            row.Urgent
        );
    }

    private static DueDay Day(DateOnly date, DateOnly today, IEnumerable<DueCase> cases, TrackerRules rules)
    {
        var all = cases.ToList();
        var reasons = rules
            .Partnerships.Select(p =>
                (
                    Partnership: p,
                    Why: date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
                        ? null
                        : rules.CalendarOf(p).WhyNotWorking(date)
                )
            )
            .Where(r => r.Why is not null)
            .GroupBy(r => r.Why!)
            .Select(g =>
                g.Count() == rules.Partnerships.Count()
                    ? g.Key
                    : $"{g.Key} ({string.Join(", ", g.Select(r => rules.PartnershipName(r.Partnership)))})"
            );
        return new DueDay(date, date == today, string.Join("; ", reasons) is { Length: > 0 } why ? why : null, all);
    }

    /// <summary>Without a month: the present one, local.</summary>
    private static bool TryMonth(string? text, DateTimeOffset now, out DateOnly first)
    {
        var today = LondonTime.DateOf(now);
        first = new DateOnly(today.Year, today.Month, 1);
        if (text is null)
            return true;
        if (
            !DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
            || asked.Year is < 2000 or > 2100
        )
            return false;
        first = asked;
        return true;
    }
}

/// <summary>A month of what falls due.</summary>
/// <param name="HasMore">More falls due than the calendar shows.</param>
public sealed record CalendarSheet(
    TrackerAsked Asked,
    IReadOnlyList<Choice> Partnerships,
    FormErrors Errors,
    DateOnly First,
    IReadOnlyList<DueDay> Days,
    bool HasMore
)
{
    /// <summary>As many references as a day of the grid has room for.</summary>
    public const int Shown = 4;

    public bool IsEmpty => Days.All(d => d.Cases.Count == 0);
}

/// <param name="WhyNotWorking">A bank holiday's or closure's name; null on a working day and at the weekend.</param>
public sealed record DueDay(DateOnly Date, bool IsToday, string? WhyNotWorking, IReadOnlyList<DueCase> Cases)
{
    public bool IsWeekend => Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}

/// <param name="What">What falls due, in a few words.</param>
/// <param name="At">Local time of day; null for a hold's review.</param>
public sealed record DueCase(string Reference, string What, string? At, bool Overdue, bool Urgent);
