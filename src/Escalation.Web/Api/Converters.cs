using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Escalation.Web.Api;

/// <summary>A value of the wrong kind, with words for whoever sent it; never the value itself.</summary>
internal sealed class BadValueException(string message) : JsonException(message);

/// <summary>RFC 3339: read with any offset, but not without one; written in UTC with <c>Z</c>.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Wrong = "An instant with its offset, such as 2026-12-23T10:00:00Z.";

    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || text.Length is < 17 or > 40 || text[10] is not ('T' or 't') || (text[^1] is not ('Z' or 'z') && text.LastIndexOfAny(['+', '-']) < 16))
            return false;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var instant) ? instant : throw new BadValueException(Wrong);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
}

/// <summary><c>YYYY-MM-DD</c>, nothing else.</summary>
internal sealed class DateConverter : JsonConverter<DateOnly>
{
    private const string Wrong = "A date, YYYY-MM-DD.";

    public static bool TryParse(string? text, out DateOnly date) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var date) ? date : throw new BadValueException(Wrong);

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
