using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Demo;
using Escalation.Standalone.Health;
using Escalation.Standalone.Outbox;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Smtp;
using Escalation.Standalone.Storage;
using Escalation.Web.Composition;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Escalation.Web.Links;
using Escalation.Web.SignInPages;
using Escalation.Web.Site.SignIn;
using Microsoft.Extensions.Logging.Console;

namespace Escalation.Standalone.Hosting;

/// <summary>Puts the host together.</summary>
internal static class Composition
{
    /// <summary>How long a stop waits for requests and emails under way; with what comes after it is well below ten seconds.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(6);

    public static void AddStandalone(
        this WebApplicationBuilder builder,
        RunOptions options,
        HostSettings settings,
        HostStart start
    )
    {
        builder.AddConsole();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.WebHost.UseUrls([.. options.Urls]).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(settings).AddSingleton(start).AddSingleton<Startup>();
        services.AddStore(start.Store);
        services.AddSingleton(start.LinkKeys).AddSingleton(start.SecretsKeys);
        services.AddEscalationWeb(web =>
        {
            web.IntakeSecret = start.IntakeSecret;
            web.StoreFault = StoreFaults.Because;
            web.Hsts = settings.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;
        });
        services.AddKeySignIn().AddLinks().AddEmails();
        services.AddScheduling();
        services.AddMail(options, settings);
        services.AddSingleton<IHostHealth, MailHealth>().AddSingleton<IHostHealth, BackupHealth>();
        services.AddSingleton<IHostHealth, FolderHealth>().AddSingleton<IHostHealth, ProxyHealth>();
        services.AddClock(start.Clock);
    }

    public static void UseStandalone(this WebApplication app, RunOptions options)
    {
        app.UseProxies(app.Services.GetRequiredService<HostSettings>());
        app.UseClockGate();
        app.UseEscalation();
        app.MapEscalation();
        app.MapKeySignIn();
        app.MapLinks();
        app.MapCalendarRefresh();
        if (options.Demo)
            app.MapOutbox();
        if (options.Clock is not null)
            app.MapClock();
    }

    private static void AddScheduling(this IServiceCollection services)
    {
        services.AddSingleton<Alarm>().AddSingleton<IWaker>(s => s.GetRequiredService<Alarm>());
        services.AddSingleton<UnreadableCases>().AddSingleton<DatabaseHealth>();
        services.AddSingleton<IHostHealth>(s => s.GetRequiredService<DatabaseHealth>());
        services.AddSingleton<IReadinessProbe>(s => s.GetRequiredService<DatabaseHealth>());
        services.AddSingleton<DueCases>().AddSingleton<DailyMaintenance>().AddSingleton<SendQueue>();
        services
            .AddHostedService(s => s.GetRequiredService<SendQueue>())
            .AddHostedService<Scheduler>()
            .AddHostedService<DailyMaintenanceService>();
    }

    private static void AddMail(this IServiceCollection services, RunOptions options, HostSettings settings)
    {
        services.AddSingleton<OutboxMailer>().AddSingleton<DemoData>();
        if (options.Demo)
            services.AddSingleton<IMailer>(s => s.GetRequiredService<OutboxMailer>());
        else if (settings.Notify is { } notify)
            services
                .AddNotify(notify)
                .AddNotifyPolling()
                .AddSingleton<IMailer>(s => s.GetRequiredService<NotifyMailer>());
        else
            services.AddSingleton<IMailer>(s =>
                settings.Smtp is { } smtp ? new SmtpMailer(smtp, s.GetRequiredService<TimeProvider>()) : new NoMailer()
            );
        services
            .AddSingleton<IReadinessProbe, MailSetProbe>()
            .AddSingleton(settings.SecondChannel)
            .AddHostedService<MailWatch>();
    }

    private static void AddClock(this IServiceCollection services, TimeProvider clock)
    {
        services.AddSingleton(clock).AddSingleton<ClockGate>().AddSingleton<ClockWatch>();
        services.AddSingleton<ClockKeeper>().AddHostedService(s => s.GetRequiredService<ClockKeeper>());
        services.AddSingleton<ClockHealth>().AddSingleton<IHostHealth>(s => s.GetRequiredService<ClockHealth>());
        services.AddSingleton<IReadinessProbe>(s => s.GetRequiredService<ClockHealth>());
        if (clock is StandingClock standing)
            services.AddSingleton(standing).AddSingleton<ClockMover>();
    }

    /// <summary>One line for each entry. The framework's own lines about requests stay out: they hold addresses with tokens.</summary>
    private static void AddConsole(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder
            .Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName)
            .AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }
}
