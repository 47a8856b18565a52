using System.Collections.Immutable;
using System.Text.Json;

namespace Escalation.Core.Cases;

/// <summary>Reads a stored document token by token: its events stay the bytes they are until they are folded.</summary>
internal ref struct DocumentReading
{
    private readonly StoredCase _stored;
    private Utf8JsonReader _json;
    private int? _format;
    private string? _likeness;
    private byte[]? _head, _salt;
    private EventTexts? _events;
    private ImmutableDictionary<int, StoredWords> _words = ImmutableDictionary<int, StoredWords>.Empty;
    private ImmutableDictionary<string, SendState> _sends = ImmutableDictionary<string, SendState>.Empty;

    public DocumentReading(StoredCase stored)
    {
        _stored = stored;
        _json = new Utf8JsonReader(stored.Document.Span);
    }

    public CaseDocument Read()
    {
        Enter(JsonTokenType.StartObject);
        while (Next(JsonTokenType.EndObject))
            ReadMember();
        if (_format is null || _head is null || _events is null)
            throw Wrong("is no case");
        return new CaseDocument
        {
            Case = Evolution.Fold(DocumentFormat.Recorded(_events, _words)) ?? throw Wrong("has no events"),
            Events = _events,
            Words = _words,
            Head = _head,
            Salt = _salt,
            Likeness = _likeness,
            Sends = _sends,
            Version = _stored.Version,
        };
    }

    private void ReadMember()
    {
        switch (Name())
        {
            case "format":
                _format = _json.GetInt32();
                if (_format > DocumentFormat.Format)
                    throw Wrong($"has document format {_format}, newer than this program's {DocumentFormat.Format}");
                break;
            case "head":
                _head = Convert.FromHexString(_json.GetString()!);
                break;
            case "salt":
                _salt = _json.GetBytesFromBase64();
                break;
            case "likeness":
                _likeness = _json.GetString();
                break;
            case "events":
                _events = ReadEvents();
                break;
            case "words":
                _words = ReadWords();
                break;
            case "sends":
                _sends = ReadSends();
                break;
            default:
                _json.Skip();
                break;
        }
    }

    private EventTexts ReadEvents()
    {
        Expect(JsonTokenType.StartArray);
        var texts = ImmutableArray.CreateBuilder<EventTexts.Text>(32);
        while (Next(JsonTokenType.EndArray))
        {
            Expect(JsonTokenType.String);
            texts.Add(new EventTexts.Text(_stored.Document.Slice((int)_json.TokenStartIndex, _json.ValueSpan.Length + 2), IsToken: true));
        }
        return new EventTexts(texts.DrainToImmutable());
    }

    private ImmutableDictionary<int, StoredWords> ReadWords()
    {
        Expect(JsonTokenType.StartObject);
        var words = ImmutableDictionary.CreateBuilder<int, StoredWords>();
        while (Next(JsonTokenType.EndObject))
        {
            var number = int.Parse(Name(), System.Globalization.CultureInfo.InvariantCulture);
            var (salt, text) = ("", "");
            while (Next(JsonTokenType.EndObject))
                _ = Name() switch { "salt" => salt = _json.GetString()!, "text" => text = _json.GetString()!, _ => Skipped() };
            words.Add(number, new StoredWords(salt, text));
        }
        return words.ToImmutable();
    }

    private ImmutableDictionary<string, SendState> ReadSends()
    {
        Expect(JsonTokenType.StartObject);
        var sends = ImmutableDictionary.CreateBuilder<string, SendState>();
        while (Next(JsonTokenType.EndObject))
        {
            var (key, send) = (Name(), new SendState(0, default, ""));
            while (Next(JsonTokenType.EndObject))
                send = Name() switch
                {
                    "attempts" => send with { Attempts = _json.GetInt32() },
                    "nextTry" => send with { NextTry = _json.GetDateTimeOffset() },
                    "error" => send with { Error = _json.GetString()! },
                    _ => Skipped(send),
                };
            sends.Add(key, send);
        }
        return sends.ToImmutable();
    }

    /// <summary>The member's name; the reader goes on to its value.</summary>
    private string Name()
    {
        Expect(JsonTokenType.PropertyName);
        var name = _json.GetString()!;
        _json.Read();
        return name;
    }

    private bool Next(JsonTokenType end)
    {
        if (!_json.Read())
            throw Wrong("ends too soon");
        return _json.TokenType != end;
    }

    private void Enter(JsonTokenType first)
    {
        _json.Read();
        Expect(first);
    }

    private readonly void Expect(JsonTokenType type)
    {
        if (_json.TokenType != type)
            throw Wrong($"has {_json.TokenType} where {type} is due");
    }

    private string Skipped()
    {
        _json.Skip();
        return "";
    }

    private SendState Skipped(SendState send)
    {
        _json.Skip();
        return send;
    }

    private readonly JsonException Wrong(string what) => new($"Case {_stored.Reference} {what}.");
}
