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
        var when = notice.Cause switch
        {
            StageOpened e => $"stageOpened:{e.Stage}",
            SentAgain e => $"stageOpened:{e.Stage}",
            DeadlineMissed e => $"stageMissed:{e.Stage}",
            OverdueTold e => $"stageMissed:{e.Stage}",
            OutcomeRecorded or OutcomeConfirmed or CaseWithdrawn => "ended",
            var cause => throw new InvalidOperationException($"No procedure tells anybody of {cause.GetType().Name}."),
        };
        var rules = notice
            .Policy.Tells.Where(t =>
                t.When == when
                && (t.Circumstances.Count == 0 || t.Circumstances.Any(notice.Case.Circumstances.Contains))
            )
            .ToList();
        var own = rules.Where(t => IsFor(notice, t.Who)).ToList();
        foreach (var rule in own.Count > 0 ? own : rules)
            yield return rule.Text;
        yield return StageSentences.Goes(notice);
    }

    private static bool IsFor(NoticeContext notice, Recipients who)
    {
        var contact = notice.Queued.Contact;
        if (notice.Case.Contacts.Find(c => c.Id == contact) is { } own)
            return own.Tier == who.Tier;
        var tiers = notice
            .Rules.Directory.Find(notice.Recipient.Agency)
            ?.Contacts.FirstOrDefault(c => $"{notice.Recipient.Agency}/{c.Id}" == contact)
            ?.Tiers;
        return tiers?.Contains(who.Tier) == true;
    }
}
