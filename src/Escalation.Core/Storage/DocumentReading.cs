using System.Collections.Immutable;
using System.Text.Json;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>Reads a stored document token by token: its events stay the bytes they are until they are folded.</summary>
internal ref struct DocumentReading
{
    private readonly StoredCase _stored;
    private Utf8JsonReader _json;
    private int? _format;
    private int _repeated;
    private string? _similarityKey;
    private byte[]? _head,
        _salt;
    private ImmutableArray<EventText>.Builder? _events;
    private ImmutableDictionary<int, StoredWords> _words = ImmutableDictionary<int, StoredWords>.Empty;
    private ImmutableDictionary<string, SendState> _sends = ImmutableDictionary<string, SendState>.Empty;

    public DocumentReading(StoredCase stored)
    {
        _stored = stored;
        _json = new Utf8JsonReader(stored.Document.Span, new JsonReaderOptions { AllowMultipleValues = true });
    }

    public CaseDocument Read()
    {
        while (_json.Read())
        {
            const int Frame = 140;
            Expect(JsonTokenType.StartObject);
            _repeated += Frame;
            while (Next(JsonTokenType.EndObject))
                ReadMember();
        }
        if (_format is null || _head is null || _events is null)
            throw Wrong("is no case");
        var events = new EventTexts(_events.DrainToImmutable());
        return new CaseDocument
        {
            Case = Evolution.Fold(DocumentFormat.Recorded(events, _words)) ?? throw Wrong("has no events"),
            Events = events,
            Words = _words,
            Head = _head,
            Salt = _salt,
            SimilarityKey = _similarityKey,
            Sends = _sends,
            Version = _stored.Version,
            Kept =
                _format == DocumentFormat.Format
                    ? new KeptText(_stored.Document, events.Count, _sends, _similarityKey, _repeated)
                    : null,
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
                _similarityKey = _json.GetString();
                break;
            case "events":
                ReadEvents();
                break;
            case "words":
                ReadWords();
                break;
            case "sends":
                var start = _json.BytesConsumed;
                _sends = ReadSends();
                _repeated += (int)(_json.BytesConsumed - start);
                break;
            default:
                _json.Skip();
                break;
        }
    }

    private void ReadEvents()
    {
        Expect(JsonTokenType.StartArray);
        _events ??= ImmutableArray.CreateBuilder<EventText>(32);
        while (Next(JsonTokenType.EndArray))
        {
            var (start, isToken) = ((int)_json.TokenStartIndex, _json.TokenType == JsonTokenType.String);
            _json.Skip();
            _events.Add(new EventText(_stored.Document[start..(int)_json.BytesConsumed], isToken));
        }
    }

    private void ReadWords()
    {
        Expect(JsonTokenType.StartObject);
        var words = _words.ToBuilder();
        while (Next(JsonTokenType.EndObject))
        {
            var number = int.Parse(Name(), System.Globalization.CultureInfo.InvariantCulture);
            var (salt, text) = ("", "");
            while (Next(JsonTokenType.EndObject))
                _ = Name() switch
                {
                    "salt" => salt = _json.GetString()!,
                    "text" => text = _json.GetString()!,
                    _ => Skipped(),
                };
            words.Add(number, new StoredWords(salt, text));
        }
        _words = words.ToImmutable();
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
                    "down" => send with { Down = _json.GetBoolean() },
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
