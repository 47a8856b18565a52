using Escalation.Core.Cases;

namespace Escalation.Standalone.Demo;

/// <summary>A sample case and how long ago it was raised.</summary>
public sealed record DemoCase(string Policy, int DaysAgo, OpenCase Open);

/// <summary>Invented cases. Nobody answers them before the demonstration begins, so that they stand at different stages.</summary>
public static class DemoCases
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        Case(
            "sandwell",
            0,
            "demo-1",
            Person("child", "Rowan Example", new DateOnly(2016, 5, 4)),
            By("oak-primary", "Sam Ellis", "Designated safeguarding lead", "OAK-104"),
            [By("sandwell-childrens-trust", "Jo Marsh", "Social worker", "SCT-2201")],
            ["informationSharing"],
            "The outcome of the referral was not shared.",
            "The school referred a concern and has not been told what was decided.",
            "A written answer to the referral."
        ),
        Case(
            "sefton",
            4,
            "demo-2",
            Person("child", "Skye Sample", new DateOnly(2012, 9, 30)),
            By("dunes-high-school", "Pat Lane", "Head of year", "DHS-77"),
            [By("sefton-childrens-services", "Chris Wolfe", "Social worker", "SCS-9")],
            ["other"],
            "Disagreement about the level of support.",
            "The school believes that the plan does not match what it sees every day.",
            "A review of the plan with the school in the room."
        ),
        Case(
            "surrey-adults",
            6,
            "demo-3",
            Person("adult", "Robin Placeholder", new DateOnly(1951, 1, 17)),
            By("wey-valley-hospital", "Lee Grant", "Ward manager", "WVH-3310"),
            [By("surrey-adult-social-care", "Ash Field", "Social worker", "ASC-871")],
            ["communication"],
            "Discharge was planned without social care.",
            "The ward was not invited to the strategy discussion.",
            "A discharge plan that both agencies agree."
        ),
    ];

    private static DemoCase Case(
        string policy,
        int daysAgo,
        string key,
        Person person,
        IntakePerson by,
        IReadOnlyList<IntakePerson> to,
        IReadOnlyList<string> nature,
        string concern,
        string details,
        string sought
    ) =>
        new(
            policy,
            daysAgo,
            new OpenCase
            {
                Reference = "",
                IntakeKey = key,
                Actor = "demo",
                Person = person,
                RaisedBy = by,
                ReceivedBy = to,
                Nature = nature,
                NatureOther = nature.Contains("other") ? concern : null,
                Concern = concern,
                Details = details,
                OutcomeSought = sought,
            }
        );

    private static Person Person(string kind, string name, DateOnly born) => new(kind, name, born, null);

    private static IntakePerson By(string agency, string name, string role, string number) =>
        new(
            agency,
            null,
            name,
            role,
            $"{name.Replace(' ', '.').ToLowerInvariant()}@{agency}.example.org",
            number,
            null
        );
}
