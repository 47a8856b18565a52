using System.Runtime.CompilerServices;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>A risk that was entered in the partnership's register (Surrey, section 7). It names no person.</summary>
/// <param name="RegisteredOn">Local day.</param>
/// <param name="Agencies">By name, the one that raised it first.</param>
/// <param name="RiskLevel">As it was recorded at the meeting; null: it was not, or retention removed it.</param>
/// <param name="Note">What was recorded with the entry; null as above.</param>
public sealed record RegisteredRisk(
    string Reference,
    DateOnly RaisedOn,
    DateOnly RegisteredOn,
    IReadOnlyList<string> Agencies,
    string? RiskLevel,
    string? Note
);

/// <summary>The register: every case of a partnership that ended by being registered, as it is now.</summary>
public static class RiskRegister
{
    /// <summary>What a stage asks for under this name is shown as the level of risk.</summary>
    private const string RiskLevel = "riskLevel";

    /// <summary>Whether the partnership has a procedure that registers risks.</summary>
    public static bool Has(IEnumerable<Policy> policies) =>
        policies.Any(p => p.Stages.Any(s => s.Outcomes.Contains(Outcomes.Registered)));

    /// <summary>In the order in which they were raised.</summary>
    public static async IAsyncEnumerable<RegisteredRisk> OfAsync(
        string partnership,
        IAsyncEnumerable<CaseDocument> cases,
        PolicyCatalogue policies,
        PartnershipRules rules,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var document in cases.WithCancellation(cancel))
            if (
                document.Case is { EndedAt: { } ended, Stage.Outcome: Outcomes.Registered } c
                && c.Partnership == partnership
            )
                yield return Of(document, Pinned.Of(c, policies), rules, ended);
    }

    private static RegisteredRisk Of(CaseDocument document, Policy policy, PartnershipRules rules, DateTimeOffset ended)
    {
        var (c, calendar) = (document.Case, rules.CalendarFor(policy));
        var said = PlacedEvent.Of(document).Select(e => e.Event).OfType<OutcomeRecorded>().ToList();
        return new RegisteredRisk(
            c.Reference,
            calendar.LocalDate(c.RaisedAt),
            calendar.LocalDate(ended),
            [
                .. c.Parties.Select(p =>
                    c.Intake?.AgencyNames?.GetValueOrDefault(p.Agency) ?? rules.Directory.NameOf(p.Agency)
                ),
            ],
            said.Select(o => LevelOf(policy, o)).LastOrDefault(t => t is not null),
            said[^1].Words?.Text("summary")
        );
    }

    private static string? LevelOf(Policy policy, OutcomeRecorded said) =>
        said.Words?.Text($"fields.{RiskLevel}") is not { } answer ? null
        : policy.Find(said.Stage)?.Requires.FirstOrDefault(f => f.Id == RiskLevel) is { } field ? field.InWords(answer)
        : answer;
}
