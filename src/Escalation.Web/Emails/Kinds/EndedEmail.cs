using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>Everybody who was told of the case hears that it ended. What was agreed is in no email.</summary>
internal static class EndedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{Where(notice)}: ended, {StageWords.Status(notice.Policy.Words, notice.Case.Status)}",
            [
                $"The escalation between {LetterFacts.Agencies(notice)} {How(notice)}.",
                $"{Recorded(notice)} is in the record of the case, not in this email. The agencies keep it on the file.",
            ]
        );

    private static string Recorded(NoticeContext notice) =>
        notice.Case.Status == CaseStatus.WithoutAgreement
            ? "What each side said, and what remains to be done,"
            : "What was agreed or decided";

    /// <summary>The stage it ended at, which is not always the one that the notice is about.</summary>
    private static string Where(NoticeContext notice) =>
        notice.Named(notice.Policy.Find(notice.Case.Stage.Id)!, "the case");

    private static string How(NoticeContext notice)
    {
        var ended = notice.Case.EndedAt is { } at ? $" on {TimeWords.Moment(notice.Calendar, at)}" : "";
        var stage = notice.MayRead(notice.Case.Stage.Id) ? $" at {Where(notice)}" : "";
        return notice.Case.Stage.Outcome is { } outcome
            ? $"ended{stage}{ended}: {notice.Policy.Words.Phrase(outcome)}"
            : $"ended{ended}";
    }
}
