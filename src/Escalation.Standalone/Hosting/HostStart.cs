using Escalation.Core.Storage;
using Escalation.Standalone.Clocks;
using Escalation.Standalone.Demo;
using Escalation.Standalone.Scheduling;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Secrets;
using Escalation.Web.Tokens;

namespace Escalation.Standalone.Hosting;

/// <summary>What has to be known of a data folder before the host is put together.</summary>
/// <param name="Demo">It was made with <c>--demo</c>.</param>
/// <param name="Clock">The machine's, or one that stands still.</param>
internal sealed record HostStart(
    SqliteCaseStore Store,
    SecretsKeys SecretsKeys,
    LinkKeys LinkKeys,
    byte[] IntakeSecret,
    bool Demo,
    TimeProvider Clock
)
{
    /// <summary>Makes the secrets when there are none.</summary>
    /// <exception cref="HostFault">The folder is no demonstration's but is to be one; or the key to its secrets is not here.</exception>
    public static async Task<HostStart> PrepareAsync(
        SqliteCaseStore store,
        RunOptions options,
        SecretsKeySource source,
        CancellationToken cancel
    )
    {
        var keys = await source.LoadAsync(store, options.Data, cancel);
        var secrets = new SealedRecords(store, keys);
        var clock = options.Clock is { } instant
            ? new StandingClock(await StartAsync(store, instant, cancel))
            : TimeProvider.System;
        var now = clock.GetUtcNow();
        if (options.Demo)
            await DemoData.ClaimAsync(store, store, options.Data, now, cancel);
        return new HostStart(
            store,
            keys,
            await StoredSecrets.LinkKeysAsync(secrets, now, cancel),
            await StoredSecrets.IntakeSecretAsync(secrets, cancel),
            await DemoData.IsDemoAsync(store, cancel),
            clock
        );
    }

    /// <summary>The last instant of old data; the start moves on from there, wake by wake. With new data, the given one.</summary>
    private static async Task<DateTimeOffset> StartAsync(
        SqliteCaseStore store,
        DateTimeOffset given,
        CancellationToken cancel
    ) => await ClockMover.LastInstantAsync(store, store, cancel) ?? given;
}
