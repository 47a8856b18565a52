namespace Escalation.Cosmos.Tests;

public sealed class ConnectionTests
{
    private static readonly CosmosOptions Account = new()
    {
        Endpoint = new Uri("https://escalation.documents.example/"),
    };

    [Fact]
    public void An_account_is_not_reached_by_key() =>
        Assert.Throws<ArgumentException>(() => CosmosConnection.Open(Account with { Key = "a2V5" }, null));

    [Fact]
    public void An_account_needs_an_identity() =>
        Assert.Throws<ArgumentException>(() => CosmosConnection.Open(Account, null));

    [Fact]
    public void An_emulator_is_reached_by_key()
    {
        using var client = CosmosConnection.Open(
            Account with
            {
                Endpoint = new Uri("http://127.0.0.1:8081/"),
                Key = "a2V5",
                Mode = Microsoft.Azure.Cosmos.ConnectionMode.Gateway,
            },
            null
        );

        Assert.True(client.ClientOptions.LimitToEndpoint);
    }
}
