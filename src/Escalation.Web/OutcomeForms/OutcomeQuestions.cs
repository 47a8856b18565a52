using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;

namespace Escalation.Web.OutcomeForms;

/// <summary>What an outcome's form asks, by a link and on the case page: only what the policy asks at that stage.</summary>
/// <param name="Case">As it stands at <paramref name="Now"/>.</param>
/// <param name="Agencies">In whose names it may be recorded.</param>
/// <param name="Contact">Whose emailed link the form is on; null: it is on none.</param>
/// <param name="AgencyName">What an agency is called to whoever reads the form.</param>
internal sealed record OutcomeQuestions(
    Case Case,
    Rules Rules,
    string StageId,
    IReadOnlyList<string> Agencies,
    string? Contact,
    Func<string, string> AgencyName,
    DateTimeOffset Now
)
{
    /// <summary>Rows for actions on an empty form, and how many more are added on request.</summary>
    private const int FirstRows = 3;

    private Policy Policy => Rules.Policy;
    private Stage Stage => Policy.Find(StageId)!;

    public IReadOnlyList<FormPart> Parts(FormValues values)
    {
        var allowed = Allowed();
        var parts = new List<FormPart> { Outcome(allowed), Method(), DiscussedOn(), Summary() };
        parts.AddRange(Where(allowed));
        parts.AddRange(OfStage(allowed));
        if (ChairOf(allowed) is { } chair)
            parts.Add(Chair(chair));
        if (allowed.Any(a => Outcomes.Has(a.Outcome, OutcomeEffect.Agrees)))
            parts.Add(IfResolved());
        parts.Add(Actions(values));
        parts.Add(
            new FormPart.Group(
                "Add how it was worked through, lessons or comments (optional)",
                [
                    new FormPart.Text("methodology", "How the matter was worked through", 3) { Optional = true },
                    new FormPart.Text("lessons", "Lessons learned", 3) { Optional = true },
                    .. Themes(),
                    new FormPart.Text("comments", "Comments", 3) { Optional = true },
                ],
                Folded: true
            )
        );
        return parts;
    }

    /// <summary>What may be recorded at the stage, and by which of the agencies.</summary>
    private IReadOnlyList<AllowedBy> Allowed() =>
        [
            .. Agencies
                .SelectMany(a =>
                    AllowedOutcomes.For(Case, Rules, StageId, a, Now, Contact).Select(o => (Agency: a, Outcome: o))
                )
                .GroupBy(x => x.Outcome.Id)
                .OrderBy(g => Outcomes.All.Index().First(o => o.Item.Id == g.Key).Index)
                .Select(g => new AllowedBy(g.Key, g.Any(x => x.Outcome.NeedsChair), [.. g.Select(x => x.Agency)])),
        ];

    private FormPart.OneOf Outcome(IReadOnlyList<AllowedBy> allowed) =>
        new("outcome", "What was the outcome?", [.. allowed.Select(a => new Choice(a.Outcome, Label(a), Only(a)))])
        {
            What = "what the outcome was",
            Answered = "Outcome",
        };

    /// <summary>
    /// Where the next stage may be passed over, or the case taken to another procedure, whoever escalates says where it goes.
    /// </summary>
    private IEnumerable<FormPart> Where(IReadOnlyList<AllowedBy> allowed)
    {
        var stages = Policy.EscalatesTo(StageId).ToList();
        var leads = LeadRules.From(Case, Rules, StageId);
        if ((stages.Count < 2 && leads.Count == 0) || allowed.All(a => a.Outcome != Outcomes.Escalate))
            yield break;
        yield return new FormPart.OneOf(
            "to",
            $"If it is {Policy.Words.Escalated}: where does it go?",
            [
                .. stages.Select(s => new Choice(
                    s.Id,
                    $"{s.Name}: {s.Tier}",
                    s.Optional is { } basis ? $"{basis.Text}." : null
                )),
                .. leads.Select(l => new Choice(
                    LeadRules.Named(l),
                    $"Another procedure: {LeadRules.Target(Rules, l)!.Policy.Name}",
                    l.Text
                )),
            ]
        )
        {
            What = $"where it is {Policy.Words.Escalated} to",
            Answered = $"{Sentence.UpperFirst(Policy.Words.Escalated)} to",
            Optional = stages.Count > 0,
            Counts = values => values["outcome"] == Outcomes.Escalate,
        };
    }

    private FormPart.OneOf Method() =>
        new("method", "How was it discussed?", [.. Policy.Methods.Select(m => new Choice(m.Id, m.Name, m.Refused))])
        {
            What = "how it was discussed",
            Answered = "How it was discussed",
        };

    private FormPart.Date DiscussedOn() =>
        new("discussedOn", "When was it discussed?")
        {
            What = "the date it was discussed",
            Answered = "Date it was discussed",
            Hint = $"For example, {Rules.Calendar.LocalDate(Now).ToString("d M yyyy", CultureInfo.InvariantCulture)}",
        };

    private static FormPart.Text Summary() =>
        new("summary", "Summary of the discussion", 6)
        {
            What = "a summary of the discussion",
            Hint = "What was said, and what was agreed or not agreed. Up to 10,000 characters.",
        };

    /// <summary>The stage's own fields by the outcomes that need them, in the order of the policy.</summary>
    private IEnumerable<FormPart> OfStage(IReadOnlyList<AllowedBy> allowed) =>
        Agencies
            .SelectMany(a =>
                AskedFields
                    .Of(Case, Policy, StageId, Case.SideOf(a) ?? Side.Partnership)
                    .Select(f => (Field: f, Agency: a))
            )
            .GroupBy(asked => asked.Field, asked => asked.Agency)
            .Where(f => f.Key.On.Any(o => allowed.Any(a => a.Outcome == o)))
            .GroupBy(f =>
                string.Join(
                    " or ",
                    f.Key.On.Where(o => allowed.Any(a => a.Outcome == o))
                        .Select(o => Policy.Words.Called(Outcomes.Find(o)!).Condition)
                )
            )
            .Select(g => new FormPart.Group($"If it is {g.Key}", [.. g.Select(f => OfStage(f.Key, [.. f]))]));

    /// <param name="askedOf">In whose names it is asked.</param>
    private FormPart OfStage(OutcomeField field, IReadOnlyList<string> askedOf) =>
        OwnField.Part(field, field.Optional) with
        {
            Counts = values =>
                field.On.Contains(values["outcome"])
                && (askedOf.Count == Agencies.Count || askedOf.Contains(values["by.agency"])),
        };

    private IEnumerable<FormPart> Themes() =>
        Policy.Themes.Count == 0
            ? []
            :
            [
                new FormPart.ManyOf(
                    "themes",
                    "What the lessons are about",
                    [.. Policy.Themes.Select(t => new Choice(t.Id, t.Name))]
                )
                {
                    Optional = true,
                },
            ];

    private string? ChairOf(IReadOnlyList<AllowedBy> allowed) =>
        Stage.Chair?.Who ?? (allowed.Any(a => a.NeedsChair) ? ByNature : null);

    /// <summary>The chair whom the concern's nature lets decide.</summary>
    private string? ByNature =>
        Policy.Natures.FirstOrDefault(n => n.DecidedBy is not null && Case.Natures.Contains(n.Id))?.DecidedBy;

    private static FormPart.Group Chair(string who) =>
        new(
            "Chair",
            [
                new FormPart.Text("chair.name", "Name of the chair") { What = "the name of the chair" },
                new FormPart.Text("chair.role", "Role of the chair")
                {
                    What = "the role of the chair",
                    Optional = true,
                },
                new FormPart.Text("chair.agency", "Organisation of the chair")
                {
                    What = "the organisation of the chair",
                },
            ]
        )
        {
            Hint = $"{Sentence.UpperFirst(who)}.",
        };

    private FormPart.Group IfResolved() =>
        new(
            "If it is resolved",
            [
                new FormPart.FromList(
                    "recordKeeper",
                    "Which agency keeps the record and checks the actions?",
                    AgencyChoices
                )
                {
                    What = "which agency keeps the record and checks the actions",
                    Answered = "Agency that keeps the record",
                },
                new FormPart.Text("outstanding", "How outstanding issues will be pursued", 3)
                {
                    Optional = !Policy.Resolved.NeedsOutstanding,
                },
            ]
        );

    private FormPart.Actions Actions(FormValues values)
    {
        var more = values["step"] == "more";
        return new("Agreed actions", AgencyChoices, Rows(values, more), AllOpen: more)
        {
            Missing = "Add at least one action with a date",
            Hint =
                $"{(Policy.Resolved.NeedsAction ? "At least one with a date if it is resolved." : "If any.")} "
                + "Each is checked when its date comes.",
        };
    }

    private static int Rows(FormValues values, bool more) =>
        SentActions.Shown(SentActions.Used(values), FirstRows, more ? FirstRows : 0);

    private IReadOnlyList<Choice> AgencyChoices =>
        [.. Case.Parties.Select(p => p.Agency).Append(Case.Partnership).Select(a => new Choice(a, AgencyName(a)))];

    /// <summary>Null when every agency on the form may record it.</summary>
    private string? Only(AllowedBy allowed) =>
        allowed.Agencies.Count == Agencies.Count
            ? null
            : $"Only in the name of {string.Join(" or ", allowed.Agencies.Select(AgencyName))}";

    private string Label(AllowedBy allowed) =>
        OutcomeWords.Choice(
            Policy.Words,
            Policy.Words.Called(Outcomes.Find(allowed.Outcome)!),
            Stage,
            // A late answer moves nothing, so it does not offer to.
            Case.IsOpen
            && Case.Stage.Id == StageId
                ? Policy.After(StageId)
                : null,
            allowed.NeedsChair ? ByNature : null
        );
}

/// <param name="Agencies">In whose names it may be recorded.</param>
internal sealed record AllowedBy(string Outcome, bool NeedsChair, IReadOnlyList<string> Agencies);
