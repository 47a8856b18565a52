using System.Collections.Concurrent;
using Escalation.Core.Storage;

namespace Escalation.Web.Emails;

/// <summary>
/// Writes what became of attempts at sending. What went out and could not be written (a full disk) is kept and written later, and does
/// not go out again. The end of the process forgets it: what is not written by then goes out once more.
/// </summary>
public sealed class SendRecords(CaseHandler handler, StoreState store)
{
    /// <summary>Of each case, the attempts that were taken and are not written.</summary>
    private readonly ConcurrentDictionary<string, IReadOnlyList<Attempt>> _kept = new(StringComparer.Ordinal);

    /// <summary>Cases with emails that went out, of which it is not written that they did.</summary>
    public int Unwritten => _kept.Count;

    /// <summary>
    /// Done when what is sent can be recorded: the store takes writes, and what it did not take before is written. Throws what the store
    /// throws. To be called before a case is read for sending.
    /// </summary>
    public async Task ReadyAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await store.ShowAsync(cancel);
        foreach (var reference in _kept.Keys)
        {
            try
            {
                await CatchUpAsync(reference, now);
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // Kept still: one case that cannot be written holds up no other.
            }
        }
    }

    /// <summary>Writes what is kept of a case: the case as it is then; null when nothing was kept. Throws what the store throws.</summary>
    public async Task<CaseDocument?> CatchUpAsync(string reference, DateTimeOffset now) =>
        _kept.TryGetValue(reference, out var attempts) ? await WriteAsync(reference, attempts, now) : null;

    /// <summary>Writes the attempts; the case as it is then. Where that fails, what was taken is kept, and the failure thrown.</summary>
    public async Task<CaseDocument?> WriteAsync(string reference, IReadOnlyList<Attempt> attempts, DateTimeOffset now)
    {
        try
        {
            // What was sent stays recorded even when the host is stopping.
            var recorded = await handler.RecordAttemptsAsync(reference, attempts, now, CancellationToken.None);
            _kept.TryRemove(reference, out _);
            return (recorded as Handled.Done)?.Document;
        }
        catch (Exception e)
        {
            if (attempts.Where(a => a.Error is null).ToList() is { Count: > 0 } taken)
                _kept[reference] = taken;
            await store.FailedAsync(e, CancellationToken.None);
            throw;
        }
    }
}
