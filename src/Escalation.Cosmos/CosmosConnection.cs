using Azure.Core;
using Escalation.Cosmos.Items;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos;

/// <summary>Makes the one client that a host keeps as long as it runs.</summary>
public static class CosmosConnection
{
    private const string PlanQueriesHere = "AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX";

    /// <summary>The client is the caller's to dispose of. Nothing is asked of the account yet.</summary>
    /// <param name="identity">Null only with a key.</param>
    /// <exception cref="ArgumentException">A key for an endpoint that is not on this machine, or neither key nor identity.</exception>
    public static CosmosClient Open(CosmosOptions options, TokenCredential? identity) =>
        Open(options, identity, ClientOptions(options));

    internal static CosmosClient Open(CosmosOptions options, TokenCredential? identity, CosmosClientOptions client)
    {
        // On Linux the client asks the account how to carry out each query, unless told that its own library for it may be used.
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(PlanQueriesHere) is null)
            Environment.SetEnvironmentVariable(PlanQueriesHere, "true");

        if (options.Key is null)
            return new CosmosClient(
                options.Endpoint.AbsoluteUri,
                identity
                    ?? throw new ArgumentException("An identity is needed where there is no key.", nameof(identity)),
                client
            );
        if (!options.Endpoint.IsLoopback)
            throw new ArgumentException(
                "A key is for an emulator on this machine; an account is reached by identity.",
                nameof(options)
            );
        return new CosmosClient(options.Endpoint.AbsoluteUri, options.Key, client);
    }

    internal static CosmosClientOptions ClientOptions(CosmosOptions options) =>
        new()
        {
            ApplicationName = "escalation",
            ConnectionMode = options.Mode,
            LimitToEndpoint = options.Endpoint.IsLoopback,
            UseSystemTextJsonSerializerWithOptions = ItemJson.Options,
            EnableContentResponseOnWrite = false,
            MaxRetryAttemptsOnRateLimitedRequests = options.ThrottledTries,
            MaxRetryWaitTimeOnRateLimitedRequests = options.ThrottledWait,
        };
}
