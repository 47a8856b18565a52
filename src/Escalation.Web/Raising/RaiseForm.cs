using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.Forms;
using Escalation.Web.Site.SignIn;

namespace Escalation.Web.Raising;

/// <summary>The form of a procedure as one caller sees it: what it asks, what was typed, what was wrong.</summary>
/// <param name="Values">Rows of lists stand without gaps.</param>
public sealed record RaiseForm(Rules Rules, Caller Caller, FormValues Values, FormErrors Errors)
{
    public const string Key = "key",
        Step = "step",
        Open = "open",
        Imminent = "imminentRisk",
        Conduct = "conductOfColleague",
        Seen = "seen";
    public const string MoreAgencies = "moreAgencies",
        MoreOthers = "moreOthers";
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

    public int AgencyRows
    {
        get
        {
            var filled = Math.Max(Policy.Parties.Receiving ? 1 : 2, FormRows.Count(Values, Others));
            return Math.Min(MostAgencies, filled + (Values[Step] == MoreAgencies ? 1 : 0));
        }
    }

    public int OtherRows =>
        Math.Min(MostOthers, Math.Max(1, FormRows.Count(Values, "others")) + (Values[Step] == MoreOthers ? 1 : 0));

    /// <summary>Whether the policy's rules tell the Independent Reviewing Officer whom intake names.</summary>
    public TellRule? OfficerRule => Policy.Tells.FirstOrDefault(t => t.Who.Tier == "named:independentReviewingOfficer");

    /// <summary>Everything that was typed, to be sent again as it was.</summary>
    public IEnumerable<KeyValuePair<string, string>> Hidden => HiddenOf(Values);

    /// <summary>Every value as a hidden field, check boxes one by one; without what belongs to a single step.</summary>
    public static IEnumerable<KeyValuePair<string, string>> HiddenOf(
        FormValues values,
        params IReadOnlyList<string> without
    ) =>
        values
            .Sent.Where(p => p.Key is not (Step or Seen) && !without.Contains(p.Key) && values.Typed(p.Key) is not null)
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .SelectMany(p =>
                p.Key is "nature" or "circumstances"
                    ? values.All(p.Key).Select(v => new KeyValuePair<string, string>(p.Key, v))
                    : [p]
            );
}
