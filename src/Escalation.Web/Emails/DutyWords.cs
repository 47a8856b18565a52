using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>Duties in words. What was agreed is free text, so an action is said to exist and no more.</summary>
internal static class DutyWords
{
    public static Message Message(NoticeContext o)
    {
        var duty = o.Case.Duties.Find(d => d.Id == o.Queued.Duty);
        var what = duty is null ? "a duty of this case" : What(o, duty);
        var due = duty?.Due is { } at ? TimeWords.By(o.Calendar, at) : null;
        var subject = (o.Queued.Kind, due) switch
        {
            _ when duty?.IsDone == true => $"done already: {what}",
            (NoticeKinds.DutyOverdue, { } by) => $"not done: {what}, by {by}",
            (_, { } by) => $"to do: {what}, by {by}",
            _ => $"to do: {what}",
        };
        return new($"{Messages.Stage(o)}: {subject}", [.. duty is null ? new[] { what } : Lead(o, duty)]);
    }

    /// <summary>What, by when, for whom, and on what basis.</summary>
    public static string Line(NoticeContext o, Duty duty)
    {
        var due = duty.Due is { } at
            ? $", by {TimeWords.Moment(o.Calendar, at)}{(duty is { Overdue: true, IsDone: false } ? " (overdue)" : "")}"
            : "";
        return $"{What(o, duty)}{due}.{Basis(o, duty)}";
    }

    private static IEnumerable<string> Lead(NoticeContext o, Duty duty)
    {
        yield return $"{AgencyWords.Name(o.Case, o.Rules.Directory, o.Policy, duty.Owner)}: {Line(o, duty)}";
        if (!duty.IsDone)
            yield return "The business manager records it as done when told that it is: reply to this email.";
    }

    private static string What(NoticeContext o, Duty duty) =>
        Rule(o, duty) switch
        {
            { } rule when duty.Addressee is { } to => $"{rule.What} (to {to})",
            { } rule => rule.What,
            null => "Check that an agreed action of this case was carried out",
        };

    private static string Basis(NoticeContext o, Duty duty) => Rule(o, duty) is { } rule ? $" {rule.Basis}." : "";

    private static DutyRule? Rule(NoticeContext o, Duty duty) => o.Policy.Duties.FirstOrDefault(r => r.Id == duty.Rule);
}
