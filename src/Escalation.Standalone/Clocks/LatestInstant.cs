using System.Globalization;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Clocks;

/// <summary>The latest instant that the database has seen while a host ran on it, to within a minute.</summary>
internal static class LatestInstant
{
    private const string Kind = "clock",
        Id = "latest";

    /// <summary>Null: no host has run on it for long enough.</summary>
    public static async Task<DateTimeOffset?> ReadAsync(IRecords records, CancellationToken cancel) =>
        await records.ReadAsync(Kind, Id, cancel) is { } record ? Parse(record.Body) : null;

    /// <param name="lower">True: an earlier one is written as well. The clock that said the later one was wrong.</param>
    public static async Task WriteAsync(IRecords records, DateTimeOffset now, bool lower, CancellationToken cancel)
    {
        var before = await records.ReadAsync(Kind, Id, cancel);
        if (before is null || lower || Parse(before.Body) < now)
            await records.WriteAsync(
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
