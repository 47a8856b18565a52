using System.Buffers;
using System.Globalization;
using System.Text;

namespace Escalation.Cosmos.Items;

/// <summary>
/// An item's id for any text: Cosmos DB allows neither / nor \ nor ? nor # in one. Letters, digits, hyphen and dot
/// stand for themselves, every other byte of the UTF-8 text is an underscore and two hex digits:
/// <c>sandwell_2Fpolice</c>. Two texts never share an id.
/// </summary>
internal static class ItemId
{
    /// <summary>Bytes.</summary>
    private const int Most = 1023;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."
    );
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Null for a text that no item can be named by: empty, or too long.</summary>
    public static string? Find(string text)
    {
        if (text.Length is 0 or > Most)
            return null;
        var id = text.AsSpan().ContainsAnyExcept(Plain) ? Escaped(text) : text;
        return id.Length <= Most ? id : null;
    }

    /// <exception cref="ArgumentException">No item can be named by the text.</exception>
    public static string Of(string text) =>
        Find(text) ?? throw new ArgumentException("Empty, or too long for the id of an item.", nameof(text));

    private static string Escaped(string text)
    {
        var id = new StringBuilder(text.Length * 2);
        foreach (var octet in Strict.GetBytes(text))
        {
            if (Plain.Contains((char)octet))
                id.Append((char)octet);
            else
                id.Append('_').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return id.ToString();
    }
}
