using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.Wording;

namespace Escalation.Web.Links;

/// <summary>The outcome form of one stage for one agency: only what the policy asks there, and what was typed so far.</summary>
public sealed record OutcomeForm
{
    /// <summary>Rows for actions on an empty form; more are added on request.</summary>
    public const int FirstRows = 3;

    /// <summary>The command's id, made when the form is first shown.</summary>
    public required string Id { get; init; }
    public required string Stage { get; init; }
    public required FormValues Values { get; init; }
    public FormErrors Errors { get; init; } = FormErrors.None;
    public required IReadOnlyList<Choice> Outcomes { get; init; }
    public required IReadOnlyList<Choice> Methods { get; init; }
    public required IReadOnlyList<Choice> Agencies { get; init; }
    public required IReadOnlyList<OutcomeField> Fields { get; init; }

    /// <summary>The local day on which the concern was raised: no discussion of it was before.</summary>
    public required DateOnly RaisedOn { get; init; }

    /// <summary>A date that could have been the discussion's, as it is typed: "23 12 2026".</summary>
    public required string Example { get; init; }

    /// <summary>Who chairs here; null where no chair is named.</summary>
    public required string? Chair { get; init; }
    public required bool CanResolve { get; init; }
    public required bool NeedsAction { get; init; }
    public required bool NeedsOutstanding { get; init; }
    public required int ActionRows { get; init; }

    /// <summary>True where more rows were asked for: then all are shown.</summary>
    public bool IsMore => Values["step"] == More;

    private const string More = "more";

    /// <summary>The stage's own fields by the outcomes that need them, in the order of the policy.</summary>
    public IEnumerable<(string Heading, IReadOnlyList<OutcomeField> Fields)> FieldGroups =>
        Fields
            .GroupBy(f =>
                string.Join(
                    " or ",
                    f.On.Where(o => Outcomes.Any(c => c.Id == o)).Select(o => Core.Policies.Outcomes.Find(o)!.Condition)
                )
            )
            .Select(g => ($"If it is {g.Key}", (IReadOnlyList<OutcomeField>)[.. g]));

    /// <param name="newId">The id for a form that has none yet.</param>
    public static OutcomeForm Of(LinkContext visit, FormValues values, string newId)
    {
        var (c, policy, stage) = (visit.Case, visit.Rules.Policy, visit.Stage);
        var allowed = AllowedOutcomes.For(c, visit.Rules, stage.Id, visit.Standing.Agency, visit.Now);
        var byNature = policy
            .Natures.FirstOrDefault(n => n.DecidedBy is not null && c.Natures.Contains(n.Id))
            ?.DecidedBy;
        return new OutcomeForm
        {
            Id = values.Typed("id") ?? newId,
            Stage = stage.Id,
            Values = values,
            Outcomes = [.. allowed.Select(a => new Choice(a.Id, Label(a, visit, byNature)))],
            Methods = [.. policy.Methods.Select(m => new Choice(m.Id, m.Name, m.Refused))],
            Agencies =
            [
                .. c
                    .Parties.Select(p => p.Agency)
                    .Append(c.Partnership)
                    .Select(a => new Choice(a, AgencyWords.Name(c, visit.Rules.Directory, policy, a))),
            ],
            RaisedOn = visit.Rules.Calendar.LocalDate(c.RaisedAt),
            Example = visit.Rules.Calendar.LocalDate(visit.Now).ToString("d M yyyy", CultureInfo.InvariantCulture),
            Fields = [.. stage.Requires.Where(r => r.On.Any(o => allowed.Any(a => a.Id == o)))],
            Chair = stage.Chair?.Who ?? (allowed.Any(a => a.NeedsChair) ? byNature : null),
            CanResolve = allowed.Any(a => Core.Policies.Outcomes.Has(a.Id, OutcomeEffect.Agrees)),
            NeedsAction = policy.Resolved.NeedsAction,
            NeedsOutstanding = policy.Resolved.NeedsOutstanding,
            ActionRows = Rows(values),
        };
    }

    private static string Label(AllowedOutcome allowed, LinkContext visit, string? byNature) =>
        OutcomeWords.Choice(
            Core.Policies.Outcomes.Find(allowed.Id)!,
            visit.Stage,
            // A late answer moves nothing, so it does not offer to.
            visit.IsPresent
                ? visit.Rules.Policy.After(visit.Stage.Id)
                : null,
            allowed.NeedsChair ? byNature : null
        );

    private static int Rows(FormValues values) =>
        SentActions.Shown(SentActions.Used(values), FirstRows, values["step"] == More ? FirstRows : 0);
}
