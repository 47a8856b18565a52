using Escalation.Core.Calendars;
using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Outbox;
using Escalation.Standalone.Settings;
using Escalation.Web.Emails;

namespace Escalation.Standalone.Demo;

/// <summary>Loads the sample agencies, contacts and cases into an empty store. Cut off anywhere, the next start goes on.</summary>
public sealed class DemoData(
    IRecords records,
    CaseHandler handler,
    RuleBook rules,
    MailState mail,
    SendRecords sends,
    EmailWriter writer,
    SecondChannel secondChannel,
    ILogger<NoticeSender> log
)
{
    private const string Kind = "demo",
        Id = "data",
        Loading = "loading",
        Loaded = "loaded";

    /// <summary>Marks an empty store as a demonstration's.</summary>
    /// <exception cref="HostFault">The store holds something else.</exception>
    public static async Task ClaimAsync(
        ICaseQueries queries,
        IRecords records,
        string folder,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (await records.ReadAsync(Kind, Id, cancel) is not null)
            return;
        var counts = await queries.CountsAsync(null, now, cancel);
        if (
            counts.Cases > 0
            || (await records.ListAsync("agency", "", cancel)).Count > 0
            || (await records.ListAsync("key", "", cancel)).Count > 0
        )
            throw new HostFault(
                $"--demo needs an empty data folder, but {Path.GetFullPath(folder)} is in use without it."
            );
        await records.WriteAsync(Kind, Id, Loading, 0, cancel);
    }

    public static async Task<bool> IsDemoAsync(IRecords records, CancellationToken cancel) =>
        await records.ReadAsync(Kind, Id, cancel) is not null;

    /// <summary>Does nothing once everything is loaded.</summary>
    public async Task LoadAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (await records.ReadAsync(Kind, Id, cancel) is not { Body: Loading } mark)
            return;
        foreach (var (partnership, agency) in DemoDirectory.Entries(LondonTime.DateOf(now)))
            await StoredDirectory.WriteAsync(records, partnership, agency, 0, cancel);
        rules.Refresh();
        foreach (var sample in DemoCases.All)
            await PlayAsync(sample, now, cancel);
        rules.Refresh();
        await records.WriteAsync(Kind, Id, Loaded, mark.Version, cancel);
    }

    /// <summary>Opens the case when it was raised, and lets its time pass up to now, every wake and email at its own instant.</summary>
    private async Task PlayAsync(DemoCase sample, DateTimeOffset now, CancellationToken cancel)
    {
        var past = new StandingClock(now.AddDays(-sample.DaysAgo));
        var sender = new NoticeSender(
            handler,
            new OutboxMailer(records, past),
            mail,
            sends,
            writer,
            secondChannel,
            log
        );
        var opened = await handler.OpenAsync(
            sample.Policy,
            sample.Open,
            keyed: true,
            $"demo/{sample.Open.IntakeKey}",
            past.GetUtcNow(),
            cancel
        );
        var document = opened is Handled.Done done
            ? done.Document
            : throw new HostFault(
                $"The sample case of {sample.Policy} was refused: {(opened as Handled.Refused)?.Why.Reason}"
            );
        while (document is not null && document.NextWake is { } wake && wake <= now)
        {
            past.MoveTo(wake);
            await sender.SendDueAsync(document, past.GetUtcNow(), cancel);
            await handler.AdvanceAsync(document.Case.Reference, null, past.GetUtcNow(), cancel);
            document = await handler.ReadAsync(document.Case.Reference, cancel);
        }
    }
}
