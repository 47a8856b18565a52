using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>Who is told of a duty: whose it is.</summary>
internal static class DutyNotices
{
    /// <summary>What arises for a party is listed in the notices it gets anyway; only others get one of its own.</summary>
    public static void Arose(CaseChange change, DutyArose e, int cause)
    {
        if (!change.Case.Parties.Any(p => p.Agency == e.Owner) || RuleOf(change, e.Rule)?.OwnerTier is not null)
            Owner(change, NoticeKinds.DutyArose, e.Id, cause);
    }

    private static DutyRule? RuleOf(CaseChange change, string rule) => change.Policy.FindDuty(rule);

    /// <summary>
    /// A duty's owner: whom its rule names, else the people whom the stage at which it arose asked. Of an agreed action the agency that
    /// acts is reminded too.
    /// </summary>
    public static void Owner(CaseChange change, string kind, string id, int cause)
    {
        var c = change.Case;
        var duty = c.Duties.Find(d => d.Id == id)!;
        var party = c.Parties.FirstOrDefault(p => p.Agency == duty.Owner);
        var stage = change.Policy.Find(duty.Stage) ?? change.Stage;
        var people =
            RuleOf(change, duty.Rule)?.OwnerTier is { } tier
                ? RecipientFinder.Named(change, new Recipients(duty.Owner, tier), kind)
            : party is not null ? PartyRecipients.At(change, party, stage, kind)
            : duty.Owner == c.Partnership ? RecipientFinder.BusinessManager(change, kind)
            : RecipientFinder.Named(change, new Recipients(duty.Owner, Tiers.SafeguardingLead), kind);
        var acting =
            duty.Rule == "action" ? c.Parties.FirstOrDefault(p => p.Agency == duty.Addressee && p != party) : null;
        if (acting is not null)
            people.AddRange(PartyRecipients.At(change, acting, stage, kind));
        NoticeQueue.Add(change, kind, cause, RecipientFinder.Distinct(people), NoticeAction.None, duty.Id, duty.Stage);
    }
}
