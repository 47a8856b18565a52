using System.Threading.RateLimiting;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.RateLimiting;

namespace Escalation.Web.Site;

/// <summary>Names of the rate limits that endpoints ask for. The emailed links count for themselves.</summary>
public static class RateLimitPolicies
{
    /// <summary>Openings, by credential.</summary>
    public const string Intake = "intake";

    internal static void Add(RateLimiterOptions limits, WebOptions options) =>
        limits.AddPolicy(
            Intake,
            context =>
                Partition(options, context.User.FindFirst(Caller.ActorClaim)?.Value ?? "", options.IntakePerMinute)
        );

    private static RateLimitPartition<string> Partition(WebOptions options, string key, int perMinute) =>
        options.RateLimits
            ? RateLimitPartition.GetFixedWindowLimiter(
                key,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }
            )
            : RateLimitPartition.GetNoLimiter(key);
}
