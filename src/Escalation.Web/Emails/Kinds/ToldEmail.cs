using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Emails.Kinds;

/// <summary>Somebody else whom the procedure names is told, in its own words.</summary>
internal static class ToldEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new($"{StageSentences.Stage(notice)}: for your information", [.. Words(notice)]);

    private static IEnumerable<string> Words(NoticeContext notice)
    {
        var when = Happenings(notice);
        var then = notice.Policy.AsOf(notice.Queued.Cause);
        var rules = then.Tells.Where(t => when.Contains(t.When) && notice.Case.IsToldBy(t)).ToList();
        var own = rules
            .Where(t => t.Who.Tier == Tiers.ActionOwners ? HasAction(notice) : notice.IsOf(t.Who.Tier))
            .ToList();
        foreach (var rule in own.Count > 0 ? own : rules)
            yield return rule.Text;
        yield return StageSentences.Goes(notice);
    }

    private static bool HasAction(NoticeContext notice) =>
        notice.Case.Duties.Exists(d => d.Rule == "action" && d.Addressee == notice.Queued.Agency);

    /// <summary>What the cause was, in the words of the rules of telling.</summary>
    private static IReadOnlyList<string> Happenings(NoticeContext notice) =>
        notice.Cause switch
        {
            StageOpened e => [$"beforeStage:{e.Stage}", $"stageOpened:{e.Stage}"],
            SentAgain e => [$"stageOpened:{e.Stage}"],
            HandedOver or ContactChanged or ContactAccepted => [$"stageOpened:{notice.Stage.Id}"],
            ReminderDue e => [$"beforeStage:{notice.Policy.After(e.Stage)?.Id}"],
            DeadlineMissed e => [$"stageMissed:{e.Stage}"],
            OverdueTold e => [$"stageMissed:{e.Stage}"],
            OutcomeRecorded e => OfOutcome(e.Stage, e.Outcome),
            OutcomeConfirmed e => OfOutcome(e.Stage, e.Decider is null ? Outcomes.Resolved : Outcomes.Decided),
            OutcomeDisputed e => ["disputed", $"disputed:{e.Stage}"],
            CaseWithdrawn => OfTheEnd(notice.Case.Stage.Id, withdrawn: true),
            var cause => throw new InvalidOperationException($"No procedure tells anybody of {cause.GetType().Name}."),
        };

    private static IReadOnlyList<string> OfOutcome(string stage, string outcome) =>
        [
            $"outcome:{outcome}",
            $"outcomeAt:{stage}:{outcome}",
            .. Outcomes.Find(outcome) is { EndsCase: true } found
                ? OfTheEnd(stage, found.Effect is OutcomeEffect.Withdraws)
                : [],
        ];

    private static IReadOnlyList<string> OfTheEnd(string stage, bool withdrawn) =>
        withdrawn ? ["ended", $"ended:{stage}", "withdrawn", $"withdrawn:{stage}"] : ["ended", $"ended:{stage}"];
}
