using System.Threading.Channels;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Web.Emails;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// Cases whose notices are due, sent a few cases at a time and apart from the clock: a mail server that hangs holds up
/// no deadline. A case is queued once, however often it is handed over; handed over while it is being sent, it comes
/// again.
/// </summary>
public sealed partial class SendQueue(
    CaseHandler handler,
    ICaseStore store,
    NoticeSender sender,
    SendRecords records,
    UnreadableCases unreadable,
    TimeProvider clock,
    ILogger<SendQueue> log
) : BackgroundService
{
    /// <summary>While the store takes no writes, a sender asks it again after this long.</summary>
    private static readonly TimeSpan AskedEvery = TimeSpan.FromSeconds(5);

    /// <summary>Cases sent at a time.</summary>
    public const int Senders = 8;

    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();
    private readonly Lock _lock = new();

    /// <summary>Cases handed over and not finished; true: to be sent again afterwards.</summary>
    private readonly Dictionary<string, bool> _handed = new(StringComparer.Ordinal);
    private TaskCompletionSource? _idle;

    public void HandOver(string reference)
    {
        lock (_lock)
        {
            if (!_handed.TryAdd(reference, false))
            {
                _handed[reference] = true;
                return;
            }
        }
        _waiting.Writer.TryWrite(reference);
    }

    /// <summary>
    /// Until every case handed over so far, and whatever comes meanwhile, was tried. False when there was none to wait
    /// for.
    /// </summary>
    public async Task<bool> IdleAsync(CancellationToken cancel)
    {
        Task idle;
        lock (_lock)
        {
            if (_handed.Count == 0)
                return false;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }
        await idle.WaitAsync(cancel);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(stoppingToken), stoppingToken)));

    private async Task SendAsync(CancellationToken cancel)
    {
        await foreach (var reference in _waiting.Reader.ReadAllAsync(cancel))
        {
            await ReadyAsync(cancel);
            await TryAsync(reference, cancel);
            Finish(reference);
        }
    }

    /// <summary>While it could not be recorded that an email went out, none goes out: those that wait, wait here.</summary>
    private async Task ReadyAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await records.ReadyAsync(clock.GetUtcNow(), cancel);
                return;
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // The store's state has logged it.
                await Task.Delay(AskedEvery, cancel);
            }
        }
    }

    private async Task TryAsync(string reference, CancellationToken cancel)
    {
        CaseDocument? document = null;
        try
        {
            document = await handler.ReadAsync(reference, cancel);
            if (document is not null)
                await sender.SendDueAsync(document, clock.GetUtcNow(), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (StoreFaults.MayPass(e))
        {
            await Task.Delay(AskedEvery, cancel);
            HandOver(reference);
        }
        catch (Exception e)
        {
            unreadable.Failed(reference, e);
            LogFailed(log, reference, e.GetType().Name);
            await PutOffAsync(document, cancel);
        }
    }

    /// <summary>Its next try is an hour away: what failed here is no mail server, which has its own backoff.</summary>
    private async Task PutOffAsync(CaseDocument? document, CancellationToken cancel)
    {
        if (document is null)
            return;
        try
        {
            var now = clock.GetUtcNow();
            var later = now + TimeSpan.FromHours(1);
            await store.DeferAsync(
                document.Case.Reference,
                document.Version,
                RetryDelays.NotPast(document.NextWakeTrying(now, later), now, later),
                1,
                cancel
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, document.Case.Reference, e.GetType().Name);
        }
    }

    private void Finish(string reference)
    {
        lock (_lock)
        {
            if (_handed[reference])
            {
                _handed[reference] = false;
                _waiting.Writer.TryWrite(reference);
                return;
            }
            _handed.Remove(reference);
            if (_handed.Count > 0)
                return;
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference}: its notices could not be dealt with ({Exception}); next try within an hour"
    )]
    private static partial void LogFailed(ILogger log, string reference, string exception);
}
