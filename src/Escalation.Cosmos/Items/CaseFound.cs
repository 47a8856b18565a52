using System.Text;
using System.Text.Json.Serialization;
using Escalation.Core.Storage;

namespace Escalation.Cosmos.Items;

/// <summary>
/// What is read of a case: nothing that only queries need, so that an item of an older version, without the newer
/// fields, reads as well.
/// </summary>
internal sealed record CaseFound
{
    /// <summary>The properties as a query names them.</summary>
    public const string Selected = "c.reference, c.version, c.failures, c.document";

    public required string Reference { get; init; }
    public required long Version { get; init; }
    public int Failures { get; init; }
    public required string Document { get; init; }

    /// <summary>Of a point read only.</summary>
    [JsonPropertyName("_etag")]
    public string? ETag { get; init; }

    public StoredCase Stored => new(Reference, Version, Encoding.UTF8.GetBytes(Document), Failures);
}
