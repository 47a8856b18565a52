using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Storage;

namespace Escalation.Functions.Sweeping;

/// <summary>
/// One walk of the comparison over all cases, and how far it has come. A record beside the cases, so that a run goes on where another
/// stopped.
/// </summary>
/// <param name="Ended">Null while cases are left.</param>
/// <param name="Raised">It goes on after the case raised then, of that reference; null: with the first one.</param>
/// <param name="Compared">Cases looked at, in all its runs.</param>
/// <param name="Mended">Of these, cases whose instance differed, and was told or started.</param>
/// <param name="Failed">Of these, cases that could not be compared.</param>
public sealed record ComparisonPass(
    DateTimeOffset Began,
    DateTimeOffset? Ended = null,
    DateTimeOffset? Raised = null,
    string? Reference = null,
    int Compared = 0,
    int Mended = 0,
    int Failed = 0
)
{
    private const string Kind = "comparison",
        Id = "pass";

    /// <summary>A night begins at this hour, UTC.</summary>
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The latest one, with the version of its record; null before the first.</summary>
    public static async Task<(ComparisonPass? Pass, long Version)> ReadAsync(
        IRecords records,
        CancellationToken cancel
    ) =>
        await records.ReadAsync(Kind, Id, cancel) is { } record
            ? (JsonSerializer.Deserialize(record.Body, ComparisonJson.Default.ComparisonPass), record.Version)
            : (null, 0);

    /// <summary>False: another run has written it since this version.</summary>
    public Task<bool> WriteAsync(IRecords records, long version, CancellationToken cancel) =>
        records.WriteAsync(
            Kind,
            Id,
            JsonSerializer.Serialize(this, ComparisonJson.Default.ComparisonPass),
            version,
            cancel
        );

    /// <summary>True when it began on an earlier night.</summary>
    public bool IsOfEarlierNight(DateTimeOffset now) => NightOf(Began) < NightOf(now);

    /// <summary>True for a case that it has come past.</summary>
    public bool IsPast(DateTimeOffset raised, string reference) =>
        Raised is { } last && (raised < last || (raised == last && string.CompareOrdinal(reference, Reference) <= 0));

    private static DateOnly NightOf(DateTimeOffset at) => DateOnly.FromDateTime((at - Hour).UtcDateTime);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComparisonPass))]
internal sealed partial class ComparisonJson : JsonSerializerContext;
