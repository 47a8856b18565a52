using System.Globalization;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Web.Api;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Reports;

/// <summary>A part of a summary log.</summary>
/// <param name="Next">Cursor of the next part; null on the last.</param>
internal sealed record LogLines(IReadOnlyList<SummaryLogRow> Rows, string? Next);

/// <summary>Where a case stands in the log: by the instant at which it was raised, then by its reference.</summary>
internal sealed record LogPlace(DateTimeOffset RaisedAt, string Reference)
{
    public static LogPlace Of(CaseDocument document) => new(document.Case.RaisedAt, document.Case.Reference);

    /// <summary>The place that a request goes on after; null: from the first line on.</summary>
    public static (LogPlace? After, Problem? Problem) Asked(HttpRequest request)
    {
        var (after, problem) = Cursor.Asked(request);
        if (after is null)
            return (null, problem);
        return
            after.Split(' ') is [var ticks, var reference]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTime.MaxValue.Ticks
            ? (new LogPlace(new DateTimeOffset(at, TimeSpan.Zero), reference), null)
            : (null, Problem.Invalid(Paging.CursorName, "Not a cursor of this list."));
    }

    public string Write() => Cursor.Of(string.Create(CultureInfo.InvariantCulture, $"{RaisedAt.UtcTicks} {Reference}"));

    public bool IsAfter(LogPlace other) =>
        (RaisedAt, string.CompareOrdinal(Reference, other.Reference)).CompareTo((other.RaisedAt, 0)) > 0;
}
