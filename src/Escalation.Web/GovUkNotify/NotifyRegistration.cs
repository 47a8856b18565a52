using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.GovUkNotify;

public static class NotifyRegistration
{
    /// <summary>The mailer, and what records its delivery reports. Which mailer is the host's, the host says.</summary>
    public static IServiceCollection AddNotify(this IServiceCollection services, NotifySettings settings) =>
        services.AddSingleton(settings).AddSingleton<NotifyMailer>().AddSingleton<NotifyReports>();

    /// <summary>For a host that is one process: it asks Notify itself what arrived.</summary>
    public static IServiceCollection AddNotifyPolling(this IServiceCollection services) =>
        services.AddHostedService<NotifyPolling>();
}
