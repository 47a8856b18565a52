using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Testing.Cases;

/// <summary>Policy documents of partnerships' own, made from the built-in ones.</summary>
public static class OwnDocument
{
    public const string Essex = "essex",
        EssexPrefix = "ESX";

    /// <summary>
    /// Of a partnership that no built-in policy is of: Sefton's ladder, four stages, the first with 2 working days; without forms.
    /// </summary>
    public static string OfEssex(int version = Policy.FirstOwnVersion, Action<JsonNode>? change = null) =>
        Of(
            "sefton",
            d =>
            {
                d["id"] = Essex;
                d["partnership"] = Essex;
                d["partnershipName"] = "Essex Safeguarding Partnership";
                d["referencePrefix"] = EssexPrefix;
                d["version"] = version;
                d.AsObject().Remove("forms");
                change?.Invoke(d);
            }
        );

    public static string Of(string builtIn, Action<JsonNode> change)
    {
        var document = Node(builtIn);
        change(document);
        return document.ToJsonString();
    }

    /// <summary>A built-in policy whose first stage ends at a day that the agencies agree.</summary>
    public static string WithAgreedDay(string builtIn) =>
        Of(
            builtIn,
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                d["dates"] = JsonNode.Parse(
                    """
                    [{ "id": "agreed", "name": "The day that both accept", "ahead": true,
                       "basis": { "where": "Stage 1", "text": "Within a time acceptable to both" } }]
                    """
                );
                d["stages"]![0]!["limits"] = JsonNode.Parse("""[{ "for": "outcome", "by": "agreed" }]""");
                d["stages"]![0]!["review"] = JsonNode.Parse(
                    """
                    { "everyWorkingDays": 5,
                      "basis": { "where": "no limit is printed", "text": "Reminded every 5 working days", "local": true } }
                    """
                );
            }
        );

    /// <summary>
    /// To a document of Sefton's ladder: its first stage asks for a choice, a date, and a date that may be left out; its forms show these,
    /// and a choice of the intake form.
    /// </summary>
    public static void AddForms(JsonNode d)
    {
        d["fields"] = JsonNode.Parse(
            """
            [{ "id": "setting", "name": "Where it happened", "kind": "choice",
               "options": [{ "id": "home", "name": "At home" }, { "id": "school", "name": "At school" }] }]
            """
        );
        d["stages"]![0]!["requires"] = JsonNode.Parse(
            """
            [
              { "id": "riskSeen", "name": "Level of risk", "on": ["resolved", "escalate"], "kind": "choice",
                "options": [{ "id": "low", "name": "Low" }, { "id": "high", "name": "High" }] },
              { "id": "visitedOn", "name": "Day of the visit", "on": ["resolved", "escalate"], "kind": "date" },
              { "id": "nextReview", "name": "Next review", "on": ["resolved"], "kind": "date", "optional": true }
            ]
            """
        );
        d["forms"] = JsonNode.Parse(
            """
            [
              { "title": "Record of a difference",
                "basis": { "where": "Appendix B", "text": "The sheet of the handbook" },
                "sections": [
                  { "heading": "The person", "lines": [{ "label": "Name", "shows": ["personName"] }] },
                  { "heading": "Where it happened", "lines": [{ "shows": ["fields.setting"] }] },
                  { "heading": "At step 1", "lines": [
                    { "label": "Risk", "shows": ["asked.riskSeen"] },
                    { "label": "Visit", "shows": ["asked.visitedOn"] },
                    { "label": "Justified", "shows": ["asked.justified"] },
                    { "label": "All of it", "shows": ["details", "fields.setting", "asked.visitedOn", "asked.nextReview"] },
                    { "label": "As asked", "shows": ["allAsked"] }
                  ] },
                  { "lines": [{ "label": "Signature", "shows": ["blank"] }] }
                ] },
              { "title": "Log of differences", "fromStage": "2", "layout": "log",
                "basis": { "where": "the handbook names a log and prints none", "text": "A line a case", "local": true },
                "sections": [{ "lines": [
                  { "label": "Number", "shows": ["reference"] }, { "label": "Risk", "shows": ["asked.riskSeen"] }
                ] }] }
            ]
            """
        );
    }

    /// <summary>Sefton's ladder; at its last stage the chair decides with the business manager.</summary>
    public static string OfTwoWhoDecide() =>
        Of(
            "sefton",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                var last = Stage(d, "4").AsObject();
                last.Remove("chair");
                last["jointly"] = JsonNode.Parse(
                    """
                    { "by": [{ "agency": "partnership", "tier": "chair" }, { "agency": "partnership", "tier": "businessManager" }],
                      "basis": { "where": "Step 4", "text": "The chair decides with the business manager" } }
                    """
                );
            }
        );

    /// <summary>Sefton's ladder; at its last stage the partnership mediates, and nobody decides.</summary>
    public static string OfMediation() =>
        Of(
            "sefton",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                var last = Stage(d, "4").AsObject();
                last.Remove("chair");
                last.Remove("decidedBy");
                last["outcomes"] = new JsonArray("resolved", "withoutAgreement");
                d["duties"] = new JsonArray([
                    .. d["duties"]!
                        .AsArray()
                        .Where(duty => (string?)duty!["when"] != "outcomeAt:4:decided")
                        .Select(duty => duty!.DeepClone()),
                ]);
            }
        );

    /// <summary>Suffolk's, with a stage 2 at which one agency says by itself that it is agreed.</summary>
    public static Rules WhereOneAgencyAgrees() =>
        Sample.Rules("suffolk") with
        {
            Policy = Read(
                Of(
                    "suffolk",
                    d =>
                    {
                        d["version"] = Policy.FirstOwnVersion;
                        Stage(d, "2")["outcomes"] = new JsonArray("resolved", "noLongerDisagrees");
                    }
                )
            ),
        };

    /// <summary>A stage within a document.</summary>
    public static JsonNode Stage(JsonNode document, string id) =>
        document["stages"]!.AsArray().Single(s => (string?)s!["id"] == id)!;

    public static JsonNode Node(string builtIn) => JsonNode.Parse(PolicyDocument.BytesOf(Sample.Policy(builtIn)).Span)!;

    public static Policy Read(string document)
    {
        var read = OwnPolicyDocument.Read("own", Encoding.UTF8.GetBytes(document));
        return read.Policy
            ?? throw new ArgumentException($"A faulty document: {string.Join("; ", read.Errors)}", nameof(document));
    }

    /// <summary>Sets what a path as <c>stages[2].limits[0].limit</c> leads to; a null value removes it.</summary>
    public static void Set(JsonNode document, string path, string? json)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var at = document;
        foreach (var step in steps.SkipLast(1))
            at = step[0] == '[' ? at[Index(step)]! : at[step]!;
        var last = steps[^1];
        if (last[0] == '[')
            at[Index(last)] = JsonNode.Parse(json!);
        else if (json is null)
            at.AsObject().Remove(last);
        else
            at[last] = JsonNode.Parse(json);
    }

    private static int Index(string step) => int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture);
}
