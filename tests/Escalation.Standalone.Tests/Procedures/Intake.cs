namespace Escalation.Standalone.Tests.Procedures;

/// <summary>What an intake form sends, for each built-in policy, about agencies of the demonstration.</summary>
internal static class Intake
{
    private static readonly Dictionary<string, (string Raising, string? Receiving, string Kind, string Nature)> Parts =
        new()
        {
            ["suffolk"] = ("waveney-academy", "suffolk-childrens-services", "child", "assessment"),
            ["suffolk-mash"] = ("waveney-academy", "suffolk-mash", "child", "referralDecision"),
            ["berkshire-west"] = ("loddon-school", "kennet-childrens-services", "child", "needForAction"),
            ["berkshire-west-disagreement"] = ("loddon-school", "kennet-childrens-services", "child", "caseClosure"),
            ["sandwell"] = ("oak-primary", "sandwell-childrens-trust", "child", "informationSharing"),
            ["surrey-adults"] = ("wey-valley-hospital", "surrey-adult-social-care", "adult", "communication"),
            ["surrey-adults-risk"] = ("wey-valley-hospital", null, "adult", "unmanageableRisk"),
            ["sefton"] = ("dunes-high-school", "sefton-childrens-services", "child", "informationSharing"),
        };

    public static string Raising(string policy) => Parts[policy].Raising;

    public static string? Receiving(string policy) => Parts[policy].Receiving;

    public static string Nature(string policy) => Parts[policy].Nature;

    public static object For(string policy, string name, string? raisedAt = null)
    {
        var (raising, receiving, kind, nature) = Parts[policy];
        return new
        {
            policy,
            raisedAt,
            person = new
            {
                kind,
                name,
                dateOfBirth = kind == "adult" ? "1950-03-04" : "2015-03-04",
            },
            raisedBy = new
            {
                agency = raising,
                name = "Rosa Raiser",
                role = "Lead",
                email = $"rosa@{raising}.example.org",
                caseNumber = "OWN-7",
            },
            receivedBy = receiving is null
                ? null
                : new
                {
                    agency = receiving,
                    name = "Ravi Receiver",
                    email = $"ravi@{receiving}.example.org",
                },
            agencies = receiving is null ? new[] { "surrey-adult-social-care", "downs-housing" } : null,
            nature = new[] { nature },
            concern = "What was asked for was not done.",
            details = "It was asked for twice.",
            fields = policy == "surrey-adults-risk"
                ? new Dictionary<string, string> { ["actionsSoFar"] = "Visits twice a week." }
                : null,
        };
    }
}
