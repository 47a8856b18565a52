using Escalation.Web.Forms;
using Escalation.Web.Secrets;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Escalation.Web.SignInPages;

/// <summary><c>/sign-in</c> takes an access key and begins a session (<see cref="KeySignIn"/>); <c>POST /sign-out</c> ends it.</summary>
public static class KeySignInPages
{
    /// <summary>Needs <see cref="SecretsKeys"/>, which protect the keys of the cookies in the store.</summary>
    public static IServiceCollection AddKeySignIn(this IServiceCollection services) =>
        services.AddSessionCookie().AddSingleton<KeptForms>();

    public static void MapKeySignIn(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/sign-in", (HttpContext context, string? to) => new PageResult(Ask(200, LocalPath.Of(to), null)))
            .AsPage();
        routes.MapPost("/sign-in", SignInAsync).AsPage();
        routes.MapPost("/sign-out", SignOutAsync).AsPage();
        KeptForms.Map(routes);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        KeyChecks checks,
        IOptionsMonitor<CookieAuthenticationOptions> cookies,
        Drafts drafts
    )
    {
        var (values, refused) = await SentForm.ReadAsync(context);
        if (values is null)
            return new PageResult(refused!);
        var to = LocalPath.Of(values["to"]);
        if (values.Typed("key") is not { Length: <= 500 } text)
            return new PageResult(Ask(400, to, "Enter your access key."));
        switch (await checks.CheckAsync(context, text))
        {
            case KeyCheck.Unknown:
                return new PageResult(Ask(401, to, "Access key not recognised. Check that it was copied whole."));
            case KeyCheck.Stands { Key.Role: Roles.Intake }:
                return new PageResult(Ask(403, to, "This key is an intake form's: it opens cases, and reads nothing."));
            case KeyCheck.Stands { Key: var key } when checks.AllowSignIn(key):
                drafts.Begin(context);
                await EndPresentAsync(context, cookies.Get(KeySignIn.Scheme));
                await context.SignInAsync(
                    KeySignIn.Scheme,
                    KeySignIn.CallerOf(key).ToPrincipal(KeySignIn.Scheme),
                    Sessions.Begin(key, text)
                );
                return Results.LocalRedirect(to);
            default:
                return new PageResult(
                    Ask(429, to, "Too many access keys were tried in a short time. Wait a minute, then try again.")
                );
        }
    }

    /// <summary>What was typed into forms is not there for whoever signs in next, though it be with the same key.</summary>
    private static async Task SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(KeySignIn.Scheme);
        Drafts.End(context);
        context.Response.Redirect("/sign-in");
    }

    /// <summary>
    /// Whoever signs in begins a session of their own. The one that this browser had is ended; the framework would go on with it, under an
    /// id that somebody else may have put there.
    /// </summary>
    private static async Task EndPresentAsync(HttpContext context, CookieAuthenticationOptions cookie)
    {
        var present = KeySignIn.SessionOf(context, cookie);
        context.Request.Headers.Cookie = default;
        if (present is not null)
            await cookie.SessionStore!.RemoveAsync(present, context.RequestAborted);
    }

    private static Page Ask(int status, string to, string? error) =>
        new(status, typeof(SignInPage), new SignInForm(to, error is null ? FormErrors.None : new([new("key", error)])));
}

/// <param name="To">Where to go then: a path of this site.</param>
public sealed record SignInForm(string To, FormErrors Errors);
