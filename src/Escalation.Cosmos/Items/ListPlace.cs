using Escalation.Core.Storage;

namespace Escalation.Cosmos.Items;

/// <summary>
/// Where a case stands in the tracker, as one text for each sort: by urgency <c>0 2026-06-04T16:00:00.0000000Z
/// SAN-7K3M-Q9XA</c>, with 1 for an ended case; by date raised the same without the digit. So one range of one index
/// holds a page, in order, and nothing needs to be sorted.
/// </summary>
internal static class ListPlace
{
    /// <summary>What the places of ended cases begin with. Those of open ones sort before it.</summary>
    public const string Ended = "1";

    public static string ByUrgency(bool ended, DateTimeOffset sortAt, string reference) =>
        $"{(ended ? Ended : "0")} {Instant.Write(sortAt)} {reference}";

    /// <summary>Before every open case that is due at that instant, and after every one due earlier.</summary>
    public static string OfOpen(DateTimeOffset sortAt) => $"0 {Instant.Write(sortAt)}";

    public static string ByRaised(DateTimeOffset raisedAt, string reference) =>
        $"{Instant.Write(raisedAt)} {reference}";

    /// <summary>True for a text in the form of the sort's places.</summary>
    public static bool IsOne(string text, TrackerSort sort) =>
        sort == TrackerSort.Urgency
            ? text.Split(' ', 3) is ["0" or Ended, var sortAt, _] && Instant.IsOne(sortAt)
            : text.Split(' ', 2) is [var raisedAt, _] && Instant.IsOne(raisedAt);
}
