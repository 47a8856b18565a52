using Escalation.Core.Storage;

namespace Escalation.Testing.Storage;

/// <summary>A store by the three interfaces of the storage seam.</summary>
public sealed record StoreParts(ICaseStore Cases, ICaseQueries Queries, IRecords Records)
{
    public static StoreParts Of<TStore>(TStore store)
        where TStore : ICaseStore, ICaseQueries, IRecords => new(store, store, store);
}
