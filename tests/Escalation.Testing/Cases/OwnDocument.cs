using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;

namespace Escalation.Testing.Cases;

/// <summary>Policy documents of partnerships' own, made from the built-in ones.</summary>
public static class OwnDocument
{
    public const string Essex = "essex",
        EssexPrefix = "ESX";

    /// <summary>Of a partnership that no built-in policy is of: Sefton's ladder, four stages, the first with 2 working days.</summary>
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
                change?.Invoke(d);
            }
        );

    public static string Of(string builtIn, Action<JsonNode> change)
    {
        var document = Node(builtIn);
        change(document);
        return document.ToJsonString();
    }

    /// <summary>A stage within a document.</summary>
    public static JsonNode Stage(JsonNode document, string id) =>
        document["stages"]!.AsArray().Single(s => (string?)s!["id"] == id)!;

    public static JsonNode Node(string builtIn) => JsonNode.Parse(PolicyDocument.BytesOf(Sample.Policy(builtIn)).Span)!;

    public static Policy Read(string document) =>
        OwnPolicyDocument.Read("own", Encoding.UTF8.GetBytes(document)) is { Policy: { } policy }
            ? policy
            : throw new ArgumentException("A faulty document.", nameof(document));
}
