namespace Escalation.Web.Emails.Kinds;

/// <summary>Those who can act hear at once of imminent risk.</summary>
internal static class UrgentEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: URGENT, imminent risk of harm reported",
            [
                $"The escalation between {LetterFacts.Agencies(notice)} was marked as urgent. "
                    + "It goes on beside what the urgent procedure asks; neither waits for the other.",
            ]
        );
}
