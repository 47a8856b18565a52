using System.Diagnostics.CodeAnalysis;

namespace Escalation.Core.Cases;

/// <summary>What a telling goes back to: it decides how much of the room it may take.</summary>
internal enum ToldBecause
{
    /// <summary>The procedure says so.</summary>
    Procedure,

    /// <summary>Somebody's email failed, and somebody else is asked.</summary>
    Failure,

    /// <summary>Somebody asked for it.</summary>
    Request,
}

/// <summary>
/// How many people one happening may tell, so that a case never runs out of room for what it must still tell. Each telling takes a share
/// of the room that is left: some twenty people at first, fewer in a case that has told hundreds, and never nobody while there is any.
/// </summary>
internal static class NoticeRoom
{
    /// <summary>Bytes of a case for all its notices, about 400 of them, each queued, sent and reported on.</summary>
    public const int Most = 800_000;

    /// <summary>What can come again and again leaves the rest to what happens once.</summary>
    private const int ForRepeats = 650_000;

    /// <summary>What people ask for by themselves leaves the rest to what the procedure tells.</summary>
    private const int ForAsked = 500_000;

    private const int Shares = 18;

    /// <summary>That it was sent, that it was delivered, that it bounced.</summary>
    private const int Reports = 3;

    /// <summary>
    /// The name, role and address that it was sent to, and its calendar entry, with their salt and seal; the contact's id comes on top.
    /// </summary>
    private const int Person = 700;

    /// <summary>The hash of those in the event.</summary>
    private const int Seal = 100;

    /// <summary>Letters that are kept where the whole has no room.</summary>
    private const int ShortName = 20,
        LongestAddress = 120;

    /// <summary>An operation id or a code longer than this is not kept.</summary>
    public const int LongestCode = 64;

    /// <summary>The most that a notice comes to take: queued, sent, delivered, and bounced all the same.</summary>
    public static int Of(NoticeQueued e) => Queued(e) + (Reports * Report(e)) + RecipientOf(e);

    /// <summary>What is still to be written of a notice.</summary>
    public static int Pending(Notice notice) =>
        notice.Status switch
        {
            NoticeState.Queued => (Reports * Report(notice.Queued)) + RecipientOf(notice.Queued),
            NoticeState.Sent => (Reports - 1) * Report(notice.Queued),
            NoticeState.Delivered => (Reports - 2) * Report(notice.Queued),
            NoticeState.Failed or NoticeState.Superseded => 0,
            _ => throw new InvalidOperationException($"No room is known for a notice that is {notice.Status}."),
        };

    /// <summary>A tier that has nobody, as recorded.</summary>
    public static int Of(NobodyToTell e) =>
        320 + e.Kind.Length + e.Agency.Length + e.Tier.Length + (e.FellBackTo?.Length ?? 0);

    /// <summary>What <see cref="PeopleLeftOut"/> takes, and <see cref="MailDelayed"/>.</summary>
    public const int OneLeftOut = 320,
        OneDelay = 320;

    public static string Code(string code) => code.Length > LongestCode ? code[..LongestCode] : code;

    /// <summary>
    /// Who a notice was sent to, and the calendar entry in it, as they are kept. Where they have no room together, the role goes first and
    /// the entry next; then the address stays, and of a long name its beginning.
    /// </summary>
    /// <param name="to">Null: nobody was found.</param>
    public static PrivateWords Recipient(NoticeQueued e, PersonName? to, Invitation? invitation)
    {
        if (to is null)
            return new PrivateWords { Invitation = invitation };
        var named = to with { Role = null };
        var shortest = named with { Name = Beginning(to.Name, ShortName), Email = Beginning(to.Email, LongestAddress) };
        return Fitting(to, invitation)
            ?? Fitting(named, invitation)
            ?? Fitting(to, null)
            ?? Fitting(named, null)
            ?? Words(shortest, null);

        PrivateWords? Fitting(PersonName person, Invitation? entry) =>
            CaseSize.Of(Words(person, entry)) <= RecipientOf(e) - Seal ? Words(person, entry) : null;

        PrivateWords Words(PersonName person, Invitation? entry) =>
            new()
            {
                People = new Dictionary<string, PersonName> { [e.Contact] = person },
                Invitation = entry,
            };
    }

    /// <summary>How much one telling of this kind may take now.</summary>
    public static int Share(Case c, string kind, ToldBecause because) =>
        Math.Max(0, RoomFor(kind, because) - c.NoticeBytes) / Shares;

    /// <summary>
    /// True where even a telling without a share tells one person: while there is room, and always where the procedure has it once.
    /// </summary>
    public static bool TellsOne(Case c, string kind, ToldBecause because) =>
        !IsUsedUp(c) || RoomFor(kind, because) == Most;

    public static bool IsUsedUp(Case c) => c.NoticeBytes >= Most;

    private static int RecipientOf(NoticeQueued e) => Person + e.Contact.Length;

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Beginning(string? text, int letters) =>
        text?.Length > letters ? $"{text[..letters]}…" : text;

    private static int Queued(NoticeQueued e) =>
        330
        + e.Key.Length
        + e.Kind.Length
        + e.Contact.Length
        + e.Agency.Length
        + (e.Duty?.Length ?? 0)
        + (e.InsteadOf?.Length ?? 0);

    private static int Report(NoticeQueued e) => 130 + e.Key.Length + LongestCode;

    private static int RoomFor(string kind, ToldBecause because) =>
        because switch
        {
            ToldBecause.Procedure => RoomFor(kind),
            ToldBecause.Failure => ForRepeats,
            ToldBecause.Request => ForAsked,
            _ => throw new InvalidOperationException($"No room is known for what is told because of {because}."),
        };

    private static int RoomFor(string kind) =>
        kind switch
        {
            NoticeKinds.StageOpened
            or NoticeKinds.StageCopy
            or NoticeKinds.StageNews
            or NoticeKinds.StageMissed
            or NoticeKinds.StageClosed
            or NoticeKinds.Reminder
            or NoticeKinds.ConfirmationAsked
            or NoticeKinds.Ended
            or NoticeKinds.Told
            or NoticeKinds.DutyArose
            or NoticeKinds.StageUntold
            or NoticeKinds.ContactMissing => Most,
            NoticeKinds.Overdue
            or NoticeKinds.HoldReview
            or NoticeKinds.DeadlineMoved
            or NoticeKinds.DutyReminder
            or NoticeKinds.DutyOverdue
            or NoticeKinds.NoticeFailed
            or NoticeKinds.Urgent
            or NoticeKinds.MailDelayed
            or NoticeKinds.NobodyToTell => ForRepeats,
            NoticeKinds.Disputed
            or NoticeKinds.Responded
            or NoticeKinds.ContactRecorded
            or NoticeKinds.ContactDisputed
            or NoticeKinds.LateResponse
            or NoticeKinds.DateSet
            or NoticeKinds.HoldAsked
            or NoticeKinds.HoldPlaced
            or NoticeKinds.HoldEnded
            or NoticeKinds.AddressToAccept
            or NoticeKinds.PossibleDuplicate => ForAsked,
            _ => throw new InvalidOperationException($"No room is known for notices of the kind {kind}."),
        };
}
