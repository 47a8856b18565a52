using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Web.Forms;

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
        if (
            text is null
            || text.Length is < 17 or > 40
            || text[10] is not ('T' or 't')
            || (text[^1] is not ('Z' or 'z') && text.LastIndexOfAny(['+', '-']) < 16)
        )
            return false;
        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out instant
        );
    }

    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(TypedText.OrNull(reader.GetString()), out var instant)
            ? instant
            : throw new BadValueException(Wrong);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value));
}

/// <summary><c>YYYY-MM-DD</c>, nothing else.</summary>
internal sealed class DateConverter : JsonConverter<DateOnly>
{
    private const string Wrong = "A date, YYYY-MM-DD.";

    public static bool TryParse(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(TypedText.OrNull(reader.GetString()), out var date)
            ? date
            : throw new BadValueException(Wrong);

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}

/// <summary>A text without what cannot be seen at its ends (<see cref="TypedText"/>); one that is empty then is absent.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? TypedText.OrNull(reader.GetString())
            : throw new BadValueException("A text.");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}

/// <summary>As <see cref="InstantConverter"/>; an empty text is absent.</summary>
internal sealed class OptionalInstantConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly InstantConverter Inner = new();

    public override DateTimeOffset? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => EmptyText.Is(ref reader) ? null : Inner.Read(ref reader, typeof(DateTimeOffset), options);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        Inner.Write(writer, value!.Value, options);
}

/// <summary>As <see cref="DateConverter"/>; an empty text is absent.</summary>
internal sealed class OptionalDateConverter : JsonConverter<DateOnly?>
{
    private static readonly DateConverter Inner = new();

    public override DateOnly? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EmptyText.Is(ref reader) ? null : Inner.Read(ref reader, typeof(DateOnly), options);

    public override void Write(Utf8JsonWriter writer, DateOnly? value, JsonSerializerOptions options) =>
        Inner.Write(writer, value!.Value, options);
}

/// <summary><c>true</c>, <c>false</c>, or the words that forms send for them (<see cref="TypedFlag"/>); an empty text is absent.</summary>
internal sealed class OptionalFlagConverter : JsonConverter<bool?>
{
    private const string Wrong = "true or false; as a text yes or no.";

    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String => EmptyText.Is(ref reader)
                ? null
                : TypedFlag.Read(reader.GetString()!) ?? throw new BadValueException(Wrong),
            _ => throw new BadValueException(Wrong),
        };

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) =>
        writer.WriteBooleanValue(value!.Value);
}

/// <summary>What a form sends for a question that nobody answered.</summary>
internal static class EmptyText
{
    public static bool Is(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && TypedText.OrNull(reader.GetString()) is null;
}
