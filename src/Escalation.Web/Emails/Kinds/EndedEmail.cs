using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>Everybody who was told of the case hears that it ended. What was agreed is in no email.</summary>
internal static class EndedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: ended, {StageWords.Status(notice.Case.Status)}",
            [
                $"The escalation between {LetterFacts.Agencies(notice)} {How(notice)}.",
                "What was agreed or decided is in the record of the case, not in this email. Both agencies keep it on the file.",
            ]
        );

    private static string How(NoticeContext notice)
    {
        var ended = notice.Case.EndedAt is { } at ? $" on {TimeWords.Moment(notice.Calendar, at)}" : "";
        return notice.Case.Stage.Outcome is { } outcome
            ? $"ended at {StageSentences.Stage(notice)}{ended}: {Outcomes.Phrase(outcome)}"
            : $"ended{ended}";
    }
}
