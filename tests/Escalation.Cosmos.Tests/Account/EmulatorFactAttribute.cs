namespace Escalation.Cosmos.Tests.Account;

/// <summary>A test that stands between the client and the server, which it can with an emulator's plain HTTP only.</summary>
public sealed class EmulatorFactAttribute : FactAttribute
{
    public EmulatorFactAttribute() =>
        Skip = CosmosAccount.IsReal
            ? "Stands between the client and the emulator; COSMOS_ENDPOINT names an account."
            : null;
}

/// <summary>A test of what only an account has.</summary>
public sealed class AccountFactAttribute : FactAttribute
{
    public AccountFactAttribute() =>
        Skip = CosmosAccount.IsReal ? null : "Needs an account: set COSMOS_ENDPOINT and COSMOS_DATABASE.";
}
