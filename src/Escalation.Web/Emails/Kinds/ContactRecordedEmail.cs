using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A limit for contact was met: the stage's people hear who said so, and until when the next limit runs.</summary>
internal static class ContactRecordedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: contact was made, {StageSentences.AnswerBy(notice)}",
            [
                $"{Who(notice)} recorded that contact was made at {StageSentences.Stage(notice)}. An outcome is still needed.",
                .. IsAskedWhether(notice)
                    ? ["If it did not happen, say so from the link: the time limit for contact then stands as before."]
                    : Array.Empty<string>(),
                notice.Instruction,
            ],
            Asks: true,
            Dated: true
        );

    private static string Who(NoticeContext notice) =>
        notice.Cause is LimitMet met
            ? AgencyWords.Name(notice.Case, notice.Rules.Directory, notice.Policy, met.Agency)
            : "One of the agencies";

    private static bool IsAskedWhether(NoticeContext notice) =>
        notice.Queued.Side is Side.Raising && notice.Record.ClosedAt is null && notice.Case.ContactCanBeDisputed;
}
