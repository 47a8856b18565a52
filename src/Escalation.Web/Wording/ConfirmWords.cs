using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Wording;

/// <summary>What waits for a confirmation, and for whose.</summary>
/// <param name="AgenciesOf">The agencies of a side.</param>
/// <param name="NameOf">What an agency is called to whoever reads it.</param>
public sealed record ConfirmWords(Func<Side, IEnumerable<string>> AgenciesOf, Func<string, string> NameOf)
{
    /// <summary>At the beginning of a sentence.</summary>
    /// <param name="stage">Where it was recorded, inside a sentence; null: that goes without saying.</param>
    public static string What(OutcomeRecorded said, string? stage = null)
    {
        var of = stage is null ? "" : $" of {stage}";
        return IsJoint(said) ? $"A decision{of} that two take together" : $"An agreed outcome{of}";
    }

    public static bool IsJoint(OutcomeRecorded said) => said.Deciders is not null;

    /// <summary>Whether the case goes up by itself where nobody confirms it in time.</summary>
    public static bool MovesUp(Policy policy, StageRecord record) =>
        policy.Find(record.Id) is { } stage
        && policy.After(record.Id) is not null
        && stage.MovesUp(record.IsWithoutLimit ? null : stage.Limits.ElementAtOrDefault(record.Met.Count));

    /// <summary>What follows where it is neither confirmed nor disputed, after "by then".</summary>
    public static string IfNobody(Policy policy, StageRecord record, OutcomeRecorded said) =>
        IsJoint(said) ? $"it does not count, and the {policy.Words.Stage} goes on."
        : MovesUp(policy, record) ? "it counts as not agreed, and the case moves on by itself, by a local setting."
        : "it counts as not agreed, and the case stays where it is.";

    /// <summary>Who was asked when it was recorded.</summary>
    public string Asked(OutcomeRecorded said) => Who(said.Awaiting, said.Deciders ?? []);

    /// <summary>Who has still to answer.</summary>
    public string Left(Awaiting awaiting) => Who(awaiting.Sides, awaiting.Deciders);

    /// <summary>Who speaks: one of two who decide together where it is known which, else the agency.</summary>
    public string Speaker(string? decider, string agency) => decider is null ? NameOf(agency) : Decider(decider);

    /// <summary>"the conference chair", "the head of service of Oak Primary".</summary>
    public string Decider(string id)
    {
        var who = JointDecisions.WhoIs(id);
        var tier = $"the {LowerFirst(StageWords.Tier(who.Tier))}";
        return (NamedRole.Of(who.Tier), who.Agency) switch
        {
            (not null, _) or (_, "partnership") => tier,
            (_, "raising") => $"{tier} of {Names(AgenciesOf(Side.Raising))}",
            (_, "receiving") => $"{tier} of {Names(AgenciesOf(Side.Receiving))}",
            var (_, agency) => $"{tier} of {NameOf(agency)}",
        };
    }

    private string Who(IEnumerable<Side> sides, IEnumerable<string> deciders) =>
        string.Join(" and ", sides.SelectMany(AgenciesOf).Select(NameOf).Concat(deciders.Select(Decider)));

    private string Names(IEnumerable<string> agencies) => string.Join(" or ", agencies.Select(NameOf));

    private static string LowerFirst(string text) =>
        text.Length > 1 && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
