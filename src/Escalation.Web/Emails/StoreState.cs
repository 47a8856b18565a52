using System.Globalization;
using Escalation.Core.Storage;
using Escalation.Web.Site;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Emails;

/// <summary>The store takes no writes.</summary>
/// <param name="Fault">Why, in words that follow "because".</param>
public sealed record StoreOutage(string Fault, DateTimeOffset Since);

/// <summary>
/// Whether the store takes writes, shown by writing: a full disk can be read. The log says so once when it begins, once a quarter of an
/// hour, and once when it ends; the second channel when it begins and when it ends.
/// </summary>
public sealed partial class StoreState(
    IRecords records,
    SecondChannel secondChannel,
    IOptions<WebOptions> options,
    TimeProvider clock,
    ILogger<StoreState> log
)
{
    private const string Kind = "health",
        Id = "write";

    /// <summary>So long after a write that went well no other is made to show it: anyone may ask.</summary>
    public static TimeSpan ShownFor { get; } = TimeSpan.FromSeconds(10);
    public static TimeSpan SaidEvery { get; } = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private StoreOutage? _outage;
    private long? _shown;
    private long _said;

    /// <summary>Whether the second channel took it that the outage began.</summary>
    private bool _told;

    /// <summary>Null: the last write went well, or there was none yet.</summary>
    public StoreOutage? Outage
    {
        get
        {
            lock (_lock)
                return _outage;
        }
    }

    /// <summary>Makes a small write, unless one went well within <see cref="ShownFor"/>. Throws what the store throws.</summary>
    public async Task ShowAsync(CancellationToken cancel)
    {
        if (IsShown())
            return;
        try
        {
            var before = await records.ReadAsync(Kind, Id, cancel);
            var now = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            // Another write that came between has shown it as well.
            await records.WriteAsync(Kind, Id, now, before?.Version ?? 0, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            await FailedAsync(e, cancel);
            throw;
        }
        await WorksAsync(cancel);
    }

    /// <summary>A write failed. What is no fault of the store changes nothing.</summary>
    public async Task FailedAsync(Exception e, CancellationToken cancel)
    {
        if (!options.Value.IsStoreFailure(e))
            return;
        StoreOutage outage;
        bool says,
            tells;
        lock (_lock)
        {
            says = _outage is null || clock.GetElapsedTime(_said) >= SaidEvery;
            tells = says && !_told;
            outage = new StoreOutage(options.Value.StoreFault(e), _outage?.Since ?? clock.GetUtcNow());
            _outage = outage;
            _shown = null;
            if (says)
                _said = clock.GetTimestamp();
        }
        if (says)
            LogDown(log, outage.Since, outage.Fault);
        if (tells)
            await BeginsAsync(outage, cancel);
    }

    private bool IsShown()
    {
        lock (_lock)
            return _shown is { } at && clock.GetElapsedTime(at) < ShownFor;
    }

    private async Task WorksAsync(CancellationToken cancel)
    {
        StoreOutage? over;
        bool told;
        lock (_lock)
        {
            over = _outage;
            told = _told;
            _outage = null;
            _told = false;
            _shown = clock.GetTimestamp();
        }
        if (over is null)
            return;
        LogEnd(log, over.Since);
        if (told)
            await secondChannel.TellAsync(
                new SecondChannelMessage("storeWorks", "Escalation’s database takes writes again."),
                cancel
            );
    }

    private async Task BeginsAsync(StoreOutage outage, CancellationToken cancel)
    {
        var text =
            $"Escalation’s database takes no writes, because {outage.Fault}. Nothing can be recorded, and no email goes out.";
        var result = await secondChannel.TellAsync(
            new SecondChannelMessage("storeDown", text) { Page = "/health" },
            cancel
        );
        lock (_lock)
            _told = result is Core.Notices.MailResult.Taken && _outage is not null;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The database takes no writes since {Since:u}, because {Fault}. "
            + "Nothing can be recorded and no email goes out until it does"
    )]
    private static partial void LogDown(ILogger log, DateTimeOffset since, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database takes writes again; it took none since {Since:u}")]
    private static partial void LogEnd(ILogger log, DateTimeOffset since);
}
