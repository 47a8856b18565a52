namespace Escalation.Core.Cases;

/// <summary>Whose part of the record an event's words count towards.</summary>
internal static class Voices
{
    /// <summary>
    /// The agency that spoke; the partnership where the event names none. Null for words that have room of their own: the intake form, an
    /// outcome with its confirmation, a duty's copy of its action, and whom a notice went to.
    /// </summary>
    public static string? Of(CaseEvent e, Case c) =>
        e switch
        {
            CaseOpened
            or OutcomeRecorded
            or OutcomeConfirmed
            or LimitMet
            or DutyArose
            or StagesSkipped
            or LedToPolicy
            or NoticeSent
            or NoticeFailed => null,
            NoteAdded x => x.Agency,
            ContactMade x => x.Agency,
            UrgentRaised x => x.Agency,
            LateResponseRecorded x => x.Agency,
            OutcomeDisputed x => x.Agency,
            ContactDisputed x => x.Agency,
            DateSet x => x.Agency,
            HoldAsked x => x.Agency,
            HoldPlaced x => x.Agency,
            CaseWithdrawn x => x.Agency,
            HandedOver x => x.Contact.Agency,
            ContactChanged x => x.Contact.Agency,
            DutyDone x => c.Duties.Find(d => d.Id == x.Id)?.Owner ?? c.Partnership,
            HoldEnded or SentAgain or ContactAccepted or LegalHoldChanged or PartnershipReviewed => c.Partnership,
            UnknownEvent => null,
            _ => throw new InvalidOperationException($"Nobody is known to speak in {e.GetType().Name}."),
        };
}
