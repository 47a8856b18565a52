namespace Escalation.Web.GovUkNotify;

/// <summary>What Notify says of an email that it took.</summary>
internal static class NotifyStatuses
{
    /// <summary>It was not sent, for a fault between Notify and its own provider.</summary>
    public const string TechnicalFailure = "technical-failure";

    public const string Delivered = "delivered";

    /// <summary>Why it will not arrive, as a code of the case; null for one that is under way or has arrived.</summary>
    public static string? FailureOf(string? status) =>
        status switch
        {
            "permanent-failure" => Core.Cases.RecipientFaults.Bounced,
            // Notify has tried for three days by then: the mailbox is full, or a filter refuses it.
            "temporary-failure" => Core.Cases.RecipientFaults.MailboxUnavailable,
            TechnicalFailure => Core.Cases.DeliveryRules.NotSent,
            _ => null,
        };
}
