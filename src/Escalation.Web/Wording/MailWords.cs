using Escalation.Core.Cases;

namespace Escalation.Web.Wording;

/// <summary>Why the installation cannot send, and what to do about it.</summary>
public static class MailWords
{
    /// <summary>What follows "because".</summary>
    /// <param name="fault">One of <see cref="MailFaults"/>; another code stands for itself.</param>
    public static string Because(string fault) =>
        fault switch
        {
            MailFaults.NotConfigured => "no mail server is set",
            MailFaults.Unreachable => "the mail server cannot be reached",
            MailFaults.Timeout => "the mail server does not answer in time",
            MailFaults.Certificate => "the mail server’s certificate is not trusted",
            MailFaults.NoTls => "the mail server offers no TLS",
            MailFaults.SignIn => "the mail server refuses the sign-in",
            MailFaults.Sender => "the mail server refuses the sender’s address",
            MailFaults.Relay => "the mail server does not pass emails on for this installation",
            MailFaults.Quota => "the mail account’s quota, or the mail server’s disk, is full",
            MailFaults.Policy => "the mail server’s rules refuse what is sent",
            MailFaults.Size => "the mail server takes no email of this size",
            MailFaults.Busy => "the mail server says that it cannot take emails now",
            MailFaults.Throttled => "more emails were sent than the mail server takes in a time",
            MailFaults.Template => "the mail service does not have the template, or cannot fill it",
            MailFaults.Restricted => "the mail service sends to its own team and guest list only",
            MailFaults.Clock => "this machine’s clock is wrong, so that the mail service does not believe the sign-in",
            MailFaults.NotUnderstood => "the mail server does not understand what it is told",
            MailFaults.Program => "the program could not write the email",
            _ => $"of the fault {fault}",
        };

    /// <summary>Why an email did not reach its recipient: what follows "because".</summary>
    /// <param name="reason">One of <see cref="RecipientFaults"/>; another code stands for itself.</param>
    public static string NotDelivered(string reason) =>
        reason switch
        {
            RecipientFaults.NoAddress => "there is no address for them any more",
            RecipientFaults.BadAddress => "no email can be sent to the address",
            RecipientFaults.Refused => "the mail server does not know the address, or does not take emails for it",
            RecipientFaults.MailboxFull => "the mailbox is full",
            RecipientFaults.MailboxClosed => "the mailbox takes no emails",
            RecipientFaults.MailboxBusy => "the mail server could not take emails for the address for days",
            RecipientFaults.NeedsUtf8 => "the mail server cannot send to an address with letters like these",
            RecipientFaults.Bounced => "it came back",
            RecipientFaults.Suppressed =>
                "earlier emails to the address came back, and the mail service does not send to it any more",
            RecipientFaults.Quarantined => "the recipient’s organisation keeps it in quarantine",
            RecipientFaults.Spam => "the recipient’s organisation takes it for spam",
            RecipientFaults.MailboxUnavailable => "the mailbox is full, or the recipient’s organisation refuses it",
            RecipientFaults.Failed or DeliveryRules.NotSent => "the mail service could not send it",
            _ => Because(reason),
        };

    public static string ToDo(string fault) =>
        fault switch
        {
            MailFaults.NotConfigured => "Set the mail server and start the host again.",
            MailFaults.Unreachable or MailFaults.Timeout =>
                "Look whether the mail server runs, and whether the host’s name, port and firewall are right.",
            MailFaults.Certificate =>
                "Renew the mail server’s certificate, use the name that it is for, or make this machine trust who issued it.",
            MailFaults.NoTls => "Use the server’s port for TLS, or let it offer STARTTLS.",
            MailFaults.SignIn => "Correct the user and password, the key, or the rights of the identity that signs in.",
            MailFaults.Sender =>
                "Use a sender’s address that the mail server accepts from this account, or let it accept this one.",
            MailFaults.Relay => "Let the mail server pass on emails of this machine or account.",
            MailFaults.Quota => "Free space, or raise the account’s quota.",
            MailFaults.Policy or MailFaults.Size =>
                "Ask who runs the mail server which of its rules refuses these emails.",
            MailFaults.Busy or MailFaults.Throttled => "It usually passes. If it stays, ask who runs the mail server.",
            MailFaults.Template =>
                "Correct the template’s id, or the template: its subject is ((subject)), its message ((text)), "
                    + "and nothing else is filled.",
            MailFaults.Restricted => "Take the service out of trial mode, and use a live key.",
            MailFaults.Clock => "Set this machine’s clock by a time server.",
            MailFaults.Program =>
                "The program’s log names the case and the fault. Run a version of the program that has it mended.",
            _ => "Look at the mail server’s log.",
        };
}
