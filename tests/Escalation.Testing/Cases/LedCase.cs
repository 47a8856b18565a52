using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Testing.Cases;

/// <summary>
/// Two policies of one partnership: Sefton's ladder, whose stages 2 and 4 lead to Suffolk's. Both call their stages 1, 2, 3 and 4.
/// </summary>
public static class LedCase
{
    public const string Plans = "essex-plans",
        ToPlans = "policy:essex-plans";

    public static string From(Action<JsonNode>? change = null) =>
        OwnDocument.OfEssex(change: d =>
        {
            Lead(d, "2", Plans);
            change?.Invoke(d);
        });

    public static string To(Action<JsonNode>? change = null) =>
        OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["id"] = Plans;
                d["name"] = "Plans that are stuck";
                d["partnership"] = OwnDocument.Essex;
                d["referencePrefix"] = OwnDocument.EssexPrefix;
                d["version"] = Policy.FirstOwnVersion;
                change?.Invoke(d);
            }
        );

    /// <summary>A stage of the document leads to another policy.</summary>
    /// <param name="more">More members of the rule, as <c>, "stage": "3"</c>.</param>
    public static void Lead(JsonNode document, string stage, string policy, string more = "") =>
        OwnDocument.Stage(document, stage)["leadsTo"] = JsonNode.Parse(
            $$"""
            [{ "policy": "{{policy}}", "text": "For a plan that is stuck",
               "basis": { "where": "Part 4", "text": "A plan that is stuck goes its own way" }{{more}} }]
            """
        );

    public static Rules Rules(Action<JsonNode>? from = null, Action<JsonNode>? to = null)
    {
        var (calendar, directory) = (Sample.Calendar(), Sample.Directory(OwnDocument.Essex));
        return new Rules(OwnDocument.Read(From(from)), calendar, directory)
        {
            LeadsTo = [new Rules(OwnDocument.Read(To(to)), calendar, directory)],
        };
    }

    /// <summary>Opened under the first on Monday 12 October 2026 at 09:00.</summary>
    public static CaseStory Opened(
        Action<JsonNode>? from = null,
        Action<JsonNode>? to = null,
        Func<OpenCase, OpenCase>? change = null
    ) =>
        CaseStory.Open(
            "sefton",
            "2026-10-12 09:00",
            o => (change ?? (x => x))(o with { Reference = "ESX-7K3M-Q9XA" }),
            Rules(from, to)
        );

    /// <summary>Taken at the first's stage 2 to the second, on Tuesday 13 October at 10:00.</summary>
    public static CaseStory Led(
        Action<JsonNode>? from = null,
        Action<JsonNode>? to = null,
        Func<OpenCase, OpenCase>? change = null
    )
    {
        var story = Opened(from, to, change);
        Escalate(story, to: null);
        story.Until("2026-10-13 10:00");
        Escalate(story, ToPlans);
        return story;
    }

    private static void Escalate(CaseStory story, string? to)
    {
        if (story.Record(Outcomes.Escalate, Sample.Raising, m => m with { To = to }) is not "done" and var answer)
            throw new InvalidOperationException($"{answer}: {story.Refused!.Reason}");
    }
}
