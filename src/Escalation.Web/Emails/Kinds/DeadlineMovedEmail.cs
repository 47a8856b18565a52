using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A deadline moved with the calendar of working days, or with the end of a hold.</summary>
internal static class DeadlineMovedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: deadline moved, {StageSentences.AnswerBy(notice)}",
            [
                notice.Cause is DeadlineMoved moved
                    ? $"The deadline of {StageSentences.Stage(notice)} moved from {TimeWords.Moment(notice.Calendar, moved.From)} "
                        + $"to {TimeWords.Moment(notice.Calendar, moved.Deadline.At)}, "
                        + "because the calendar of working days changed."
                    : $"The deadline of {StageSentences.Stage(notice)} moved. {StageSentences.Goes(notice)}",
            ],
            Asks: notice.Queued.Action is NoticeAction.Outcome,
            Dated: true
        );
}
