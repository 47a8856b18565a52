using System.Diagnostics;
using System.Security.Cryptography;
using Escalation.Core.Storage;
using Escalation.Web.Assets;
using Escalation.Web.Calendars;
using Escalation.Web.CasePages;
using Escalation.Web.Escalations;
using Escalation.Web.Forms;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Escalation.Web.Intake;
using Escalation.Web.OpenApi;
using Escalation.Web.Partnerships;
using Escalation.Web.Policies;
using Escalation.Web.Raising;
using Escalation.Web.Reports;
using Escalation.Web.SignInPages;
using Escalation.Web.Site;
using Escalation.Web.Site.Pages;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tracking;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Composition;

/// <summary>
/// The web surface, the same on both hosts: <c>app.UseEscalation()</c>, then <c>MapEscalation()</c> on the route
/// builder (a WebApplication, or within <c>UseEndpoints</c> of a plain <see cref="ApplicationBuilder"/>). The host
/// registers a store (<see cref="StoreRegistration"/>) and an <see cref="IWaker"/>.
/// </summary>
public static class EscalationWeb
{
    public static IServiceCollection AddEscalationWeb(this IServiceCollection services, Action<WebOptions> configure)
    {
        services
            .AddOptions<WebOptions>()
            .Configure(configure)
            .Validate(o => o.IntakeSecret.Length >= 32, "IntakeSecret has to be 32 bytes at least.")
            .Validate(o => Uri.TryCreate(o.PublicUrl, UriKind.Absolute, out _), "PublicUrl has to be an absolute URL.");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(PolicyFaultLog.RulesOf);
        services.TryAddSingleton(s => new CaseHandler(
            s.GetRequiredService<ICaseStore>(),
            s.GetRequiredService<ICaseQueries>(),
            s.GetRequiredService<RuleBook>(),
            s.GetRequiredService<IWaker>(),
            static () => RandomNumberGenerator.GetBytes(EventChain.SaltLength)
        ));
        services.TryAddSingleton<Amending>();
        services.TryAddSingleton<PolicyService>();
        services.TryAddSingleton<AccessKeys>();
        services.TryAddSingleton<KeyChecks>();
        services.TryAddSingleton<HookSecrets>();
        services.TryAddSingleton<RepeatedLines>();
        services.TryAddSingleton<RefusalLog>();
        services.TryAddSingleton<IntakeDigests>();
        services.TryAddSingleton<TierGaps>();
        services.AddSingleton<IReadinessProbe, LostNoticesProbe>().AddSingleton<IReadinessProbe, DirectoryProbe>();
        services.AddSingleton<IHostHealth, DirectoryHealth>();
        services.TryAddSingleton<RaiseService>();
        services.AddDrafts();
        services.AddSignIn();
        services.TryAddSingleton(new DiagnosticListener("Microsoft.AspNetCore"));
        services.TryAddSingleton<DiagnosticSource>(s => s.GetRequiredService<DiagnosticListener>());
        services.AddRouting();
        services.AddApiDocument();
        services.AddRateLimiter(_ => { });
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<IOptions<WebOptions>>(
                (limits, options) =>
                {
                    limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                    limits.OnRejected = static (rejected, _) =>
                    {
                        rejected.HttpContext.Response.Headers.RetryAfter = "60";
                        return ValueTask.CompletedTask;
                    };
                    RateLimitPolicies.Add(limits, options.Value);
                }
            );
        return services;
    }

    /// <summary>The pipeline before the endpoints. What a host's own middleware must see first goes before it.</summary>
    public static IApplicationBuilder UseEscalation(this IApplicationBuilder app) =>
        app.UseMiddleware<Arrival>()
            .UseMiddleware<SecurityHeaders>()
            .UseMiddleware<RefusalMiddleware>()
            .UseMiddleware<ProblemMiddleware>()
            .UseRouting()
            .UseAuthentication()
            .UseAuthorization()
            .UseMiddleware<CrossSiteMiddleware>()
            .UseRateLimiter();

    public static IEndpointRouteBuilder MapEscalation(this IEndpointRouteBuilder routes)
    {
        routes.MapOpening();
        routes.MapCases();
        routes.MapMoves();
        routes.MapTracker();
        routes.MapTrackerPages();
        routes.MapRaisePages();
        routes.MapPolicies();
        routes.MapDirectory();
        routes.MapDirectoryPages();
        routes.MapCalendar();
        routes.MapCalendarPages();
        routes.MapReports();
        routes.MapHealth();
        routes.MapNotifyCallback();
        routes.MapAssets();
        routes.MapHome();
        routes.MapPolicyPages();
        routes.MapSettings();
        routes.MapReportPages();
        routes.MapHealthPage();
        routes.MapCasePages();
        routes.MapOpenApi(ApiDocument.Path);
        return routes;
    }

    /// <summary>Schemes are asked in the order they are added here; a host's own before or after, as it adds them.</summary>
    private static void AddSignIn(this IServiceCollection services)
    {
        // AddAuthentication makes keys for cookies at start besides, and a host without cookies has no place for them.
        services.AddAuthenticationCore(options => options.DefaultScheme = CallerScheme.Name).AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, KeyScheme>(KeyScheme.Name, null)
            .AddScheme<AuthenticationSchemeOptions, TriggerScheme>(TriggerScheme.Name, null)
            .AddScheme<AuthenticationSchemeOptions, FormKeyScheme>(FormKeyScheme.Name, null)
            .AddScheme<AuthenticationSchemeOptions, CallerScheme>(CallerScheme.Name, null);
        services.AddAuthorization();
    }
}
