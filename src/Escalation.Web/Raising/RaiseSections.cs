using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>What the form of a procedure asks, made from its policy document.</summary>
internal static class RaiseSections
{
    public static IReadOnlyList<RaiseSection> Of(RaiseForm form) =>
        [
            .. Person(form.Policy.Parties.PersonKinds),
            Concern(form.Policy),
            .. Circumstances(form),
            .. Named(form.Policy),
            .. RaiseDates.Of(form.Policy),
            .. OwnFields(form.Policy),
            RaiseParties.Raising(form),
            RaiseParties.Others(form),
            People(form),
            Papers(),
            Start(form),
        ];

    private static IEnumerable<RaiseSection> Person(IReadOnlyList<string> kinds)
    {
        if (kinds is ["theme"])
            yield break;
        var who =
            kinds is [var only] ? $"the {only}"
            : kinds.Contains("adult") ? "the child or adult"
            : "the child";
        var parts = new List<FormPart>();
        if (kinds.Count > 1)
            parts.Add(
                new FormPart.OneOf(
                    "person.kind",
                    $"Is it about {Either(kinds)}?",
                    [.. kinds.Select(k => new Choice(k, KindName(k)))]
                )
                {
                    What = "whom it is about",
                }
            );
        parts.AddRange([
            new FormPart.Text("person.name", "Name") { What = $"the name of {who}", Hint = NameHint(kinds) },
            new FormPart.Date("person.dateOfBirth", "Date of birth")
            {
                What = "the date of birth",
                Hint = "For example, 27 3 2015",
                Optional = true,
                Sentences = new Dictionary<FaultCode, string>
                {
                    [FaultCode.NotPlausible] = "Date of birth must be a real date in the past",
                },
            },
            new FormPart.Text("person.address", "Address", 3) { What = "the address", Optional = true },
        ]);
        yield return new RaiseSection("person", "Who the concern is about", [], parts);
    }

    private static string? NameHint(IReadOnlyList<string> kinds)
    {
        List<string> hints = [];
        if (kinds.Contains("family"))
            hints.Add("Of a family you can leave it out.");
        if (kinds.Contains("theme"))
            hints.Add("With a theme, give no name, date of birth or address.");
        return hints.Count == 0 ? null : string.Join(' ', hints);
    }

    private static RaiseSection Concern(Policy policy)
    {
        var parts = new List<FormPart>();
        if (policy.Natures.Count > 0)
            parts.Add(
                new FormPart.ManyOf("nature", "What is it about?", [.. policy.Natures.Select(n => Nature(policy, n))])
                {
                    What = "what it is about",
                    Hint = "Select all that apply.",
                    Optional = true,
                }
            );
        parts.AddRange(IntakeText.All.Select(text => Asked(text, policy)));
        return new RaiseSection("concern", "The concern", [policy.Purpose], parts);
    }

    private static Choice Nature(Policy policy, Term nature) =>
        new(
            nature.Id,
            nature.Name,
            nature.DecidedBy is null ? null : $"{nature.DecidedBy} may settle this at any {policy.Words.Stage}."
        );

    private static FormPart.Text Asked(IntakeText text, Policy policy) =>
        new(text.Id, text.Question, text.Rows)
        {
            What = text.What,
            Hint = text.Hint(policy),
            Optional = !text.IsRequired,
        };

    private static IEnumerable<RaiseSection> Circumstances(RaiseForm form)
    {
        var policy = form.Policy;
        if (policy.Circumstances.Count == 0)
            yield break;
        var parts = new List<FormPart>
        {
            new FormPart.ManyOf(
                "circumstances",
                "Do any of these apply?",
                [.. policy.Circumstances.Select(c => new Choice(c.Id, c.Name))]
            )
            {
                What = "what holds",
                Hint = "Select all that apply.",
                Optional = true,
            },
        };
        yield return new RaiseSection("circumstances", "Circumstances", [], parts);
    }

    /// <summary>The people whom the policy names by a role.</summary>
    private static IEnumerable<RaiseSection> Named(Policy policy)
    {
        if (policy.Roles.Count > 0)
            yield return new RaiseSection(
                "named",
                "People whom the procedure names",
                [],
                [.. policy.Roles.Select(role => RaiseSection.Group(role.Name, InRole(policy, role)))]
            );
    }

    private static IReadOnlyList<FormPart> InRole(Policy policy, NamedRole role)
    {
        var field = NamedRole.FieldOf(role.Id);
        return
        [
            new FormPart.Text($"{field}.name", "Name")
            {
                What = $"the name of the {role.Name}",
                Optional = true,
                Hint = Needed(policy, role),
            },
            new FormPart.Text($"{field}.role", "Role") { What = $"the role of the {role.Name}", Optional = true },
            new FormPart.Text($"{field}.email", "Email", Type: "email")
            {
                What = $"the email address of the {role.Name}",
                Optional = true,
            },
            new FormPart.Text($"{field}.phone", "Telephone", Type: "tel")
            {
                What = $"the telephone number of the {role.Name}",
                Optional = true,
            },
        ];
    }

    private static string Needed(Policy policy, NamedRole role)
    {
        IEnumerable<string> Names(IReadOnlyList<string>? ids, IReadOnlyList<Term> terms) =>
            (ids ?? []).Select(id => terms.FirstOrDefault(t => t.Id == id)?.Name ?? id);
        var when = Names(role.Circumstances, policy.Circumstances)
            .Select(name => char.ToLowerInvariant(name[0]) + name[1..])
            .Concat(Names(role.Natures, policy.Natures).Select(name => $"the concern is “{name}”"))
            .ToList();
        var needed = when.Count == 0 ? "Needed" : $"Needed where {string.Join(" or ", when)}";
        return $"{needed}: they are told. Without a name the business manager is told instead.";
    }

    private static IEnumerable<RaiseSection> OwnFields(Policy policy)
    {
        if (policy.Fields.Count > 0)
            yield return new RaiseSection(
                "fields",
                "What this procedure asks besides",
                [],
                [.. policy.Fields.Select(Own)]
            );
    }

    private static FormPart Own(Field field)
    {
        var part = OwnField.Part(field, optional: !field.Required);
        return field.WithLegalStatus ? RaiseSection.Group(field.Name, [part, LegalStatus(field)]) : part;
    }

    private static FormPart.Text LegalStatus(Field field) =>
        new($"fields.{field.Id}.legalStatus", "Legal status")
        {
            What = $"the legal status ({Sentence.LowerFirst(field.Name)})",
            Optional = true,
        };

    private static RaiseSection People(RaiseForm form) =>
        new(
            "others",
            "Others involved",
            [
                "Professionals who work with the family or the adult. They are named in the record, and not told by email.",
            ],
            [
                .. Enumerable
                    .Range(0, form.OtherRows)
                    .Select(i =>
                        RaiseSection.Group(
                            $"Person {i + 1}",
                            [OfPerson(i, "name", "Name"), OfPerson(i, "role", "Role"), OfPerson(i, "agency", "Agency")]
                        )
                    ),
            ],
            form.OtherRows < RaiseForm.MostOthers ? (RaiseForm.MoreOthers, "Add another person") : null
        );

    private static FormPart.Text OfPerson(int i, string name, string label) =>
        new($"others[{i}].{name}", label) { What = $"the {name} of person {i + 1}", Optional = true };

    private static RaiseSection Papers() =>
        new(
            "papers",
            "Supporting papers",
            [],
            [
                new FormPart.Text("supporting", "Papers that are kept elsewhere", 3)
                {
                    What = "the papers",
                    Hint = "One on each line: what it is, and where it can be found.",
                    Optional = true,
                },
            ]
        );

    /// <summary>When it was raised, and which steps were taken before.</summary>
    private static RaiseSection Start(RaiseForm form)
    {
        var policy = form.Policy;
        var first = policy.FirstStage;
        var parts = new List<FormPart> { RaiseSection.Group("When it was raised", WhenRaised) };
        var starts = Starts(policy);
        if (starts.Count > 1)
            parts.Add(RaiseSection.Group("Earlier steps", EarlierSteps(policy, starts)));
        var start =
            form.IsUrgent && policy.Find(policy.Skip.UrgentTo) is { } urgent
                ? $"Because of the imminent risk it starts at {urgent.Name}: {urgent.Tier}."
                : $"It starts at {first.Name}: {first.Tier}.{(starts.Count > 1 ? $" You can choose a later {policy.Words.Stage}." : "")}";
        return new RaiseSection("start", "When it was raised, and where it starts", [start], parts);
    }

    private static IReadOnlyList<FormPart> WhenRaised =>
        [
            new FormPart.Date(OpeningFields.RaisedOn, "Date")
            {
                What = "the date on which it was raised",
                Optional = true,
                Hint =
                    "When the concern or disagreement arose. Leave both empty if that is now. Time limits can run from here.",
                Sentences = new Dictionary<FaultCode, string>
                {
                    [FaultCode.InFuture] = "The date and time at which it was raised must be in the past",
                    [FaultCode.TooLongAgo] =
                        "It must have been raised within the last year: raise the concern as it stands now",
                },
            },
            new FormPart.Text(OpeningFields.RaisedTime, "Time")
            {
                What = "the time at which it was raised",
                Optional = true,
                Hint = "For example, 2:30pm",
            },
        ];

    /// <summary>The first stage, and those at which a case may start besides.</summary>
    private static IReadOnlyList<Stage> Starts(Policy policy) =>
        [.. policy.Stages.Where(s => policy.CanStartAt(s.Id, imminentRisk: false))];

    private static IReadOnlyList<FormPart> EarlierSteps(Policy policy, IReadOnlyList<Stage> starts) =>
        [
            new FormPart.FromList(
                "startAtStage",
                "Where it starts",
                [.. starts.Select(s => new Choice(s.Id, $"{s.Name}: {s.Tier}"))],
                Empty: null
            )
            {
                What = "where it starts",
                Hint = $"A later {policy.Words.Stage} is for where the earlier steps were taken already, or cannot be.",
                Optional = true,
            },
            new FormPart.Text("startReason", $"Why it starts at a later {policy.Words.Stage}", 3)
            {
                What = $"why it starts at a later {policy.Words.Stage}",
                Optional = true,
            },
            .. policy.Skip.Starts is { Consulting: { } whom }
                ? new[]
                {
                    new FormPart.Text("startConsulted", "Who was consulted")
                    {
                        What = "who was consulted",
                        Hint =
                            $"To start at a later {policy.Words.Stage} you consult {whom} first: their name and role.",
                        Optional = true,
                    },
                }
                : [],
        ];

    public static string KindName(string kind) =>
        kind switch
        {
            "child" => "A child",
            "adult" => "An adult",
            "family" => "A family",
            "theme" => "A theme, and no one person",
            _ => kind,
        };

    private static string Either(IReadOnlyList<string> kinds)
    {
        var names = kinds.Select(k => KindName(k)).Select(n => char.ToLowerInvariant(n[0]) + n[1..]).ToList();
        return string.Join(" or ", names.Count > 2 ? [string.Join(", ", names[..^1]), names[^1]] : names);
    }
}
