using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Looks access keys up, and keeps them from being guessed without anybody locking others out. Different wrong keys are counted by client;
/// a client that tried too many is refused whatever it sends, keys aside that were right from there within a day. Sign-ins are counted by
/// key. So a stranger's tries touch nobody elsewhere, and any number of people sign in from one address.
/// </summary>
public sealed class KeyChecks(AccessKeys keys, IOptions<WebOptions> options) : IDisposable
{
    private static readonly TimeSpan WrongKeptFor = TimeSpan.FromMinutes(1),
        RightKeptFor = TimeSpan.FromDays(1);
    private readonly PartitionedRateLimiter<string> _wrong = MinuteLimits.Of(options.Value.WrongKeysPerMinute);
    private readonly PartitionedRateLimiter<string> _signIns = MinuteLimits.Of(options.Value.SignInsPerMinute);

    /// <summary>What became of a key from a client: (client, hash of the key) → whether it was right.</summary>
    private readonly MemoryCache _tried = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public async ValueTask<KeyCheck> CheckAsync(HttpContext context, string text)
    {
        var client = Client.Of(context.Connection.RemoteIpAddress);
        var tried = (client, AccessKeys.HashTextOf(text));
        var known = _tried.TryGetValue(tried, out bool right);
        if (options.Value.RateLimits && !(known && right) && !_wrong.Allow(client, permits: 0))
            return new KeyCheck.TooMany();
        var key = await keys.FindAsync(text, context.RequestAborted);
        if (key is null && !(known && !right))
            _wrong.Allow(client);
        var kept = new MemoryCacheEntryOptions
        {
            Size = 1,
            AbsoluteExpirationRelativeToNow = key is null ? WrongKeptFor : RightKeptFor,
        };
        _tried.Set(tried, key is not null, kept);
        return key is null ? new KeyCheck.Unknown() : new KeyCheck.Stands(key);
    }

    /// <summary>Counts a sign-in to the pages with this key; false: too many.</summary>
    public bool AllowSignIn(AccessKey key) => !options.Value.RateLimits || _signIns.Allow(key.Id);

    public void Dispose()
    {
        _wrong.Dispose();
        _signIns.Dispose();
        _tried.Dispose();
    }
}

/// <summary>What a text that is to be an access key comes to.</summary>
public abstract record KeyCheck
{
    private KeyCheck() { }

    public sealed record Stands(AccessKey Key) : KeyCheck;

    /// <summary>No key that is in force.</summary>
    public sealed record Unknown : KeyCheck;

    /// <summary>It was not looked at: the client tried too many wrong ones.</summary>
    public sealed record TooMany : KeyCheck;
}
