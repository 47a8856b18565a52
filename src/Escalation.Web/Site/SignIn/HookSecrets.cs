using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Escalation.Core.Cases;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Knows services that post to us by a secret. Wrong ones are counted by client, and a client that tries too many is told to wait. A right
/// one is taken wherever it comes from: services post from addresses that anybody can post from who rents the same service.
/// </summary>
public sealed class HookSecrets(IOptions<WebOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _wrong = MinuteLimits.Of(options.Value.WrongKeysPerMinute);

    /// <summary>Null when the secret is one of those that are right.</summary>
    /// <param name="given">As the request has it.</param>
    /// <param name="wrong">How a wrong one is answered.</param>
    public Problem? Refusal(HttpContext context, string given, IReadOnlyList<string> right, Problem wrong)
    {
        if (IsOneOf(given, right))
            return null;
        if (!options.Value.RateLimits || _wrong.Allow(Client.Of(context.Connection.RemoteIpAddress)))
            return wrong;
        context.Response.Headers.RetryAfter = "60";
        return Problem.Of(
            Codes.TooMany,
            "Too many wrong secrets came from this address. Wait a minute, then try again."
        );
    }

    public void Dispose() => _wrong.Dispose();

    /// <summary>How long the answer takes tells nothing of any of them.</summary>
    private static bool IsOneOf(string given, IReadOnlyList<string> right)
    {
        var (digest, found) = (DigestOf(given), false);
        foreach (var secret in right)
            found |= CryptographicOperations.FixedTimeEquals(digest, DigestOf(secret));
        return found;
    }

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
