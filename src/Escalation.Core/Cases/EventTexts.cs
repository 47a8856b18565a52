using System.Buffers;
using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Escalation.Core.Cases;

/// <summary>
/// The canonical strings of a case's events, in order. Kept as the bytes that were read, which are written back as they
/// are: a string is made only for who asks for it.
/// </summary>
public sealed class EventTexts : IReadOnlyList<string>
{
    private readonly ImmutableArray<Text> _texts;

    internal EventTexts(ImmutableArray<Text> texts) => _texts = texts;

    public static EventTexts None { get; } = new([]);

    public int Count => _texts.Length;

    public string this[int index] => _texts[index].Read(static utf8 => Encoding.UTF8.GetString(utf8));

    internal ImmutableArray<Text> All => _texts;

    public EventTexts Add(string canonical) =>
        new(_texts.Add(new Text(Encoding.UTF8.GetBytes(canonical), IsToken: false)));

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <param name="IsToken">True: a JSON string as it stands in a document of format 1, quotes included. False: the
    /// string itself, in UTF-8.</param>
    internal readonly record struct Text(ReadOnlyMemory<byte> Bytes, bool IsToken)
    {
        public delegate T Reading<out T>(ReadOnlySpan<byte> utf8);

        public T Read<T>(Reading<T> read)
        {
            if (!IsToken)
                return read(Bytes.Span);
            var token = new Utf8JsonReader(Bytes.Span);
            token.Read();
            var buffer = ArrayPool<byte>.Shared.Rent(Bytes.Length);
            try
            {
                return read(buffer.AsSpan(0, token.CopyString(buffer)));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        public void WriteTo(Utf8JsonWriter json)
        {
            if (IsToken)
                json.WriteRawValue(Read(static utf8 => utf8.ToArray()), skipInputValidation: true);
            else
                json.WriteRawValue(Bytes.Span, skipInputValidation: true);
        }
    }
}
