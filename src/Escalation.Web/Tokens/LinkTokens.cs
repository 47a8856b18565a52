using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Cases;

namespace Escalation.Web.Tokens;

/// <summary>
/// Makes and reads the text of links: base64url of key id (4 bytes), side and action (1 byte each), then reference,
/// stage and contact (a length byte and UTF-8 each), HMAC-SHA256 of all that (32 bytes), and 4 bytes of SHA-256 of
/// everything before them. The last four are no secret: they tell a damaged link from one whose key was retired.
/// </summary>
public sealed class LinkTokens
{
    /// <summary>Longer texts are not looked at.</summary>
    public const int MaxLength = 1100;
    private const int Start = LinkKeys.IdLength + 2,
        TagLength = HMACSHA256.HashSizeInBytes,
        CheckLength = 4;
    private readonly (byte[] Key, byte[] Id)[] _keys;

    public LinkTokens(LinkKeys keys)
    {
        byte[][] both = keys.Previous is { } previous ? [keys.Current, previous] : [keys.Current];
        if (both.Any(k => k.Length < LinkKeys.Length))
            throw new ArgumentException($"Link keys have at least {LinkKeys.Length} bytes.", nameof(keys));
        _keys = [.. both.Select(k => (k, LinkKeys.IdOf(k)))];
    }

    public string Make(LinkClaims claims)
    {
        Span<byte> buffer = stackalloc byte[Start + 3 * 256 + TagLength + CheckLength];
        var (key, id) = _keys[0];
        id.CopyTo(buffer);
        buffer[Start - 2] = (byte)claims.Side;
        buffer[Start - 1] = (byte)claims.Action;
        var at = Start;
        Put(buffer, ref at, claims.Reference);
        Put(buffer, ref at, claims.Stage);
        Put(buffer, ref at, claims.Contact);
        HMACSHA256.HashData(key, buffer[..at], buffer[at..]);
        at += TagLength;
        Check(buffer[..at], buffer.Slice(at, CheckLength));
        return Base64Url.EncodeToString(buffer[..(at + CheckLength)]);
    }

    public LinkReading Read(string token)
    {
        if (Decoded(token) is not { } bytes || bytes.Length < Start + 3 + TagLength + CheckLength)
            return new LinkReading.Bad();
        ReadOnlySpan<byte> all = bytes;
        Span<byte> check = stackalloc byte[CheckLength];
        Check(all[..^CheckLength], check);
        if (!check.SequenceEqual(all[^CheckLength..]))
            return new LinkReading.Bad();
        var payload = all[..^(TagLength + CheckLength)];
        var tag = all[^(TagLength + CheckLength)..^CheckLength];
        if (!IsSigned(payload, tag, out var known))
            return known ? new LinkReading.Bad() : new LinkReading.Retired();
        return Claims(payload) is { } claims ? new LinkReading.Signed(claims) : new LinkReading.Bad();
    }

    /// <summary>Null for anything but the one spelling that encoding gives: no padding, no white space, no spare bits.</summary>
    private static byte[]? Decoded(string token)
    {
        if (token.Length > MaxLength)
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done)
            return null;
        bytes = bytes[..length];
        return Base64Url.EncodeToString(bytes) == token ? bytes : null;
    }

    private bool IsSigned(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> tag, out bool known)
    {
        Span<byte> expected = stackalloc byte[TagLength];
        known = false;
        foreach (var (key, id) in _keys)
        {
            if (!payload.StartsWith(id))
                continue;
            known = true;
            HMACSHA256.HashData(key, payload, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, tag))
                return true;
        }
        return false;
    }

    private static LinkClaims? Claims(ReadOnlySpan<byte> payload)
    {
        var (side, action, at) = ((Side)payload[Start - 2], (LinkAction)payload[Start - 1], Start);
        var (reference, stage, contact) = (Take(payload, ref at), Take(payload, ref at), Take(payload, ref at));
        return
            reference is not null
            && stage is not null
            && contact is not null
            && at == payload.Length
            && Enum.IsDefined(side)
            && Enum.IsDefined(action)
            ? new LinkClaims(reference, stage, contact, side, action)
            : null;
    }

    private static void Put(Span<byte> buffer, ref int at, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        buffer[at++] = checked((byte)length);
        at += Encoding.UTF8.GetBytes(text, buffer[at..]);
    }

    private static string? Take(ReadOnlySpan<byte> payload, ref int at)
    {
        if (at >= payload.Length || at + 1 + payload[at] > payload.Length)
            return null;
        var text = Encoding.UTF8.GetString(payload.Slice(at + 1, payload[at]));
        at += 1 + payload[at];
        return text;
    }

    private static void Check(ReadOnlySpan<byte> bytes, Span<byte> check)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[..CheckLength].CopyTo(check);
    }
}
