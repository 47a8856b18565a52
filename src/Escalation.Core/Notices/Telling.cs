using Escalation.Core.Cases;
using Escalation.Core.Partnerships;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>Who is told what: queues the notices of each happening, in the same write.</summary>
internal static class Telling
{
    /// <summary>
    /// A stage opened: its people are asked, the parties get a copy of a partnership stage, whoever the policy names is
    /// told.
    /// </summary>
    public static void Opened(CaseChange change, Stage stage, int cause)
    {
        Queue(
            change,
            NoticeKinds.StageOpened,
            cause,
            Addressing.Asked(change, stage, NoticeKinds.StageOpened),
            NoticeAction.Outcome
        );
        if (stage.Told is Told.Partnership)
            Queue(
                change,
                NoticeKinds.StageCopy,
                cause,
                Copied(change, stage, NoticeKinds.StageCopy),
                NoticeAction.None
            );
        Queue(change, NoticeKinds.StageNews, cause, Raiser(change), NoticeAction.None);
        ByPolicy(change, $"stageOpened:{stage.Id}", cause);
        ReportMissing(change, cause);
    }

    public static void Reminder(CaseChange change, int cause) =>
        Queue(
            change,
            NoticeKinds.Reminder,
            cause,
            Addressing.Asked(change, change.Stage, NoticeKinds.Reminder),
            NoticeAction.Outcome
        );

    public static void Missed(CaseChange change, int cause)
    {
        Queue(
            change,
            NoticeKinds.StageMissed,
            cause,
            Addressing.Asked(change, change.Stage, NoticeKinds.StageMissed),
            NoticeAction.None
        );
        ByPolicy(change, $"stageMissed:{change.Stage.Id}", cause);
    }

    /// <summary>A person closed the stage without ending the case: its other people need not answer any more.</summary>
    public static void Closed(CaseChange change, int cause) =>
        Queue(
            change,
            NoticeKinds.StageClosed,
            cause,
            Addressing.Asked(change, change.Stage, NoticeKinds.StageClosed),
            NoticeAction.None
        );

    public static void Overdue(CaseChange change, int cause)
    {
        Queue(
            change,
            NoticeKinds.Overdue,
            cause,
            Addressing.Asked(change, change.Stage, NoticeKinds.Overdue),
            NoticeAction.Outcome
        );
        Manager(change, NoticeKinds.Overdue, cause);
        ByPolicy(change, $"stageMissed:{change.Stage.Id}", cause);
    }

    public static void ConfirmationAsked(
        CaseChange change,
        IReadOnlyList<Side> sides,
        int cause,
        ToldBecause because = ToldBecause.Procedure
    )
    {
        foreach (var mayConfirm in Confirming(change, sides).GroupBy(p => sides.Contains(p.Side)))
        {
            var action = mayConfirm.Key ? NoticeAction.Confirm : NoticeAction.None;
            Queue(change, NoticeKinds.ConfirmationAsked, cause, [.. mayConfirm], action, because: because);
        }
    }

    /// <summary>The people by whom these sides are asked to confirm, and who stands in where they have nobody.</summary>
    private static List<Addressee> Confirming(CaseChange change, IReadOnlyList<Side> sides)
    {
        var people = new List<Addressee>();
        foreach (var party in change.Case.Parties.Where(p => sides.Contains(p.Side)))
        {
            var tiers = PartyTiers(change, change.Stage, party.Side);
            people.AddRange(Addressing.OfParty(change, party, tiers, change.Stage, NoticeKinds.ConfirmationAsked));
        }
        return Addressing.Distinct(people);
    }

    public static void Disputed(CaseChange change, int cause) =>
        Everyone(change, NoticeKinds.Disputed, cause, NoticeAction.None);

    public static void Responded(CaseChange change, int cause) =>
        Everyone(change, NoticeKinds.Responded, cause, NoticeAction.None);

    public static void Moved(CaseChange change, int cause) =>
        Everyone(change, NoticeKinds.DeadlineMoved, cause, NoticeAction.Outcome);

    public static void Hold(CaseChange change, string kind, int cause)
    {
        Everyone(change, kind, cause, NoticeAction.None);
        Manager(change, kind, cause);
    }

    /// <summary>The outcome's own notice: to the person who raised the concern and the people of the stage it was settled at.</summary>
    public static void Ended(CaseChange change, string stage, int cause)
    {
        Everyone(change, NoticeKinds.Ended, cause, NoticeAction.None);
        ByPolicy(change, "ended", cause);
    }

    /// <summary>
    /// The present tier is told of a late response and may adopt it; after the end, the business manager is. An answer to an internal stage
    /// is told to nobody of the other agency.
    /// </summary>
    public static void Late(CaseChange change, string stage, int cause)
    {
        var told = Addressing
            .Asked(change, change.Stage, NoticeKinds.LateResponse)
            .FindAll(a => Audience.MayRead(change.Case, change.Policy, stage, a.Agency));
        if (change.Case.IsOpen)
            Queue(change, NoticeKinds.LateResponse, cause, told, NoticeAction.Outcome);
        else
            Manager(change, NoticeKinds.LateResponse, cause);
    }

    public static void Urgent(CaseChange change, int cause)
    {
        var people = change
            .Policy.Urgent.Tell.Append(new Recipients("parties", Tiers.SafeguardingLead))
            .SelectMany(who => Addressing.Named(change, who, NoticeKinds.Urgent));
        Queue(change, NoticeKinds.Urgent, cause, Addressing.Distinct([.. people]), NoticeAction.None);
        Manager(change, NoticeKinds.Urgent, cause);
    }

    /// <summary>
    /// A duty's owner. What arises for a party is listed in the notices it gets anyway; only others get one of its own.
    /// Of an agreed action the agency that acts is reminded too.
    /// </summary>
    public static void Duty(CaseChange change, string kind, Duty duty, int cause, bool andBusinessManager)
    {
        var c = change.Case;
        var party = c.Parties.FirstOrDefault(p => p.Agency == duty.Owner);
        if (party is not null && kind == NoticeKinds.DutyArose)
            return;
        var people =
            party is not null
                ? Addressing.OfParty(change, party, PartyTiers(change, change.Stage, party.Side), change.Stage, kind)
            : duty.Owner == c.Partnership ? Addressing.BusinessManager(change, kind)
            : Addressing.Named(change, new Recipients(duty.Owner, Tiers.SafeguardingLead), kind);
        if (
            duty.Rule == "action"
            && c.Parties.FirstOrDefault(p => p.Agency == duty.Addressee && p != party) is { } acting
        )
            people.AddRange(
                Addressing.OfParty(change, acting, PartyTiers(change, change.Stage, acting.Side), change.Stage, kind)
            );
        Queue(change, kind, cause, Addressing.Distinct(people), NoticeAction.None, duty.Id);
        if (andBusinessManager)
            Queue(change, kind, cause, Addressing.BusinessManager(change, kind), NoticeAction.None, duty.Id);
    }

    public static void Untold(CaseChange change, string stage, int cause) =>
        Manager(change, NoticeKinds.StageUntold, cause, stage);

    public static void AddressToAccept(CaseChange change, string agency, int cause)
    {
        change.Add(
            new NobodyToTell(
                NoticeKinds.AddressToAccept,
                agency,
                "address outside the agency's domains",
                change.Case.Stages.IsEmpty ? null : change.Case.Stage.Id,
                "business manager"
            )
        );
        Manager(change, NoticeKinds.AddressToAccept, cause);
    }

    public static void PossibleDuplicate(CaseChange change, int cause) =>
        Manager(change, NoticeKinds.PossibleDuplicate, cause);

    public static void Manager(CaseChange change, string kind, int cause, string? stage = null) =>
        Queue(change, kind, cause, Addressing.BusinessManager(change, kind), NoticeAction.None, stage: stage);

    /// <summary>
    /// What email cannot tell is told by the installation's second channel, in words that anybody may read. Once for one happening, however
    /// many have nobody.
    /// </summary>
    /// <param name="kind">One of <see cref="NoticeKinds.SecondChannel"/>.</param>
    public static void SecondChannel(CaseChange change, string kind, int cause)
    {
        if (
            !change.Events.Any(e =>
                e.Event is NoticeQueued { Contact: Addressing.SecondChannel } queued && queued.Kind == kind
            )
        )
            Queue(
                change,
                kind,
                cause,
                [new Addressee(Addressing.SecondChannel, change.Case.Partnership, Side.Partnership)],
                NoticeAction.None
            );
    }

    /// <summary>
    /// A contact who came into the case late is asked what the present stage asks its tier, or told what the policy
    /// tells it there.
    /// </summary>
    public static void Newcomer(CaseChange change, CaseContact contact, int cause)
    {
        // In thought: nobody else is told now, so where others have nobody, nobody stands in for them either.
        var thought = new CaseChange(change.Case, change.Rules, change.Now);
        var asked = Addressing
            .Asked(thought, thought.Stage, NoticeKinds.StageOpened)
            .FindAll(a => a.Contact == contact.Id);
        Queue(change, NoticeKinds.StageOpened, cause, asked, NoticeAction.Outcome, because: ToldBecause.Request);
        if (change.Case.Awaiting is { } awaiting && awaiting.Sides.Contains(contact.Side))
        {
            var confirming = Confirming(thought, awaiting.Sides).FindAll(a => a.Contact == contact.Id);
            Queue(
                change,
                NoticeKinds.ConfirmationAsked,
                cause,
                confirming,
                NoticeAction.Confirm,
                because: ToldBecause.Request
            );
        }
        if (Rules(change, $"stageOpened:{change.Stage.Id}").Any(r => Addressing.Means(change.Case, r.Who, contact)))
        {
            var addressee = new Addressee(contact.Id, contact.Agency, contact.Side);
            Queue(change, NoticeKinds.Told, cause, [addressee], NoticeAction.None, because: ToldBecause.Request);
        }
    }

    /// <summary>The stage's people are asked once more, or those who have to confirm.</summary>
    public static void Again(CaseChange change, int cause)
    {
        if (change.Case.Awaiting is { } awaiting)
        {
            ConfirmationAsked(change, awaiting.Sides, cause, ToldBecause.Request);
            return;
        }
        var asked = Addressing.Asked(change, change.Stage, NoticeKinds.StageOpened);
        Queue(change, NoticeKinds.StageOpened, cause, asked, NoticeAction.Outcome, because: ToldBecause.Request);
    }

    public static void Queue(
        CaseChange change,
        string kind,
        int cause,
        IReadOnlyList<Addressee> people,
        NoticeAction action,
        string? duty = null,
        string? stage = null,
        ToldBecause because = ToldBecause.Procedure
    )
    {
        var about = stage ?? (change.Case.Stages.IsEmpty ? null : change.Case.Stage.Id);
        var room = NoticeRoom.Share(change.Case, kind, because);
        var tellsOne = NoticeRoom.TellsOne(change.Case, kind, because);
        var leftOut = 0;
        foreach (var person in InTurn(people))
        {
            var c = change.Case;
            if (IsSaidAlready(change, person, kind, cause))
                continue;
            var key = $"{c.Reference}/{cause}/{kind}/{person.Contact}/{person.Side.ToString().ToLowerInvariant()}";
            var notice = new NoticeQueued(
                key,
                kind,
                cause,
                person.Contact,
                person.Agency,
                person.Side,
                about,
                action,
                duty,
                person.InsteadOf
            );
            var size = NoticeRoom.Of(notice);
            if (size > room && !tellsOne)
            {
                leftOut++;
                continue;
            }
            change.Add(notice);
            room -= size;
            tellsOne = false;
        }
        if (leftOut > 0 && !NoticeRoom.IsUsedUp(change.Case))
            change.Add(new PeopleLeftOut(kind, leftOut, about));
    }

    /// <summary>
    /// The first person of each agency, then the second of each, and so on: where not everybody can be told, every agency is.
    /// </summary>
    private static IEnumerable<Addressee> InTurn(IReadOnlyList<Addressee> people) =>
        people
            .GroupBy(p => p.Agency, StringComparer.Ordinal)
            .SelectMany(agency => agency.Select((person, place) => (Person: person, Place: place)))
            .OrderBy(p => p.Place)
            .Select(p => p.Person);

    /// <summary>
    /// True when a notice of the same happening says it already to this person, be it in another role of the same side: the same kind, or
    /// for a copy or news whatever tells of the opening.
    /// </summary>
    private static bool IsSaidAlready(CaseChange change, Addressee person, string kind, int cause)
    {
        var mailbox = MailboxOf(change, person.Contact);
        foreach (var notice in change.Case.Notices)
            if (notice.Queued is var before && before.Cause == cause && Says(before.Kind) && IsThisPerson(before))
                return true;
        return false;

        bool Says(string before) =>
            before == kind
            || (
                kind is NoticeKinds.StageCopy or NoticeKinds.StageNews
                && before is NoticeKinds.StageOpened or NoticeKinds.StageCopy
            );

        bool IsThisPerson(NoticeQueued before) =>
            before.Contact == person.Contact
            || (
                mailbox is not null
                && before.Side == person.Side
                && string.Equals(mailbox, MailboxOf(change, before.Contact), StringComparison.OrdinalIgnoreCase)
            );
    }

    private static string? MailboxOf(CaseChange change, string contact) =>
        Addressing.Find(change.Case, change.Rules.Directory, contact)?.Person.Email;

    /// <summary>The stage's people, the parties of a partnership stage, and the person who raised the concern.</summary>
    private static void Everyone(CaseChange change, string kind, int cause, NoticeAction action)
    {
        Queue(change, kind, cause, Addressing.Asked(change, change.Stage, kind), action);
        if (change.Stage.Told is Told.Partnership)
            Queue(change, kind, cause, Copied(change, change.Stage, kind), NoticeAction.None);
        Queue(change, kind, cause, Raiser(change), NoticeAction.None);
    }

    private static List<Addressee> Copied(CaseChange change, Stage stage, string kind) =>
        Addressing.Distinct([
            .. change.Case.Parties.SelectMany(p =>
                Addressing.OfParty(change, p, PartyTiers(change, stage, p.Side), stage, kind)
            ),
        ]);

    /// <summary>
    /// The tiers by which a stage reaches a party: its own, for one that it does not ask the practitioner, or for a
    /// partnership stage its copy tiers, else the stage's before it.
    /// </summary>
    private static IReadOnlyList<string> PartyTiers(CaseChange change, Stage stage, Side side)
    {
        if (stage.Told is not Told.Partnership)
            return Addressing.IsTold(stage.Told, side) ? stage.Tiers : [Tiers.Practitioner];
        if (stage.CopyTiers.Count > 0)
            return stage.CopyTiers;
        var before = change
            .Policy.Stages.Take(change.Policy.IndexOf(stage.Id))
            .LastOrDefault(s => s.Told is not Told.Partnership);
        return before?.Tiers ?? [Tiers.LineManager];
    }

    private static List<Addressee> Raiser(CaseChange change) =>
        Addressing.Find(change.Case, change.Rules.Directory, "intake/raisedBy") is { } raiser
        && !Addressing.IsReplaced(change.Case, raiser.Contact)
            ? [new Addressee(raiser.Contact, raiser.Agency, raiser.Side)]
            : [];

    private static void ByPolicy(CaseChange change, string when, int cause)
    {
        foreach (var rule in Rules(change, when))
            Queue(
                change,
                NoticeKinds.Told,
                cause,
                Addressing.Named(change, rule.Who, NoticeKinds.Told),
                NoticeAction.None
            );
    }

    private static IEnumerable<TellRule> Rules(CaseChange change, string when) =>
        change.Policy.Tells.Where(t =>
            t.When == when
            && (t.Circumstances.Count == 0 || t.Circumstances.Any(change.Case.Circumstances.Contains))
            && (t.IfParty is null || change.Case.SideOf(t.IfParty) is not null)
        );

    /// <summary>
    /// Where a stage's tier had nobody: the business manager is told once, and where the policy says so it is a duty of
    /// that agency.
    /// </summary>
    private static void ReportMissing(CaseChange change, int cause)
    {
        var missing = change
            .Events.Where(e => e.Number >= cause)
            .Select(e => e.Event)
            .OfType<NobodyToTell>()
            .Where(n => n.Kind == NoticeKinds.StageOpened)
            .Select(n => n.Agency)
            .Distinct()
            .ToList();
        if (missing.Count == 0)
            return;
        Manager(change, NoticeKinds.ContactMissing, cause);
        foreach (var agency in missing.Where(a => change.Case.SideOf(a) is not Side.Partnership))
            DutiesArising.When(change, "contactMissing", cause, missing: agency);
    }
}
