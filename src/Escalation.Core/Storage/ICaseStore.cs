namespace Escalation.Core.Storage;

/// <summary>
/// The cases, as a host reads, writes, wakes and looks after them: one document per case, changed only by a conditional
/// write; everything a query needs lies in the <see cref="CaseIndex"/> written with it. Answers only what is durable: a
/// write that was answered survives a crash. A store has <see cref="ICaseQueries"/> and <see cref="IRecords"/> as well.
/// </summary>
public interface ICaseStore
{
    /// <summary>The case as last written, or null.</summary>
    Task<StoredCase?> ReadAsync(string reference, CancellationToken cancel);

    /// <summary>
    /// Writes if the stored version is <see cref="CaseWrite.ExpectedVersion"/> (0: only if there is none); the version becomes one more.
    /// False, and nothing changed, when it is another. Safe to repeat: a repeat answers false.
    /// </summary>
    /// <exception cref="CaseTooLargeException">The document is over <see cref="Cases.CaseSize.Most"/>, and nothing changed.</exception>
    Task<bool> WriteAsync(CaseWrite write, CancellationToken cancel);

    /// <summary>
    /// Cases whose next try is at or before <paramref name="now"/>, earliest first. They are read ahead, so that one
    /// may have been written by somebody else before it is handed out. A case that is written during the walk comes
    /// again only if it is then due later than the cases that the walk has reached.
    /// </summary>
    IAsyncEnumerable<StoredCase> DueAsync(DateTimeOffset now, CancellationToken cancel);

    /// <summary>The earliest next try of any case, or null.</summary>
    Task<DateTimeOffset?> EarliestAsync(CancellationToken cancel);

    /// <summary>
    /// Puts a case that failed to advance off until <paramref name="nextTry"/>, outside its events: its version stays.
    /// Does nothing when the stored version is another. The next write clears it.
    /// </summary>
    Task DeferAsync(string reference, long version, DateTimeOffset nextTry, int failures, CancellationToken cancel);

    /// <summary>
    /// References of cases whose personal data is to be removed at or before <paramref name="now"/>, earliest first, at
    /// most <paramref name="take"/>. None on legal hold is among them.
    /// </summary>
    Task<IReadOnlyList<string>> RetentionDueAsync(DateTimeOffset now, int take, CancellationToken cancel);

    /// <summary>
    /// The case with a notice that the mail provider took under this id (<see cref="CaseIndex.Operations"/>), or null: a
    /// delivery report names no case, and the host writes what it says to the one found here.
    /// </summary>
    Task<string?> FindByOperationAsync(string operation, CancellationToken cancel);
}
