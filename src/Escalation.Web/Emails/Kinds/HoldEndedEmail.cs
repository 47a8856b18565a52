using Escalation.Core.Cases;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The clock runs again.</summary>
internal static class HoldEndedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: clock runs again, {StageSentences.AnswerBy(notice)}",
            [$"The hold of {StageSentences.Stage(notice)} {Ended(notice)}. {StageSentences.Goes(notice)}"],
            Dated: true
        );

    private static string Ended(NoticeContext notice) =>
        notice.Cause is HoldEnded { How: HoldEnding.Limit }
            ? "had gone on as long as it may, and ended by itself"
            : "ended";
}
