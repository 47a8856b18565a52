using Escalation.Core.Reporting;
using Escalation.Web.Api;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Reports;

/// <summary>The analysis as a file: a measure a line.</summary>
/// <param name="withLessons">Whether the lessons' texts come last: free text, with references.</param>
internal sealed class AnnualCsv(ReportPeriod period, AnnualAnalysis analysis, bool withLessons) : IResult
{
    private static readonly string[] Heads = ["section", "item", "measure", "value"];

    public Task ExecuteAsync(HttpContext httpContext) =>
        Csv.WriteAsync(
            httpContext,
            PeriodWords.File(period),
            Heads,
            analysis.Rows(withLessons).ToAsyncEnumerable(),
            row => [row.Section, row.Item, row.Measure, row.Value]
        );
}

/// <summary>The summary log as a file, in the columns of the printed form.</summary>
internal sealed class SummaryLogCsv(string? agency, IAsyncEnumerable<SummaryLogRow> rows) : IResult
{
    private static readonly string[] Heads =
    [
        "Agency or school",
        "Escalation number",
        "Agency's own number",
        "Procedure",
        "Raised on",
        "Raised by",
        "Others",
        "Name",
        "Date of birth",
        "Age",
        "Concern",
        "Level of need",
        "Summary of professional disagreement",
        "Action taken towards resolution",
        "Outcome",
        "Marking",
    ];

    public Task ExecuteAsync(HttpContext httpContext) => Csv.WriteAsync(httpContext, "summary-log", Heads, rows, Cells);

    private string?[] Cells(SummaryLogRow row) =>
        [
            agency ?? row.RaisedBy,
            row.Reference,
            row.CaseNumber,
            row.Policy,
            Csv.Cell(row.RaisedOn),
            row.RaisedBy,
            string.Join("; ", row.Others),
            row.Name,
            Csv.Cell(row.DateOfBirth),
            row.Age is { } age ? Csv.Cell(age) : null,
            row.Concern,
            row.LevelOfNeed,
            row.Disagreement,
            row.ActionTaken,
            row.Outcome,
            row.RecordMarking,
        ];
}
