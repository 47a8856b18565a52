using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Site.Partnerships;

namespace Escalation.Web.Partnerships;

/// <summary>The open cases in which a contact was sent a link, or is about to be. A notice that was superseded never went out.</summary>
/// <param name="Asked">References where the present stage asks them, the first <see cref="MostShown"/>.</param>
/// <param name="More">How many more of those there are.</param>
/// <param name="Earlier">In how many others only an earlier stage did.</param>
public sealed record SentLinks(IReadOnlyList<string> Asked, int More, int Earlier)
{
    public const int MostShown = 50;

    internal static async Task<SentLinks> FindAsync(
        ICaseQueries queries,
        OpenedPartnership where,
        string agency,
        string contact,
        CancellationToken cancel
    )
    {
        var (asked, earlier, id) = (new List<string>(), 0, $"{agency}/{contact}");
        var scan = new CaseScan(where.Id, OpenOnly: true, Agency: where.IsOwn(agency) ? null : agency);
        await foreach (var document in queries.ReadableAsync(scan, cancel))
        {
            var c = document.Case;
            var links = c.Notices.Where(n => n.Queued.Contact == id && IsLink(n)).ToList();
            if (links.Exists(n => n.Queued.Stage == c.Stage.Id))
                asked.Add(c.Reference);
            else if (links.Count > 0)
                earlier++;
        }
        return new SentLinks([.. asked.Take(MostShown)], Math.Max(0, asked.Count - MostShown), earlier);
    }

    private static bool IsLink(Notice notice) =>
        notice.Queued.Action is not NoticeAction.None && notice.Status != NoticeState.Superseded;
}
