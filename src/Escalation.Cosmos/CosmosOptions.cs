using Escalation.Cosmos.Items;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos;

/// <summary>
/// Where the cases are, and how to reach them. The account's default consistency must be Strong or bounded staleness:
/// what one instance of the host wrote, the next one must read.
/// </summary>
public sealed record CosmosOptions
{
    public required Uri Endpoint { get; init; }

    /// <summary>For an emulator on this machine only; an account is reached by the host's identity. Null: by identity.</summary>
    public string? Key { get; init; }
    public string Database { get; init; } = "escalation";
    public string Cases { get; init; } = "cases";
    public string Records { get; init; } = "records";

    /// <summary>Gateway for emulators, and for networks that let out nothing but HTTPS.</summary>
    public ConnectionMode Mode { get; init; } = ConnectionMode.Direct;

    /// <summary>
    /// How often a request that the account throttles (429) is tried again, each time after the wait the account asks
    /// for.
    /// </summary>
    public int ThrottledTries { get; init; } = 9;

    /// <summary>
    /// The most that those waits may add up to for one request; past it the caller gets a <see
    /// cref="StoreBusyException"/>.
    /// </summary>
    public TimeSpan ThrottledWait { get; init; } = TimeSpan.FromSeconds(10);
}
