using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Calendars.Pages;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Wording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Calendars;

/// <summary>A partnership's working days of one year, and what its calendar is made of.</summary>
/// <param name="Holidays">Of the year.</param>
public sealed record CalendarPageView(
    OpenedPartnership Where,
    StoredCalendar Stored,
    int Year,
    IReadOnlyList<HolidayView> Holidays,
    string? Done
)
{
    public WorkingCalendar Calendar => Where.Calendar;

    /// <summary>Whole days since the edition was gathered; 0 for one gathered today or later.</summary>
    public int EditionAge => Math.Max(0, Where.Today.DayNumber - Stored.Edition.Date.DayNumber);

    public DateOnly LastHoliday => Stored.Edition.Of(Where.Policies[0].WorkingTime.Division)[^1].Date;

    /// <summary>True once a deadline may fall where no bank holidays are known: a year ahead.</summary>
    public bool RunsOut => Where.Today.AddYears(1).Year > Calendar.LastYear;

    public int? Before => Year > Calendar.FirstYear ? Year - 1 : null;
    public int? After => Year <= Calendar.LastYear ? Year + 1 : null;

    /// <summary>Of the year, latest first.</summary>
    public IEnumerable<Amendment> Amendments =>
        Stored.Amendments.Where(a => a.Date.Year == Year).OrderByDescending(a => a.Date);

    /// <summary>When an amendment was stored, local.</summary>
    public string StoredAt(Amendment amendment) => TimeWords.Moment(Calendar, amendment.At);

    public DayCell? CellOf(DateOnly date)
    {
        if (Calendar.WhyNotWorking(date) is not { } why)
            return date == Where.Today ? new DayCell("today", "now", "today, a working day") : null;
        if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return new DayCell("weekend", "–", "not a working day");
        var isHoliday =
            Holidays.Any(h => h.Date == date) || Stored.Amendments.Any(a => a.Date == date && a.BankHoliday);
        return isHoliday ? new DayCell("holiday", "BH", why) : new DayCell("closed", "C", $"closed: {why}");
    }
}

/// <summary>The working calendar as managers see it: <c>/calendar</c>.</summary>
internal static class CalendarPages
{
    private const string Own = "its own partnership";

    public static void MapCalendarPages(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/calendar",
                (HttpContext http, RuleBook rules) =>
                    PartnershipChoice.AnswerAsync(http, rules, "Calendar", "/calendar")
            )
            .ForManagers("leads to a partnership's calendar", Own)
            .AsPage();
        routes
            .MapGet("/calendar/{partnership}", ShowAsync)
            .ForManagers("working days of a year, bank holidays, closures", Own)
            .AsPage();
        routes.MapAmendmentForm();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string partnership, RuleBook rules, IRecords records)
    {
        if (await OpenedPartnership.FindAsync(http, partnership, rules, records) is not { } where)
            return KnownPartnership.None;
        var stored = (await rules.PartnershipAsync(partnership, http.Arrived(), http.RequestAborted)).Calendar;
        var asked = int.TryParse(
            http.Request.Query["year"].ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var typed
        )
            ? typed
            : where.Today.Year;
        var year = Math.Clamp(asked, where.Calendar.FirstYear, where.Calendar.LastYear + 1);
        var holidays = stored
            .Edition.Of(where.Policies[0].WorkingTime.Division)
            .Where(h => h.Date.Year == year)
            .Select(h => new HolidayView(
                h.Date,
                h.Notes.Length == 0 ? h.Title : $"{h.Title} ({h.Notes.ToLowerInvariant()})"
            ));
        return new PageResult(
            new Page(
                200,
                typeof(CalendarPage),
                new CalendarPageView(where, stored, year, [.. holidays], DoneWords.Of(http))
            )
        );
    }
}
