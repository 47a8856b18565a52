using Escalation.Core.Directory;
using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>
/// Final decisions that two named people take together: what one of them records waits until the other has confirmed it.
/// </summary>
public static class JointDecisions
{
    /// <summary>How events and the HTTP contract name one of the two: <c>partnership/boardManager</c>.</summary>
    public static string IdOf(Recipients who) => $"{who.Agency}/{who.Tier}";

    /// <summary>The rule of the policy that an id stands for.</summary>
    public static Recipients WhoIs(string id)
    {
        var slash = id.IndexOf('/');
        return new Recipients(id[..slash], id[(slash + 1)..]);
    }

    /// <summary>Which of the two who decide at a stage a contact is, themselves or as somebody's deputy; empty: neither.</summary>
    public static IReadOnlyList<string> Of(Case c, PartnershipDirectory directory, Stage stage, string contact) =>
        [.. (stage.Jointly?.By ?? []).Where(who => Is(c, directory, who, contact)).Select(IdOf)];

    /// <summary>Whether a contact has to confirm what waits, speaking for this side.</summary>
    public static bool MayConfirm(Case c, Rules rules, string contact, Side side) =>
        c.Awaiting is { } awaiting
        && (
            awaiting.Sides.Contains(side)
            || Of(c, rules.Directory, rules.Policy.Find(c.Stage.Id)!, contact).Any(awaiting.Deciders.Contains)
        );

    private static bool Is(Case c, PartnershipDirectory directory, Recipients who, string contact)
    {
        if (c.Contacts.Find(x => x.Id == contact) is { } own)
            return (own.Tier == who.Tier && IsOf(c, who, own.Agency))
                || (own.Replaces is { } before && Is(c, directory, who, before));
        var slash = contact.IndexOf('/');
        return slash > 0
            && IsOf(c, who, contact[..slash])
            && directory
                .Find(contact[..slash])
                ?.Contacts.Any(x =>
                    x.Tiers.Contains(who.Tier) && (x.Id == contact[(slash + 1)..] || x.Deputy == contact[(slash + 1)..])
                ) == true;
    }

    private static bool IsOf(Case c, Recipients who, string agency) =>
        NamedRole.Of(who.Tier) is not null || c.MeantBy(who.Agency).Any(p => p.Agency == agency);
}
