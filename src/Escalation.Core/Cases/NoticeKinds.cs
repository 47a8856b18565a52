namespace Escalation.Core.Cases;

/// <summary>What a notice is about. Ids are part of a notice's key and of the HTTP contract: never renamed.</summary>
public static class NoticeKinds
{
    /// <summary>A stage's tier is asked to settle it, with links.</summary>
    public const string StageOpened = "stageOpened";

    /// <summary>The parties' copy when the partnership's tier is asked: no links.</summary>
    public const string StageCopy = "stageCopy";

    /// <summary>The person who raised the concern hears how it goes on.</summary>
    public const string StageNews = "stageNews";
    public const string Reminder = "reminder";

    /// <summary>The stage's people hear that its deadline passed and the matter moved up.</summary>
    public const string StageMissed = "stageMissed";

    /// <summary>The stage's people hear that one of them escalated it, or that it was passed over.</summary>
    public const string StageClosed = "stageClosed";

    /// <summary>The final stage is past its deadline, told again and again.</summary>
    public const string Overdue = "overdue";
    public const string ConfirmationAsked = "confirmationAsked",
        Disputed = "disputed",
        Responded = "responded",
        Ended = "ended";
    public const string LateResponse = "lateResponse";

    /// <summary>A limit for contact was met: the stage's people hear until when the next one runs.</summary>
    public const string ContactRecorded = "contactRecorded";

    /// <summary>The raising side says that a contact did not happen: the limit stands as before.</summary>
    public const string ContactDisputed = "contactDisputed";
    public const string Urgent = "urgent";

    /// <summary>A day was set for the case: both sides hear it, and what deadline follows.</summary>
    public const string DateSet = "dateSet";

    /// <summary>The raising side hears that the receiving one asks for a hold.</summary>
    public const string HoldAsked = "holdAsked";
    public const string HoldPlaced = "holdPlaced",
        HoldReview = "holdReview",
        HoldEnded = "holdEnded";
    public const string DeadlineMoved = "deadlineMoved";

    /// <summary>Somebody else whom the policy names is told.</summary>
    public const string Told = "told";
    public const string DutyArose = "dutyArose",
        DutyReminder = "dutyReminder",
        DutyOverdue = "dutyOverdue";

    /// <summary>To the business manager: a stage closed with none of its people told.</summary>
    public const string StageUntold = "stageUntold";

    /// <summary>To the business manager: a tier has no contact, or an agency is not in the directory.</summary>
    public const string ContactMissing = "contactMissing";
    public const string AddressToAccept = "addressToAccept",
        PossibleDuplicate = "possibleDuplicate",
        NoticeFailed = "noticeFailed";

    /// <summary>Of a tier, an agency or a partnership nobody at all can be told: by the second channel.</summary>
    public const string NobodyToTell = "nobodyToTell";

    /// <summary>The installation has been able to send no email of the case for days: by the second channel.</summary>
    public const string MailDelayed = "mailDelayed";

    /// <summary>Kinds that are no emails.</summary>
    public static IReadOnlyList<string> SecondChannel { get; } = [NobodyToTell, MailDelayed];

    /// <summary>Kinds of email.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        StageOpened,
        StageCopy,
        StageNews,
        Reminder,
        StageMissed,
        StageClosed,
        Overdue,
        ConfirmationAsked,
        Disputed,
        Responded,
        Ended,
        ContactRecorded,
        ContactDisputed,
        LateResponse,
        Urgent,
        DateSet,
        HoldAsked,
        HoldPlaced,
        HoldReview,
        HoldEnded,
        DeadlineMoved,
        Told,
        DutyArose,
        DutyReminder,
        DutyOverdue,
        StageUntold,
        ContactMissing,
        AddressToAccept,
        PossibleDuplicate,
        NoticeFailed,
    ];
}
