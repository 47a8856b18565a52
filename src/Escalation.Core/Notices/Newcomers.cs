using Escalation.Core.Cases;

namespace Escalation.Core.Notices;

/// <summary>Whoever came into the case late, by a hand-over, a correction or an accepted address.</summary>
internal static class Newcomers
{
    /// <summary>
    /// Queued notices to the replaced contact are superseded, and the new one is asked if the present stage asks that
    /// tier. An address that waits to be accepted is the business manager's to see to.
    /// </summary>
    public static void Tell(CaseChange change, CaseContact contact, int cause)
    {
        if (!contact.Accepted)
        {
            ReportAddress(change, contact.Agency, cause);
            return;
        }
        NoticeQueue.Supersede(change, n => contact.Replaces is not null && n.Contact == contact.Replaces);
        Ask(change, contact, cause);
        TellByPolicy(change, contact, cause);
    }

    public static void ReportAddress(CaseChange change, string agency, int cause)
    {
        var stage = change.Case.Stages.IsEmpty ? null : change.Case.Stage.Id;
        const string missing = "address outside the agency's domains";
        change.Add(new NobodyToTell(NoticeKinds.AddressToAccept, agency, missing, stage, "business manager"));
        NoticeQueue.ToManager(change, NoticeKinds.AddressToAccept, cause);
    }

    private static void Ask(CaseChange change, CaseContact contact, int cause)
    {
        // In thought: nobody else is told now, so where others have nobody, nobody stands in for them either.
        var thought = new CaseChange(change.Case, change.Rules, change.Now, CaseChange.NothingFollows);
        var asked = RecipientFinder.Asked(thought, thought.Stage, NoticeKinds.StageOpened);
        Queue(change, NoticeKinds.StageOpened, cause, asked.FindAll(IsNew), NoticeAction.Outcome);
        if (
            change.Case.Awaiting is not { } awaiting
            || !JointDecisions.MayConfirm(change.Case, change.Rules, contact.Id, contact.Side)
        )
            return;
        var confirming = PartyRecipients.Confirming(thought, awaiting);
        Queue(change, NoticeKinds.ConfirmationAsked, cause, confirming.FindAll(IsNew), NoticeAction.Confirm);

        bool IsNew(Addressee person) => person.Contact == contact.Id;
    }

    private static void TellByPolicy(CaseChange change, CaseContact contact, int cause)
    {
        var rules = TellRules.ByPolicy(change, $"stageOpened:{change.Stage.Id}");
        if (!rules.Any(r => RecipientFinder.Means(change.Case, r.Who, contact)))
            return;
        var addressee = new Addressee(contact.Id, contact.Agency, contact.Side);
        Queue(change, NoticeKinds.Told, cause, [addressee], NoticeAction.None);
    }

    private static void Queue(
        CaseChange change,
        string kind,
        int cause,
        IReadOnlyList<Addressee> people,
        NoticeAction action
    ) => NoticeQueue.Add(change, kind, cause, people, action, because: ToldBecause.Request);
}
