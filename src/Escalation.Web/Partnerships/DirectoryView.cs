using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Site.Partnerships;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships;

/// <summary>A partnership's directory as a page shows it.</summary>
/// <param name="Only">Which agencies are listed; null: all.</param>
/// <param name="Tiers">Names of the matrix's columns.</param>
/// <param name="Own">The partnership's own entry; its cells are there even where the entry is not.</param>
/// <param name="Gaps">Every gap, the partnership's own first.</param>
/// <param name="Away">Who is away today or will be.</param>
/// <param name="IsFirst">No page of agencies comes before.</param>
/// <param name="Done">What was done just before; null: nothing.</param>
public sealed record DirectoryView(
    OpenedPartnership Where,
    string? Only,
    IReadOnlyList<string> Tiers,
    ListPage<AgencyRow> Rows,
    AgencyRow Own,
    bool HasOwn,
    IReadOnlyList<(Agency Agency, TierCell Cell)> Gaps,
    IReadOnlyList<AwayRow> Away,
    bool IsFirst,
    string? Done
)
{
    public const string WithGaps = "gaps",
        WithAbsences = "away";

    /// <summary>Gaps and absences that are listed before it is said how many more there are.</summary>
    public const int MostListed = 20;
    private const int RowsOnAPage = 25;

    /// <summary>The list from its first page on.</summary>
    public string First => Only is null ? Where.Url : $"{Where.Url}?only={Only}";

    public string? Next =>
        Rows.Next is { } cursor ? $"{First}{(Only is null ? '?' : '&')}{Paging.CursorName}={cursor}" : null;

    /// <param name="after">The place of the last agency of the page before; null: the first page.</param>
    internal static DirectoryView Of(OpenedPartnership where, string? only, string? after, string? done)
    {
        var rows = where
            .Directory.Agencies.Where(a => !where.IsOwn(a.Id))
            .OrderBy(DirectoryPlaces.Of, StringComparer.Ordinal)
            .Select(a => AgencyRow.Of(where, a))
            .ToList();
        var stored = where.Directory.Find(where.Id);
        var own = AgencyRow.Of(where, stored ?? new Agency { Id = where.Id, Name = where.Name });
        var away = where.Directory.Agencies.SelectMany(a => AwayRow.Of(a, where.Today));
        return new DirectoryView(
            where,
            only,
            [.. TierCells.TiersFor(where, "").Select(StageWords.Tier)],
            new Paging(after, RowsOnAPage).Of(
                rows.Where(r => IsListed(r, only, where.Today)),
                r => DirectoryPlaces.Of(r.Agency)
            ),
            own,
            stored is not null,
            [.. rows.Prepend(own).SelectMany(r => r.Gaps.Select(c => (r.Agency, c)))],
            [.. away.OrderBy(r => r.Absence.From).ThenBy(r => r.Absence.To)],
            after is null,
            done
        );
    }

    private static bool IsListed(AgencyRow row, string? only, DateOnly today) =>
        only switch
        {
            WithGaps => row.Gaps.Any(),
            WithAbsences => AwayRow.Of(row.Agency, today).Any(),
            _ => true,
        };
}

public sealed record AgencyRow(Agency Agency, IReadOnlyList<TierCell> Cells)
{
    internal static AgencyRow Of(OpenedPartnership where, Agency agency) => new(agency, TierCells.Of(where, agency));

    /// <summary>Tiers whose notices go to somebody who is not of that stage.</summary>
    public IEnumerable<TierCell> Gaps => Cells.Where(c => c.Weight is GapWeight.Missing or GapWeight.Lost);
}

/// <param name="Now">False: still to come.</param>
public sealed record AwayRow(Agency Agency, Contact Contact, Absence Absence, bool Now, string StandsIn)
{
    /// <summary>Absences that are not over.</summary>
    internal static IEnumerable<AwayRow> Of(Agency agency, DateOnly today) =>
        from contact in agency.Contacts
        from absence in contact.Absences
        where absence.To >= today
        select new AwayRow(
            agency,
            contact,
            absence,
            absence.From <= today,
            AwayWords.StandsIn(agency, contact, absence.From > today ? absence.From : today)
        );
}
