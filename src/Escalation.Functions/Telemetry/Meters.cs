using System.Diagnostics.Metrics;
using Escalation.Core.Notices;

namespace Escalation.Functions.Telemetry;

/// <summary>What the host counts. No personal data: no reference, no name, no address.</summary>
public sealed class Meters : IDisposable
{
    public const string Name = "Escalation";

    private readonly Meter _meter;
    private readonly Counter<long> _wakes,
        _notices,
        _reports,
        _mended,
        _lostSignals,
        _forgotten;
    private readonly Histogram<double> _lateness,
        _duration;
    private readonly Gauge<long> _cases,
        _standing,
        _overdue;

    public Meters(IMeterFactory factory)
    {
        _meter = factory.Create(Name);
        _wakes = _meter.CreateCounter<long>("escalation.wakes", null, "Steps of cases, by cause: timer or signal.");
        _lateness = _meter.CreateHistogram<double>(
            "escalation.wake.lateness",
            "s",
            "How long after its wake a step was taken."
        );
        _duration = _meter.CreateHistogram<double>("escalation.wake.duration", "s", "How long a step took.");
        _notices = _meter.CreateCounter<long>(
            "escalation.notices",
            null,
            "Attempts at sending, by state: taken, later or refused."
        );
        _reports = _meter.CreateCounter<long>("escalation.deliveries", null, "Delivery reports, by state.");
        _mended = _meter.CreateCounter<long>(
            "escalation.sweep.mended",
            null,
            "Cases that the sweep advanced, or whose instance it mended."
        );
        _lostSignals = _meter.CreateCounter<long>(
            "escalation.signals.lost",
            null,
            "Changes of which no instance could be told."
        );
        _forgotten = _meter.CreateCounter<long>(
            "escalation.retention.forgotten",
            null,
            "Cases whose personal data was removed."
        );
        _cases = _meter.CreateGauge<long>("escalation.cases", null, "Cases, by state: open or ended.");
        _standing = _meter.CreateGauge<long>(
            "escalation.notices.standing",
            null,
            "Notices of all cases, by state: queued or failed."
        );
        _overdue = _meter.CreateGauge<long>(
            "escalation.wakes.overdue",
            null,
            "Cases whose wake is more than five minutes past."
        );
    }

    /// <param name="late">Null when it was no timer that called for the step.</param>
    public void Advanced(TimeSpan? late, TimeSpan took)
    {
        _wakes.Add(1, Tag("cause", late is null ? "signal" : "timer"));
        if (late is { } time)
            _lateness.Record(Math.Max(0, time.TotalSeconds));
        _duration.Record(took.TotalSeconds);
    }

    public void Tried(MailResult result) =>
        _notices.Add(
            1,
            Tag(
                "state",
                result switch
                {
                    MailResult.Taken => "taken",
                    MailResult.TryLater or MailResult.Down => "later",
                    MailResult.Refused => "refused",
                    _ => throw new InvalidOperationException($"No state for {result.GetType().Name}."),
                }
            )
        );

    public void Reported(string state) => _reports.Add(1, Tag("state", state));

    public void Mended(int cases) => _mended.Add(cases);

    public void SignalLost() => _lostSignals.Add(1);

    public void Forgotten(int cases) => _forgotten.Add(cases);

    public void Counted(Core.Storage.StoreCounts counts)
    {
        _cases.Record(counts.Open, Tag("state", "open"));
        _cases.Record(counts.Cases - counts.Open, Tag("state", "ended"));
        _standing.Record(counts.Queued, Tag("state", "queued"));
        _standing.Record(counts.Failed, Tag("state", "failed"));
        _overdue.Record(counts.OverdueWakes);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
