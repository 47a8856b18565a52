namespace Escalation.Core.Storage;

/// <summary>
/// The records beside the cases: directory entries, calendars, policies, keys, sessions, drafts. Each has a kind, an id
/// within it and a version, and is changed only by a conditional write, durable when it is answered.
/// </summary>
public interface IRecords
{
    /// <summary>The record as last written, or null.</summary>
    Task<StoredRecord?> ReadAsync(string kind, string id, CancellationToken cancel);

    /// <summary>All records of a kind whose id starts with <paramref name="prefix"/>, by id (ordinal).</summary>
    Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string prefix, CancellationToken cancel);

    /// <summary>
    /// Writes if the stored version is <paramref name="expectedVersion"/> (0: only if there is none); the version
    /// becomes one more. A null body deletes the record; at 0, one that is not there is deleted already. False, and
    /// nothing changed, when the version is another.
    /// </summary>
    Task<bool> WriteAsync(string kind, string id, string? body, long expectedVersion, CancellationToken cancel);
}
