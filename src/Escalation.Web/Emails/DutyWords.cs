using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>Duties in words. What was agreed is free text, so an action is said to exist and no more.</summary>
internal static class DutyWords
{
    /// <summary>What, by when, for whom, and on what basis.</summary>
    public static string Line(NoticeContext notice, Duty duty)
    {
        var due = duty.Due is { } at
            ? $", by {TimeWords.Moment(notice.Calendar, at)}{(duty is { Overdue: true, IsDone: false } ? " (overdue)" : "")}"
            : "";
        return $"{What(notice, duty)}{due}.{Basis(notice, duty)}";
    }

    public static string What(NoticeContext notice, Duty duty) =>
        Rule(notice, duty) switch
        {
            { } rule when duty.Addressee is { } to => $"{rule.What} (to {to})",
            { } rule => rule.What,
            null => "Check that an agreed action of this case was carried out",
        };

    private static string Basis(NoticeContext notice, Duty duty) =>
        Rule(notice, duty) is { } rule ? $" {rule.Basis}." : "";

    private static DutyRule? Rule(NoticeContext notice, Duty duty) => notice.Policy.FindDuty(duty.Rule);
}
