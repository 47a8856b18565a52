using System.Security.Cryptography;
using System.Text;

namespace Escalation.Web.Secrets;

/// <summary>
/// The keys that protect an installation's own secrets where they are stored (AES-256-GCM). They are kept outside the store, so that a copy
/// of it, as a backup is one, gives none of the secrets away.
/// </summary>
public sealed class SecretsKeys
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;
    private const int NonceLength = 12,
        TagLength = 16,
        Start = NonceLength + TagLength;
    private const string Mark = "sealed";
    private readonly IReadOnlyList<(string Name, byte[] Key)> _keys;

    /// <param name="keys">One at least, 32 random bytes each. The first one seals, all of them open.</param>
    public SecretsKeys(params IEnumerable<byte[]> keys)
    {
        _keys = [.. keys.Select(key => (NameOf(key), key))];
        if (_keys.Count == 0 || _keys.Any(k => k.Key.Length != Length))
            throw new ArgumentException($"A secrets key has {Length} bytes.", nameof(keys));
    }

    /// <summary>Of the key that seals.</summary>
    public string Name => _keys[0].Name;

    public IEnumerable<string> Names => _keys.Select(k => k.Name);

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(Length);

    /// <summary>Tells keys apart without giving anything of them away: 8 hex digits.</summary>
    public static string NameOf(byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, "escalation secrets key"u8)[..4]);

    /// <summary>The name of the key that a text was sealed with; null for one that is not sealed.</summary>
    public static string? SealedBy(string text) => text.Split(':') is [Mark, var name, _] ? name : null;

    /// <summary>Each time another text.</summary>
    /// <param name="place">Where it is to be stored: it cannot be opened elsewhere.</param>
    public string Seal(string place, string secret)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var plain = Encoding.UTF8.GetBytes(secret);
        var (cipher, tag) = (new byte[plain.Length], new byte[TagLength]);
        using var aes = new AesGcm(_keys[0].Key, TagLength);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(place));
        return $"{Mark}:{Name}:{Convert.ToBase64String([.. nonce, .. tag, .. cipher])}";
    }

    /// <exception cref="CryptographicException">It was sealed with a key that is not here, for another place, or was altered.</exception>
    public string Open(string place, string text)
    {
        if (
            text.Split(':') is not [Mark, var name, var content]
            || _keys.FirstOrDefault(k => k.Name == name) is not { Key: { } key }
        )
            throw new CryptographicException($"The secret {place} cannot be opened with the secrets key that is here.");
        var bytes = Convert.FromBase64String(content);
        if (bytes.Length < Start)
            throw new CryptographicException($"The secret {place} was cut short.");
        var cipher = bytes[Start..];
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(bytes[..NonceLength], cipher, bytes[NonceLength..Start], plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }
}
