using System.Runtime.CompilerServices;

namespace Escalation.Core.Storage;

/// <summary>Whole cases for reports and the like, of a store of which a part may be damaged.</summary>
public static class ReadableCases
{
    /// <summary>
    /// As <see cref="ICaseQueries.ScanAsync"/>, read. A case that cannot be read is passed over: the host's health
    /// names it.
    /// </summary>
    public static async IAsyncEnumerable<CaseDocument> ReadableAsync(
        this ICaseQueries queries,
        CaseScan scan,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var stored in queries.ScanAsync(scan, cancel))
            if (Read(stored) is { } document)
                yield return document;
    }

    private static CaseDocument? Read(StoredCase stored)
    {
        try
        {
            return DocumentFormat.Read(stored);
        }
        catch (UnreadableCaseException)
        {
            return null;
        }
    }
}
