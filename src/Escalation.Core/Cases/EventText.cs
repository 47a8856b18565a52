using System.Buffers;
using System.Text.Json;

namespace Escalation.Core.Cases;

/// <summary>The canonical string of one event, as the bytes that were read.</summary>
/// <param name="IsToken">True: a JSON string as it stands in a document of format 1, quotes included. False: the
/// string itself, in UTF-8.</param>
internal readonly record struct EventText(ReadOnlyMemory<byte> Bytes, bool IsToken)
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
