using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;

namespace Escalation.Web.Tracking;

/// <summary>
/// The tracker for an agency's own people. The store filters and sorts by what a case is; a case at another agency's internal stage must be
/// neither found nor missed by that stage, its deadline or its hold, nor stand where its deadline puts it. So the agency's cases are read,
/// and filtered and sorted by what the agency may know of them.
/// </summary>
internal static class AgencyList
{
    /// <summary>Cases that are read for one question, latest raised first. An agency with more is shown these.</summary>
    public const int Most = 5_000;

    /// <exception cref="ArgumentException">The cursor is none of this list.</exception>
    public static async Task<RowPage> PageAsync(ICaseQueries queries, TrackerQuery query, CancellationToken cancel)
    {
        var after = query.Cursor is { } cursor ? Place.Read(cursor, query.Sort) : null;
        var rows = await ReadAsync(queries, query, cancel);
        var found = rows.Where(row => Matches(row, query))
            .Select(row => (Row: row, Place: Place.Of(row, query.Sort)))
            .Where(r => after is null || r.Place.CompareTo(after) > 0)
            .OrderBy(r => r.Place)
            .ToList();
        var shown = found.Take(query.Limit).ToList();
        return new RowPage([.. shown.Select(r => r.Row)], found.Count > shown.Count ? shown[^1].Place.Write() : null);
    }

    /// <summary>By what the store may filter: nothing that a case at an internal stage keeps to itself.</summary>
    private static async Task<List<TrackerRow>> ReadAsync(
        ICaseQueries queries,
        TrackerQuery query,
        CancellationToken cancel
    )
    {
        var (agency, rows) = (query.Agency!, new List<TrackerRow>());
        var plain = new TrackerQuery
        {
            Partnership = query.Partnership,
            Agency = agency,
            Status = Broad(query.Status),
            RaisedFrom = query.RaisedFrom,
            RaisedTo = query.RaisedTo,
            Text = query.Text,
            Sort = TrackerSort.Raised,
            Limit = TrackerQuestion.Most,
            Now = query.Now,
        };
        do
        {
            var page = await queries.TrackerAsync(plain, cancel);
            rows.AddRange(TrackerRows.Of(page).Select(row => row.For(agency)));
            plain = plain with { Cursor = page.Next };
        } while (plain.Cursor is not null && rows.Count < Most);
        return rows;
    }

    private static string Broad(string status) =>
        status switch
        {
            CaseStatus.Open or CaseStatus.OnHold or CaseStatus.AwaitingConfirmation => "active",
            CaseStatus.Resolved or CaseStatus.Decided or CaseStatus.WithoutAgreement or CaseStatus.Withdrawn => "ended",
            _ => status,
        };

    private static bool Matches(TrackerRow row, TrackerQuery query) =>
        (query.Status is "active" or "ended" or "all" || row.Status == query.Status)
        && (query.Stage is null || row.Stage == query.Stage)
        && (query.Overdue is null || row.OverdueAt <= query.Now == query.Overdue)
        && (query.DueFrom is null || (row.EndedAt is null && row.SortAt >= query.DueFrom))
        && (query.DueTo is null || (row.EndedAt is null && row.SortAt < query.DueTo));

    /// <summary>Where a row stands, in the order of the list.</summary>
    /// <param name="At">Ticks; latest first, they are counted down.</param>
    private sealed record Place(TrackerSort Sort, bool Ended, long At, string Reference) : IComparable<Place>
    {
        public static Place Of(TrackerRow row, TrackerSort sort) =>
            sort == TrackerSort.Urgency
                ? new(sort, row.EndedAt is not null, row.SortAt?.UtcTicks ?? long.MaxValue, row.Reference)
                : new(sort, false, long.MaxValue - row.RaisedAt.UtcTicks, row.Reference);

        public static Place Read(string cursor, TrackerSort sort) =>
            Cursor.Read(cursor)?.Split(' ', 4) switch
            {
                [var of, var ended and ("0" or "1"), var ticks, var reference]
                    when of == $"{sort:D}"
                        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) => new(
                    sort,
                    ended == "1",
                    at,
                    reference
                ),
                _ => throw new ArgumentException("Not a cursor of this list.", nameof(cursor)),
            };

        public string Write() =>
            Cursor.Of(string.Create(CultureInfo.InvariantCulture, $"{Sort:D} {(Ended ? 1 : 0)} {At} {Reference}"));

        public int CompareTo(Place? other) =>
            other is null
                ? 1
                : (Ended, At).CompareTo((other.Ended, other.At)) switch
                {
                    0 => string.CompareOrdinal(Reference, other.Reference),
                    var first => first,
                };
    }
}
