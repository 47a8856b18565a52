using System.Text;
using System.Text.Json.Serialization;
using Escalation.Core.Storage;

namespace Escalation.Cosmos.Items;

/// <summary>
/// A case as written. <c>nextTry</c> is the next wake, or later while the case fails to advance. Row and document are
/// texts, not nested objects: they must come back byte for byte.
/// </summary>
/// <param name="Urgency">See <see cref="ListPlace"/>.</param>
/// <param name="Raised">See <see cref="ListPlace"/>.</param>
/// <param name="SimilarityKey">Under the name that recorded items have.</param>
internal sealed record CaseItem(
    string Id,
    string Partnership,
    string Reference,
    long Version,
    string Policy,
    string Status,
    string Stage,
    bool Ended,
    IReadOnlyList<string> Agencies,
    IReadOnlyList<string> Numbers,
    IReadOnlyList<string> Operations,
    string Urgency,
    string Raised,
    string? Deadline,
    string? NextWake,
    string? NextTry,
    int Failures,
    string? RetainUntil,
    [property: JsonPropertyName("likeness")] string? SimilarityKey,
    int Queued,
    int Failed,
    string Row,
    string Document
)
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static CaseItem Of(CaseWrite write)
    {
        var index = write.Index;
        var wake = Written(index.NextWake);
        return new CaseItem(
            ItemId.Of(write.Reference),
            index.Partnership,
            write.Reference,
            write.ExpectedVersion + 1,
            index.Policy,
            index.Status,
            index.Stage,
            !index.Open,
            [.. index.Agencies.Distinct()],
            [.. index.CaseNumbers.Distinct()],
            [.. index.Operations.Distinct()],
            ListPlace.ByUrgency(!index.Open, index.SortAt, write.Reference),
            ListPlace.ByRaised(index.RaisedAt, write.Reference),
            Written(index.Deadline),
            wake,
            wake,
            Failures: 0,
            Written(index.RetainUntil),
            index.SimilarityKey,
            index.Queued,
            index.Failed,
            Strict.GetString(index.Row.Span),
            Strict.GetString(write.Document.Span)
        );
    }

    private static string? Written(DateTimeOffset? instant) => instant is { } at ? Instant.Write(at) : null;
}
