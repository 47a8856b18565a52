using Escalation.Core.Storage;
using Escalation.Web.Secrets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Site.SignIn;

/// <summary>
/// Signing in to the pages with an access key, for a host that has no other way: the key is given once, for a cookie that names one of
/// the <see cref="Sessions"/>. It ends with the browser, after ten hours unused, with its session, and by signing out.
/// </summary>
public static class KeySignIn
{
    public const string CookieName = "escalation",
        Scheme = "Cookie";

    /// <summary>Needs <see cref="SecretsKeys"/>, which protect the keys of the cookies in the store.</summary>
    internal static IServiceCollection AddSessionCookie(this IServiceCollection services)
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
        services
            .AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<Sessions>((cookie, sessions) => cookie.SessionStore = sessions);
        return services;
    }

    /// <summary>New keys for the cookies, and no session goes on. To be done while no host runs.</summary>
    public static Task SignEverybodyOutAsync(IRecords records, CancellationToken cancel) =>
        StoredKeyRing.RenewAsync(records, cancel);

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
}
