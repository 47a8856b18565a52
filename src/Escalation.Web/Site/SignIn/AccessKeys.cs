using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Storage;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Access keys, stored as SHA-256 hashes in records of kind <c>key</c>. A key made here has 256 random bits, so a fast hash is enough; one
/// that an operator chose is as strong as its length.
/// </summary>
public sealed class AccessKeys(IRecords records, TimeProvider time)
{
    /// <summary>What a key that somebody chose has to be, in words; see <see cref="IsFit"/>.</summary>
    public const string Fit = "24 to 500 printable ASCII characters without spaces";
    private const string Kind = "key";
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30),
        UnknownKeptFor = TimeSpan.FromSeconds(1);
    private volatile KnownKeys? _known;

    /// <summary>Whether a text may be a key: a shorter one could be guessed by whoever has a copy of its hash.</summary>
    public static bool IsFit(string text) => text.Length is >= 24 and <= 500 && text.All(c => c is > ' ' and <= '~');

    /// <summary>Stores a key and returns its text, which is not kept: it can be shown only now.</summary>
    /// <param name="secret">
    /// Null: one is made, and an id that is already there is refused. Given: the id stands for this text from now on, and sessions of
    /// another text end; a repeat changes nothing.
    /// </param>
    /// <exception cref="ArgumentException">The key is not well-formed, or its id is taken.</exception>
    public async Task<string> AddAsync(AccessKey key, string? secret, CancellationToken cancel)
    {
        if (key.Fault() is { } fault)
            throw new ArgumentException(fault, nameof(key));
        if (secret is not null && !IsFit(secret))
            throw new ArgumentException($"A key is {Fit}.", nameof(secret));
        var text = secret ?? "esc_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var body = JsonSerializer.Serialize(new StoredKey(key, HashTextOf(text)), KeyJson.Default.StoredKey);
        while (true)
        {
            var before = await records.ReadAsync(Kind, key.Id, cancel);
            if (before is not null && secret is null)
                throw new ArgumentException($"There is a key '{key.Id}' already.", nameof(key));
            if (before?.Body != body && !await records.WriteAsync(Kind, key.Id, body, before?.Version ?? 0, cancel))
                continue;
            _known = null;
            if (before is not null && before.Body != body)
                await Sessions.EndOfKeyAsync(records, key.Id, cancel);
            return text;
        }
    }

    /// <summary>By id.</summary>
    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancel) =>
        [.. (await records.ListAsync(Kind, "", cancel)).Select(r => Parse(r).Key)];

    /// <summary>Ends its sessions too. False when there is no such key. Other processes believe it for half a minute more.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancel)
    {
        while (await records.ReadAsync(Kind, id, cancel) is { } record)
        {
            if (!await records.WriteAsync(Kind, id, null, record.Version, cancel))
                continue;
            _known = null;
            await Sessions.EndOfKeyAsync(records, id, cancel);
            return true;
        }
        return false;
    }

    /// <summary>Whose key this is, or null. Every stored hash is compared, in constant time.</summary>
    public ValueTask<AccessKey?> FindAsync(string text, CancellationToken cancel) => FindAsync(HashOf(text), cancel);

    /// <summary>The key whose text has this hash, or null once it is revoked or has another text. Half a minute late at most.</summary>
    internal ValueTask<AccessKey?> FindByHashAsync(string hash, CancellationToken cancel) =>
        FindAsync(Convert.FromHexString(hash), cancel);

    /// <summary>SHA-256 of a key's text, in hex.</summary>
    internal static string HashTextOf(string text) => Convert.ToHexStringLower(HashOf(text));

    private async ValueTask<AccessKey?> FindAsync(byte[] hash, CancellationToken cancel)
    {
        var known = _known is { } kept && AgeOf(kept) < KeptFor ? kept : await ReadAsync(cancel);
        return Match(known, hash) ?? (AgeOf(known) < UnknownKeptFor ? null : Match(await ReadAsync(cancel), hash));
    }

    private TimeSpan AgeOf(KnownKeys known) => time.GetElapsedTime(known.Read);

    private static AccessKey? Match(KnownKeys known, byte[] hash)
    {
        AccessKey? found = null;
        foreach (var (stored, key) in known.Keys)
            if (CryptographicOperations.FixedTimeEquals(stored, hash))
                found = key;
        return found;
    }

    private async Task<KnownKeys> ReadAsync(CancellationToken cancel)
    {
        var read = time.GetTimestamp();
        var stored = await records.ListAsync(Kind, "", cancel);
        return _known = new KnownKeys(
            read,
            [.. stored.Select(Parse).Select(k => (Convert.FromHexString(k.Hash), k.Key))]
        );
    }

    private static StoredKey Parse(StoredRecord record) =>
        JsonSerializer.Deserialize(record.Body, KeyJson.Default.StoredKey)!;

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private sealed record KnownKeys(long Read, IReadOnlyList<(byte[] Hash, AccessKey Key)> Keys);
}

internal sealed record StoredKey(AccessKey Key, string Hash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredKey))]
internal sealed partial class KeyJson : JsonSerializerContext;
