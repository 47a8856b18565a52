using System.Security.Cryptography;
using System.Text.Json;
using Escalation.Core.Storage;
using Escalation.Web.Secrets;
using Escalation.Web.Tokens;

namespace Escalation.Standalone.Settings;

/// <summary>
/// The host's own secrets, made at first start and kept in the store, sealed: a backup and the secrets key together hold what it needs to
/// go on.
/// </summary>
public static class StoredSecrets
{
    private const string LinkKeysId = "link-keys",
        IntakeId = "intake";

    /// <summary>The keys of emailed links; made when there are none.</summary>
    public static async Task<LinkKeys> LinkKeysAsync(
        SealedRecords records,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var kept = await MadeAsync(
            records,
            LinkKeysId,
            () => JsonSerializer.Serialize(new KeptLinkKeys(NewKey(), now, null)),
            cancel
        );
        var keys = JsonSerializer.Deserialize<KeptLinkKeys>(kept.Body)!;
        return new LinkKeys(keys.Current, keys.Previous);
    }

    /// <summary>Keys the digests of intake keys and similarity keys; made when there is none.</summary>
    public static async Task<byte[]> IntakeSecretAsync(SealedRecords records, CancellationToken cancel) =>
        Convert.FromBase64String(
            (await MadeAsync(records, IntakeId, () => Convert.ToBase64String(NewKey()), cancel)).Body
        );

    /// <summary>
    /// Makes a new current key; the current one becomes the previous one, and the previous one is retired: its links
    /// lapse. Refused while a stage is open that opened before the current key was made, since its links may be under
    /// the one to be retired.
    /// </summary>
    /// <returns>How many open stages are in the way; 0: it is done.</returns>
    public static async Task<int> RotateLinkKeysAsync(
        ICaseQueries queries,
        SealedRecords records,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var before = await MadeAsync(
            records,
            LinkKeysId,
            () => JsonSerializer.Serialize(new KeptLinkKeys(NewKey(), now, null)),
            cancel
        );
        var keys = JsonSerializer.Deserialize<KeptLinkKeys>(before.Body)!;
        var inTheWay = 0;
        if (keys.Previous is not null)
        {
            await foreach (var document in queries.ReadableAsync(new CaseScan(null, OpenOnly: true), cancel))
                inTheWay += document.Case.Stage.OpenedAt < keys.CurrentSince ? 1 : 0;
        }
        if (inTheWay > 0)
            return inTheWay;
        var after = new KeptLinkKeys(NewKey(), now, keys.Current);
        return await records.WriteAsync(
            SealedRecords.Secret,
            LinkKeysId,
            JsonSerializer.Serialize(after),
            before.Version,
            cancel
        )
            ? 0
            : throw new HostFault("Somebody else rotated the link keys at the same time.");
    }

    /// <summary>
    /// A new intake secret. An opening that is sent again is not known as a repeat of one from before, nor are cases about one person known
    /// to be alike.
    /// </summary>
    public static async Task RenewIntakeSecretAsync(SealedRecords records, CancellationToken cancel)
    {
        var before = await records.ReadAsync(SealedRecords.Secret, IntakeId, cancel);
        if (
            !await records.WriteAsync(
                SealedRecords.Secret,
                IntakeId,
                Convert.ToBase64String(NewKey()),
                before?.Version ?? 0,
                cancel
            )
        )
            throw new HostFault("Somebody else renewed the intake secret at the same time.");
    }

    private static async Task<StoredRecord> MadeAsync(
        SealedRecords records,
        string id,
        Func<string> make,
        CancellationToken cancel
    )
    {
        if (await records.ReadAsync(SealedRecords.Secret, id, cancel) is { } kept)
            return kept;
        await records.WriteAsync(SealedRecords.Secret, id, make(), 0, cancel);
        return await records.ReadAsync(SealedRecords.Secret, id, cancel)
            ?? throw new HostFault($"The secret '{id}' could not be stored.");
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(LinkKeys.Length);

    private sealed record KeptLinkKeys(byte[] Current, DateTimeOffset CurrentSince, byte[]? Previous);
}
