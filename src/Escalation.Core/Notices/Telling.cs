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
    public static void Opened(Turn turn, Stage stage, int cause)
    {
        Queue(
            turn,
            NoticeKinds.StageOpened,
            cause,
            Addressing.Asked(turn, stage, NoticeKinds.StageOpened),
            NoticeAction.Outcome
        );
        if (stage.Told is Told.Partnership)
            Queue(turn, NoticeKinds.StageCopy, cause, Copied(turn, stage, NoticeKinds.StageCopy), NoticeAction.None);
        Queue(turn, NoticeKinds.StageNews, cause, Raiser(turn), NoticeAction.None);
        ByPolicy(turn, $"stageOpened:{stage.Id}", cause);
        ReportMissing(turn, cause);
    }

    public static void Reminder(Turn turn, int cause) =>
        Queue(
            turn,
            NoticeKinds.Reminder,
            cause,
            Addressing.Asked(turn, turn.Stage, NoticeKinds.Reminder),
            NoticeAction.Outcome
        );

    public static void Missed(Turn turn, int cause)
    {
        Queue(
            turn,
            NoticeKinds.StageMissed,
            cause,
            Addressing.Asked(turn, turn.Stage, NoticeKinds.StageMissed),
            NoticeAction.None
        );
        ByPolicy(turn, $"stageMissed:{turn.Stage.Id}", cause);
    }

    /// <summary>A person closed the stage without ending the case: its other people need not answer any more.</summary>
    public static void Closed(Turn turn, int cause) =>
        Queue(
            turn,
            NoticeKinds.StageClosed,
            cause,
            Addressing.Asked(turn, turn.Stage, NoticeKinds.StageClosed),
            NoticeAction.None
        );

    public static void Overdue(Turn turn, int cause)
    {
        Queue(
            turn,
            NoticeKinds.Overdue,
            cause,
            Addressing.Asked(turn, turn.Stage, NoticeKinds.Overdue),
            NoticeAction.Outcome
        );
        Manager(turn, NoticeKinds.Overdue, cause);
        ByPolicy(turn, $"stageMissed:{turn.Stage.Id}", cause);
    }

    public static void ConfirmationAsked(
        Turn turn,
        IReadOnlyList<Side> sides,
        int cause,
        ToldBecause because = ToldBecause.Procedure
    )
    {
        foreach (var mayConfirm in Confirming(turn, sides).GroupBy(p => sides.Contains(p.Side)))
        {
            var action = mayConfirm.Key ? NoticeAction.Confirm : NoticeAction.None;
            Queue(turn, NoticeKinds.ConfirmationAsked, cause, [.. mayConfirm], action, because: because);
        }
    }

    /// <summary>The people by whom these sides are asked to confirm, and who stands in where they have nobody.</summary>
    private static List<Addressee> Confirming(Turn turn, IReadOnlyList<Side> sides)
    {
        var people = new List<Addressee>();
        foreach (var party in turn.Case.Parties.Where(p => sides.Contains(p.Side)))
        {
            var tiers = PartyTiers(turn, turn.Stage, party.Side);
            people.AddRange(Addressing.OfParty(turn, party, tiers, turn.Stage, NoticeKinds.ConfirmationAsked));
        }
        return Addressing.Distinct(people);
    }

    public static void Disputed(Turn turn, int cause) => Everyone(turn, NoticeKinds.Disputed, cause, NoticeAction.None);

    public static void Responded(Turn turn, int cause) =>
        Everyone(turn, NoticeKinds.Responded, cause, NoticeAction.None);

    public static void Moved(Turn turn, int cause) =>
        Everyone(turn, NoticeKinds.DeadlineMoved, cause, NoticeAction.Outcome);

    public static void Hold(Turn turn, string kind, int cause)
    {
        Everyone(turn, kind, cause, NoticeAction.None);
        Manager(turn, kind, cause);
    }

    /// <summary>The outcome's own notice: to the person who raised the concern and the people of the stage it was settled at.</summary>
    public static void Ended(Turn turn, string stage, int cause)
    {
        Everyone(turn, NoticeKinds.Ended, cause, NoticeAction.None);
        ByPolicy(turn, "ended", cause);
    }

    /// <summary>
    /// The present tier is told of a late response and may adopt it; after the end, the business manager is. An answer to an internal stage
    /// is told to nobody of the other agency.
    /// </summary>
    public static void Late(Turn turn, string stage, int cause)
    {
        var told = Addressing
            .Asked(turn, turn.Stage, NoticeKinds.LateResponse)
            .FindAll(a => Audience.MayRead(turn.Case, turn.Policy, stage, a.Agency));
        if (turn.Case.IsOpen)
            Queue(turn, NoticeKinds.LateResponse, cause, told, NoticeAction.Outcome);
        else
            Manager(turn, NoticeKinds.LateResponse, cause);
    }

    public static void Urgent(Turn turn, int cause)
    {
        var people = turn
            .Policy.Urgent.Tell.Append(new Recipients("parties", Tiers.SafeguardingLead))
            .SelectMany(who => Addressing.Named(turn, who, NoticeKinds.Urgent));
        Queue(turn, NoticeKinds.Urgent, cause, Addressing.Distinct([.. people]), NoticeAction.None);
        Manager(turn, NoticeKinds.Urgent, cause);
    }

    /// <summary>
    /// A duty's owner. What arises for a party is listed in the notices it gets anyway; only others get one of its own.
    /// Of an agreed action the agency that acts is reminded too.
    /// </summary>
    public static void Duty(Turn turn, string kind, Duty duty, int cause, bool andBusinessManager)
    {
        var c = turn.Case;
        var party = c.Parties.FirstOrDefault(p => p.Agency == duty.Owner);
        if (party is not null && kind == NoticeKinds.DutyArose)
            return;
        var people =
            party is not null
                ? Addressing.OfParty(turn, party, PartyTiers(turn, turn.Stage, party.Side), turn.Stage, kind)
            : duty.Owner == c.Partnership ? Addressing.BusinessManager(turn, kind)
            : Addressing.Named(turn, new Recipients(duty.Owner, Tiers.SafeguardingLead), kind);
        if (
            duty.Rule == "action"
            && c.Parties.FirstOrDefault(p => p.Agency == duty.Addressee && p != party) is { } acting
        )
            people.AddRange(
                Addressing.OfParty(turn, acting, PartyTiers(turn, turn.Stage, acting.Side), turn.Stage, kind)
            );
        Queue(turn, kind, cause, Addressing.Distinct(people), NoticeAction.None, duty.Id);
        if (andBusinessManager)
            Queue(turn, kind, cause, Addressing.BusinessManager(turn, kind), NoticeAction.None, duty.Id);
    }

    public static void Untold(Turn turn, string stage, int cause) =>
        Manager(turn, NoticeKinds.StageUntold, cause, stage);

    public static void AddressToAccept(Turn turn, string agency, int cause)
    {
        turn.Add(
            new NobodyToTell(
                NoticeKinds.AddressToAccept,
                agency,
                "address outside the agency's domains",
                turn.Case.Stages.IsEmpty ? null : turn.Case.Stage.Id,
                "business manager"
            )
        );
        Manager(turn, NoticeKinds.AddressToAccept, cause);
    }

    public static void PossibleDuplicate(Turn turn, int cause) => Manager(turn, NoticeKinds.PossibleDuplicate, cause);

    public static void Manager(Turn turn, string kind, int cause, string? stage = null) =>
        Queue(turn, kind, cause, Addressing.BusinessManager(turn, kind), NoticeAction.None, stage: stage);

    /// <summary>
    /// What email cannot tell is told by the installation's second channel, in words that anybody may read. Once for one happening, however
    /// many have nobody.
    /// </summary>
    /// <param name="kind">One of <see cref="NoticeKinds.SecondChannel"/>.</param>
    public static void SecondChannel(Turn turn, string kind, int cause)
    {
        if (
            !turn.Events.Any(e =>
                e.Event is NoticeQueued { Contact: Addressing.SecondChannel } queued && queued.Kind == kind
            )
        )
            Queue(
                turn,
                kind,
                cause,
                [new Addressee(Addressing.SecondChannel, turn.Case.Partnership, Side.Partnership)],
                NoticeAction.None
            );
    }

    /// <summary>
    /// A contact who came into the case late is asked what the present stage asks its tier, or told what the policy
    /// tells it there.
    /// </summary>
    public static void Newcomer(Turn turn, CaseContact contact, int cause)
    {
        var asked = Addressing.Asked(turn, turn.Stage, NoticeKinds.StageOpened).FindAll(a => a.Contact == contact.Id);
        Queue(turn, NoticeKinds.StageOpened, cause, asked, NoticeAction.Outcome, because: ToldBecause.Request);
        if (turn.Case.Awaiting is { } awaiting && awaiting.Sides.Contains(contact.Side))
        {
            var confirming = Confirming(turn, awaiting.Sides).FindAll(a => a.Contact == contact.Id);
            Queue(
                turn,
                NoticeKinds.ConfirmationAsked,
                cause,
                confirming,
                NoticeAction.Confirm,
                because: ToldBecause.Request
            );
        }
        if (Rules(turn, $"stageOpened:{turn.Stage.Id}").Any(r => Addressing.Means(turn.Case, r.Who, contact)))
        {
            var addressee = new Addressee(contact.Id, contact.Agency, contact.Side);
            Queue(turn, NoticeKinds.Told, cause, [addressee], NoticeAction.None, because: ToldBecause.Request);
        }
    }

    /// <summary>The stage's people are asked once more, or those who have to confirm.</summary>
    public static void Again(Turn turn, int cause)
    {
        if (turn.Case.Awaiting is { } awaiting)
        {
            ConfirmationAsked(turn, awaiting.Sides, cause, ToldBecause.Request);
            return;
        }
        var asked = Addressing.Asked(turn, turn.Stage, NoticeKinds.StageOpened);
        Queue(turn, NoticeKinds.StageOpened, cause, asked, NoticeAction.Outcome, because: ToldBecause.Request);
    }

    public static void Queue(
        Turn turn,
        string kind,
        int cause,
        IReadOnlyList<Addressee> people,
        NoticeAction action,
        string? duty = null,
        string? stage = null,
        ToldBecause because = ToldBecause.Procedure
    )
    {
        var about = stage ?? (turn.Case.Stages.IsEmpty ? null : turn.Case.Stage.Id);
        var room = NoticeRoom.Share(turn.Case, kind, because);
        var tellsOne = NoticeRoom.TellsOne(turn.Case, kind, because);
        var leftOut = 0;
        foreach (var person in InTurn(people))
        {
            var c = turn.Case;
            if (IsSaidAlready(turn, person, kind, cause))
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
            turn.Add(notice);
            room -= size;
            tellsOne = false;
        }
        if (leftOut > 0 && !NoticeRoom.IsUsedUp(turn.Case))
            turn.Add(new PeopleLeftOut(kind, leftOut, about));
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
    private static bool IsSaidAlready(Turn turn, Addressee person, string kind, int cause)
    {
        var mailbox = MailboxOf(turn, person.Contact);
        foreach (var notice in turn.Case.Notices)
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
                && string.Equals(mailbox, MailboxOf(turn, before.Contact), StringComparison.OrdinalIgnoreCase)
            );
    }

    private static string? MailboxOf(Turn turn, string contact) =>
        Addressing.Find(turn.Case, turn.Rules.Directory, contact)?.Person.Email;

    /// <summary>The stage's people, the parties of a partnership stage, and the person who raised the concern.</summary>
    private static void Everyone(Turn turn, string kind, int cause, NoticeAction action)
    {
        Queue(turn, kind, cause, Addressing.Asked(turn, turn.Stage, kind), action);
        if (turn.Stage.Told is Told.Partnership)
            Queue(turn, kind, cause, Copied(turn, turn.Stage, kind), NoticeAction.None);
        Queue(turn, kind, cause, Raiser(turn), NoticeAction.None);
    }

    private static List<Addressee> Copied(Turn turn, Stage stage, string kind) =>
        Addressing.Distinct([
            .. turn.Case.Parties.SelectMany(p =>
                Addressing.OfParty(turn, p, PartyTiers(turn, stage, p.Side), stage, kind)
            ),
        ]);

    /// <summary>
    /// The tiers by which a stage reaches a party: its own, for one that it does not ask the practitioner, or for a
    /// partnership stage its copy tiers, else the stage's before it.
    /// </summary>
    private static IReadOnlyList<string> PartyTiers(Turn turn, Stage stage, Side side)
    {
        if (stage.Told is not Told.Partnership)
            return Addressing.IsTold(stage.Told, side) ? stage.Tiers : [Tiers.Practitioner];
        if (stage.CopyTiers.Count > 0)
            return stage.CopyTiers;
        var before = turn
            .Policy.Stages.Take(turn.Policy.IndexOf(stage.Id))
            .LastOrDefault(s => s.Told is not Told.Partnership);
        return before?.Tiers ?? [Tiers.LineManager];
    }

    private static List<Addressee> Raiser(Turn turn) =>
        Addressing.Find(turn.Case, turn.Rules.Directory, "intake/raisedBy") is { } raiser
        && !Addressing.IsReplaced(turn.Case, raiser.Contact)
            ? [new Addressee(raiser.Contact, raiser.Agency, raiser.Side)]
            : [];

    private static void ByPolicy(Turn turn, string when, int cause)
    {
        foreach (var rule in Rules(turn, when))
            Queue(turn, NoticeKinds.Told, cause, Addressing.Named(turn, rule.Who, NoticeKinds.Told), NoticeAction.None);
    }

    private static IEnumerable<TellRule> Rules(Turn turn, string when) =>
        turn.Policy.Tells.Where(t =>
            t.When == when
            && (t.Circumstances.Count == 0 || t.Circumstances.Any(turn.Case.Circumstances.Contains))
            && (t.IfParty is null || turn.Case.SideOf(t.IfParty) is not null)
        );

    /// <summary>
    /// Where a stage's tier had nobody: the business manager is told once, and where the policy says so it is a duty of
    /// that agency.
    /// </summary>
    private static void ReportMissing(Turn turn, int cause)
    {
        var missing = turn
            .Events.Where(e => e.Number >= cause)
            .Select(e => e.Event)
            .OfType<NobodyToTell>()
            .Where(n => n.Kind == NoticeKinds.StageOpened)
            .Select(n => n.Agency)
            .Distinct()
            .ToList();
        if (missing.Count == 0)
            return;
        Manager(turn, NoticeKinds.ContactMissing, cause);
        foreach (var agency in missing.Where(a => turn.Case.SideOf(a) is not Side.Partnership))
            DutiesArising.When(turn, "contactMissing", cause, missing: agency);
    }
}
