using System.Text.Json;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http;

namespace Escalation.Functions.SignIn;

/// <summary>
/// Who signed in with Entra ID, as App Service authentication passes it on; looked at only where the platform checks
/// it. It comes before access keys, since the platform leaves the token that it has checked in the Authorization
/// header.
/// </summary>
internal sealed class PrincipalScheme(Platform platform) : SignInScheme
{
    public const string Name = "AppServiceAuthentication",
        Header = "X-MS-CLIENT-PRINCIPAL";

    protected override ValueTask<SignedIn> SignInAsync(HttpContext context) =>
        ValueTask.FromResult(Read(context.Request));

    private SignedIn Read(HttpRequest request)
    {
        if (!platform.ChecksPrincipals || request.Headers[Header] is not [{ Length: > 0 } header])
            return new SignedIn.Nothing();
        return PrincipalOf(header) is { } principal && EntraRoles.CallerOf(principal) is { } caller
            ? new SignedIn.As(caller)
            : new SignedIn.NoRole();
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
