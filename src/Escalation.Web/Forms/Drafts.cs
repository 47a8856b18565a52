using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Escalation.Core.Storage;
using Escalation.Web.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Forms;

/// <summary>
/// Forms that were filled in and not yet recorded, so that Back, Reload and signing in again lose nothing: one for each form of a browser.
/// The store holds them encrypted (AES-256-GCM), and the key is only in the browser's cookie: no copy of the store tells what was typed.
/// A draft is gone when its form is recorded, after twelve hours (real time, whatever clock the cases go by), or with the browser's cookie.
/// A browser without the cookie sends everything with each step, and only Back and Reload are worse off.
/// </summary>
/// <param name="clock">Real time.</param>
public sealed partial class Drafts(
    IRecords records,
    IOptions<WebOptions> options,
    ILogger<Drafts> log,
    TimeProvider clock
)
{
    public const string CookieName = "escalation-form";
    private const string Kind = "draft",
        Latest = "latest";
    private const int SecretLength = 32,
        NonceLength = 12,
        TagLength = 16;

    /// <summary>
    /// Records of one link, or of all who share an access key, two for a form: it, and which window it was sent from last. Where there are
    /// more, the oldest go.
    /// </summary>
    private const int MostOfOneOwner = 100;

    /// <summary>Of what is stored, in characters. A form that is larger is not kept.</summary>
    private const int LongestBody = 200_000;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    /// <summary>Gives the browser its cookie, where it has none yet: to be called at signing in, and when a form is shown.</summary>
    public void Begin(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method) || SecretOf(context) is not null)
            return;
        var secure =
            context.Request.IsHttps || options.Value.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        context.Response.Cookies.Append(
            CookieName,
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength)),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = secure,
            }
        );
    }

    /// <summary>Keeps what was typed, in place of what was kept of it before.</summary>
    /// <param name="owner">Who may have it back: a link, or who is signed in. No secret of theirs is stored.</param>
    /// <param name="form">Which form it is: its address.</param>
    /// <param name="id">Tells apart the same form filled in twice, in two windows.</param>
    /// <returns>False: it is not kept, because the browser has no cookie, the form is too large, or the store failed.</returns>
    public async Task<bool> SaveAsync(HttpContext context, string owner, string form, string id, FormValues values)
    {
        if (SecretOf(context) is not { } secret)
            return false;
        var body = Sealed(secret, PlaceOf(form, id), values);
        if (body.Length > LongestBody)
            return false;
        try
        {
            return await SaveAsync(secret, owner, form, id, body, context.RequestAborted);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            LogFailed(log, e.GetType().Name);
            return false;
        }
    }

    private async Task<bool> SaveAsync(
        byte[] secret,
        string owner,
        string form,
        string id,
        string body,
        CancellationToken cancel
    )
    {
        await ThinOutAsync(owner, cancel);
        var latest = new FormValues(new Dictionary<string, string> { [Latest] = id });
        return await WriteAsync(IdOf(secret, owner, PlaceOf(form, id)), body, cancel)
            && await WriteAsync(IdOf(secret, owner, form), Sealed(secret, form, latest), cancel);
    }

    /// <summary>What this browser's form was last sent with; null where nothing is kept.</summary>
    /// <param name="id">Null: that of the window in which it was sent last.</param>
    public async Task<FormValues?> ReadAsync(HttpContext context, string owner, string form, string? id)
    {
        if (SecretOf(context) is not { } secret)
            return null;
        id ??= (await ReadAsync(secret, owner, form, context.RequestAborted))?[Latest];
        return id is null ? null : await ReadAsync(secret, owner, PlaceOf(form, id), context.RequestAborted);
    }

    /// <summary>The form was recorded. Done twice, it does nothing more; where it fails, the draft goes when its time is over.</summary>
    public async Task RemoveAsync(HttpContext context, string owner, string form, string id)
    {
        if (SecretOf(context) is not { } secret)
            return;
        try
        {
            await WriteAsync(IdOf(secret, owner, PlaceOf(form, id)), null, CancellationToken.None);
            if ((await ReadAsync(secret, owner, form, CancellationToken.None))?[Latest] == id)
                await WriteAsync(IdOf(secret, owner, form), null, CancellationToken.None);
        }
        catch (Exception e)
        {
            // What was recorded is recorded: its answer must not be an error.
            LogFailed(log, e.GetType().Name);
        }
    }

    /// <summary>Whoever uses the browser next cannot have what was typed in it.</summary>
    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName);

    /// <summary>Removes every draft whose time is over. To be called daily.</summary>
    public async Task ClearAsync(CancellationToken cancel)
    {
        foreach (var record in await records.ListAsync(Kind, "", cancel))
            if (Draft.Parse(record.Body).Until <= clock.GetUtcNow())
                await records.WriteAsync(Kind, record.Id, null, record.Version, cancel);
    }

    private async Task<FormValues?> ReadAsync(byte[] secret, string owner, string place, CancellationToken cancel) =>
        await records.ReadAsync(Kind, IdOf(secret, owner, place), cancel) is { } record
        && Draft.Parse(record.Body) is { } draft
        && draft.Until > clock.GetUtcNow()
            ? Open(secret, place, draft.Sealed)
            : null;

    private async Task<bool> WriteAsync(string id, string? body, CancellationToken cancel)
    {
        var before = await records.ReadAsync(Kind, id, cancel);
        return (body is null && before is null)
            || await records.WriteAsync(Kind, id, body, before?.Version ?? 0, cancel);
    }

    private static string PlaceOf(string form, string id) => $"{form}#{id}";

    private string Sealed(byte[] secret, string place, FormValues values) =>
        new Draft(clock.GetUtcNow() + Kept, Seal(secret, place, values)).ToJson();

    private async Task ThinOutAsync(string owner, CancellationToken cancel)
    {
        var latestFirst = (await records.ListAsync(Kind, $"{PrefixOf(owner)}/", cancel))
            .Select(r => (Record: r, Draft.Parse(r.Body).Until))
            .OrderByDescending(r => r.Until);
        foreach (var (place, (record, until)) in latestFirst.Index())
            if (until <= clock.GetUtcNow() || place >= MostOfOneOwner - 2)
                await records.WriteAsync(Kind, record.Id, null, record.Version, cancel);
    }

    private static byte[]? SecretOf(HttpContext context)
    {
        var cookie = context.Request.Cookies[CookieName];
        return cookie is { Length: <= 100 } && Base64Url.IsValid(cookie, out var length) && length == SecretLength
            ? Base64Url.DecodeFromChars(cookie)
            : null;
    }

    private static string PrefixOf(string owner) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..32];

    private static string IdOf(byte[] secret, string owner, string place) =>
        $"{PrefixOf(owner)}/{Convert.ToHexStringLower(Derived(secret, "id", place))[..32]}";

    private static byte[] Derived(byte[] secret, string use, string place) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{use}\n{place}"));

    private static string Seal(byte[] secret, string place, FormValues values)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(brotli, values.Sent);
        var (plain, nonce, tag) = (packed.ToArray(), RandomNumberGenerator.GetBytes(NonceLength), new byte[TagLength]);
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(Derived(secret, "key", place), TagLength);
        aes.Encrypt(nonce, plain, cipher, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }

    /// <summary>Null: it was altered where it is stored.</summary>
    private static FormValues? Open(byte[] secret, string place, string sealedText)
    {
        var bytes = new byte[sealedText.Length];
        if (!Convert.TryFromBase64String(sealedText, bytes, out var length) || length < NonceLength + TagLength)
            return null;
        var cipher = bytes[(NonceLength + TagLength)..length];
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(Derived(secret, "key", place), TagLength);
        try
        {
            aes.Decrypt(bytes[..NonceLength], cipher, bytes[NonceLength..(NonceLength + TagLength)], plain);
        }
        catch (CryptographicException)
        {
            return null;
        }
        using var brotli = new BrotliStream(new MemoryStream(plain), CompressionMode.Decompress);
        return new FormValues(JsonSerializer.Deserialize<Dictionary<string, string>>(brotli)!);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A form's draft could not be kept or removed ({Exception}); the form itself is not affected"
    )]
    private static partial void LogFailed(ILogger log, string exception);

    /// <param name="Until">Real time.</param>
    private sealed record Draft(DateTimeOffset Until, string Sealed)
    {
        private static readonly Draft Damaged = new(DateTimeOffset.MinValue, "");

        /// <summary>
        /// One that is damaged where it is stored is none, and its time is over: it stops neither a form nor the daily clearing.
        /// </summary>
        public static Draft Parse(string body)
        {
            try
            {
                return JsonSerializer.Deserialize<Draft>(body, JsonSerializerOptions.Web) ?? Damaged;
            }
            catch (JsonException)
            {
                return Damaged;
            }
        }

        public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
    }
}

public static class DraftRegistration
{
    /// <summary>Needs <see cref="IRecords"/>.</summary>
    public static void AddDrafts(this IServiceCollection services) =>
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<Drafts>(provider, TimeProvider.System));
}
