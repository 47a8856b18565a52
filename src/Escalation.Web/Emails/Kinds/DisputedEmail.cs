using Escalation.Core.Cases;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A recorded agreement, or a decision of two, does not count.</summary>
internal static class DisputedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: outcome disputed",
            [
                notice.Cause is OutcomeDisputed { Decider: { } decider }
                    ? $"The decision recorded for {StageSentences.Stage(notice)} was disputed by "
                        + $"{notice.Confirm.Decider(decider)}: it does not count. {StageSentences.Goes(notice)}"
                    : $"The outcome recorded for {StageSentences.Stage(notice)} was disputed by the other side: "
                        + $"it does not count as agreed. {StageSentences.Goes(notice)}",
            ],
            Dated: true
        );
}
