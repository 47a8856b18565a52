using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Base of the ways to sign in. Each is an ASP.NET authentication scheme that answers a principal made by <see cref="Caller.ToPrincipal"/>;
/// a host adds its own (Entra ID, a cookie) with <c>AddAuthenticationCore</c>.
/// </summary>
public abstract class SignInScheme : IAuthenticationHandler
{
    private AuthenticationScheme? _scheme;
    private HttpContext? _context;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        (_scheme, _context) = (scheme, context);
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        var name = _scheme!.Name;
        return await SignInAsync(_context!) switch
        {
            SignedIn.As(var caller) => AuthenticateResult.Success(
                new AuthenticationTicket(caller.ToPrincipal(name), name)
            ),
            SignedIn.Refused => AuthenticateResult.Fail("The credential is not known."),
            SignedIn.NoRole => AuthenticateResult.Fail(new NoRoleException()),
            SignedIn.TooMany => AuthenticateResult.Fail(new TooManyTriesException()),
            _ => AuthenticateResult.NoResult(),
        };
    }

    /// <summary>Challenges and refusals are problems, written by <see cref="SignInMiddleware"/>.</summary>
    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        _context!.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        _context!.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    protected abstract ValueTask<SignedIn> SignInAsync(HttpContext context);
}

/// <summary>A client tried too many credentials.</summary>
internal sealed class TooManyTriesException() : AuthenticationFailureException("Too many credentials were tried.");

/// <summary>See <see cref="SignedIn.NoRole"/>.</summary>
internal sealed class NoRoleException() : AuthenticationFailureException("Whoever is signed in has no role here.");

/// <summary>What a scheme found in a request.</summary>
public abstract record SignedIn
{
    private SignedIn() { }

    public sealed record As(Caller Caller) : SignedIn;

    /// <summary>A credential that is none.</summary>
    public sealed record Refused : SignedIn;

    /// <summary>Somebody signed in elsewhere, who has no role here: to sign in once more would change nothing.</summary>
    public sealed record NoRole : SignedIn;

    /// <summary>It was not looked at: too many wrong ones came from there.</summary>
    public sealed record TooMany : SignedIn;

    /// <summary>No credential of this kind.</summary>
    public sealed record Nothing : SignedIn;
}

/// <summary><c>Authorization: Bearer KEY</c>.</summary>
internal sealed class KeyScheme(KeyChecks checks) : SignInScheme
{
    public const string Name = "Key";
    private const string Prefix = "Bearer ";

    protected override async ValueTask<SignedIn> SignInAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return new SignedIn.Nothing();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || header.Length > 600)
            return new SignedIn.Refused();
        return await checks.CheckAsync(context, header[Prefix.Length..].Trim()) switch
        {
            KeyCheck.Stands(var key) => new SignedIn.As(KeySignIn.CallerOf(key)),
            KeyCheck.TooMany => new SignedIn.TooMany(),
            _ => new SignedIn.Refused(),
        };
    }
}

/// <summary>See <see cref="IIntakeTrigger"/>.</summary>
internal sealed class TriggerScheme : SignInScheme
{
    public const string Name = "IntakeTrigger";

    protected override ValueTask<SignedIn> SignInAsync(HttpContext context) =>
        ValueTask.FromResult<SignedIn>(
            context.Features.Get<IIntakeTrigger>() is { } trigger
                ? new SignedIn.As(
                    new Caller($"intake:{trigger.Credential}", Roles.Intake, null, null, trigger.Credential)
                )
                : new SignedIn.Nothing()
        );
}
