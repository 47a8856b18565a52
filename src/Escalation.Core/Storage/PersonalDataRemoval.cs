namespace Escalation.Core.Storage;

/// <summary>Removes personal data of every case whose time has come. Run twice it does nothing more.</summary>
public sealed class PersonalDataRemoval(ICaseStore store, CaseHandler handler)
{
    private const int AtATime = 100;

    /// <summary>Returns how many cases were rid of personal data.</summary>
    /// <param name="hasTime">Asked before each case. False: what is left is the next run's.</param>
    /// <param name="failed">Told of a case that failed: it is passed over until the next run.</param>
    public async Task<int> RunAsync(
        DateTimeOffset now,
        Func<bool> hasTime,
        Action<string, Exception> failed,
        CancellationToken cancel
    )
    {
        var (passed, forgotten) = (new HashSet<string>(StringComparer.Ordinal), 0);
        while (true)
        {
            var due = await store.RetentionDueAsync(now, passed.Count + AtATime, cancel);
            var next = due.Where(passed.Add).ToList();
            if (next.Count == 0)
                return forgotten;
            foreach (var reference in next)
            {
                if (!hasTime())
                    return forgotten;
                forgotten += await ForgetAsync(reference, now, failed, cancel) ? 1 : 0;
            }
        }
    }

    private async Task<bool> ForgetAsync(
        string reference,
        DateTimeOffset now,
        Action<string, Exception> failed,
        CancellationToken cancel
    )
    {
        try
        {
            return await handler.ForgetAsync(reference, now, cancel)
                is Handled.Done { Document.Case.PersonalDataRemoved: true };
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            failed(reference, e);
            return false;
        }
    }
}
