using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Notices;

/// <summary>Who is told by a policy's own rules of telling (<see cref="TellRule"/>): of each happening once.</summary>
internal static class TellRules
{
    /// <summary>The policy's rules of telling that a happening of this case fulfils.</summary>
    /// <param name="when">In the words of <see cref="TellRule.When"/>.</param>
    public static IEnumerable<TellRule> ByPolicy(CaseChange change, string when) =>
        change.Policy.Tells.Where(t => t.When == when && change.Case.IsToldBy(t));

    /// <param name="acting">The agencies that have an action by what happened; null: it has none.</param>
    public static void Tell(CaseChange change, string when, int cause, IReadOnlyList<string>? acting = null)
    {
        foreach (var rule in ByPolicy(change, when))
        {
            var people =
                rule.Who.Tier == Tiers.ActionOwners
                    ? PartyRecipients.Acting(change, rule.Who.Agency, acting ?? [])
                    : RecipientFinder.Named(change, rule.Who, NoticeKinds.Told);
            NoticeQueue.Add(change, NoticeKinds.Told, cause, people, NoticeAction.None);
        }
    }

    /// <summary>The outcome stands.</summary>
    public static void Outcome(CaseChange change, OutcomeRecorded said, int cause)
    {
        IReadOnlyList<string> acting = [.. (said.Words?.Actions ?? []).Select(a => a.Agency)];
        Tell(change, $"outcome:{said.Outcome}", cause, acting);
        Tell(change, $"outcomeAt:{said.Stage}:{said.Outcome}", cause, acting);
    }

    public static void Ended(CaseChange change, CaseEnded e, int cause)
    {
        IReadOnlyList<string> acting =
        [
            .. change
                .Events.Select(r => r.Event)
                .OfType<DutyArose>()
                .Where(d => d.Rule == "action")
                .Select(d => d.Addressee!),
        ];
        foreach (var how in e.Status == CaseStatus.Withdrawn ? new[] { "ended", "withdrawn" } : ["ended"])
        {
            Tell(change, how, cause, acting);
            Tell(change, $"{how}:{e.Stage}", cause, acting);
        }
    }

    /// <summary>A stage has opened: whoever was to be told before it and was not yet.</summary>
    public static void BeforeOpening(CaseChange change, string stage, int cause)
    {
        if (change.Case.Stages is [.., var before, _] && change.Policy.After(before.Id) is { } next && next.Id == stage)
            Foretell(change, before, next, cause);
        else
            Tell(change, $"beforeStage:{stage}", cause);
    }

    /// <summary>
    /// Those who are told before a stage opens, each once: with the last reminder of a limit after which it opens, else, as those of the
    /// other agency who might not be told of the stage before, when it opens. Nobody is told who may not know of it.
    /// </summary>
    public static void Foretell(CaseChange change, StageRecord before, Stage next, int cause)
    {
        // In thought first: where nobody is left to tell, nobody stands in for them either.
        var thought = new CaseChange(change.Case, change.Rules, change.Now, CaseChange.NothingFollows);
        foreach (var rule in ByPolicy(change, $"beforeStage:{next.Id}"))
            if (RecipientFinder.Named(thought, rule.Who, NoticeKinds.Told).Exists(IsToTell))
            {
                var people = RecipientFinder.Named(change, rule.Who, NoticeKinds.Told).FindAll(IsToTell);
                NoticeQueue.Add(change, NoticeKinds.Told, cause, people, NoticeAction.None);
            }

        bool IsToTell(Addressee person) =>
            change.Case.SideOf(person.Agency) is not Side.Receiving
                ? !IsForetold(person)
                : Audience.MayRead(change.Case, change.Policy, next.Id, person.Agency) && !IsForetold(person);

        bool IsForetold(Addressee person) =>
            change.Case.Notices.Exists(n =>
                n.Queued.Kind == NoticeKinds.Told
                && n.Queued.Contact == person.Contact
                && before.LastReminders.Contains(n.Queued.Cause)
            );
    }
}
