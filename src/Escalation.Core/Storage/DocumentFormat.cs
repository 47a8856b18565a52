using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>
/// The stored JSON: <c>{ "format": 2, "head", "salt", "likeness", "events": [ {…} ], "words": { "1": { "salt", "text" }
/// }, "sends": { key: { "attempts", "nextTry", "error" } } }</c>, and after it any number of objects more, one for each
/// write that only went on: their events and words come after those before, any other member they have is in place of
/// the one before. The events stand as they were hashed, byte for byte. The same in every store.
/// </summary>
/// <remarks>
/// Format 1, which is read still, was one object, with the events as JSON strings. <c>likeness</c> is <see
/// cref="CaseDocument.SimilarityKey"/>, under the name that recorded documents have.
/// </remarks>
public static class DocumentFormat
{
    internal const int Format = 2;
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>A thread's own, kept from case to case: a document is written whole before it is copied out.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The whole document, as one object.</summary>
    public static byte[] Write(CaseDocument document) => Write(document, null);

    /// <summary>What is to be added to <see cref="CaseDocument.Kept"/>; the whole document when that is null.</summary>
    internal static byte[] WriteOn(CaseDocument document) => Write(document, document.Kept);

    private static byte[] Write(CaseDocument document, KeptText? kept)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(16 * 1024);
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        if (kept is null)
            json.WriteNumber("format", Format);
        json.WriteString("head", Convert.ToHexStringLower(document.Head));
        if (kept is null && document.Salt is { } salt)
            json.WriteBase64String("salt", salt);
        if (document.SimilarityKey != kept?.SimilarityKey)
            json.WriteString("likeness", document.SimilarityKey);
        json.WriteStartArray("events");
        foreach (var text in document.Events.All.AsSpan()[(kept?.Events ?? 0)..])
            text.WriteTo(json);
        json.WriteEndArray();
        WriteWords(json, document.Words.Where(w => w.Key > (kept?.Events ?? 0)));
        if (document.Sends != (kept?.Sends ?? ImmutableDictionary<string, SendState>.Empty))
            WriteSends(json, document.Sends);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteWords(Utf8JsonWriter json, IEnumerable<KeyValuePair<int, StoredWords>> added)
    {
        json.WriteStartObject("words");
        foreach (var (number, words) in added.OrderBy(w => w.Key))
        {
            json.WriteStartObject(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("salt", words.Salt);
            json.WriteString("text", words.Text);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteSends(Utf8JsonWriter json, ImmutableDictionary<string, SendState> sends)
    {
        json.WriteStartObject("sends");
        foreach (var (key, send) in sends)
        {
            json.WriteStartObject(key);
            json.WriteNumber("attempts", send.Attempts);
            json.WriteString("nextTry", send.NextTry);
            json.WriteString("error", send.Error);
            if (send.Down)
                json.WriteBoolean("down", true);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Reads and folds.</summary>
    /// <exception cref="UnreadableCaseException">The store could not give the document, or it is not one of ours.</exception>
    public static CaseDocument Read(StoredCase stored)
    {
        if (stored.Document.IsEmpty)
            throw new UnreadableCaseException(
                $"Case {stored.Reference} cannot be read: the part of the store that held it is damaged."
            );
        try
        {
            return new DocumentReading(stored).Read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a byte that is another makes of it: no JSON, a text that is none, or events that no case can have.
            throw new UnreadableCaseException(
                $"Case {stored.Reference} cannot be read: its document is not one of this program's.",
                e
            );
        }
    }

    /// <summary>The events of a document, their private words put back where they still are.</summary>
    public static IEnumerable<Recorded> Recorded(
        IReadOnlyList<string> events,
        IReadOnlyDictionary<int, StoredWords> words
    ) =>
        Recorded(
            new EventTexts([.. events.Select(e => new EventText(Encoding.UTF8.GetBytes(e), IsToken: false))]),
            words
        );

    /// <inheritdoc cref="Recorded(IReadOnlyList{string}, IReadOnlyDictionary{int, StoredWords})"/>
    public static IEnumerable<Recorded> Recorded(EventTexts events, IReadOnlyDictionary<int, StoredWords> words)
    {
        CommandMark? last = null;
        foreach (var text in events.All)
        {
            var canonical = text.Read(Parse);
            last = canonical.Command ?? last;
            var e = words.TryGetValue(canonical.Number, out var said)
                ? canonical.Event with
                {
                    Words = JsonSerializer.Deserialize(said.Text, CaseJson.Plain.PrivateWords),
                }
                : canonical.Event;
            yield return new Recorded(
                canonical.Number,
                canonical.At,
                e,
                canonical.By is null ? canonical.Command : last
            );
        }
    }

    private static CanonicalEvent Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return CanonicalEvent.Read(text);
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
            return
                root.TryGetProperty("event", out var happened)
                && happened.TryGetProperty("type", out var type)
                && type.GetString() is { } name
                && !KnownEvents.Contains(name)
                ? new CanonicalEvent(
                    root.GetProperty("number").GetInt32(),
                    root.GetProperty("at").GetDateTimeOffset(),
                    new UnknownEvent(name),
                    null,
                    null,
                    null
                )
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HashSet<string> KnownEvents { get; } =
    [
        .. typeof(CaseEvent)
            .GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>()
            .Select(a => (string)a.TypeDiscriminator!),
    ];
}
