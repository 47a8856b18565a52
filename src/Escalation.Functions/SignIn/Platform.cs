using Microsoft.Extensions.Configuration;

namespace Escalation.Functions.SignIn;

/// <summary>What the platform says of itself at start, in variables that it sets and no request can.</summary>
/// <param name="ChecksPrincipals">App Service authentication is on: it checks every principal, and strips what callers
/// put in its header.</param>
public sealed record Platform(bool OnAzure, bool ChecksPrincipals)
{
    public static Platform Read(IConfiguration configuration) =>
        new(
            configuration["WEBSITE_INSTANCE_ID"] is { Length: > 0 }
                || configuration["WEBSITE_SITE_NAME"] is { Length: > 0 },
            string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase)
        );
}
