using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Escalation.Web.Api;

/// <summary>
/// CSV as spreadsheets read it: UTF-8 with its mark; a cell that a spreadsheet would run as a formula starts with an
/// apostrophe.
/// </summary>
internal static class Csv
{
    private static readonly CsvWriterOptions Safe = new()
    {
        Injection = CsvInjection.Escape,
        WriteByteOrderMark = true,
    };

    public static bool IsAsked(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.OrderByDescending(a => a.Quality ?? 1).FirstOrDefault() is { MediaType: var first }
        && first.Equals("text/csv", StringComparison.OrdinalIgnoreCase);

    public static async Task WriteAsync<T>(
        HttpContext context,
        string name,
        string[] heads,
        IAsyncEnumerable<T> rows,
        Func<T, string?[]> cells
    )
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Safe, leaveOpen: true);
        await csv.WriteRecordAsync(heads, context.RequestAborted);
        await foreach (var row in rows.WithCancellation(context.RequestAborted))
            await csv.WriteRecordAsync(cells(row), context.RequestAborted);
    }

    public static string? Cell(DateTimeOffset? instant) => instant is { } at ? InstantConverter.Format(at) : null;

    public static string? Cell(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Cell(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Cell(bool flag) => flag ? "yes" : "no";
}
