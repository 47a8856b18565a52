using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Escalation.Core.Cases;

/// <summary>
/// The stored JSON: <c>{ "format": 1, "head", "salt", "likeness", "events": ["…"], "words": { "1": { "salt", "text" } }, "sends": { key: { "attempts", "nextTry", "error" } } }</c>.
/// The same in every store.
/// </summary>
public static class DocumentFormat
{
    internal const int Format = 1;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A thread's own, kept from case to case: a document is written whole before it is copied out.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public static byte[] Write(CaseDocument document)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(16 * 1024);
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteString("head", Convert.ToHexStringLower(document.Head));
        if (document.Salt is { } salt)
            json.WriteBase64String("salt", salt);
        if (document.Likeness is { } likeness)
            json.WriteString("likeness", likeness);
        json.WriteStartArray("events");
        foreach (var text in document.Events.All)
            text.WriteTo(json);
        json.WriteEndArray();
        json.WriteStartObject("words");
        foreach (var (number, words) in document.Words.OrderBy(w => w.Key))
        {
            json.WriteStartObject(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("salt", words.Salt);
            json.WriteString("text", words.Text);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("sends");
        foreach (var (key, send) in document.Sends)
        {
            json.WriteStartObject(key);
            json.WriteNumber("attempts", send.Attempts);
            json.WriteString("nextTry", send.NextTry);
            json.WriteString("error", send.Error);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads and folds. Throws <see cref="JsonException"/> when the document is not one of ours.</summary>
    public static CaseDocument Read(StoredCase stored) => new DocumentReading(stored).Read();

    /// <summary>The events of a document, their private words put back where they still are.</summary>
    public static IEnumerable<Recorded> Recorded(IReadOnlyList<string> events, IReadOnlyDictionary<int, StoredWords> words) =>
        Recorded(new EventTexts([.. events.Select(e => new EventTexts.Text(Encoding.UTF8.GetBytes(e), IsToken: false))]), words);

    /// <inheritdoc cref="Recorded(IReadOnlyList{string}, IReadOnlyDictionary{int, StoredWords})"/>
    public static IEnumerable<Recorded> Recorded(EventTexts events, IReadOnlyDictionary<int, StoredWords> words)
    {
        CommandMark? last = null;
        foreach (var text in events.All)
        {
            var canonical = text.Read(Parse);
            last = canonical.Command ?? last;
            var e = words.TryGetValue(canonical.Number, out var said)
                ? canonical.Event with { Words = JsonSerializer.Deserialize(said.Text, CaseJson.Plain.PrivateWords) }
                : canonical.Event;
            yield return new Recorded(canonical.Number, canonical.At, e, canonical.By is null ? canonical.Command : last);
        }
    }

    private static CanonicalEvent Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CaseJson.Plain.CanonicalEvent)!;
        }
        catch (JsonException)
        {
            // Not in a filter: spans are not for those.
            if (TypeOf(text.ToArray()) is { } unknown)
                return unknown;
            throw;
        }
    }

    /// <summary>An event of a type this program does not know; null when the text is broken in another way.</summary>
    private static CanonicalEvent? TypeOf(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            return root.GetProperty("event").TryGetProperty("type", out var type) && type.GetString() is { } name && !KnownEvents.Contains(name)
                ? new CanonicalEvent(root.GetProperty("number").GetInt32(), root.GetProperty("at").GetDateTimeOffset(), new UnknownEvent(name), null, null, null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HashSet<string> KnownEvents { get; } =
        [.. typeof(CaseEvent).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false).Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!)];
}
