using Escalation.Bench.Demo;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Smtp;
using Escalation.Web.Composition;
using Escalation.Web.Links;
using Escalation.Web.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Scheduler = Escalation.Standalone.Scheduling.DueCases;

namespace Escalation.Bench.DueCases;

/// <summary>The host's own scheduling of due cases. The senders they are handed to do not run: no mail is part of it.</summary>
internal static class ProductRun
{
    public const int AtOnce = Scheduler.AtATime;

    /// <returns>Seconds from the deadline's coming until the last case is committed in its next stage.</returns>
    public static async Task<double> RunAsync(string folder, int cases)
    {
        await using var installation = await Installation.OpenAsync(folder);
        await using var services = Compose(installation);
        var due = services.GetRequiredService<Scheduler>();
        var seconds = await Rounds.TimeAsync(() =>
            due.AdvanceAsync(DueTemplate.Deadline.AddMilliseconds(5), CancellationToken.None)
        );
        var escalated = Workspace.Count(
            Workspace.DatabaseIn(folder),
            "SELECT COUNT(*) FROM cases WHERE stage = '1' AND queued > 0"
        );
        return escalated == cases
            ? seconds
            : throw new InvalidOperationException($"{escalated} of {cases} cases were escalated.");
    }

    private static ServiceProvider Compose(Installation installation)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddStore(installation.Store).AddSingleton<IWaker, Alarm>();
        services.AddSingleton<IMailer, NoMailer>().AddSingleton(new LinkKeys(new byte[LinkKeys.Length], null));
        services.AddEscalationWeb(options => options.IntakeSecret = new byte[32]).AddLinks().AddEmails();
        return services
            .AddSingleton<SendQueue>()
            .AddSingleton<UnreadableCases>()
            .AddSingleton<Scheduler>()
            .BuildServiceProvider();
    }
}
