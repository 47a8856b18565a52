using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>The people who are told of a stage beside those whom it asks.</summary>
internal static class PartyRecipients
{
    /// <summary>The parties' people who get a copy of a partnership stage.</summary>
    public static List<Addressee> Copied(CaseChange change, string kind) =>
        RecipientFinder.Distinct([.. change.Case.Parties.SelectMany(p => Of(change, p, kind))]);

    /// <summary>The people of one party, by the present stage's tiers for it.</summary>
    public static List<Addressee> Of(CaseChange change, Party party, string kind) =>
        RecipientFinder.OfParty(change, party, Tiers(change, party.Side), change.Stage, kind);

    /// <summary>The people by whom these sides are asked to confirm, and who stands in where they have nobody.</summary>
    public static List<Addressee> Confirming(CaseChange change, IReadOnlyList<Side> sides) =>
        RecipientFinder.Distinct([
            .. change
                .Case.Parties.Where(p => sides.Contains(p.Side))
                .SelectMany(p => Of(change, p, NoticeKinds.ConfirmationAsked)),
        ]);

    /// <summary>The person who raised the concern; nobody once another took their place, or their address waits to be accepted.</summary>
    public static List<Addressee> Raiser(CaseChange change) =>
        CaseContacts.Find(change.Case, change.Rules.Directory, "intake/raisedBy") is { } raiser
        && !CaseContacts.IsReplaced(change.Case, raiser.Contact)
            ? [new Addressee(raiser.Contact, raiser.Agency, raiser.Side)]
            : [];

    /// <summary>
    /// The tiers by which the present stage reaches a party: its own, for one that it does not ask the practitioner, or for a
    /// partnership stage its copy tiers, else the stage's before it.
    /// </summary>
    private static IReadOnlyList<string> Tiers(CaseChange change, Side side)
    {
        var stage = change.Stage;
        if (stage.Told is not Told.Partnership)
            return Audience.IsAsked(stage.Told, side) ? stage.Tiers : [Policies.Tiers.Practitioner];
        if (stage.CopyTiers.Count > 0)
            return stage.CopyTiers;
        var before = change
            .Policy.Stages.Take(change.Policy.IndexOf(stage.Id))
            .LastOrDefault(s => s.Told is not Told.Partnership);
        return before?.Tiers ?? [Policies.Tiers.LineManager];
    }
}
