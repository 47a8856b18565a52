using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>
/// An event as it is hashed, <c>{ "number", "at", "event": { "type", … }, "command", "by", "seal" }</c>: its number,
/// instant, what happened, the command that caused it and the seal of its private words. What is null is left out.
/// </summary>
/// <param name="Command">Written with the first event that the command caused; null with what fell due.</param>
/// <param name="By">Number of the event that bears this one's command, where that is an earlier one.</param>
internal sealed record CanonicalEvent(
    int Number,
    DateTimeOffset At,
    CaseEvent Event,
    CommandMark? Command,
    int? By,
    string? Seal
)
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>A thread's own, kept from event to event.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? _writer;

    public byte[] Write()
    {
        if (_writer is not var (buffer, json))
        {
            buffer = new ArrayBufferWriter<byte>(2048);
            json = new Utf8JsonWriter(buffer, Options);
            _writer = (buffer, json);
        }
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteNumber("number"u8, Number);
        json.WriteString("at"u8, At);
        json.WritePropertyName("event"u8);
        JsonSerializer.Serialize(json, Event, CaseJson.Plain.CaseEvent);
        if (Command is not null)
        {
            json.WritePropertyName("command"u8);
            JsonSerializer.Serialize(json, Command, CaseJson.Plain.CommandMark);
        }
        if (By is { } by)
            json.WriteNumber("by"u8, by);
        if (Seal is not null)
            json.WriteString("seal"u8, Seal);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">It is no event, or none that this program knows.</exception>
    public static CanonicalEvent Read(ReadOnlySpan<byte> text)
    {
        var (number, at, command, by, seal) = (
            0,
            default(DateTimeOffset),
            default(CommandMark),
            default(int?),
            default(string)
        );
        CaseEvent? happened = null;
        var json = new Utf8JsonReader(text);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (IsValueOf(ref json, "number"u8))
                number = json.GetInt32();
            else if (IsValueOf(ref json, "at"u8))
                at = json.GetDateTimeOffset();
            else if (IsValueOf(ref json, "event"u8))
                happened = JsonSerializer.Deserialize(ref json, CaseJson.Plain.CaseEvent);
            else if (IsValueOf(ref json, "command"u8))
                command = JsonSerializer.Deserialize(ref json, CaseJson.Plain.CommandMark);
            else if (IsValueOf(ref json, "by"u8))
                by = json.GetInt32();
            else if (IsValueOf(ref json, "seal"u8))
                seal = json.GetString();
            else
                json.Skip();
        }
        return happened is null
            ? throw new JsonException("There is no event in it.")
            : new CanonicalEvent(number, at, happened, command, by, seal);
    }

    /// <summary>The reader stands on a name: if it is this one, it goes on to the value.</summary>
    private static bool IsValueOf(ref Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.ValueTextEquals(name) && json.Read();
}
