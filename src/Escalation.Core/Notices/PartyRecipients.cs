using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>The people who are told of a stage beside those whom it asks.</summary>
internal static class PartyRecipients
{
    /// <summary>The parties' people who get a copy of a partnership stage.</summary>
    public static List<Addressee> Copied(CaseChange change, string kind) =>
        RecipientFinder.Distinct([.. change.Case.Parties.SelectMany(p => Of(change, p, kind))]);

    /// <summary>Whether a stage asks a party: by its tiers, or those who raise it there.</summary>
    public static bool IsAsked(Policy policy, Stage stage, Side side) =>
        Audience.IsAsked(stage.Told, side) || (side is Side.Raising && policy.RaisersAt(stage) is not null);

    /// <summary>The people of one party, by the present stage's tiers for it.</summary>
    public static List<Addressee> Of(CaseChange change, Party party, string kind) =>
        At(change, party, change.Stage, kind);

    /// <summary>The people of one party by a stage's tiers for it, be it a stage that has closed.</summary>
    public static List<Addressee> At(CaseChange change, Party party, Stage stage, string kind) =>
        RecipientFinder.OfParty(change, party, Tiers(change.Policy, stage, party.Side), stage, kind);

    /// <summary>Of the agencies that have an agreed action, the people whom its reminders will reach.</summary>
    /// <param name="agency">As in a rule of the policy: <c>raising</c>, <c>receiving</c> or <c>parties</c>.</param>
    public static List<Addressee> Acting(CaseChange change, string agency, IReadOnlyList<string> acting) =>
        RecipientFinder.Distinct([
            .. change
                .Case.MeantBy(agency)
                .Where(p => acting.Contains(p.Agency))
                .SelectMany(p => Of(change, p, NoticeKinds.Told)),
        ]);

    /// <summary>The people by whom the present stage asks a party or the partnership: for something of its own, or to confirm.</summary>
    /// <param name="except">Contacts that were tried in vain.</param>
    public static List<Addressee> Asked(CaseChange change, Party party, string kind, Func<string, bool> except)
    {
        var tiers =
            party.Side is Side.Partnership ? change.Stage.Tiers : Tiers(change.Policy, change.Stage, party.Side);
        return RecipientFinder.OfParty(change, party, tiers, change.Stage, kind, except);
    }

    /// <summary>
    /// The people by whom the sides are asked to confirm, or those of two who decide together, and who stands in where they have nobody.
    /// </summary>
    public static List<Addressee> Confirming(CaseChange change, Awaiting awaiting) =>
        RecipientFinder.Distinct([
            .. change
                .Case.Parties.Where(p => awaiting.Sides.Contains(p.Side))
                .SelectMany(p => Of(change, p, NoticeKinds.ConfirmationAsked)),
            .. awaiting.Deciders.SelectMany(id =>
                RecipientFinder.Named(change, JointDecisions.WhoIs(id), NoticeKinds.ConfirmationAsked)
            ),
        ]);

    /// <summary>The person who raised the concern; nobody once another took their place, or their address waits to be accepted.</summary>
    public static List<Addressee> Raiser(CaseChange change) =>
        CaseContacts.Find(change.Case, change.Rules.Directory, "intake/raisedBy") is { } raiser
        && !CaseContacts.IsReplaced(change.Case, raiser.Contact)
            ? [new Addressee(raiser.Contact, raiser.Agency, raiser.Side)]
            : [];

    /// <summary>
    /// Everybody who was asked at any stage, and the practitioners of every agency that knows of the case, by the stage that they are told
    /// about: the last one, or the last that is theirs to know. Whoever was replaced, or could not be reached, is not among them.
    /// </summary>
    public static IEnumerable<(string Stage, List<Addressee> People)> ToldOfTheEnd(CaseChange change)
    {
        var (c, policy) = (change.Case, change.Policy);
        var knowing = Audience.Of(c, policy);
        var asked = c
            .Notices.Where(n => n.Queued.Action is not NoticeAction.None && n.Status is not NoticeState.Failed)
            .Select(n => new Addressee(n.Queued.Contact, n.Queued.Agency, n.Queued.Side));
        var practitioners = c
            .Contacts.Where(x => x is { Tier: Policies.Tiers.Practitioner, Accepted: true, Reachable: true })
            .Select(x => new Addressee(x.Id, x.Agency, x.Side));
        return RecipientFinder
            .Distinct([
                .. asked.Concat(practitioners).Where(a => a.Side is Side.Partnership || knowing.Contains(a.Agency)),
            ])
            .Where(a => !CaseContacts.IsReplaced(c, a.Contact))
            .GroupBy(a => Audience.LastReadable(c, policy, a.Agency))
            .Select(told => (told.Key, told.ToList()));
    }

    /// <summary>
    /// The tiers by which a stage reaches a party: its own, for one that it does not ask the practitioner, or for a partnership stage its
    /// copy tiers, else the stage's before it.
    /// </summary>
    private static IReadOnlyList<string> Tiers(Policy policy, Stage stage, Side side)
    {
        if (side is Side.Raising && policy.RaisersAt(stage) is { } raisers)
            return raisers.Tiers;
        if (stage.Told is not Told.Partnership)
            return Audience.IsAsked(stage.Told, side) ? stage.Tiers : [Policies.Tiers.Practitioner];
        if (stage.CopyTiers.Count > 0)
            return stage.CopyTiers;
        var before = policy.Stages.Take(policy.IndexOf(stage.Id)).LastOrDefault(s => s.Told is not Told.Partnership);
        return before?.Tiers ?? [Policies.Tiers.LineManager];
    }
}
