using Escalation.Core.Calendars;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A stage is on hold for a Stop and Review.</summary>
internal static class HoldPlacedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: on hold (Stop and Review)",
            [
                notice.Case.Hold is { } hold
                    ? $"The clock of {StageSentences.Stage(notice)} is on hold. The hold is reviewed on {UkDates.Date(hold.ReviewOn)}."
                        + (
                            hold.EndsAt is { } end
                                ? $" It ends by itself on {TimeWords.Moment(notice.Calendar, end)}."
                                : ""
                        )
                    : $"The clock of {StageSentences.Stage(notice)} was put on hold. {StageSentences.Goes(notice)}",
                .. HoldPart.Of(notice) is { } part ? new[] { part } : [],
            ]
        );
}
