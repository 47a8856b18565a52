using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.GovUkNotify;

/// <summary>What Notify says became of one email.</summary>
/// <param name="Id">Notify's own.</param>
/// <param name="Reference">The notice's key; null where another program sent it.</param>
public sealed record NotifyReport(string? Id, string? Reference, string? Status);

/// <summary>
/// Records what Notify says. A report may come twice, in any order, and before the send that it tells of is recorded: what is recorded
/// already changes nothing.
/// </summary>
public sealed partial class NotifyReports(
    NotifyMailer mailer,
    CaseHandler handler,
    ICaseStore store,
    TimeProvider clock,
    ILogger<NotifyReports> log
)
{
    /// <summary>Notify keeps emails for a week, in pages of 250: 10,000 of them are looked at.</summary>
    private const int MostPages = 40;

    private bool _failing;

    /// <param name="now">When it arrived.</param>
    public async Task RecordAsync(NotifyReport report, DateTimeOffset now, CancellationToken cancel)
    {
        var failure = NotifyStatuses.FailureOf(report.Status);
        if (
            (failure is null && report.Status != NotifyStatuses.Delivered)
            || CaseOf(report.Reference) is not { } reference
        )
            return;
        var document = await handler.ReadAsync(reference, cancel);
        // Of an email that went out twice in spite of all care, the one that the case knows counts.
        if (
            document?.Case.Notices.Find(n => n.Key == report.Reference) is { } notice
            && (notice.Operation ?? report.Id) == report.Id
        )
            await handler.RecordDeliveryAsync(reference, notice.Key, failure, now, cancel);
    }

    /// <summary>
    /// Asks Notify what became of the emails of the last days: where its callback does not reach the host, and for what it tried to post
    /// while the host was down. Never throws where Notify or the store cannot be reached: says so once, and the next time goes on.
    /// </summary>
    public async Task PollAsync(CancellationToken cancel)
    {
        try
        {
            await ReadPagesAsync(cancel);
            _failing = false;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (!_failing)
                LogFailed(log, e.GetType().Name);
            _failing = true;
        }
    }

    private async Task ReadPagesAsync(CancellationToken cancel)
    {
        string? last = null;
        for (var page = 0; page < MostPages; page++)
        {
            var found = await mailer.PageAsync(last, cancel);
            if (found.Count == 0)
                return;
            foreach (var report in found)
            {
                // Most were reported before: only a case that still waits for one is read.
                if (report.Id is { } id && await store.FindByOperationAsync(id, cancel) is not null)
                    await RecordAsync(report, clock.GetUtcNow(), cancel);
            }
            last = found[^1].Id;
        }
    }

    /// <summary>A notice's key begins with its case's reference; null for a test's, or another program's.</summary>
    private static string? CaseOf(string? key) =>
        key?.IndexOf('/') is > 0 and var slash && Reference.IsWellFormed(key[..slash]) ? key[..slash] : null;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What became of emails could not be asked of GOV.UK Notify, or not be recorded ({Exception}); "
            + "it is asked again in five minutes"
    )]
    private static partial void LogFailed(ILogger log, string exception);
}
