using Escalation.Core.Calendars;
using Escalation.Core.Cases;

namespace Escalation.Web.Emails.Kinds;

/// <summary>The receiving agency asks for a Stop and Review, which begins only when the reader's side agrees.</summary>
internal static class HoldAskedEmail
{
    public static EmailWords Of(NoticeContext notice) =>
        new($"{StageSentences.Stage(notice)}: a hold (Stop and Review) is asked for", [.. Words(notice)]);

    private static IEnumerable<string> Words(NoticeContext notice)
    {
        var asked = (HoldAsked)notice.Cause;
        yield return $"{notice.NameOf(asked.Agency)} asks to hold the clock of {StageSentences.Stage(notice)} for a Stop and Review, "
            + $"to be reviewed on {UkDates.Date(asked.ReviewOn)}.";
        yield return "Asking holds no clock. It is held only if the agency that raised the concern agrees, or the partnership for it: "
            + "sign in and put the case on hold, or reply to this email and the business manager does.";
        if (HoldPart.Of(notice) is { } part)
            yield return part;
        yield return StageSentences.Goes(notice);
    }
}
