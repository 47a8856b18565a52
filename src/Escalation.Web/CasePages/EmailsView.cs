using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Web.Api;

namespace Escalation.Web.CasePages;

/// <summary>The emails of a case, newest first, a page at a time.</summary>
/// <param name="IsFirst">No page comes before.</param>
public sealed record EmailsView(
    CaseReading Reading,
    ListPage<Notice> Notices,
    bool IsFirst,
    IReadOnlyList<Offer> Offers
)
{
    private const int Most = 50;

    public string Url => $"{Reading.Path}/emails";

    public string? Next => Notices.Next is { } cursor ? $"{Url}?{Paging.CursorName}={cursor}" : null;

    /// <param name="after">The place of the last email of the page before; null: the first page.</param>
    public static EmailsView Of(CaseReading r, string? after)
    {
        var page = new Paging(after, Most).Of(r.Case.Notices.Index(), n => PlaceOf(n.Index));
        var shown = new ListPage<Notice>([.. page.Items.Select(n => n.Item)], page.Count, page.Next);
        return new EmailsView(r, shown, after is null, CasePage.OffersOf(r));
    }

    private static string PlaceOf(int index) => (int.MaxValue - index).ToString("D10", CultureInfo.InvariantCulture);
}
