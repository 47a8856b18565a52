using System.Text.Encodings.Web;
using System.Text.Json;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Escalation.Functions.SignIn;

/// <summary>
/// Who signed in with Entra ID, as App Service authentication passes it on; looked at only where the platform checks
/// it. It comes before access keys, since the platform leaves the token that it has checked in the Authorization
/// header.
/// </summary>
internal sealed class PrincipalScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    Platform platform
) : SignInScheme(options, encoder)
{
    public const string Name = "AppServiceAuthentication",
        Header = "X-MS-CLIENT-PRINCIPAL";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    private AuthenticateResult Read()
    {
        if (!platform.ChecksPrincipals || Request.Headers[Header] is not [{ Length: > 0 } header])
            return AuthenticateResult.NoResult();
        return PrincipalOf(header) is { } principal && EntraRoles.CallerOf(principal) is { } caller
            ? As(caller)
            : NoRole;
    }

    private static ClientPrincipal? PrincipalOf(string header)
    {
        try
        {
            return JsonSerializer.Deserialize<ClientPrincipal>(
                Convert.FromBase64String(header),
                JsonSerializerOptions.Web
            );
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
