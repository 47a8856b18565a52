using System.Text.Json.Serialization;

namespace Escalation.Core.Storage;

[JsonConverter(typeof(JsonStringEnumConverter<TrackerSort>))]
public enum TrackerSort
{
    /// <summary>Open cases first, earliest deadline first; then ended ones, latest end last.</summary>
    Urgency,

    /// <summary>Latest raised first.</summary>
    Raised,
}

/// <summary>What a page of the tracker is asked for; conditions that are null leave nothing out.</summary>
public sealed record TrackerQuery
{
    /// <summary>Null: all partnerships (administrator).</summary>
    public string? Partnership { get; init; }

    /// <summary>Only cases this agency is in.</summary>
    public string? Agency { get; init; }

    /// <summary>One status; <c>active</c> (the default) for every case not ended; <c>ended</c>; <c>all</c>.</summary>
    public string Status { get; init; } = "active";
    public string? Stage { get; init; }
    public bool? Overdue { get; init; }

    /// <summary>Instants; from inclusive, to exclusive.</summary>
    public DateTimeOffset? RaisedFrom { get; init; }
    public DateTimeOffset? RaisedTo { get; init; }

    /// <summary>
    /// Only open cases whose <see cref="CaseIndex.SortAt"/> (deadline, or a hold's review) lies there; from inclusive,
    /// to exclusive.
    /// </summary>
    public DateTimeOffset? DueFrom { get; init; }
    public DateTimeOffset? DueTo { get; init; }

    /// <summary>Start of a reference, or a part of an agency's case number.</summary>
    public string? Text { get; init; }
    public string? Cursor { get; init; }
    public int Limit { get; init; } = 50;
    public TrackerSort Sort { get; init; }
    public required DateTimeOffset Now { get; init; }
}

/// <param name="Rows">Tracker rows, UTF-8 JSON each.</param>
/// <param name="Next">Null on the last page.</param>
public sealed record TrackerPage(IReadOnlyList<ReadOnlyMemory<byte>> Rows, string? Next);
