using Escalation.Core.Cases;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Demo;
using Escalation.Standalone.Health;
using Escalation.Standalone.Outbox;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Site;
using Escalation.Web.Site.SignIn;
using Microsoft.Extensions.Options;

namespace Escalation.Standalone.Hosting;

/// <summary>
/// What the host does once it listens: keys, sample data, every wake that passed while it was down, amendments and
/// retention left over. Requests wait for it, but not for a large backlog: a command carries out what its own case is
/// due in any event. It waits for no email.
/// </summary>
internal sealed partial class Startup(
    RunOptions options,
    HostSettings settings,
    HostStart start,
    AccessKeys keys,
    DueCases due,
    DailyMaintenance maintenance,
    ClockKeeper clockKeeper,
    IOptions<WebOptions> web,
    IServiceProvider services,
    ILogger<Startup> log
)
{
    /// <summary>The largest backlog, in cases, that requests wait for: about a second's work.</summary>
    private const int WaitedFor = 1_000;

    /// <summary>Answers when requests can be let in, with what is still being caught up on.</summary>
    public async Task<Task> TakeAsync(WebApplication app, TextWriter output, CancellationToken cancel)
    {
        var address = Reachable(app.Urls.First());
        web.Value.PublicUrl = settings.PublicUrl ?? address;
        foreach (var line in await FirstKeys.EnsureAsync(keys, settings, cancel))
            await output.WriteLineAsync(line);
        if (options.Demo)
            await services.GetRequiredService<DemoData>().LoadAsync(start.Clock.GetUtcNow(), cancel);
        var resumed = start.Clock.GetUtcNow();
        await TryAsync(
            () => start.Store.ReclaimAbandonedSendsAsync(resumed, resumed + RetryDelays.Sending, cancel),
            cancel
        );
        await TryAsync(() => clockKeeper.StartUpAsync(cancel), cancel);
        if (options.Clock is { } instant)
            await services.GetRequiredService<ClockMover>().MoveToAsync(instant, cancel);
        var now = start.Clock.GetUtcNow();
        var backlog = (await start.Store.CountsAsync(null, now, cancel)).OverdueWakes;
        var rest = Task.Run(() => CatchUpAsync(now, cancel), cancel);
        if (backlog <= WaitedFor)
            await rest;
        SayWhereToLook(app, address);
        return rest;
    }

    private async Task CatchUpAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await TryAsync(
            async () =>
            {
                var passed = await due.AdvanceAsync(now, cancel);
                if (passed > 0)
                    LogCaughtUp(log, passed);
            },
            cancel
        );
        await TryAsync(
            async () =>
            {
                var looked = await maintenance.ApplyCalendarAsync(now, cancel);
                if (looked > 0)
                    LogCalendar(log, looked);
            },
            cancel
        );
        await TryAsync(() => maintenance.ForgetAsync(now, cancel), cancel);
    }

    /// <summary>
    /// What a full disk or a damaged page keeps from being done now, is done later: by the scheduler, by whoever keeps the clock, by the
    /// daily maintenance. The host starts.
    /// </summary>
    private async Task TryAsync(Func<Task> step, CancellationToken cancel)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && web.Value.IsStoreFailure(e))
        {
            LogNotCaughtUp(log, StoreFaults.Because(e));
        }
    }

    private void SayWhereToLook(WebApplication app, string address)
    {
        LogListening(log, string.Join(", ", app.Urls), Path.GetFullPath(options.Data));
        LogSignIn(log, address);
        LogSecrets(log, start.SecretsKeys.Name, settings.SecretsKey.Where);
        if (
            OwnerOnly.OpenToOthers([Path.GetFullPath(options.Data), .. settings.SecretsKey.Files]) is
            { Count: > 0 } open
        )
            LogOpenToOthers(log, string.Join(", ", open), FolderHealth.HowToClose(open));
        if (options.Demo)
            LogOutbox(log, $"{address}{OutboxEndpoints.Page}");
        else if (start.Demo)
            LogDemoData(log);
        if (start.Clock is StandingClock clock)
            LogClock(log, clock.GetUtcNow(), address);
        if (!options.Demo)
            SayHowEmailGoesOut();
    }

    private void SayHowEmailGoesOut()
    {
        if (settings.Smtp is { } smtp)
            LogMail(log, smtp.ToString());
        else if (settings.Notify is not null)
            LogMail(log, "GOV.UK Notify");
        else
            LogNoMail(log, MailFaults.NotConfigured);
    }

    private static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening on {Urls}; data in {Folder}")]
    private static partial void LogListening(ILogger log, string urls, string folder);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Sign in with an access key at {Address}/sign-in; "
            + "programs send it as 'Authorization: Bearer KEY' to {Address}/api/… "
            + "({Address}/openapi.json says what there is)"
    )]
    private static partial void LogSignIn(ILogger log, string address);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Secrets are sealed with the key {Name} of {Where}; no backup holds it: keep a copy, apart from the backups"
    )]
    private static partial void LogSecrets(ILogger log, string name, string where);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Open to other users of this machine: {Paths}. To close: {Command}"
    )]
    private static partial void LogOpenToOthers(ILogger log, string paths, string command);

    [LoggerMessage(Level = LogLevel.Information, Message = "Demonstration: no email is sent; read them at {Outbox}")]
    private static partial void LogOutbox(ILogger log, string outbox);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The clock stands at {Now:O}; move it with POST {Address}/api/clock"
    )]
    private static partial void LogClock(ILogger log, DateTimeOffset now, string address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Emails go through {Server}")]
    private static partial void LogMail(ILogger log, string server);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "NO EMAIL IS SENT: no mail server is set (ESCALATION_SMTP__HOST). "
            + "Every notice waits with the code {Code} and fails after three days; the host is not ready"
    )]
    private static partial void LogNoMail(ILogger log, string code);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "This data folder was made with --demo: its people and agencies are invented"
    )]
    private static partial void LogDemoData(ILogger log);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Carried out what fell due while the host was down: {Count} cases"
    )]
    private static partial void LogCaughtUp(ILogger log, int count);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Something that was due at the start could not be done, because {Fault}. It is tried again while the host runs"
    )]
    private static partial void LogNotCaughtUp(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "A newer calendar was carried to {Count} open cases")]
    private static partial void LogCalendar(ILogger log, int count);
}
