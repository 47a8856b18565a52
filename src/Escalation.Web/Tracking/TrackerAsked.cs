using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Tracking;

/// <summary>What a page of the tracker was asked, as it stands in its URL: <c>GET /tracker?status=onHold&amp;from.day=1…</c>.</summary>
public sealed record TrackerAsked(FormValues Values)
{
    public const string Path = "/tracker",
        Calendar = "/tracker/calendar",
        Csv = "/tracker.csv";

    public static TrackerAsked Of(HttpContext context) =>
        new(new FormValues(context.Request.Query.ToDictionary(p => p.Key, p => p.Value.ToString())));

    /// <summary>The names that narrow the list, in the order of the form.</summary>
    public IEnumerable<string> Filters =>
        TrackerFilters.Names.Where(n =>
            n != TrackerFilters.Order && Values.Typed(n) is { } value && !(n == "status" && value == "active")
        );

    public string? Cursor => Values.Typed("cursor");

    public TrackerAsked With(string name, string value) => new(Values.With(name, value));

    public (TrackerQuery? Query, Problem? Problem) Read(Caller caller, DateTimeOffset now)
    {
        var (query, problem) = TrackerQuestion.Read(caller, name => Values[name], now);
        if (query is null || Values.Typed(TrackerFilters.Due) is not { } text)
            return (query, problem);
        if (!DateConverter.TryParse(text, out var day) || day.Year is < 2000 or > 2100)
            return (null, Problem.Invalid(TrackerFilters.Due, "A date, YYYY-MM-DD."));
        return (query with { DueFrom = LondonTime.StartOf(day), DueTo = LondonTime.StartOf(day.AddDays(1)) }, null);
    }

    /// <summary>A page with the same question. Of the pages of the list only the one with this cursor is meant.</summary>
    public string Url(string path, string? cursor = null, string? without = null)
    {
        var query = TrackerFilters
            .Names.Where(n => n != without)
            .Select(n => (Name: n, Value: Values.Typed(n)))
            .Append(("cursor", cursor))
            .Where(p => p.Item2 is not null)
            .Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}")
            .ToList();
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    /// <summary>The calendar of a month, of the same partnership and agency.</summary>
    public string CalendarUrl(DateOnly? month)
    {
        var query = new[]
        {
            ("month", month?.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
            ("partnership", Values.Typed("partnership")),
            ("agency", Values.Typed("agency")),
        }
            .Where(p => p.Item2 is not null)
            .Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}")
            .ToList();
        return query.Count == 0 ? Calendar : $"{Calendar}?{string.Join('&', query)}";
    }

    /// <summary>The list of what falls due on a day, of the same partnership and agency.</summary>
    public string DayUrl(DateOnly day) =>
        new TrackerAsked(
            new FormValues(
                new Dictionary<string, string>
                {
                    ["partnership"] = Values["partnership"],
                    ["agency"] = Values["agency"],
                    [TrackerFilters.Due] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                }
            )
        ).Url(Path);
}
