using Escalation.Core.Storage;
using Escalation.Functions.Telemetry;

namespace Escalation.Functions.Mail;

/// <summary>
/// Records delivery reports. A report may come twice, out of order, and before the send that it tells of is recorded. A repeat changes
/// nothing; a bounce counts after a delivery too, and a delivery no more after a bounce: somebody else was asked by then.
/// </summary>
public sealed class DeliveryReports(ICaseStore store, CaseHandler handler, Meters meters)
{
    /// <summary>A report of an operation that nobody knows is asked for again this long: its send may not have been recorded yet.</summary>
    public static TimeSpan Unknown { get; } = TimeSpan.FromMinutes(10);

    /// <summary>False: it should be delivered again later.</summary>
    /// <param name="now">When it arrived.</param>
    public async Task<bool> RecordAsync(DeliveryEvent report, DateTimeOffset now, CancellationToken cancel)
    {
        if (
            report
            is not {
                EventType: DeliveryEvent.Report,
                Data: { MessageId: { } operation, Outcome: var (delivered, code) }
            }
        )
            return true;
        // Every operation of ours is a GUID; what is none is of an email that somebody else sent.
        if (!Guid.TryParse(operation, out var id))
            return true;
        // The mailer writes ids in one form; the report may come in another.
        if (await NoticeOfAsync(id.ToString(), cancel) is not var (reference, key))
            return now - report.EventTime > Unknown;
        var recorded = await handler.RecordDeliveryAsync(reference, key, delivered ? null : code, now, cancel);
        // A newer program wrote the case, and only a newer one can write it on.
        if (recorded is Handled.Done { Document.Case.UnknownEvent: not null })
            return false;
        meters.Reported(code);
        return true;
    }

    private async Task<(string Reference, string Key)?> NoticeOfAsync(string operation, CancellationToken cancel)
    {
        if (await store.FindByOperationAsync(operation, cancel) is not { } reference)
            return null;
        var document = await handler.ReadAsync(reference, cancel);
        return document?.Case.Notices.Find(n => n.Operation == operation) is { } notice
            ? (reference, notice.Key)
            : null;
    }
}
