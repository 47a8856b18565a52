using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Emails;

/// <summary>The facts of a letter: which case, which agencies, by when.</summary>
internal static class LetterFacts
{
    public static IEnumerable<LetterFact> For(NoticeContext o, Message message)
    {
        var (c, directory, policy) = (o.Case, o.Rules.Directory, o.Policy);
        yield return new("Reference", c.Reference);
        foreach (var (agency, number) in AgencyWords.CaseNumbers(c, directory, policy))
            yield return new($"Case number at {agency}", number);
        yield return new("Procedure", $"{policy.Name}, {policy.PartnershipName}");
        yield return new("Raised by", AgencyWords.Names(c, directory, policy, Side.Raising));
        if (c.AgenciesOf(Side.Receiving).Any())
            yield return new("With", AgencyWords.Names(c, directory, policy, Side.Receiving));
        if (c.AgenciesOf(Side.Involved).Any())
            yield return new("Agencies involved", AgencyWords.Names(c, directory, policy, Side.Involved));
        if (o.MayRead(o.Stage.Id))
            yield return new("Stage", $"{o.Stage.Name} ({o.Stage.Tier})");
        if (!message.Dated)
            yield break;
        var deadline = o.Record.Deadline;
        if (!LetterDues.IsRunning(o))
            yield return new(
                "The deadline was",
                $"{TimeWords.Moment(o.Calendar, deadline.At)} ({(deadline.Kind is LimitKind.Maximum ? "maximum" : "target")})"
            );
        yield return new("Time limit", deadline.Explanation.Basis);
        yield return new("Counted", deadline.Explanation.Rule);
    }

    /// <summary>"Oak Primary and Sandwell Children's Trust".</summary>
    public static string Agencies(NoticeContext o) =>
        string.Join(
            " and ",
            o.Case.Parties.Select(p => AgencyWords.Name(o.Case, o.Rules.Directory, o.Policy, p.Agency))
        );
}
