using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Raising;

/// <summary>What the form of a procedure asks, made from its policy document.</summary>
internal static class RaiseSections
{
    public static IReadOnlyList<AskSection> Of(RaiseForm form) =>
        [
            Person(form),
            Concern(form),
            .. Circumstances(form),
            .. OwnFields(form),
            RaiseParties.Raising(form),
            RaiseParties.Others(form),
            People(form),
            Papers(),
            Start(form),
        ];

    private static AskSection Person(RaiseForm form)
    {
        var kinds = form.Policy.Parties.PersonKinds;
        var who =
            kinds is [var only] ? $"the {only}"
            : kinds.Contains("adult") ? "the child or adult"
            : "the child";
        return new AskSection(
            "person",
            "Who the concern is about",
            [],
            [
                new(
                    null,
                    [
                        .. kinds.Count > 1
                            ?
                            [
                                new Ask.One([.. kinds.Select(k => new Choice(k, KindName(k)))])
                                {
                                    Name = "person.kind",
                                    Label = $"Is it about {Either(kinds)}?",
                                    What = "whom it is about",
                                },
                            ]
                            : Array.Empty<Ask>(),
                        new Ask.Line
                        {
                            Name = "person.name",
                            Label = "Name",
                            What = $"the name of {who}",
                            Hint = kinds.Contains("family") ? "Of a family you can leave it out." : null,
                        },
                        new Ask.Day
                        {
                            Name = "person.dateOfBirth",
                            Label = "Date of birth",
                            What = "the date of birth",
                            Hint = "For example, 27 3 2015",
                            Optional = true,
                        },
                        new Ask.Line(3)
                        {
                            Name = "person.address",
                            Label = "Address",
                            What = "the address",
                            Optional = true,
                        },
                    ]
                ),
            ]
        );
    }

    private static AskSection Concern(RaiseForm form) =>
        new(
            "concern",
            "The concern",
            [form.Policy.Purpose],
            [
                new(
                    null,
                    [
                        .. form.Policy.Natures.Count > 0
                            ?
                            [
                                new Ask.Many([
                                    .. form.Policy.Natures.Select(n => new Choice(
                                        n.Id,
                                        n.Name,
                                        n.DecidedBy is null ? null : $"{n.DecidedBy} may settle this at any stage."
                                    )),
                                ])
                                {
                                    Name = "nature",
                                    Label = "What is it about?",
                                    What = "what it is about",
                                    Hint = "Select all that apply.",
                                    Optional = true,
                                },
                            ]
                            : Array.Empty<Ask>(),
                        new Ask.Line
                        {
                            Name = "natureOther",
                            Label = "In your own words",
                            What = "what it is about in your own words",
                            Hint = "Where none of these says it.",
                            Optional = true,
                        },
                        new Ask.Line(3)
                        {
                            Name = "concern",
                            Label = "The concern in a few words",
                            What = "the concern in a few words",
                            Optional = true,
                        },
                        new Ask.Line(8)
                        {
                            Name = "details",
                            Label = "Details",
                            What = "the details",
                            Hint = form.Policy.Parties.Receiving
                                ? "What happened, what was decided, and why you disagree."
                                : "What the risk is, and why it cannot be managed.",
                        },
                        new Ask.Line(4)
                        {
                            Name = "evidence",
                            Label = "Evidence",
                            What = "the evidence",
                            Hint = "Facts, dates, assessments.",
                            Optional = true,
                        },
                        new Ask.Line(4)
                        {
                            Name = "outcomeSought",
                            Label = "What you want to happen",
                            What = "what you want to happen",
                            Optional = true,
                        },
                    ]
                ),
            ]
        );

    private static IEnumerable<AskSection> Circumstances(RaiseForm form)
    {
        var (policy, officer) = (form.Policy, form.OfficerRule);
        if (policy.Circumstances.Count == 0)
            yield break;
        var groups = new List<AskGroup>
        {
            new(
                null,
                [
                    new Ask.Many([.. policy.Circumstances.Select(c => new Choice(c.Id, c.Name))])
                    {
                        Name = "circumstances",
                        Label = "Do any of these apply?",
                        What = "what holds",
                        Hint = "Select all that apply.",
                        Optional = true,
                    },
                ]
            ),
        };
        if (officer is not null)
            groups.Add(
                new(
                    "Independent Reviewing Officer",
                    [
                        new Ask.Line
                        {
                            Name = "independentReviewingOfficer.name",
                            Label = "Name of the officer",
                            What = "the name of the Independent Reviewing Officer",
                            Optional = true,
                            Hint = OfficerHint(policy, officer),
                        },
                        new Ask.Line
                        {
                            Name = "independentReviewingOfficer.role",
                            Label = "Role of the officer",
                            What = "the role of the Independent Reviewing Officer",
                            Optional = true,
                        },
                        new Ask.Line(0, "email")
                        {
                            Name = "independentReviewingOfficer.email",
                            Label = "Email of the officer",
                            What = "the email address of the Independent Reviewing Officer",
                            Optional = true,
                        },
                    ]
                )
            );
        yield return new AskSection("circumstances", "Circumstances", [], groups);
    }

    private static string OfficerHint(Policy policy, TellRule rule)
    {
        var when = string.Join(
            " or ",
            rule.Circumstances.Select(id => policy.Circumstances.FirstOrDefault(c => c.Id == id)?.Name ?? id)
                .Select(name => char.ToLowerInvariant(name[0]) + name[1..])
        );
        return $"Needed where {when}: the officer is told. Without a name the business manager is told instead.";
    }

    private static IEnumerable<AskSection> OwnFields(RaiseForm form)
    {
        if (form.Policy.Fields.Count > 0)
            yield return new AskSection(
                "fields",
                "What this procedure asks besides",
                [],
                [.. form.Policy.Fields.Select(f => new AskGroup(f.WithLegalStatus ? f.Name : null, [.. Own(f)]))]
            );
    }

    private static IEnumerable<Ask> Own(Field field)
    {
        var (name, what) = ($"fields.{field.Id}", char.ToLowerInvariant(field.Name[0]) + field.Name[1..]);
        yield return field.Kind == "choice"
            ? new Ask.Pick([.. field.Options.Select(o => new Choice(o.Id, o.Name))], "Not known")
            {
                Name = name,
                Label = field.Name,
                What = what,
                Optional = true,
            }
            : new Ask.Line(3)
            {
                Name = name,
                Label = field.Name,
                What = what,
                Optional = true,
            };
        if (field.WithLegalStatus)
            yield return new Ask.Line
            {
                Name = $"{name}.legalStatus",
                Label = "Legal status",
                What = $"the legal status ({what})",
                Optional = true,
            };
    }

    private static AskSection People(RaiseForm form) =>
        new(
            "others",
            "Others involved",
            [
                "Professionals who work with the family or the adult. They are named in the record, and not told by email.",
            ],
            [
                .. Enumerable
                    .Range(0, form.OtherRows)
                    .Select(i => new AskGroup(
                        $"Person {i + 1}",
                        [
                            new Ask.Line
                            {
                                Name = $"others[{i}].name",
                                Label = "Name",
                                What = $"the name of person {i + 1}",
                                Optional = true,
                            },
                            new Ask.Line
                            {
                                Name = $"others[{i}].role",
                                Label = "Role",
                                What = $"the role of person {i + 1}",
                                Optional = true,
                            },
                            new Ask.Line
                            {
                                Name = $"others[{i}].agency",
                                Label = "Agency",
                                What = $"the agency of person {i + 1}",
                                Optional = true,
                            },
                        ]
                    )),
            ],
            form.OtherRows < RaiseForm.MostOthers ? (RaiseForm.MoreOthers, "Add another person") : null
        );

    private static AskSection Papers() =>
        new(
            "papers",
            "Supporting papers",
            [],
            [
                new(
                    null,
                    [
                        new Ask.Line(3)
                        {
                            Name = "supporting",
                            Label = "Papers that are kept elsewhere",
                            What = "the papers",
                            Hint = "One on each line: what it is, and where it can be found.",
                            Optional = true,
                        },
                    ]
                ),
            ]
        );

    /// <summary>When it was raised, and which steps were taken before.</summary>
    private static AskSection Start(RaiseForm form)
    {
        var (policy, groups) = (
            form.Policy,
            new List<AskGroup>
            {
                new(
                    "When it was raised",
                    [
                        new Ask.Day
                        {
                            Name = OpeningFields.RaisedOn,
                            Label = "Date",
                            What = "the date on which it was raised",
                            Optional = true,
                            Hint = "Leave both empty if you raise it now. The time limits run from here.",
                        },
                        new Ask.Line
                        {
                            Name = OpeningFields.RaisedTime,
                            Label = "Time",
                            What = "the time at which it was raised",
                            Optional = true,
                            Hint = "For example, 2:30pm",
                        },
                    ]
                ),
            }
        );
        var first = policy.FirstStage;
        if (policy.Skip.Forward)
            groups.Add(
                new(
                    "Earlier steps",
                    [
                        new Ask.Pick([.. policy.Stages.Select(s => new Choice(s.Id, $"{s.Name}: {s.Tier}"))], null)
                        {
                            Name = "startAtStage",
                            Label = "Where it starts",
                            What = "where it starts",
                            Hint = "A later stage is for where the earlier steps were taken already, or cannot be.",
                            Optional = true,
                        },
                        new Ask.Line(3)
                        {
                            Name = "startReason",
                            Label = "Why it starts at a later stage",
                            What = "why it starts at a later stage",
                            Optional = true,
                        },
                    ]
                )
            );
        var start =
            form.IsUrgent && policy.Find(policy.Skip.UrgentTo) is { } urgent
                ? $"Because of the imminent risk it starts at {urgent.Name}: {urgent.Tier}."
                : $"It starts at {first.Name}: {first.Tier}.{(policy.Skip.Forward ? " You can choose a later stage." : "")}";
        return new AskSection("start", "When it was raised, and where it starts", [start], groups);
    }

    public static string KindName(string kind) =>
        kind switch
        {
            "child" => "A child",
            "adult" => "An adult",
            "family" => "A family",
            _ => kind,
        };

    private static string Either(IReadOnlyList<string> kinds)
    {
        var names = kinds.Select(k => KindName(k)).Select(n => char.ToLowerInvariant(n[0]) + n[1..]).ToList();
        return string.Join(" or ", names.Count > 2 ? [string.Join(", ", names[..^1]), names[^1]] : names);
    }
}
