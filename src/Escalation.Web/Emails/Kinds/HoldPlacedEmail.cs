using Escalation.Core.Calendars;

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
                    : $"The clock of {StageSentences.Stage(notice)} was put on hold. {StageSentences.Goes(notice)}",
            ]
        );
}
