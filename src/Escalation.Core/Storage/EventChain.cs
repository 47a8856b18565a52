using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>
/// The hash chain over a case's events: hash n = SHA-256 (hash n−1, then the canonical string of event n in UTF-8); before the first
/// stand 32 zero bytes. Rewriting an event changes every hash after it.
/// </summary>
public static class EventChain
{
    public const int SaltLength = 16;

    public static byte[] Start => new byte[SHA256.HashSizeInBytes];

    public static byte[] Next(ReadOnlySpan<byte> head, string canonical)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(canonical.Length));
        var hash = Next(head, buffer.AsSpan(0, Encoding.UTF8.GetBytes(canonical, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    /// <param name="canonical">UTF-8.</param>
    public static byte[] Next(ReadOnlySpan<byte> head, ReadOnlySpan<byte> canonical)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(head.Length + canonical.Length);
        head.CopyTo(buffer);
        canonical.CopyTo(buffer.AsSpan(head.Length));
        var hash = SHA256.HashData(buffer.AsSpan(0, head.Length + canonical.Length));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    /// <summary>The hash after each event, in order.</summary>
    public static IEnumerable<byte[]> Hashes(IEnumerable<string> canonical)
    {
        var head = Start;
        foreach (var text in canonical)
            yield return head = Next(head, text);
    }

    /// <summary>
    /// What an event holds of its private words: SHA-256 of a salt that goes with them when they are removed, then
    /// their JSON.
    /// </summary>
    public static string Seal(ReadOnlySpan<byte> salt, string words) => Convert.ToHexStringLower(Next(salt, words));

    /// <summary>The salted digest of what a command says, whoever sent it under whichever id.</summary>
    public static string Digest(ReadOnlySpan<byte> salt, CaseCommand command) =>
        Seal(salt, JsonSerializer.Serialize(command with { Id = "", Actor = "" }, CaseJson.Plain.CaseCommand));

    /// <summary>The salted digest of what an intake form says, without what the host found or chose.</summary>
    public static string Digest(ReadOnlySpan<byte> salt, OpenCase open) =>
        Seal(
            salt,
            JsonSerializer.Serialize(
                open with
                {
                    Reference = "",
                    IntakeKey = "",
                    Actor = "",
                    PossibleDuplicates = [],
                },
                CaseJson.Plain.OpenCase
            )
        );
}
