using System.Text.Json.Serialization;
using Escalation.Core.Storage;

namespace Escalation.Cosmos.Items;

/// <summary>A record beside the cases, written and read alike.</summary>
/// <param name="Name">The record's id as the seam knows it.</param>
/// <param name="ETag">Null when written.</param>
internal sealed record StoredRecordItem(
    string Id,
    string Kind,
    string Name,
    long Version,
    string Body,
    [property: JsonPropertyName("_etag")] string? ETag = null
)
{
    public StoredRecord Stored => new(Name, Version, Body);
}
