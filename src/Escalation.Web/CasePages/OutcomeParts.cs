using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.CasePages;

/// <summary>The form of an outcome: only what the policy asks at that stage.</summary>
internal static class OutcomeParts
{
    public static IReadOnlyList<FormPart> Of(CaseReading r, string stageId, Asked asked)
    {
        var (stage, policy) = (r.Policy.Find(stageId)!, r.Policy);
        var allowed = Allowed(r, stageId, asked.Agencies);
        var byNature = policy
            .Natures.FirstOrDefault(n => n.DecidedBy is not null && r.Case.Natures.Contains(n.Id))
            ?.DecidedBy;
        var canResolve = allowed.Any(a => Outcomes.Has(a.Outcome, OutcomeEffect.Agrees));
        IReadOnlyList<Choice> agencies =
        [
            .. r.Case.Parties.Select(p => p.Agency).Append(r.Case.Partnership).Select(a => new Choice(a, r.Agency(a))),
        ];
        var parts = new List<FormPart>
        {
            new FormPart.OneOf(
                "outcome",
                "What came of it?",
                [
                    .. allowed.Select(a => new Choice(
                        a.Outcome,
                        Label(a, stage, policy, byNature),
                        Only(r, a, asked.Agencies)
                    )),
                ]
            )
            {
                Missing = "Select what came of it",
            },
            new FormPart.OneOf(
                "method",
                "How was it discussed?",
                [.. policy.Methods.Select(m => new Choice(m.Id, m.Name, m.Refused))]
            )
            {
                Missing = "Select how it was discussed",
            },
            new FormPart.Date("discussedOn", "When was it discussed?")
            {
                Missing = "Enter the date on which it was discussed",
            },
            new FormPart.Text("summary", "Summary of the discussion, and of what was agreed or not agreed", 6)
            {
                Missing = "Enter a summary",
            },
            new FormPart.Text("methodology", "How the matter was worked through", 3) { Optional = true },
        };
        parts.AddRange(
            stage.Requires.Where(f => f.On.Any(o => allowed.Any(a => a.Outcome == o))).Select(f => Required(f))
        );
        if ((stage.Chair?.Who ?? (allowed.Any(a => a.NeedsChair) ? byNature : null)) is { } chair)
            parts.Add(Chair(chair));
        if (canResolve)
        {
            parts.Add(
                new FormPart.FromList("recordKeeper", "Which agency keeps the record and checks the actions?", agencies)
                {
                    Hint = "Needed if resolved",
                    Missing = "Select the agency that keeps the record",
                }
            );
            parts.Add(
                new FormPart.Text("outstanding", "How outstanding issues will be pursued", 3)
                {
                    Optional = !policy.Resolved.NeedsOutstanding,
                    Hint = policy.Resolved.NeedsOutstanding ? "Needed if resolved" : null,
                }
            );
        }
        parts.Add(
            new FormPart.Actions(
                policy.Resolved.NeedsAction ? "Agreed actions (at least one if resolved)" : "Agreed actions (if any)",
                agencies,
                SentMove.Rows(asked.Values)
            )
        );
        parts.Add(new FormPart.Text("lessons", "Lessons learned", 3) { Optional = true });
        parts.Add(new FormPart.Text("comments", "Comments", 3) { Optional = true });
        return parts;
    }

    /// <summary>What may be recorded at a stage, and by which of the agencies.</summary>
    public static IReadOnlyList<AllowedBy> Allowed(CaseReading r, string stage, IEnumerable<string> agencies) =>
        [
            .. agencies
                .SelectMany(a =>
                    AllowedOutcomes.For(r.Whole, r.Rules, stage, a, r.Now).Select(o => (Agency: a, Outcome: o))
                )
                .GroupBy(x => x.Outcome.Id)
                .OrderBy(g => Outcomes.All.Index().First(o => o.Item.Id == g.Key).Index)
                .Select(g => new AllowedBy(g.Key, g.Any(x => x.Outcome.NeedsChair), [.. g.Select(x => x.Agency)])),
        ];

    private static FormPart Required(OutcomeField field) =>
        field.Kind == "yes"
            ? new FormPart.Tick($"fields.{field.Id}", field.Name)
            {
                Hint = $"Needed for: {Needed(field)}",
                Missing = $"{field.Name}: this has to be ticked",
            }
            : new FormPart.Text($"fields.{field.Id}", field.Name, 3) { Hint = $"Needed for: {Needed(field)}" };

    private static string Needed(OutcomeField field) => string.Join(" or ", field.On.Select(Outcomes.Phrase));

    private static FormPart.Group Chair(string who) =>
        new(
            $"Chair: {who}",
            [
                new FormPart.Text("chair.name", "Name of the chair") { Missing = "Enter the name of the chair" },
                new FormPart.Text("chair.role", "Role of the chair") { Optional = true },
                new FormPart.Text("chair.agency", "Organisation of the chair")
                {
                    Missing = "Enter the organisation of the chair",
                },
            ]
        );

    /// <summary>Null when every agency on the form may record it.</summary>
    private static string? Only(CaseReading r, AllowedBy allowed, IReadOnlyList<string> agencies) =>
        allowed.Agencies.Count == agencies.Count
            ? null
            : $"Only in the name of {string.Join(" or ", allowed.Agencies.Select(r.Agency))}";

    private static string Label(AllowedBy allowed, Stage stage, Policy policy, string? byNature) =>
        OutcomeWords.Choice(
            Outcomes.Find(allowed.Outcome)!,
            stage,
            policy.After(stage.Id),
            allowed.NeedsChair ? byNature : null
        );
}

/// <param name="Agencies">In whose names it may be recorded.</param>
internal sealed record AllowedBy(string Outcome, bool NeedsChair, IReadOnlyList<string> Agencies);
