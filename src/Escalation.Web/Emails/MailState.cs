using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Web.Wording;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Emails;

/// <summary>The installation cannot send.</summary>
/// <param name="Fault">One of <see cref="MailFaults"/>: the latest.</param>
public sealed record MailOutage(string Fault, DateTimeOffset Since);

/// <summary>
/// Whether this host can send email, as its attempts show. While the server takes none at all, one attempt in <see cref="TrialEvery"/> goes
/// to it and the others wait for how that one ends. The log says so once when it begins, once a quarter of an hour, and once when it ends;
/// the second channel when it begins and when it ends.
/// </summary>
public sealed partial class MailState(SecondChannel secondChannel, TimeProvider clock, ILogger<MailState> log)
{
    public static TimeSpan TrialEvery { get; } = TimeSpan.FromSeconds(30);
    public static TimeSpan SaidEvery { get; } = TimeSpan.FromMinutes(15);

    /// <summary>An outage of which no attempt has told for this long is no longer known to be one.</summary>
    public static TimeSpan KnownFor { get; } = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private MailOutage? _outage;
    private DateTimeOffset _failed,
        _tried,
        _said;
    private DateTimeOffset? _worked;

    /// <summary>Whether the second channel took it that the outage began.</summary>
    private bool _told;

    /// <summary>Null: the last attempt went well, or there was none lately.</summary>
    public MailOutage? Outage
    {
        get
        {
            lock (_lock)
                return _outage is not null && (clock.GetUtcNow() - _failed).Duration() < KnownFor ? _outage : null;
        }
    }

    /// <summary>Null: try it. Else it need not be tried now, for this fault.</summary>
    public string? Waits()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_outage is null || !MailFaults.StopsEverything(_outage.Fault))
                return null;
            // A clock set back counts as time passed: nothing waits for the wrong instant.
            if (now >= _tried && now - _tried < TrialEvery)
                return _outage.Fault;
            _tried = now;
            return null;
        }
    }

    /// <summary>How an attempt ended.</summary>
    public Task TellAsync(MailResult result, CancellationToken cancel) =>
        result switch
        {
            MailResult.Taken => WorksAsync(cancel),
            MailResult.Down down => FailedAsync(down.Fault, cancel),
            _ => ReachedAsync(cancel),
        };

    /// <summary>The server let this host in, and spoke of nothing but a recipient: an outage that this disproves is over.</summary>
    public Task ReachedAsync(CancellationToken cancel) => EndAsync(IsDisprovedByAConnection, cancel);

    private Task WorksAsync(CancellationToken cancel)
    {
        lock (_lock)
            _worked = clock.GetUtcNow();
        return EndAsync(_ => true, cancel);
    }

    private async Task EndAsync(Func<string, bool> isOver, CancellationToken cancel)
    {
        MailOutage over;
        bool told;
        lock (_lock)
        {
            if (_outage is null || !isOver(_outage.Fault))
                return;
            over = _outage;
            told = _told;
            _outage = null;
            _told = false;
        }
        var minutes = (int)(clock.GetUtcNow() - over.Since).TotalMinutes;
        LogEnd(log, minutes);
        if (told)
            await secondChannel.TellAsync(
                new SecondChannelMessage("mailWorks", $"Email goes out again, after {minutes} minutes."),
                cancel
            );
    }

    /// <param name="fault">One of <see cref="MailFaults"/>.</param>
    private async Task FailedAsync(string fault, CancellationToken cancel)
    {
        MailOutage outage;
        bool says,
            tells;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            // While others are taken, it is this email alone that waits.
            if (!MailFaults.StopsEverything(fault) && _worked is { } worked && (now - worked).Duration() < SaidEvery)
                return;
            outage = new MailOutage(fault, _outage?.Since ?? now);
            says = _outage?.Fault != fault || (now - _said).Duration() >= SaidEvery;
            tells = says && !_told;
            _outage = outage;
            _failed = now;
            _tried = now;
            if (says)
                _said = now;
        }
        if (says)
            LogDown(log, fault, outage.Since, MailWords.Because(fault));
        if (tells)
            await BeginsAsync(fault, cancel);
    }

    private async Task BeginsAsync(string fault, CancellationToken cancel)
    {
        var text = $"Escalation cannot send email, because {MailWords.Because(fault)}. {MailWords.ToDo(fault)}";
        var result = await secondChannel.TellAsync(
            new SecondChannelMessage("mailDown", text) { Page = "/health" },
            cancel
        );
        lock (_lock)
            _told = result is MailResult.Taken && _outage is not null;
    }

    private static bool IsDisprovedByAConnection(string fault) =>
        fault
            is MailFaults.Unreachable
                or MailFaults.Timeout
                or MailFaults.Certificate
                or MailFaults.NoTls
                or MailFaults.SignIn
                or MailFaults.Busy
                or MailFaults.Clock;

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Email cannot be sent ({Fault}) since {Since:u}: {Because}. Notices wait, and go out once it is mended"
    )]
    private static partial void LogDown(ILogger log, string fault, DateTimeOffset since, string because);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Email goes out again, after {Minutes} minutes")]
    private static partial void LogEnd(ILogger log, int minutes);
}
