using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Tracking;

/// <summary>The tracker as a file.</summary>
internal sealed class TrackerCsv(IAsyncEnumerable<TrackerItem> items) : IResult
{
    /// <summary>Every row from the page on.</summary>
    /// <param name="first">What the query found.</param>
    public static TrackerCsv Of(
        ICaseQueries queries,
        TrackerQuery query,
        Caller caller,
        RowPage first,
        CancellationToken cancel
    ) => new(ItemsAsync(TrackerRows.AllAsync(queries, query, caller, first, cancel), query.Now));

    private static readonly string[] Heads =
    [
        "reference",
        "partnership",
        "policy",
        "status",
        "overdue",
        "stage",
        "stageName",
        "deadline",
        "limit",
        "urgent",
        "raisedAt",
        "raising",
        "others",
        "natures",
        "holdReviewOn",
        "outcome",
        "endedAt",
        "dutiesOpen",
        "dutiesOverdue",
        "noticesQueued",
        "noticesFailed",
        "lateResponses",
    ];

    public Task ExecuteAsync(HttpContext httpContext) =>
        Csv.WriteAsync(httpContext, "escalations", Heads, items, Cells);

    private static async IAsyncEnumerable<TrackerItem> ItemsAsync(IAsyncEnumerable<TrackerRow> rows, DateTimeOffset now)
    {
        await foreach (var row in rows)
            yield return TrackerItem.Of(row, now);
    }

    private static string?[] Cells(TrackerItem item) =>
        [
            item.Reference,
            item.Partnership,
            item.Policy,
            item.Status,
            Csv.Cell(item.Overdue),
            item.Stage,
            item.StageName,
            Csv.Cell(item.Deadline),
            item.Limit,
            Csv.Cell(item.Urgent),
            Csv.Cell(item.RaisedAt),
            Agencies(item, raising: true),
            Agencies(item, raising: false),
            string.Join("; ", item.Natures),
            Csv.Cell(item.HoldReviewOn),
            item.Outcome,
            Csv.Cell(item.EndedAt),
            Csv.Cell(item.DutiesOpen),
            Csv.Cell(item.DutiesOverdue),
            Csv.Cell(item.NoticesQueued),
            Csv.Cell(item.NoticesFailed),
            Csv.Cell(item.LateResponses),
        ];

    private static string Agencies(TrackerItem item, bool raising) =>
        string.Join("; ", item.Parties.Where(p => p.Side is Side.Raising == raising).Select(p => p.Agency));
}
