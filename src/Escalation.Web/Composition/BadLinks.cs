using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Composition;

/// <summary>Counts bad and lapsed tokens by address, so that tokens cannot be tried out; a good token is never refused for its address.</summary>
public sealed class BadLinks(IOptions<WebOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.BadLinksPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts one; false when the address has had too many: answer <c>tooMany</c>.</summary>
    public bool Count(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired || !options.Value.RateLimits;
    }

    public void Dispose() => _limiter.Dispose();
}
