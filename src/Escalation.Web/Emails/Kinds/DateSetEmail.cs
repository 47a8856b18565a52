using Escalation.Core.Calendars;
using Escalation.Core.Cases;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A day was set that the procedure's limits run to or count from.</summary>
internal static class DateSetEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new(
            $"{StageSentences.Stage(notice)}: a day was set, {StageSentences.AnswerBy(notice)}",
            [.. Words(notice)],
            Asks: notice.Queued.Action is NoticeAction.Outcome,
            Dated: true
        );

    /// <summary>A person who came later, or is asked again, has another cause.</summary>
    private static IEnumerable<string> Words(NoticeContext notice)
    {
        if (notice.Cause is DateSet set)
        {
            var name = notice.Policy.DateName(set.Date);
            var day = set.Day.Time is { } time ? UkDates.Moment(set.Day.Date, time) : UkDates.Date(set.Day.Date);
            yield return $"{notice.NameOf(set.Agency)} set the day of “{name}”: {day}. If that is not what was agreed, say so: "
                + "reply to this email, or set it as it was agreed.";
        }
        yield return StageSentences.Goes(notice);
    }
}
