using Escalation.Core.Partnerships;
using Escalation.Web.Wording;

namespace Escalation.Web.Partnerships;

/// <summary>A partnership's directory as a page shows it.</summary>
/// <param name="Tiers">Names of the matrix's columns.</param>
/// <param name="Own">The partnership's own entry; its cells are there even where the entry is not.</param>
/// <param name="Away">Who is away today or will be.</param>
/// <param name="Done">What was done just before; null: nothing.</param>
public sealed record DirectoryView(
    OpenedPartnership Where, IReadOnlyList<string> Tiers, IReadOnlyList<AgencyRow> Rows, AgencyRow Own, bool HasOwn, IReadOnlyList<AwayRow> Away, string? Done)
{
    public const int MostGapsListed = 20;

    /// <summary>Every gap, the partnership's own first.</summary>
    public IReadOnlyList<(Agency Agency, TierCell Cell)> Gaps => [.. Rows.Prepend(Own).SelectMany(r => r.Gaps.Select(c => (r.Agency, c)))];

    internal static DirectoryView Of(OpenedPartnership where, string? done)
    {
        var rows = where.Directory.Agencies.Where(a => !where.IsOwn(a.Id)).OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Select(a => new AgencyRow(a, TierCells.Of(where, a))).ToList();
        var own = where.Directory.Find(where.Id);
        var shown = own ?? new Agency { Id = where.Id, Name = where.Name };
        return new DirectoryView(
            where, [.. TierCells.TiersFor(where, "").Select(StageWords.Tier)], rows, new AgencyRow(shown, TierCells.Of(where, shown)), own is not null,
            [.. where.Directory.Agencies.SelectMany(a => AwayRow.Of(a, where.Today)).OrderBy(r => r.Absence.From).ThenBy(r => r.Absence.To)], done);
    }
}

public sealed record AgencyRow(Agency Agency, IReadOnlyList<TierCell> Cells)
{
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
        select new AwayRow(agency, contact, absence, absence.From <= today, AwayWords.StandsIn(agency, contact, absence.From > today ? absence.From : today));
}

/// <summary>The partnerships that an administrator chooses from.</summary>
public sealed record ChooseView(string Title, IReadOnlyList<(string Name, string Url)> Partnerships);

/// <summary>One agency's entry.</summary>
public sealed record AgencyView(OpenedPartnership Where, Agency Agency, IReadOnlyList<TierCell> Cells, string? Done);
