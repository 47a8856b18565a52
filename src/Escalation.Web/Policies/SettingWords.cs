using System.Text.RegularExpressions;
using Escalation.Core.Policies;
using Escalation.Web.Wording;

namespace Escalation.Web.Policies;

/// <summary>Local settings in words: where in the procedure one stands, and what its values are called.</summary>
internal static partial class SettingWords
{
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["workingTime"] = "Working time",
        ["skip"] = "The order of the stages",
        ["hold"] = "Stop and Review",
        ["urgent"] = "Imminent risk",
        ["confirmation"] = "Who confirms an agreement",
        ["resolved"] = "What an agreement carries",
        ["finalMissed"] = "A missed last stage",
        ["retention"] = "How long personal data is kept",
    };

    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["workingDays"] = "Working days",
        ["calendarDays"] = "Calendar days",
        ["hours"] = "Hours",
        ["months"] = "Months",
        ["everyWorkingDays"] = "Working days from one reminder to the next",
        ["reviewWorkingDays"] = "Working days to the review",
        ["maxWorkingDays"] = "Working days at the most",
        ["close"] = "Close of business, such as 17:00",
        ["years"] = "Years after the end",
        ["children.untilAge"] = "A child’s case: until which birthday",
        ["children.yearsWithoutBirthDate"] = "A child’s case: years after the end without a date of birth",
        ["forward"] = "A later stage may be opened directly",
        ["byBoth"] = "Both agencies confirm, whoever records it",
        ["needsAction"] = "It names at least one action with a date",
        ["needsOutstanding"] = "It says how outstanding issues are pursued",
        ["withinMonthOfMeeting"] = "Within one month of the meeting",
        ["sameDay"] = "On the same day",
        ["byStageDeadline"] = "By the stage’s deadline",
        ["optional"] = "It may be left out",
        ["does"] = "When the limit is missed",
    };

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["escalate"] = "The next stage opens by itself",
        ["remind"] = "The stage stays open and overdue; its people and the business manager are told again and again",
    };

    /// <summary>"Stage 3, time limit", "Duty: send in the form".</summary>
    public static string Place(Policy policy, string path)
    {
        var found = Step().Match(path);
        if (!found.Success)
            return Places.GetValueOrDefault(path) ?? path;
        var at = int.Parse(found.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
        return found.Groups[1].Value switch
        {
            "stages" => $"{policy.Stages[at].Name}, {OfStage(path)}",
            "duties" => $"Duty: {policy.Duties[at].What}",
            "tells" => $"Who else is told: {policy.Tells[at].Text}",
            "dates" => $"Date: {policy.Dates[at].Name}",
            "forms" => $"Printed form: {policy.Forms![at].Title}",
            "roles" => $"Named person: {policy.Roles[at].Name}",
            var list => StageWords.Capital(list),
        };
    }

    /// <summary>One of the words that a setting may be.</summary>
    public static string Word(string word) => Words.GetValueOrDefault(word) ?? word;

    public static string Value(string name) => Values.GetValueOrDefault(name) ?? name;

    private static string OfStage(string path) =>
        path switch
        {
            _ when path.Contains(".missed", StringComparison.Ordinal) => "what a missed limit does",
            _ when path.Contains(".cap", StringComparison.Ordinal) => "no later than",
            _ when path.Contains(".limits", StringComparison.Ordinal) => "time limit",
            _ when path.EndsWith(".review", StringComparison.Ordinal) => "reminders without a limit",
            _ when path.Contains(".alsoAsks", StringComparison.Ordinal) => "who is also asked",
            _ when path.EndsWith(".raisedBy", StringComparison.Ordinal) => "who raises it from there on",
            _ when path.Contains(".requires", StringComparison.Ordinal) => "what must be recorded",
            _ when path.EndsWith(".jointly", StringComparison.Ordinal) => "who decides together",
            _ => path[(path.LastIndexOf('.') + 1)..],
        };

    [GeneratedRegex(@"^(\w+)\[(\d+)\]", RegexOptions.None, 1000)]
    private static partial Regex Step();
}
