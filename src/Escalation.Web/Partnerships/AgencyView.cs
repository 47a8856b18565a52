using System.Globalization;
using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Site.Partnerships;

namespace Escalation.Web.Partnerships;

/// <summary>One agency's entry as a page shows it.</summary>
/// <param name="Tier">The tier whose people are listed; null: everybody.</param>
/// <param name="IsFirst">No page of contacts comes before.</param>
public sealed record AgencyView(
    OpenedPartnership Where,
    Agency Agency,
    IReadOnlyList<TierCell> Cells,
    string? Tier,
    ListPage<Contact> Contacts,
    bool IsFirst,
    string? Done
)
{
    private const int ContactsOnAPage = 25;

    public string Url => Where.UrlOf(Agency.Id);

    /// <summary>The contacts from their first page on.</summary>
    public string First => Tier is null ? $"{Url}#contacts" : UrlOf(Url, Tier);

    public string? Next =>
        Contacts.Next is { } cursor
            ? $"{Url}?{(Tier is null ? "" : $"tier={Uri.EscapeDataString(Tier)}&")}{Paging.CursorName}={cursor}#contacts"
            : null;

    public string? TierName => Tier is null ? null : TierCells.NameOf(Where, Agency.Id, Tier);

    /// <summary>The people of one tier.</summary>
    /// <param name="agency">The agency's page.</param>
    public static string UrlOf(string agency, string tier) => $"{agency}?tier={Uri.EscapeDataString(tier)}#contacts";

    /// <param name="after">The place of the last contact of the page before; null: the first page.</param>
    internal static AgencyView Of(OpenedPartnership where, Agency agency, string? tier, string? after, string? done)
    {
        var contacts = agency.Contacts.Index().Where(c => tier is null || c.Item.Tiers.Contains(tier));
        var page = new Paging(after, ContactsOnAPage).Of(
            contacts,
            c => c.Index.ToString("D4", CultureInfo.InvariantCulture)
        );
        var shown = new ListPage<Contact>([.. page.Items.Select(c => c.Item)], page.Count, page.Next);
        return new AgencyView(where, agency, TierCells.Of(where, agency), tier, shown, after is null, done);
    }
}
