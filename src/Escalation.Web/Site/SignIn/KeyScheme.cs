using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary><c>Authorization: Bearer KEY</c>.</summary>
internal sealed class KeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    KeyChecks checks
) : SignInScheme(options, encoder)
{
    public const string Name = "Key";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return AuthenticateResult.NoResult();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || header.Length > 600)
            return Unknown;
        return await checks.CheckAsync(Context, header[Prefix.Length..].Trim()) switch
        {
            KeyCheck.Stands(var key) => As(KeySignIn.CallerOf(key)),
            KeyCheck.TooMany => TooMany,
            KeyCheck.Unknown => Unknown,
            var check => throw new InvalidOperationException($"No answer to {check.GetType().Name}."),
        };
    }
}
