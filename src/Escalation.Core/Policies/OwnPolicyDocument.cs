using System.Text.Json;

namespace Escalation.Core.Policies;

/// <summary>A partnership's own policy document as it is given: what must hold of it beside what holds of every document.</summary>
public static class OwnPolicyDocument
{
    public const int MostBytes = 256 * 1024;

    /// <summary>Far more than any procedure needs, and little enough that emails, pages and cases stay small.</summary>
    public const int LongestText = 2_000,
        LongestList = 100;

    /// <summary>The policy, or every fault found. A document that comes with the program passes as it is.</summary>
    /// <inheritdoc cref="PolicyDocument.Read"/>
    public static PolicyReading Read(string file, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            return new(null, [new(file, "document", $"must be {MostBytes / 1024} KB at the most")]);
        if (TooLong(file, utf8) is { Count: > 0 } tooLong)
            return new(null, tooLong);
        var reading = PolicyDocument.Read(file, utf8);
        return reading.Policy is { IsOwn: false } policy && PolicyCatalogue.BuiltIn.FindByHash(policy.Hash) is null
            ? new(
                null,
                [new(file, "version", $"must be {Policy.FirstOwnVersion} or more: lower numbers are the program's own")]
            )
            : reading;
    }

    private static IReadOnlyList<PolicyError> TooLong(string file, ReadOnlySpan<byte> utf8)
    {
        var errors = new PolicyErrors(file);
        try
        {
            using var json = JsonDocument.Parse(PolicyDocument.WithoutMark(utf8).ToArray());
            TooLong(json.RootElement, "", errors);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What is no JSON is told by its reader.
        }
        return errors.Found;
    }

    private static void TooLong(JsonElement json, string path, PolicyErrors errors)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                errors.Unless(
                    json.GetString()!.Length <= LongestText,
                    PolicyShape.Named(path),
                    $"must be {LongestText:N0} characters at the most"
                );
                break;
            case JsonValueKind.Array:
                errors.Unless(
                    json.GetArrayLength() <= LongestList,
                    PolicyShape.Named(path),
                    $"must have {LongestList} entries at the most"
                );
                foreach (var (i, item) in json.EnumerateArray().Take(LongestList).Index())
                    TooLong(item, $"{path}[{i}]", errors);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                    TooLong(member.Value, PolicyShape.Join(path, member.Name), errors);
                break;
        }
    }
}
