using Azure.Communication.Email;
using Azure.Core;
using Azure.Identity;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Cosmos;
using Escalation.Functions.Health;
using Escalation.Functions.Mail;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Settings;
using Escalation.Functions.SignIn;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Triggers;
using Escalation.Web.Api;
using Escalation.Web.Composition;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Escalation.Web.Links;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Functions;

/// <summary>What the Azure host is made of.</summary>
public static class FunctionsHost
{
    /// <summary>Everything but the store and the mail client, which <see cref="AddAzureResources"/> or a test adds.</summary>
    public static IServiceCollection AddEscalationFunctions(
        this IServiceCollection services,
        FunctionsSettings settings,
        Platform platform
    )
    {
        services.AddSingleton(settings).AddSingleton(platform).AddSingleton(settings.LinkKeys);
        services.AddMetrics().AddHttpContextAccessor();
        services.AddSingleton<Meters>();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, PrincipalScheme>(
            PrincipalScheme.Name,
            null
        );
        services.AddEscalationWeb(options =>
        {
            options.PublicUrl = settings.PublicUrl;
            options.IntakeSecret = settings.IntakeSecret;
            options.Hsts = true;
            options.SignInUrl = "/.auth/login/aad?post_login_redirect_uri=";
            options.SignOutUrl = "/.auth/logout";
            var usual = options.IsStoreFailure;
            options.IsStoreFailure = e =>
                usual(e) || e is CosmosException or HttpRequestException or AuthenticationFailedException;
        });
        services.AddSingleton(settings.SecondChannel).AddLinks().AddEmails();
        services.AddSingleton<IWaker, DurableWaker>();
        services.AddMailer(settings);
        services.AddSingleton<IOrchestrationStatus, OrchestrationStatus>();
        services.AddSingleton<IReadinessProbe, TaskHubProbe>().AddSingleton<IReadinessProbe, StaffSignInProbe>();
        services.AddSingleton<IHostHealth, AzureMailHealth>().AddSingleton<IHostHealth, AzureBackupHealth>();
        services.AddSingleton<IHostHealth, ComparisonHealth>();
        services
            .AddSingleton<WebSurface>()
            .AddSingleton<Sweep>()
            .AddSingleton<Comparison>()
            .AddSingleton<RetentionRun>();
        services.AddSingleton<DeliveryReports>().AddSingleton<EmailDeliveryHook>();
        return services;
    }

    private static void AddMailer(this IServiceCollection services, FunctionsSettings settings)
    {
        if (settings.Notify is { } notify)
            services
                .AddNotify(notify)
                .AddSingleton<IMailer>(s => new CountedMailer(
                    s.GetRequiredService<NotifyMailer>(),
                    s.GetRequiredService<Meters>()
                ));
        else
            services.AddSingleton(new EmailSender(settings.EmailSender!)).AddSingleton<IMailer, EmailMailer>();
    }

    /// <summary>Cosmos DB and Communication Services, by the host's own identity. Nothing is asked of them yet.</summary>
    public static IServiceCollection AddAzureResources(this IServiceCollection services, FunctionsSettings settings)
    {
        var identity = new DefaultAzureCredential();
        var cosmos = new CosmosOptions
        {
            Endpoint = settings.CosmosEndpoint,
            Key = settings.CosmosKey,
            Database = settings.CosmosDatabase,
            Mode = settings.CosmosKey is null ? ConnectionMode.Direct : ConnectionMode.Gateway,
        };
        services.AddSingleton(_ => CosmosConnection.Open(cosmos, identity));
        services.AddStore(s => new CosmosCaseStore(
            s.GetRequiredService<CosmosClient>(),
            cosmos,
            (reference, cancel) => s.GetRequiredService<RuleBook>().PartnershipOfAsync(reference, cancel)
        ));
        if (settings.EmailEndpoint is { } endpoint)
            services.AddSingleton(_ => MailClient(endpoint, identity));
        services.AddHostedService<MetricsToHost>();
        if (cosmos.Key is not null)
            services.AddHostedService(s => new EmulatorContainers(s.GetRequiredService<CosmosClient>(), cosmos));
        return services;
    }

    /// <summary>One try a call: the case counts attempts and waits between them.</summary>
    private static EmailClient MailClient(Uri endpoint, TokenCredential identity)
    {
        var options = new EmailClientOptions();
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return new EmailClient(endpoint, identity, options);
    }
}
