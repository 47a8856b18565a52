using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;
using Escalation.Web.SignIn;

namespace Escalation.Web.Raising;

/// <summary>The form of a procedure as one caller sees it: what it asks, what was typed, what was wrong.</summary>
/// <param name="Values">Rows of lists stand without gaps.</param>
public sealed record RaiseForm(Rules Rules, Caller Caller, FormValues Values, FormErrors Errors)
{
    public const string Key = "key", Step = "step", Imminent = "imminentRisk", Conduct = "conductOfColleague", Seen = "seen";
    public const string MoreAgencies = "moreAgencies", MoreOthers = "moreOthers";
    public const int MostOthers = 30;

    public Policy Policy => Rules.Policy;

    public string Url => $"/raise/{Policy.Id}";

    public bool IsUrgent => Values[Imminent] == "yes";

    /// <summary>What to do at once; null where nobody is at imminent risk.</summary>
    public string? Urgent => IsUrgent ? Policy.Urgent.Instruction : null;

    public IReadOnlyList<AskSection> Sections => RaiseSections.Of(this);

    public IEnumerable<Ask> Asks => Sections.SelectMany(s => s.Asks);

    /// <summary>The other agencies' list: one side receives, or all share the risk.</summary>
    public string Others => Policy.Parties.Receiving ? "receivedBy" : "agencies";

    public int MostAgencies => Policy.Parties.Receiving ? 10 : 20;

    public int AgencyRows => Math.Min(MostAgencies, Math.Max(Policy.Parties.Receiving ? 1 : 2, RaiseRows.Count(Values, Others)) + (Values[Step] == MoreAgencies ? 1 : 0));

    public int OtherRows => Math.Min(MostOthers, Math.Max(1, RaiseRows.Count(Values, "others")) + (Values[Step] == MoreOthers ? 1 : 0));

    /// <summary>Whether the policy's rules tell the Independent Reviewing Officer whom intake names.</summary>
    public TellRule? OfficerRule => Policy.Tells.FirstOrDefault(t => t.Who.Tier == "named:independentReviewingOfficer");

    /// <summary>Everything that was typed, to be sent again as it was.</summary>
    public IEnumerable<KeyValuePair<string, string>> Hidden => RaiseRows.Hidden(Values);
}

/// <summary>Rows of lists in a form: <c>others[0].name</c>.</summary>
internal static class RaiseRows
{
    /// <summary>Beyond this nothing is read: a form never shows as many.</summary>
    private const int Most = 60;
    private static readonly string[] Lists = ["receivedBy", "agencies", "others"];

    /// <summary>How many rows a list has, once <see cref="Compact"/> moved them up.</summary>
    public static int Count(FormValues values, string list) => Filled(values, list).Count;

    /// <summary>Rows moved up over empty ones, so that a row's number is the entry's number. Line ends as a program sends them.</summary>
    public static FormValues Compact(FormValues values)
    {
        var kept = values.Sent.Where(p => !Lists.Any(l => p.Key.StartsWith(l + "[", StringComparison.Ordinal))).ToDictionary(p => p.Key, p => Lines(p.Value));
        foreach (var list in Lists)
        {
            var rows = Filled(values, list);
            for (var i = 0; i < rows.Count; i++)
                foreach (var (key, value) in values.Sent.Where(p => p.Key.StartsWith($"{list}[{rows[i]}].", StringComparison.Ordinal)))
                    kept[$"{list}[{i}]{key[key.IndexOf(']')..][1..]}"] = Lines(value);
        }
        return new FormValues(kept);
    }

    /// <summary>Every value as a hidden field, check boxes one by one; without what belongs to a single step.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Hidden(FormValues values, params IReadOnlyList<string> without) =>
        values.Sent.Where(p => p.Key is not (RaiseForm.Step or RaiseForm.Seen) && !without.Contains(p.Key) && p.Value.Trim().Length > 0).OrderBy(p => p.Key, StringComparer.Ordinal)
            .SelectMany(p => p.Key is "nature" or "circumstances" ? values.All(p.Key).Select(v => new KeyValuePair<string, string>(p.Key, v)) : [p]);

    private static List<int> Filled(FormValues values, string list) =>
        [.. Enumerable.Range(0, Most).Where(i => values.Sent.Any(p => p.Key.StartsWith($"{list}[{i}].", StringComparison.Ordinal) && p.Value.Trim().Length > 0))];

    private static string Lines(string value) => value.ReplaceLineEndings("\n");
}
