using Escalation.Core.Cases;
using Escalation.Functions.Telemetry;

namespace Escalation.Functions.Mail;

/// <summary>Records delivery reports. A report may come twice, out of order, and before the send that it tells of is recorded.</summary>
public sealed class DeliveryReports(ICaseStore store, CaseHandler handler, TimeProvider time, Meters meters)
{
    /// <summary>A report of an operation that nobody knows is asked for again this long: its send may not have been recorded yet.</summary>
    public static TimeSpan Unknown { get; } = TimeSpan.FromMinutes(10);

    /// <summary>False: it should be delivered again later.</summary>
    public async Task<bool> RecordAsync(DeliveryEvent report, CancellationToken cancel)
    {
        if (report is not { EventType: DeliveryEvent.Report, Data: { MessageId: { } operation, Outcome: var (delivered, code) } })
            return true;
        var now = time.GetUtcNow();
        if (await NoticeOfAsync(operation, cancel) is not var (reference, key))
            return now - report.EventTime > Unknown;
        await handler.RecordDeliveryAsync(reference, key, delivered ? null : code, now, cancel);
        meters.Reported(code);
        return true;
    }

    private async Task<(string Reference, string Key)?> NoticeOfAsync(string operation, CancellationToken cancel)
    {
        // The mailer writes ids in one form; the report may come in another.
        if (!Guid.TryParse(operation, out var id) || await store.FindByOperationAsync(id.ToString(), cancel) is not { } reference)
            return null;
        var document = await handler.ReadAsync(reference, cancel);
        return document?.Case.Notices.Find(n => n.Operation == id.ToString()) is { } notice ? (reference, notice.Key) : null;
    }
}
