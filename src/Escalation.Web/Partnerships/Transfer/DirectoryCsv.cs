using System.Globalization;
using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Partnerships.Transfer;

/// <summary>
/// A directory as a file: a line for each agency, contact and tier; a contact without a tier and an agency without
/// contacts have one line. Importing it changes nothing.
/// </summary>
internal sealed class DirectoryCsv(PartnershipDirectory directory) : IResult
{
    public const string Agency = "agency",
        AgencyName = "agencyName",
        Domains = "domains",
        Contact = "contact",
        Name = "name",
        Role = "role",
        Email = "email",
        Tier = "tier",
        Deputy = "deputy",
        Absences = "absences";

    public static readonly string[] Columns =
    [
        Agency,
        AgencyName,
        Domains,
        Contact,
        Name,
        Role,
        Email,
        Tier,
        Deputy,
        Absences,
    ];

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return Csv.WriteAsync(
            httpContext,
            $"directory-{directory.Partnership}",
            Columns,
            Lines().ToAsyncEnumerable(),
            cells => [.. cells.Select(Kept)]
        );
    }

    private IEnumerable<string[]> Lines()
    {
        foreach (var agency in directory.Agencies)
        {
            string[] start = [agency.Id, agency.Name, string.Join(' ', agency.Domains)];
            if (agency.Contacts.Count == 0)
                yield return [.. start, "", "", "", "", "", "", ""];
            foreach (var c in agency.Contacts)
            foreach (var tier in c.Tiers.Count == 0 ? [""] : c.Tiers)
                yield return
                [
                    .. start,
                    c.Id,
                    c.Name,
                    c.Role ?? "",
                    c.Email,
                    tier,
                    c.Deputy ?? "",
                    string.Join("; ", c.Absences.Select(AbsenceCells.Of)),
                ];
        }
    }

    /// <summary>
    /// A text that begins like an escaped formula gets one more apostrophe, so that taking one away again gives what
    /// was there.
    /// </summary>
    private static string Kept(string cell) => FormulaCells.LooksEscaped(cell) ? "'" + cell : cell;
}

/// <summary>Cells that a spreadsheet would run as formulas have an apostrophe before them in a file, and lose it when read.</summary>
internal static class FormulaCells
{
    public static bool LooksEscaped(string cell) =>
        cell.StartsWith('\'')
        && cell.TrimStart('\'') is [var first, ..]
        && first is '=' or '+' or '-' or '@' or '\t' or '\r';

    public static string Unescape(string cell) => LooksEscaped(cell) ? cell[1..] : cell;
}

/// <summary>Absences in one cell: <c>2026-12-24 to 2027-01-04; 2027-02-15</c>.</summary>
internal static class AbsenceCells
{
    public static string Of(Absence absence) =>
        absence.From == absence.To
            ? string.Create(CultureInfo.InvariantCulture, $"{absence.From:yyyy-MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"{absence.From:yyyy-MM-dd} to {absence.To:yyyy-MM-dd}");

    /// <summary>Null for anything else. A day written 24/12/2026, as a spreadsheet may leave it, is read too.</summary>
    public static IReadOnlyList<Absence>? Read(string cell)
    {
        var absences = new List<Absence>();
        foreach (
            var period in cell.Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var days = period.Split(" to ", StringSplitOptions.TrimEntries);
            if (
                days.Length > 2
                || TypedDate.Read(days[0]) is not { } from
                || TypedDate.Read(days[^1]) is not { } to
                || to < from
            )
                return null;
            absences.Add(new Absence(from, to));
        }
        return absences;
    }
}
