namespace Escalation.Core.Cases;

/// <summary>Why an email will not reach its recipient: final for them. Codes of the case and of the HTTP contract: never renamed.</summary>
public static class RecipientFaults
{
    /// <summary>The directory has no address of theirs any more.</summary>
    public const string NoAddress = "noAddress";

    /// <summary>It is no address that an email can be sent to.</summary>
    public const string BadAddress = "badAddress";

    /// <summary>The mail server does not take emails for the address.</summary>
    public const string Refused = "recipientRefused";

    /// <summary>The mail server says so at once, and for good.</summary>
    public const string MailboxFull = "mailboxFull";

    /// <summary>The mailbox takes no emails.</summary>
    public const string MailboxClosed = "mailboxClosed";

    /// <summary>
    /// The mail server takes no emails for the address just now: tried again until <see
    /// cref="DeliveryRules.GiveUpAfter"/>, and final then.
    /// </summary>
    public const string MailboxBusy = "mailboxBusy";

    /// <summary>The address has letters that the mail server cannot send to.</summary>
    public const string NeedsUtf8 = "addressNeedsUtf8";

    /// <summary>It came back after it was taken.</summary>
    public const string Bounced = "bounced";

    /// <summary>The mail service does not send to the address any more, because earlier emails came back.</summary>
    public const string Suppressed = "suppressed";

    /// <summary>The recipient's own server keeps it apart.</summary>
    public const string Quarantined = "quarantined",
        Spam = "filteredSpam";

    /// <summary>The mail service says no more than that.</summary>
    public const string Failed = "failed";

    /// <summary>The mailbox is full or a filter refuses it, after days of trying.</summary>
    public const string MailboxUnavailable = "mailboxUnavailable";
}
