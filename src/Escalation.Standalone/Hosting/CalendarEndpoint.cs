using System.Text;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Standalone.Scheduling;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Hosting;

/// <summary>
/// <c>POST /api/calendar/refresh</c>: what the command <c>calendar refresh</c> does, on a running host. The body is the
/// feed.
/// </summary>
internal static class CalendarEndpoint
{
    public static void MapCalendarRefresh(this IEndpointRouteBuilder endpoints) =>
        endpoints
            .MapPost("/api/calendar/refresh", RefreshAsync)
            .WithMetadata(
                new Access([Roles.Administrator], "merges a bank holiday feed, and looks at open cases again", null)
            )
            .ExcludeFromDescription();

    private static async Task<IResult> RefreshAsync(HttpContext context, IRecords records, DailyMaintenance maintenance)
    {
        var (now, cancel) = (context.Arrived(), context.RequestAborted);
        var today = LondonTime.DateOf(now);
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var reading = CalendarEdition.Parse(await reader.ReadToEndAsync(cancel), today);
        if (reading.Edition is not { } feed)
            return Problem.Of(Codes.Invalid, $"This is no bank holiday feed: {string.Join("; ", reading.Errors)}");
        var merged = await StoredCalendar.RefreshAsync(records, feed, today, cancel);
        if (merged.Refused)
            return Problem.Of(Codes.NotAllowed, string.Join(' ', merged.Warnings));
        var looked = await maintenance.ApplyCalendarAsync(now, CancellationToken.None);
        return Results.Json(
            new
            {
                edition = merged.Edition.Name,
                added = Named(merged.Added),
                removed = Named(merged.Removed),
                kept = merged.Kept.Count,
                merged.Warnings,
                merged.Remarks,
                casesLookedAt = looked,
            }
        );
    }

    private static IEnumerable<object> Named(IReadOnlyList<DivisionHoliday> holidays) =>
        holidays.Select(h => new
        {
            date = h.Holiday.Date,
            division = h.Division,
            title = h.Holiday.Title,
        });
}
