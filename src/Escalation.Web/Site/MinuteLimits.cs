using System.Threading.RateLimiting;

namespace Escalation.Web.Site;

/// <summary>Counts what each of many asks for in a minute.</summary>
internal static class MinuteLimits
{
    public static PartitionedRateLimiter<string> Of(int permits)
    {
        var window = new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) };
        return PartitionedRateLimiter.Create<string, string>(of =>
            RateLimitPartition.GetFixedWindowLimiter(of, _ => window)
        );
    }

    /// <summary>False: too many.</summary>
    /// <param name="permits">0 asks whether one more is allowed, and counts nothing.</param>
    public static bool Allow(this PartitionedRateLimiter<string> limiter, string of, int permits = 1)
    {
        using var lease = limiter.AttemptAcquire(of, permits);
        return lease.IsAcquired;
    }
}
