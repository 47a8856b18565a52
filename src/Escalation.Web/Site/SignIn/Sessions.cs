using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Escalation.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Who is signed in, in records of kind <c>session</c>. A browser's cookie holds a random id and the store only its hash, so that nobody
/// can make a cookie from a copy of the store. A session ends for good with its record: by signing out, with its key, or twelve hours after
/// it began, however much it is used.
/// </summary>
internal sealed class Sessions(IRecords records, AccessKeys keys) : ITicketStore
{
    private const string Kind = "session",
        KeyItem = "key",
        HashItem = "hash";

    /// <summary>Many people may share a key. Where more sign in with it, the session that was longest unused ends.</summary>
    private const int MostOfOneKey = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>What a sign-in with this key hands to <see cref="StoreAsync"/>.</summary>
    public static AuthenticationProperties Begin(AccessKey key, string text) =>
        new(new Dictionary<string, string?> { [KeyItem] = key.Id, [HashItem] = AccessKeys.HashTextOf(text) });

    /// <summary>Ends every session of a key.</summary>
    public static Task EndOfKeyAsync(IRecords records, string key, CancellationToken cancel) =>
        EndAsync(records, $"{key}/", cancel);

    /// <summary>Ends every session of everybody.</summary>
    public static Task EndAllAsync(IRecords records, CancellationToken cancel) => EndAsync(records, "", cancel);

    /// <summary>
    /// Begins a session and returns what its cookie holds. Clears away those of the key that have run out, or are too many.
    /// </summary>
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var (key, now) = (ticket.Properties.Items[KeyItem]!, ticket.Properties.IssuedUtc!.Value);
        await ClearAsync(key, now);
        var session = new Session(ticket.Properties.Items[HashItem]!, now, now, now).Until(ticket.Properties);
        var id = $"{key}/{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        await records.WriteAsync(Kind, RecordIdOf(id), session.ToJson(), 0, CancellationToken.None);
        return id;
    }

    /// <summary>Notes that the session was used. One that ended meanwhile stays ended.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var id = RecordIdOf(key);
        if (await records.ReadAsync(Kind, id, CancellationToken.None) is not { } record)
            return;
        var used = Session.Parse(record.Body).Until(ticket.Properties);
        await records.WriteAsync(Kind, id, used.ToJson(), record.Version, CancellationToken.None);
    }

    /// <summary>
    /// The session as its key is now, or null when there is none or its key does not stand any more. Whether its time is over the caller
    /// judges.
    /// </summary>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (await records.ReadAsync(Kind, RecordIdOf(key), CancellationToken.None) is not { } record)
            return null;
        var session = Session.Parse(record.Body);
        if (
            await keys.FindByHashAsync(session.KeyHash, CancellationToken.None) is not { } found
            || found.Id != KeyOf(key)
        )
            return null;
        var times = new AuthenticationProperties { IssuedUtc = session.Used, ExpiresUtc = session.Ends };
        return new AuthenticationTicket(
            KeySignIn.CallerOf(found).ToPrincipal(KeySignIn.Scheme),
            times,
            KeySignIn.Scheme
        );
    }

    /// <summary>Ends the session. Does nothing when it has ended.</summary>
    public async Task RemoveAsync(string key)
    {
        var id = RecordIdOf(key);
        while (await records.ReadAsync(Kind, id, CancellationToken.None) is { } record)
            if (await records.WriteAsync(Kind, id, null, record.Version, CancellationToken.None))
                return;
    }

    private static async Task EndAsync(IRecords records, string prefix, CancellationToken cancel)
    {
        foreach (var record in await records.ListAsync(Kind, prefix, cancel))
            await records.WriteAsync(Kind, record.Id, null, record.Version, cancel);
    }

    private async Task ClearAsync(string key, DateTimeOffset now)
    {
        var sessions = await records.ListAsync(Kind, $"{key}/", CancellationToken.None);
        var latestFirst = sessions
            .Select(r => (Record: r, Session: Session.Parse(r.Body)))
            .OrderByDescending(s => s.Session.Used);
        foreach (var ((record, session), place) in latestFirst.Select((s, i) => (s, i)))
            if (session.Ends < now || place >= MostOfOneKey - 1)
                await records.WriteAsync(Kind, record.Id, null, record.Version, CancellationToken.None);
    }

    /// <summary>The key that a session was begun with.</summary>
    public static string KeyOf(string id) => id.Split('/')[0];

    private static string RecordIdOf(string id) =>
        $"{KeyOf(id)}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";

    /// <param name="KeyHash">Of the key's text when the session began.</param>
    /// <param name="Used">When it was last noted that it is in use.</param>
    /// <param name="Ends">Unless it is used before.</param>
    private sealed record Session(string KeyHash, DateTimeOffset Began, DateTimeOffset Used, DateTimeOffset Ends)
    {
        public static Session Parse(string body) =>
            JsonSerializer.Deserialize<Session>(body, JsonSerializerOptions.Web)!;

        public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

        /// <summary>
        /// Used at the time that the ticket says, and good as long as it says, but never for longer than <see cref="Longest"/> in all.
        /// </summary>
        public Session Until(AuthenticationProperties times)
        {
            var last = Began + Longest;
            var ends = times.ExpiresUtc < last ? times.ExpiresUtc.Value : last;
            return this with { Used = times.IssuedUtc!.Value, Ends = ends };
        }
    }
}
