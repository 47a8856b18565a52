using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>No outcome yet, some time before the deadline; or a response, and no end.</summary>
internal static class ReminderEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        notice.Record.RespondedAt is null || !notice.Record.IsWithoutLimit
            ? new(
                $"{StageSentences.Stage(notice)}: reminder, {StageSentences.AnswerBy(notice)}",
                [
                    $"{LimitForWords.None(notice.Record.For)} is recorded yet for {StageSentences.Stage(notice)} "
                        + $"of the {notice.Policy.Words.Disagreement} between {LetterFacts.Agencies(notice)}.",
                    notice.Instruction,
                ],
                Asks: true,
                Dated: true
            )
            : new(
                $"{StageSentences.Stage(notice)}: reminder, still open",
                [
                    $"A response was recorded for {StageSentences.Stage(notice)}, "
                        + $"but the case between {LetterFacts.Agencies(notice)} is neither resolved nor decided.",
                    notice.Instruction,
                ],
                Asks: true
            );
}
