using System.Collections.Immutable;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Calendars;

/// <summary>A partnership's working days: <c>/api/partnerships/{id}/calendar</c>.</summary>
internal static class CalendarEndpoints
{
    private const int UsualDays = 42,
        MostDays = 800;

    public static void MapCalendar(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/partnerships/{id}/calendar", ReadAsync)
            .ForStaff("working days and closures", "its own partnership")
            .WithName("readCalendar")
            .Produces<CalendarView>();
        routes
            .MapPost("/api/partnerships/{id}/calendar/amendments", AmendmentEndpoint.AmendAsync)
            .ForManagers(
                "a closure or a late bank holiday; preview=true lists the deadlines that would move",
                "its own partnership; for all partnerships the Administrator"
            )
            .WithName("amendCalendar")
            .Accepts<AmendmentBody>("application/json")
            .Produces<AmendmentView>();
    }

    private static async Task<IResult> ReadAsync(HttpContext context, string id, RuleBook rules)
    {
        if (await KnownPartnership.PoliciesAsync(context, rules, id) is not { } policies)
            return KnownPartnership.None;
        var now = context.Arrived();
        var partnership = await rules.PartnershipAsync(id, now, context.RequestAborted);
        var (stored, time) = (partnership.Calendar, policies[0].WorkingTime);
        var calendar = partnership.CalendarFor(policies[0]);
        var (days, faulty) = Days(context.Request, calendar, now);
        var since = new DateOnly(now.Year - 1, 1, 1);
        if (days is [var first, ..] && first.Date < since)
            since = first.Date;
        return faulty
            ?? Results.Json(
                new CalendarView(
                    id,
                    stored.Edition.Name,
                    stored.Version,
                    time.Division,
                    time.Zone,
                    time.Close,
                    calendar.FirstYear,
                    calendar.LastYear,
                    [
                        .. stored
                            .Edition.Of(time.Division)
                            .Where(h => h.Date >= since)
                            .Select(h => new HolidayView(h.Date, h.Title)),
                    ],
                    [
                        .. stored
                            .Amendments.Where(a => a.Date >= since)
                            .Select(a => new ClosureView(a.Date, a.Reason, a.BankHoliday, a.At)),
                    ],
                    days
                ),
                ApiJson.Default.CalendarView
            );
    }

    private static (ImmutableArray<DayView> Days, IResult? Problem) Days(
        HttpRequest request,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        var from = calendar.LocalDate(now);
        if (request.Query["from"].ToString() is { Length: > 0 } start && !DateConverter.TryParse(start, out from))
            return ([], Problem.Invalid("from", "A date, YYYY-MM-DD."));
        if (from.Year is < 2000 or > 2100)
            return ([], Problem.Invalid("from", "A year from 2000 to 2100."));
        var to = from.AddDays(UsualDays - 1);
        if (request.Query["to"].ToString() is { Length: > 0 } end && !DateConverter.TryParse(end, out to))
            return ([], Problem.Invalid("to", "A date, YYYY-MM-DD."));
        if (to < from || to.DayNumber - from.DayNumber >= MostDays)
            return ([], Problem.Invalid("to", $"On or after from, {MostDays} days at the most."));
        return (
            [
                .. Enumerable
                    .Range(0, to.DayNumber - from.DayNumber + 1)
                    .Select(i => from.AddDays(i))
                    .Select(d => new DayView(d, calendar.IsWorkingDay(d), calendar.WhyNotWorking(d))),
            ],
            null
        );
    }
}
