using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Tracking;

/// <summary>Reads the tracker's query, within what the caller may see.</summary>
internal static class TrackerQuestion
{
    public const int Usual = 50,
        Most = 200;

    public static readonly IReadOnlyList<string> Statuses =
    [
        "active",
        "ended",
        "all",
        CaseStatus.Open,
        CaseStatus.OnHold,
        CaseStatus.AwaitingConfirmation,
        CaseStatus.Resolved,
        CaseStatus.Decided,
        CaseStatus.WithoutAgreement,
        CaseStatus.Withdrawn,
    ];

    public static (TrackerQuery? Query, Problem? Problem) Read(HttpContext context) =>
        Read(context.Caller(), name => context.Request.Query[name].ToString(), context.Arrived());

    /// <param name="value">What was asked under a name; empty: nothing.</param>
    public static (TrackerQuery? Query, Problem? Problem) Read(
        Caller caller,
        Func<string, string> value,
        DateTimeOffset now
    )
    {
        var (asked, errors) = (new AskedValues(value), new Dictionary<string, string[]>(StringComparer.Ordinal));
        var (partnership, agency) = (asked.Text("partnership"), asked.Text("agency"));
        if (partnership is not null && !caller.Covers(partnership))
            return (null, Problem.Of(Codes.Forbidden, "This key is for another partnership."));
        if (caller.IsPractitioner && agency is not null && agency != caller.Agency)
            return (null, Problem.Of(Codes.Forbidden, "A Practitioner sees its own agency's cases."));
        var query = new TrackerQuery
        {
            Partnership = partnership ?? caller.Partnership,
            Agency = caller.IsPractitioner ? caller.Agency : agency,
            Status = asked.OneOf("status", Statuses, errors) ?? "active",
            Stage = asked.Text("stage"),
            Overdue = asked.Flag("overdue", errors),
            RaisedFrom = asked.Midnight("from", 0, errors),
            RaisedTo = asked.Midnight("to", 1, errors),
            Text = asked.Text("q"),
            Cursor = asked.Text("cursor"),
            Limit = asked.Number("limit", 1, Most, errors) ?? Usual,
            Sort =
                asked.OneOf("sort", ["urgency", "raised"], errors) == "raised"
                    ? TrackerSort.Raised
                    : TrackerSort.Urgency,
            Now = now,
        };
        if (query.Text is { Length: > 100 })
            errors["q"] = ["At most 100 characters."];
        return errors.Count == 0
            ? (query, null)
            : (null, Problem.Of(Codes.Invalid, "The question is not valid.", errors));
    }

    /// <summary>Values of a query string; an empty one counts as absent.</summary>
    private sealed class AskedValues(Func<string, string> value)
    {
        public string? Text(string name) => value(name) is { Length: > 0 } text ? text : null;

        public string? OneOf(string name, IReadOnlyList<string> known, Dictionary<string, string[]> errors)
        {
            if (Text(name) is not { } text || known.Contains(text))
                return Text(name);
            errors[name] = [$"One of: {string.Join(", ", known)}."];
            return null;
        }

        public bool? Flag(string name, Dictionary<string, string[]> errors) =>
            OneOf(name, ["true", "false"], errors) is { } text ? text == "true" : null;

        public int? Number(string name, int least, int most, Dictionary<string, string[]> errors)
        {
            if (Text(name) is not { } text)
                return null;
            if (
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
            )
                return number;
            errors[name] = [$"A number from {least} to {most}."];
            return null;
        }

        /// <summary>Start of that local day, or of a later one.</summary>
        public DateTimeOffset? Midnight(string name, int later, Dictionary<string, string[]> errors)
        {
            if (Text(name) is not { } text)
                return null;
            if (DateConverter.TryParse(text, out var date) && date.Year is > 1900 and < 2200)
                return LondonTime.StartOf(date.AddDays(later));
            errors[name] = ["A date, YYYY-MM-DD."];
            return null;
        }
    }
}
