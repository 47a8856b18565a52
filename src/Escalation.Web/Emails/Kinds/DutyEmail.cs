using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails.Kinds;

/// <summary>A duty arose, its date comes near, or it is not done. An email that comes after it was done says so.</summary>
internal static class DutyEmail
{
    public static EmailWords Of(NoticeContext notice)
    {
        var duty = notice.Case.Duties.Find(d => d.Id == notice.Queued.Duty);
        var what = duty is null ? "a duty of this case" : DutyWords.What(notice, duty);
        var due = duty?.Due is { } at ? TimeWords.By(notice.Calendar, at) : null;
        var begins = notice.Queued.Kind switch
        {
            _ when duty?.IsDone == true => "done already",
            NoticeKinds.DutyOverdue when due is not null => "not done",
            NoticeKinds.DutyArose or NoticeKinds.DutyReminder or NoticeKinds.DutyOverdue => "to do",
            var kind => throw new InvalidOperationException($"A notice of the kind '{kind}' is about no duty."),
        };
        var by = due is null || duty?.IsDone == true ? "" : $", by {due}";
        return new(
            $"{StageSentences.Stage(notice)}: {begins}: {what}{by}",
            [.. duty is null ? new[] { what } : Lead(notice, duty)]
        );
    }

    private static IEnumerable<string> Lead(NoticeContext notice, Duty duty)
    {
        yield return $"{notice.NameOf(duty.Owner)}: {DutyWords.Line(notice, duty)}";
        if (!duty.IsDone)
            yield return "The business manager records it as done when told that it is: reply to this email.";
    }
}
