using System.Globalization;

namespace Escalation.Cosmos.Items;

/// <summary>
/// Instants in items: UTC, always of the same length, to 100 ns, so that they sort as texts. Not as ticks: numbers are
/// doubles in Cosmos DB, and would lose the last digits.
/// </summary>
internal static class Instant
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Write(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static bool IsOne(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
