using System.Security.Claims;
using System.Threading.RateLimiting;
using Escalation.Core.Cases;
using Escalation.Web.Composition;
using Escalation.Web.Forms;
using Escalation.Web.Pages;
using Escalation.Web.Problems;
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
/// Signing in to the pages with an access key, for a host that has no other way: <c>/sign-in</c> takes the key once and gives a cookie, which holds no key. It ends with the
/// browser, after ten hours unused, when the key is revoked or gets another text, and with <c>POST /sign-out</c>.
/// </summary>
public static class KeySignIn
{
    public const string CookieName = "escalation";
    private const string Scheme = "Cookie", MarkClaim = "escalation:mark", Limit = "signIn";

    public static IServiceCollection AddKeySignIn(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("escalation");
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<ICaseStore>((ring, store) => ring.XmlRepository = new StoredKeyRing(store));
        services.AddAuthentication().AddCookie(Scheme, cookie =>
        {
            // Sessions go by real time, whatever clock the cases go by.
            cookie.TimeProvider = TimeProvider.System;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Events.OnSigningIn = MarkSecureAsync;
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<WebOptions>>((limits, web) => limits.AddPolicy(Limit, context =>
            web.Value.RateLimits && HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter($"{context.Connection.RemoteIpAddress}", _ => new FixedWindowRateLimiterOptions { PermitLimit = 30, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("")));
        return services;
    }

    public static void MapKeySignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext context, string? to) => new PageResult(Ask(200, Local(to), null))).AsPage();
        routes.MapPost("/sign-in", SignInAsync).AsPage().RequireRateLimiting(Limit);
        routes.MapPost("/sign-out", SignOutAsync).AsPage();
    }

    private static async Task<IResult> SignInAsync(HttpContext context, AccessKeys keys, IOptions<WebOptions> options)
    {
        if (CrossSite.Refuses(context.Request, options.Value.PublicUrl))
            return Problem.Of(Codes.Forbidden, "A page of another site may not do this.");
        var (values, refused) = await SentForm.ReadAsync(context);
        if (values is null)
            return new PageResult(refused!);
        if (values.Typed("key") is not { Length: <= 500 } text)
            return new PageResult(Ask(400, Local(values["to"]), "Enter your access key."));
        if (await keys.FindStandingAsync(text, context.RequestAborted) is not var (key, mark))
            return new PageResult(Ask(401, Local(values["to"]), "This is not an access key that is in force. Check that it was copied whole."));
        if (key.Role == Roles.Intake)
            return new PageResult(Ask(403, Local(values["to"]), "This key is an intake form's: it opens cases, and reads nothing."));
        var principal = CallerOf(key).ToPrincipal(Scheme);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(MarkClaim, mark));
        await context.SignInAsync(Scheme, principal);
        return Results.LocalRedirect(Local(values["to"]));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IOptions<WebOptions> options)
    {
        if (CrossSite.Refuses(context.Request, options.Value.PublicUrl))
            return Problem.Of(Codes.Forbidden, "A page of another site may not do this.");
        await context.SignOutAsync(Scheme);
        return Results.LocalRedirect("/sign-in");
    }

    internal static Caller CallerOf(AccessKey key) => new($"key:{key.Id}", key.Role, key.Partnership, key.Agency, key.Name);

    private static Task MarkSecureAsync(CookieSigningInContext context)
    {
        var publicUrl = context.HttpContext.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value.PublicUrl;
        context.CookieOptions.Secure = context.Request.IsHttps || publicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        return Task.CompletedTask;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var keys = context.HttpContext.RequestServices.GetRequiredService<AccessKeys>();
        var (actor, mark) = (context.Principal?.FindFirst(Caller.ActorClaim)?.Value, context.Principal?.FindFirst(MarkClaim)?.Value);
        if (actor is null || mark is null || await keys.FindByMarkAsync(mark, context.HttpContext.RequestAborted) is not { } key || CallerOf(key).Actor != actor)
            context.RejectPrincipal();
    }

    /// <summary>Only a path of this site: a sign-in never leads elsewhere.</summary>
    private static string Local(string? to) => to is ['/', ..] and not ['/', '/' or '\\', ..] && !to.Any(char.IsControl) ? to : "/";

    private static Page Ask(int status, string to, string? error) =>
        new(status, typeof(SignInPage), new SignInForm(to, error is null ? FormErrors.None : new([new("key", error)])));
}

/// <param name="To">Where to go then: a path of this site.</param>
public sealed record SignInForm(string To, FormErrors Errors);
