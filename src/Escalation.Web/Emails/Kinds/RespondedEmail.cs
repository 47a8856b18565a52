using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A response meets the time limit of a stage that only asks for one.</summary>
internal static class RespondedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        notice.Cause is OutcomeRecorded { Outcome: Outcomes.Referred }
            ? new(
                $"{StageSentences.Stage(notice)}: the matter was referred",
                [$"It is recorded that the matter was referred. {StageSentences.Goes(notice)}"]
            )
            : new(
                $"{StageSentences.Stage(notice)}: a response was recorded",
                [
                    $"A response was recorded for {StageSentences.Stage(notice)}, which meets its time limit. "
                        + "The case stays open until it is resolved or decided.",
                ]
            );
}
