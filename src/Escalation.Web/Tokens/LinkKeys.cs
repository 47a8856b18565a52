using System.Security.Cryptography;

namespace Escalation.Web.Tokens;

/// <summary>The keys that sign links: new links with the current one, links of both are accepted. 32 random bytes each.</summary>
/// <param name="Previous">The key before the last rotation; null once it is retired, and its links lapse.</param>
public sealed record LinkKeys(byte[] Current, byte[]? Previous)
{
    /// <summary>Shorter keys are refused.</summary>
    public const int Length = 32;

    internal const int IdLength = 4;

    /// <summary>Tells keys apart inside a link without giving anything of them away.</summary>
    internal static byte[] IdOf(byte[] key) => HMACSHA256.HashData(key, "escalation link key id"u8)[..IdLength];
}
