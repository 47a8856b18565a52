using System.Collections.Concurrent;
using Escalation.Core.Storage;
using Escalation.Standalone.Storage;

namespace Escalation.Standalone.Scheduling;

/// <summary>
/// The cases that lie in damaged parts of the database, and cannot be read or carried on, as far as this process has found out. The log
/// names each once, with what to do.
/// </summary>
public sealed partial class UnreadableCases(ICaseQueries queries, ILogger<UnreadableCases> log)
{
    private readonly ConcurrentDictionary<string, bool> _found = new(StringComparer.Ordinal);

    /// <summary>By reference.</summary>
    public IReadOnlyList<string> References => [.. _found.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A case is among them when what failed says that its part of the database is damaged.</summary>
    public void Failed(string reference, Exception fault)
    {
        if (fault is UnreadableCaseException || StoreFaults.IsDamage(fault))
            Found(reference);
    }

    /// <summary>Reads every case: one that is damaged is found before it is needed.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        await foreach (var stored in queries.ScanAsync(new CaseScan(null), cancel))
        {
            try
            {
                DocumentFormat.Read(stored);
            }
            catch (UnreadableCaseException)
            {
                Found(stored.Reference);
            }
        }
    }

    private void Found(string reference)
    {
        if (_found.TryAdd(reference, true))
            LogFound(log, reference);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference} cannot be read or carried on: its part of the database is damaged. "
            + "The others go on. "
            + "To restore it from a backup: stop the host, and run the command 'salvage' (its help says how)"
    )]
    private static partial void LogFound(ILogger log, string reference);
}
