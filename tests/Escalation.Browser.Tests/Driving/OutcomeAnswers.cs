namespace Escalation.Browser.Tests.Driving;

/// <summary>What a manager who was sent a link answers. Only what the stage's form asks is typed.</summary>
internal static class OutcomeAnswers
{
    public static IReadOnlyDictionary<string, string> For(string outcome, DateOnly today, string raising)
    {
        var answers = new Dictionary<string, string>
        {
            ["outcome"] = outcome,
            ["method"] = "phone",
            ["discussedOn"] = Iso(today),
            ["summary"] = "We went through the referral together.",
            ["name"] = "Ann Swer",
            ["role"] = "Team manager",
            ["chair.name"] = "Chris Chair",
            ["chair.role"] = "Chair",
            ["chair.agency"] = "An uninvolved organisation",
            ["fields.justified"] = "yes",
            ["fields.stepsFollowed"] = "yes",
            ["fields.evidenceBase"] = "The referral of 3 March.",
            ["fields.riskLevel"] = "High, and not falling.",
            ["fields.actionsAudited"] = "yes",
        };
        if (outcome != "resolved")
            return answers;
        answers["recordKeeper"] = raising;
        answers["outstanding"] = "By a call in a week.";
        answers["actions[0].what"] = "Write the plan";
        answers["actions[0].byWhom"] = "Ann Swer";
        answers["actions[0].agency"] = raising;
        answers["actions[0].due"] = Iso(today.AddDays(21));
        return answers;
    }

    private static string Iso(DateOnly date) =>
        date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
