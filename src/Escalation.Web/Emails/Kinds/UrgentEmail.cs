using Escalation.Core.Cases;

namespace Escalation.Web.Emails.Kinds;

/// <summary>Those who can act hear at once of imminent risk.</summary>
internal static class UrgentEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: URGENT, imminent risk of harm reported",
            [
                .. Caller(notice),
                $"The escalation between {LetterFacts.Agencies(notice)} was marked as urgent. "
                    + "It goes on beside what the urgent procedure asks; neither waits for the other.",
            ]
        );

    /// <summary>
    /// Whom the people whom the procedure names, and the leads of the other agencies, are to call; not said to those who know, nor who
    /// spoke at a stage that is not theirs to know.
    /// </summary>
    private static IEnumerable<string> Caller(NoticeContext notice)
    {
        var calls =
            UrgentPart.RuleFor(notice) is not null || notice.Case.RiskPartOf(notice.Queued.Agency) is RiskPart.Protect;
        var report = notice.Case.RiskReports.Find(r => r.Event == notice.Queued.Cause);
        if (!calls || report?.By is not { } by || (report.Stage is { } stage && !notice.MayRead(stage)))
            yield break;
        var phone = by.Phone is { } number
            ? $"telephone {number}"
            : "no telephone number was given: ask the business manager, or their agency";
        yield return $"Reported by {by.Name}, {notice.NameOf(report.Agency)}; {phone}.";
    }
}
