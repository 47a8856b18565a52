using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Forms;
using Escalation.Web.Pages;
using Escalation.Web.Problems;
using Escalation.Web.Secrets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.SignIn;

/// <summary>
/// Signing in to the pages with an access key, for a host that has no other way: <c>/sign-in</c> takes the key once and gives a cookie,
/// which names one of the <see cref="Sessions"/>. It ends with the browser, after ten hours unused, with its session, and with <c>POST
/// /sign-out</c>.
/// </summary>
public static class KeySignIn
{
    public const string CookieName = "escalation",
        Scheme = "Cookie";

    /// <summary>Needs <see cref="SecretsKeys"/>, which protect the keys of the cookies in the store.</summary>
    public static IServiceCollection AddKeySignIn(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("escalation");
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddSingleton<SealedRecords>();
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<SealedRecords>((ring, records) => ring.XmlRepository = new StoredKeyRing(records));
        services
            .AddAuthentication()
            .AddCookie(
                Scheme,
                cookie =>
                {
                    // Sessions go by real time, whatever clock the cases go by.
                    cookie.TimeProvider = TimeProvider.System;
                    cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
                    cookie.Cookie.Name = CookieName;
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Events.OnSigningIn = MarkSecureAsync;
                }
            );
        services.AddSingleton<Sessions>();
        services.AddSingleton<KeptForms>();
        services
            .AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<Sessions>((cookie, sessions) => cookie.SessionStore = sessions);
        return services;
    }

    public static void MapKeySignIn(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/sign-in", (HttpContext context, string? to) => new PageResult(Ask(200, LocalPath.Of(to), null)))
            .AsPage();
        routes.MapPost("/sign-in", SignInAsync).AsPage();
        routes.MapPost("/sign-out", SignOutAsync).AsPage();
        KeptForms.Map(routes);
    }

    /// <summary>New keys for the cookies, and no session goes on. To be done while no host runs.</summary>
    public static Task SignEverybodyOutAsync(ICaseStore store, CancellationToken cancel) =>
        StoredKeyRing.RenewAsync(store, cancel);

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        KeyChecks checks,
        IOptionsMonitor<CookieAuthenticationOptions> cookies,
        IOptions<WebOptions> options,
        Drafts drafts
    )
    {
        if (CrossSite.Refuses(context.Request, options.Value.PublicUrl))
            return Problem.Of(Codes.Forbidden, "A page of another site may not do this.");
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
                await EndPresentAsync(context, cookies.Get(Scheme));
                await context.SignInAsync(Scheme, CallerOf(key).ToPrincipal(Scheme), Sessions.Begin(key, text));
                return Results.LocalRedirect(to);
            default:
                return new PageResult(
                    Ask(429, to, "Too many access keys were tried in a short time. Wait a minute, then try again.")
                );
        }
    }

    /// <summary>What was typed into forms is not there for whoever signs in next, though it be with the same key.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext context, IOptions<WebOptions> options)
    {
        if (CrossSite.Refuses(context.Request, options.Value.PublicUrl))
            return Problem.Of(Codes.Forbidden, "A page of another site may not do this.");
        await context.SignOutAsync(Scheme);
        Drafts.End(context);
        return Results.LocalRedirect("/sign-in");
    }

    /// <summary>
    /// Whoever signs in begins a session of their own. The one that this browser had is ended; the framework would go on with it, under an
    /// id that somebody else may have put there.
    /// </summary>
    private static async Task EndPresentAsync(HttpContext context, CookieAuthenticationOptions cookie)
    {
        var present = SessionOf(context, cookie);
        context.Request.Headers.Cookie = default;
        if (present is not null)
            await cookie.SessionStore!.RemoveAsync(present, context.RequestAborted);
    }

    /// <summary>The id of the session that the browser's cookie names, whether it still goes on or not; null: it has none.</summary>
    internal static string? SessionOf(HttpContext context, CookieAuthenticationOptions cookie) =>
        cookie
            .TicketDataFormat.Unprotect(context.Request.Cookies[CookieName])
            ?.Principal.Claims.FirstOrDefault()
            ?.Value;

    internal static Caller CallerOf(AccessKey key) =>
        new(ActorOf(key.Id), key.Role, key.Partnership, key.Agency, key.Name);

    internal static string ActorOf(string keyId) => $"key:{keyId}";

    private static Task MarkSecureAsync(CookieSigningInContext context)
    {
        var publicUrl = context.HttpContext.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value.PublicUrl;
        context.CookieOptions.Secure =
            context.Request.IsHttps || publicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        return Task.CompletedTask;
    }

    private static Page Ask(int status, string to, string? error) =>
        new(status, typeof(SignInPage), new SignInForm(to, error is null ? FormErrors.None : new([new("key", error)])));
}

/// <param name="To">Where to go then: a path of this site.</param>
public sealed record SignInForm(string To, FormErrors Errors);
