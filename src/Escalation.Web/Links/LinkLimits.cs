using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Escalation.Web.Site;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Links;

/// <summary>
/// How often links may be asked for: a good one by itself, bad ones by address. A good link works from an address that
/// tried too many bad ones: offices share addresses.
/// </summary>
public sealed class LinkLimits(IOptions<WebOptions> web, IOptions<LinkOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _tokens = MinuteLimits.Of(options.Value.PerToken);
    private readonly PartitionedRateLimiter<string> _addresses = MinuteLimits.Of(options.Value.BadPerAddress);

    /// <summary>Counts a request with a good link; false: too many.</summary>
    public bool AllowToken(string token) =>
        Allow(_tokens, Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(token)), 0, 16));

    /// <summary>Counts a request with a bad link; false: too many from there.</summary>
    public bool AllowBad(IPAddress? address) => Allow(_addresses, Client.Of(address));

    public void Dispose()
    {
        _tokens.Dispose();
        _addresses.Dispose();
    }

    private bool Allow(PartitionedRateLimiter<string> limiter, string key) =>
        !web.Value.RateLimits || limiter.Allow(key);
}
