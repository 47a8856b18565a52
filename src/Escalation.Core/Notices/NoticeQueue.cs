using Escalation.Core.Cases;

namespace Escalation.Core.Notices;

/// <summary>
/// Puts notices into the case, in the write of what they tell of. Nobody is told one happening twice, and a case never runs out of room for
/// what it must still tell (<see cref="NoticeRoom"/>).
/// </summary>
internal static class NoticeQueue
{
    /// <param name="cause">Number of the event that it tells of.</param>
    /// <param name="stage">The stage it is about; null: the present one.</param>
    public static void Add(
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
            if (IsKeptFrom(change, about, person) || IsSaidAlready(change, person, kind, cause))
                continue;
            var key = $"{c.Reference}/{cause}/{kind}/{person.Contact}/{person.Side.Word()}";
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

    public static void ToManager(CaseChange change, string kind, int cause, string? stage = null) =>
        Add(change, kind, cause, RecipientFinder.BusinessManager(change, kind), NoticeAction.None, stage: stage);

    /// <summary>
    /// What email cannot tell is told by the installation's second channel, in words that anybody may read. Once for one happening, however
    /// many have nobody.
    /// </summary>
    /// <param name="kind">One of <see cref="NoticeKinds.SecondChannel"/>.</param>
    public static void ToSecondChannel(CaseChange change, string kind, int cause)
    {
        var isQueued = change.Events.Any(e =>
            e.Event is NoticeQueued { Contact: Notice.SecondChannel } queued && queued.Kind == kind
        );
        if (isQueued)
            return;
        var channel = new Addressee(Notice.SecondChannel, change.Case.Partnership, Side.Partnership);
        Add(change, kind, cause, [channel], NoticeAction.None);
    }

    /// <summary>Waiting notices that would say or ask what is no more so are not sent.</summary>
    public static void Supersede(CaseChange change, Func<NoticeQueued, bool> isPast)
    {
        foreach (var notice in change.Case.Notices.Where(n => n.Status == NoticeState.Queued && isPast(n.Queued)))
            change.Add(new NoticeSuperseded(notice.Key));
    }

    /// <summary>True for people of the other side where the stage is the raising agency's own.</summary>
    private static bool IsKeptFrom(CaseChange change, string? stage, Addressee person) =>
        stage is not null
        && change.Case.SideOf(person.Agency) is Side.Receiving
        && !Audience.MayRead(change.Case, change.Policy, stage, person.Agency);

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
        CaseContacts.Find(change.Case, change.Rules.Directory, contact)?.Person.Email;
}
