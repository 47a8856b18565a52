using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Escalation.Core.Policies;

/// <summary>Reads policy documents: strict JSON in the shape of <see cref="Policy"/>, members in camelCase.</summary>
public static class PolicyDocument
{
    internal static readonly JsonSerializerOptions Options = Strict();
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// The policy with its hash, or every fault found. Faults of shape (unknown, doubled, missing or mistyped members) are all
    /// reported together; what the rules say of each other is checked only once the shape is right.
    /// </summary>
    /// <param name="file">What errors call the document.</param>
    /// <param name="utf8">A byte order mark before it is no part of it.</param>
    public static PolicyReading Read(string file, ReadOnlySpan<byte> utf8)
    {
        var errors = new PolicyErrors(file);
        var policy = Parse(WithoutMark(utf8).ToArray(), errors);
        if (policy is not null)
            PolicyChecks.Check(policy, errors);
        return errors.Found.Count > 0 ? new(null, errors.Found) : new(policy!.AsRead(), []);
    }

    /// <summary>
    /// A document that was checked when it was stored. Only its shape is looked at: a check that a later program adds must not take away
    /// the policy of cases that were opened before.
    /// </summary>
    public static PolicyReading ReadStored(string file, ReadOnlySpan<byte> utf8)
    {
        var errors = new PolicyErrors(file);
        var policy = Parse(utf8.ToArray(), errors);
        return new(policy?.AsRead(), errors.Found);
    }

    /// <summary>The bytes as read, whose hash a case is pinned to.</summary>
    public static ReadOnlyMemory<byte> BytesOf(Policy policy) => policy.Document;

    /// <summary>Its document in the present format, to be changed; of one written in the first, what that says.</summary>
    internal static JsonObject NodeOf(Policy policy)
    {
        var document = JsonNode.Parse(BytesOf(policy).Span)!.AsObject();
        if (policy.Format < Policy.PresentFormat)
            PolicyFormat1.Rewrite(document);
        return document;
    }

    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;

    private static Policy? Parse(byte[] bytes, PolicyErrors errors)
    {
        if (!Utf8.IsValid(bytes))
        {
            errors.Add("document", "must be UTF-8");
            return null;
        }

        try
        {
            using var written = JsonDocument.Parse(bytes);
            using var json = InPresentFormat(written.RootElement, errors);
            if (json is not null)
                PolicyShape.Check(Options.GetTypeInfo(typeof(Policy)), json.RootElement, "", errors);
            if (json is null || errors.Found.Count > 0)
                return null;
            return json.Deserialize<Policy>(Options)! with
            {
                Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Document = bytes,
            };
        }
        catch (JsonException e)
        {
            errors.Add(
                "document",
                $"must be JSON without comments or trailing commas; it stops making sense in line {e.LineNumber + 1}"
            );
        }
        catch (InvalidOperationException)
        {
            errors.Add("document", "must not hold half a surrogate pair (\\ud800 to \\udfff alone)");
        }

        return null;
    }

    /// <summary>
    /// The document in the format that the program works with; null where one to be converted gives a member twice, which is reported.
    /// </summary>
    private static JsonDocument? InPresentFormat(JsonElement written, PolicyErrors errors)
    {
        var text = written.GetRawText();
        if (written.ValueKind != JsonValueKind.Object || written.TryGetProperty("format", out _))
            return JsonDocument.Parse(text);
        PolicyShape.CheckDoubles(written, "", errors);
        if (errors.Found.Count > 0)
            return null;
        if (PolicyFormat1.IsLater(written))
        {
            errors.Add("format", $"must be given: {Policy.PresentFormat} for a document whose stages have limits");
            return JsonDocument.Parse(text);
        }
        errors.Written = PolicyFormat1.Written;
        var document = JsonNode.Parse(text)!;
        PolicyFormat1.Convert(document);
        return JsonDocument.Parse(document.ToJsonString());
    }

    private static JsonSerializerOptions Strict()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                new ClockTimeConverter(),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatTheLoaderSets } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutWhatTheLoaderSets(JsonTypeInfo type)
    {
        if (type.Type == typeof(Policy))
            type.Properties.Remove(type.Properties.Single(p => p.Name == "hash"));
    }
}

/// <summary>A time of day as <c>17:00</c>: hours and minutes.</summary>
internal sealed class ClockTimeConverter : JsonConverter<TimeOnly>
{
    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryParse(reader.GetString(), out var time) ? time : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    public static bool TryParse(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(
            text,
            "HH:mm",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None,
            out time
        );
}
