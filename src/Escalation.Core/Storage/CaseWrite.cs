namespace Escalation.Core.Storage;

/// <summary>A case as the store has it.</summary>
/// <param name="Version">1 at the first write.</param>
/// <param name="Document">
/// UTF-8 JSON, see <see cref="DocumentFormat"/>. Empty: the store has the case, and the part that held its document is damaged.
/// </param>
/// <param name="Failures">How often in a row the case failed to advance since its last write.</param>
public sealed record StoredCase(string Reference, long Version, ReadOnlyMemory<byte> Document, int Failures = 0);

/// <summary>A case to be written, with what queries need of it.</summary>
/// <param name="ExpectedVersion">What the store has to have now; 0: no such case.</param>
/// <param name="Added">The whole document, or what comes after <see cref="Kept"/>.</param>
public sealed record CaseWrite(string Reference, long ExpectedVersion, ReadOnlyMemory<byte> Added, CaseIndex Index)
{
    /// <summary>
    /// The document exactly as it was read in <see cref="ExpectedVersion"/>, where the new one begins with it: a store
    /// that can append need not write it again. Empty when the document is written anew, after which nothing of the old
    /// one may remain.
    /// </summary>
    public ReadOnlyMemory<byte> Kept { get; init; }

    /// <summary>The whole document.</summary>
    public ReadOnlyMemory<byte> Document => Kept.IsEmpty ? Added : (byte[])[.. Kept.Span, .. Added.Span];
}
