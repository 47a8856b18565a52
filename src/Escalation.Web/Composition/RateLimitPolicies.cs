using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Escalation.Web.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Composition;

/// <summary>Names of the rate limits that endpoints ask for.</summary>
public static class RateLimitPolicies
{
    /// <summary>Openings, by credential.</summary>
    public const string Intake = "intake";

    /// <summary>Emailed links, by the route value <c>token</c>. Bad tokens count against their address besides: <see cref="BadLinks"/>.</summary>
    public const string Links = "links";

    internal static void Add(RateLimiterOptions limits, WebOptions options)
    {
        limits.AddPolicy(Intake, context => Partition(options, context.User.FindFirst(Caller.ActorClaim)?.Value ?? "", options.IntakePerMinute));
        limits.AddPolicy(Links, context => Partition(options, DigestOf(context.GetRouteValue("token") as string ?? ""), options.LinkPerMinute));
    }

    private static RateLimitPartition<string> Partition(WebOptions options, string key, int perMinute) => options.RateLimits
        ? RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) })
        : RateLimitPartition.GetNoLimiter(key);

    private static string DigestOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
