using Escalation.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Composition;

/// <summary>
/// A host's store, one instance under the three interfaces of the storage seam. The one registered last holds.
/// </summary>
public static class StoreRegistration
{
    /// <param name="store">Stays the caller's to dispose of.</param>
    public static IServiceCollection AddStore<TStore>(this IServiceCollection services, TStore store)
        where TStore : class, ICaseStore, ICaseQueries, IRecords =>
        services
            .AddSingleton(store)
            .AddSingleton<ICaseStore>(store)
            .AddSingleton<ICaseQueries>(store)
            .AddSingleton<IRecords>(store);

    /// <param name="make">Called when the store is first asked for.</param>
    public static IServiceCollection AddStore<TStore>(
        this IServiceCollection services,
        Func<IServiceProvider, TStore> make
    )
        where TStore : class, ICaseStore, ICaseQueries, IRecords =>
        services
            .AddSingleton(make)
            .AddSingleton<ICaseStore>(s => s.GetRequiredService<TStore>())
            .AddSingleton<ICaseQueries>(s => s.GetRequiredService<TStore>())
            .AddSingleton<IRecords>(s => s.GetRequiredService<TStore>());
}
