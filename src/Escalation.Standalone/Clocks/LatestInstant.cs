using System.Globalization;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Clocks;

/// <summary>The latest instant that the database has seen while a host ran on it, to within a minute.</summary>
internal static class LatestInstant
{
    private const string Kind = "clock",
        Id = "latest";

    /// <summary>Null: no host has run on it for long enough.</summary>
    public static async Task<DateTimeOffset?> ReadAsync(ICaseStore store, CancellationToken cancel) =>
        await store.ReadRecordAsync(Kind, Id, cancel) is { } record ? Parse(record.Body) : null;

    /// <param name="lower">True: an earlier one is written as well. The clock that said the later one was wrong.</param>
    public static async Task WriteAsync(ICaseStore store, DateTimeOffset now, bool lower, CancellationToken cancel)
    {
        var before = await store.ReadRecordAsync(Kind, Id, cancel);
        if (before is null || lower || Parse(before.Body) < now)
            await store.WriteRecordAsync(
                Kind,
                Id,
                now.ToString("O", CultureInfo.InvariantCulture),
                before?.Version ?? 0,
                cancel
            );
    }

    private static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
