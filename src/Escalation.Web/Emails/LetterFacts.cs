using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>The facts of a letter: which case, which agencies, by when.</summary>
internal static class LetterFacts
{
    public static IEnumerable<LetterFact> For(NoticeContext notice, EmailWords message)
    {
        var (c, directory, policy) = (notice.Case, notice.Rules.Directory, notice.Policy);
        yield return new("Reference", c.Reference);
        foreach (var (agency, number) in AgencyWords.CaseNumbers(c, directory, policy))
            yield return new($"Case number at {agency}", number);
        yield return new("Procedure", $"{policy.Name}, {policy.PartnershipName}");
        yield return new("Raised by", AgencyWords.Names(c, directory, policy, Side.Raising));
        if (c.AgenciesOf(Side.Receiving).Any())
            yield return new("With", AgencyWords.Names(c, directory, policy, Side.Receiving));
        if (c.AgenciesOf(Side.Involved).Any())
            yield return new("Agencies involved", AgencyWords.Names(c, directory, policy, Side.Involved));
        if (notice.MayRead(notice.Stage.Id))
            yield return new(StageWords.Capital(policy.Words.Stage), $"{notice.Stage.Name} ({notice.Stage.Tier})");
        if (!message.Dated)
            yield break;
        if (notice.Record.Deadline is not { } deadline)
        {
            yield return new("Time limit", $"None is printed for this {policy.Words.Stage}");
            yield break;
        }
        if (!LetterDues.IsRunning(notice))
            yield return new(
                "The deadline was",
                $"{TimeWords.Moment(notice.Calendar, deadline.At)} ({(deadline.Kind is LimitKind.Maximum ? "maximum" : "target")})"
            );
        yield return new("Time limit", deadline.Explanation.Basis);
        yield return new("Counted", deadline.Explanation.Rule);
        if (
            notice.Record.Id == notice.Case.Stage.Id
            && LimitForWords.Next(notice.Case, policy, notice.Calendar, notice.Now) is { } next
        )
            yield return new(next.Label, next.Words);
    }

    /// <summary>"Oak Primary and Sandwell Children's Trust".</summary>
    public static string Agencies(NoticeContext notice) =>
        string.Join(
            " and ",
            notice.Case.Parties.Select(p =>
                AgencyWords.Name(notice.Case, notice.Rules.Directory, notice.Policy, p.Agency)
            )
        );
}
