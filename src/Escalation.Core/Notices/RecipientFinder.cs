using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>A contact with the side they act for.</summary>
/// <param name="InsteadOf">The tier that had nobody, when this is a fallback.</param>
internal sealed record Addressee(string Contact, string Agency, Side Side, string? InsteadOf = null);

/// <summary>Finds the people of a tier. Nobody is skipped silently.</summary>
internal static class RecipientFinder
{
    /// <summary>The people a stage asks. Falls back, recorded as such, where a side's tier has nobody.</summary>
    public static List<Addressee> Asked(CaseChange change, Stage stage, string kind)
    {
        var c = change.Case;
        var people = new List<Addressee>();
        if (stage.Told is Told.Partnership)
            people.AddRange(OfPartnership(change, stage, kind));
        else
            foreach (var party in c.Parties)
                if (PartyRecipients.IsAsked(change.Policy, stage, party.Side))
                    people.AddRange(PartyRecipients.At(change, party, stage, kind));
        foreach (var also in stage.AlsoAsks.Where(also => AsksStill(c, stage, also)))
            people.AddRange(Named(change, also.Who, kind));
        return Distinct(people);
    }

    /// <summary>Whether it is a concern of theirs; who is asked for what a limit is for is asked until that has happened.</summary>
    private static bool AsksStill(Case c, Stage stage, AlsoAsked also) =>
        (also.Natures is not { } natures || natures.Any(c.Natures.Contains))
        && (
            also.Until is not { } until
            || (
                c.Stage.Id == stage.Id
                && !c.Stage.IsWithoutLimit
                && stage.Limits.Skip(c.Stage.Met.Count).Any(limit => limit.For == until)
            )
        );

    /// <summary>People of a party's tiers, else of the next stages' tiers, else the business manager.</summary>
    public static List<Addressee> OfParty(
        CaseChange change,
        Party party,
        IReadOnlyList<string> tiers,
        Stage from,
        string kind,
        Func<string, bool>? except = null
    )
    {
        var found = Direct(change, party, tiers, null, except);
        if (found.Count == 0 && ReferenceEquals(tiers, from.Tiers))
            found = Direct(change, party, from.InsteadTiers, null, except);
        if (found.Count > 0)
            return found;
        var missing = string.Join("+", tiers);
        var areRaisers = ReferenceEquals(tiers, change.Policy.RaisersAt(from)?.Tiers);
        foreach (
            var later in change
                .Policy.Stages.Skip(change.Policy.IndexOf(from.Id) + 1)
                .Where(s => s.Told is not Told.Partnership)
        )
        {
            found = Direct(change, party, areRaisers ? later.RaisedBy?.Tiers ?? [] : later.Tiers, missing, except);
            if (found.Count == 0)
                continue;
            change.Add(new NobodyToTell(kind, party.Agency, missing, from.Id, $"stage {later.Id}"));
            return found;
        }
        return ToBusinessManager(change, kind, party.Agency, missing, from.Id, except);
    }

    /// <summary>A tier that a rule of the policy names, or the business manager in its place.</summary>
    public static List<Addressee> Named(CaseChange change, Recipients who, string kind)
    {
        var c = change.Case;
        if (NamedRole.Of(who.Tier) is not null)
        {
            var named = c
                .Contacts.Where(x => x.Tier == who.Tier && x.Accepted && x.Reachable)
                .Select(x => new Addressee(x.Id, x.Agency, x.Side))
                .ToList();
            return named.Count > 0 ? named : ToBusinessManager(change, kind, c.Partnership, who.Tier, c.Stage.Id, null);
        }
        var people = new List<Addressee>();
        foreach (var party in c.MeantBy(who.Agency))
        {
            var found = Direct(change, party, [who.Tier], null, null);
            people.AddRange(
                found.Count > 0 ? found : ToBusinessManager(change, kind, party.Agency, who.Tier, c.Stage.Id, null)
            );
        }
        return Distinct(people);
    }

    /// <summary>True when a rule of the policy names this contact's tier.</summary>
    public static bool Means(Case c, Recipients who, CaseContact contact) =>
        who.Tier == contact.Tier
        && (NamedRole.Of(who.Tier) is not null || c.MeantBy(who.Agency).Any(p => p.Agency == contact.Agency));

    public static List<Addressee> BusinessManager(CaseChange change, string kind) =>
        Direct(change, Partnership(change.Case), [Tiers.BusinessManager], null, null) is { Count: > 0 } found
            ? found
            : Nobody(
                change,
                kind,
                change.Case.Partnership,
                Tiers.BusinessManager,
                change.Case.Stages.IsEmpty ? null : change.Case.Stage.Id
            );

    public static List<Addressee> Distinct(List<Addressee> people)
    {
        var distinct = new List<Addressee>(people.Count);
        foreach (var person in people)
            if (!Has(distinct, person.Contact))
                distinct.Add(person);
        return distinct;
    }

    public static Party Partnership(Case c) => new(Side.Partnership, c.Partnership);

    private static List<Addressee> OfPartnership(CaseChange change, Stage stage, string kind)
    {
        var c = change.Case;
        var people = Direct(
            change,
            Partnership(c),
            [.. stage.Tiers.Where(t => t != Tiers.PartnershipRepresentative)],
            null,
            null
        );
        if (stage.Tiers.Contains(Tiers.PartnershipRepresentative))
            foreach (var party in c.Parties)
            {
                var found = Direct(change, party, [Tiers.PartnershipRepresentative], null, null)
                    .ConvertAll(a => a with { Agency = c.Partnership, Side = Side.Partnership });
                people.AddRange(found.Count > 0 ? found : InPlaceOfRepresentative(change, stage, kind, party.Agency));
            }
        return people.Count > 0
            ? people
            : ToBusinessManager(change, kind, c.Partnership, string.Join("+", stage.Tiers), stage.Id, null);
    }

    private static List<Addressee> InPlaceOfRepresentative(CaseChange change, Stage stage, string kind, string agency)
    {
        var found = Direct(
            change,
            Partnership(change.Case),
            [Tiers.PartnershipManager],
            Tiers.PartnershipRepresentative,
            null
        );
        if (found.Count == 0)
            return ToBusinessManager(change, kind, agency, Tiers.PartnershipRepresentative, stage.Id, null);
        change.Add(new NobodyToTell(kind, agency, Tiers.PartnershipRepresentative, stage.Id, "partnership manager"));
        return found;
    }

    private static List<Addressee> Direct(
        CaseChange change,
        Party party,
        IReadOnlyList<string> tiers,
        string? insteadOf,
        Func<string, bool>? except
    )
    {
        var (c, found) = (change.Case, new List<Addressee>());
        foreach (var tier in tiers)
        {
            // Who was named at intake as a practitioner's own manager goes before the directory's.
            var own = false;
            foreach (var contact in c.Contacts)
            {
                if (!IsMeant(contact, tier) || !contact.Reachable)
                    continue;
                own = true;
                Add(contact.Id);
            }
            if (!own)
                foreach (
                    var (agency, contact) in change.Rules.Directory.Present(
                        party.Agency,
                        tier,
                        change.Rules.Calendar.LocalDate(change.At)
                    )
                )
                    Add($"{agency.Id}/{contact.Id}");
            foreach (var contact in c.Contacts)
                if (IsMeant(contact, tier) && contact.Id.StartsWith("changed/", StringComparison.Ordinal))
                    Add(contact.Id);
        }
        return found;

        bool IsMeant(CaseContact contact, string tier) =>
            contact.Agency == party.Agency && contact.Tier == tier && contact is { Replaces: null, Accepted: true };

        void Add(string contact)
        {
            var id = Successor(c, contact);
            if (except?.Invoke(id) != true && !Has(found, id))
                found.Add(new Addressee(id, party.Agency, party.Side, insteadOf));
        }
    }

    private static string Successor(Case c, string contact)
    {
        foreach (var next in c.Contacts)
            if (next.Accepted && next.Replaces == contact)
                return next.Id != contact ? Successor(c, next.Id) : contact;
        return contact;
    }

    private static bool Has(List<Addressee> people, string contact)
    {
        foreach (var person in people)
            if (person.Contact == contact)
                return true;
        return false;
    }

    private static List<Addressee> ToBusinessManager(
        CaseChange change,
        string kind,
        string agency,
        string tier,
        string? stage,
        Func<string, bool>? except
    )
    {
        var managers = Direct(change, Partnership(change.Case), [Tiers.BusinessManager], tier, except);
        if (managers.Count == 0)
            return Nobody(change, kind, agency, tier, stage);
        change.Add(new NobodyToTell(kind, agency, tier, stage, "business manager"));
        return managers;
    }

    private static List<Addressee> Nobody(CaseChange change, string kind, string agency, string tier, string? stage)
    {
        change.Add(new NobodyToTell(kind, agency, tier, stage, null));
        return [];
    }
}
