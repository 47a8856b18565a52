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

    public IReadOnlyList<RaiseSection> Sections => RaiseSections.Of(this);

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

    /// <summary>The form again, with what could not be read and what the case refuses.</summary>
    public RaiseForm With(IReadOnlyList<FieldError> unread, Refusal? refusal) =>
        this with
        {
            Errors = FormFaults.Of(
                [.. Sections.SelectMany(s => s.Parts)],
                Values,
                unread,
                refusal is null
                    ? null
                    : refusal with
                    {
                        Errors = refusal.Errors?.ToDictionary(e => Asked(e.Key), e => e.Value),
                    }
            ),
        };

    /// <summary>The form's field for one of the body's.</summary>
    private string Asked(string field) =>
        field switch
        {
            "raisedAt" => OpeningFields.RaisedOn,
            "person" => "person.name",
            "receivedBy" or "receivedBy.agency" or "agencies" => $"{Others}[0].agency",
            _ when field.StartsWith("receivedBy.", StringComparison.Ordinal) =>
                $"receivedBy[0]{field["receivedBy".Length..]}",
            _ when field.StartsWith("supporting[", StringComparison.Ordinal) => "supporting",
            _ => field,
        };
}
