using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Base of the ways to sign in: an authentication handler that answers a principal made by
/// <see cref="Caller.ToPrincipal"/>. It logs nothing: what is refused is told by the refusal log, once a minute, where
/// the framework has lines for each request.
/// </summary>
public abstract class SignInScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    /// <summary>A credential that is none.</summary>
    protected static AuthenticateResult Unknown => AuthenticateResult.Fail("The credential is not known.");

    /// <summary>It was not looked at: too many wrong ones came from there.</summary>
    protected static AuthenticateResult TooMany => AuthenticateResult.Fail(new TooManyTriesException());

    /// <summary>Somebody signed in elsewhere has no role here: to sign in once more would change nothing.</summary>
    protected static AuthenticateResult NoRole => AuthenticateResult.Fail(new NoRoleException());

    protected AuthenticateResult As(Caller caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name));
}

/// <summary>A client tried too many credentials.</summary>
internal sealed class TooManyTriesException() : AuthenticationFailureException("Too many credentials were tried.");

/// <summary>Whoever is signed in has no role here.</summary>
internal sealed class NoRoleException() : AuthenticationFailureException("Whoever is signed in has no role here.");
