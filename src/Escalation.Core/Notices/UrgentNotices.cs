using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>Who hears of imminent risk, and when.</summary>
internal static class UrgentNotices
{
    /// <summary>
    /// Whoever the policy names, and safeguarding leads: of an agency that knows of the case only, the others are told once it does. Who
    /// may not know of the present stage is told of the risk as of the last that they may.
    /// </summary>
    public static void Tell(CaseChange change, int cause)
    {
        var c = change.Case;
        var knowing = Audience.Of(c, change.Policy);
        var people = change
            .Policy.Urgent.Tell.Where(t => c.Fulfils(t.When))
            .SelectMany(t => RecipientFinder.Named(change, t.Who, NoticeKinds.Urgent))
            .Concat(Leads(change, c.Parties.Where(p => knowing.Contains(p.Agency))));
        foreach (
            var told in RecipientFinder
                .Distinct([.. people])
                .GroupBy(a => Audience.LastReadable(c, change.Policy, a.Agency))
        )
            NoticeQueue.Add(change, NoticeKinds.Urgent, cause, [.. told], NoticeAction.None, stage: told.Key);
        NoticeQueue.ToManager(change, NoticeKinds.Urgent, cause);
    }

    private static List<Addressee> Leads(CaseChange change, IEnumerable<Party> parties) =>
        [
            .. parties
                .Where(p => change.Case.MeantBy(change.Policy.Urgent.LeadsOf).Contains(p))
                .SelectMany(p =>
                    RecipientFinder.Named(change, new Recipients(p.Agency, Tiers.SafeguardingLead), NoticeKinds.Urgent)
                ),
        ];

    /// <summary>The leads of agencies that hear of the case by the present stage, where the risk was reported before.</summary>
    public static void TellNewcomers(CaseChange change, int cause)
    {
        if (NewToTheCase(change) is { Count: > 0 } parties)
            NoticeQueue.Add(change, NoticeKinds.Urgent, cause, Leads(change, parties), NoticeAction.None);
    }

    /// <summary>The agencies that hear of the case by the present stage.</summary>
    private static IReadOnlyList<Party> NewToTheCase(CaseChange change)
    {
        var c = change.Case;
        var before = Audience.Of(c with { Stages = c.Stages.RemoveAt(c.Stages.Count - 1) }, change.Policy);
        var now = Audience.Of(c, change.Policy);
        return [.. c.Parties.Where(p => now.Contains(p.Agency) && !before.Contains(p.Agency))];
    }
}
