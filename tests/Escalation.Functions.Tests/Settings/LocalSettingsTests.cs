using System.Text.Json.Nodes;
using Escalation.Functions.Settings;
using Microsoft.Extensions.Configuration;

namespace Escalation.Functions.Tests.Settings;

/// <summary>
/// The settings that docs/run-on-azure.md has copied for a run on one's own machine, read as the Functions host hands them on: as
/// variables of the environment.
/// </summary>
public sealed class LocalSettingsTests
{
    private static readonly JsonNode Example = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.example.json"))
    )!;

    private static readonly Dictionary<string, string?> Values = Example["Values"]!
        .AsObject()
        .ToDictionary(
            value => value.Key.Replace("__", ":", StringComparison.Ordinal),
            value => (string?)value.Value,
            StringComparer.Ordinal
        );

    [Fact]
    public void They_are_complete_and_lead_to_this_machine_alone()
    {
        var settings = FunctionsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(Values).Build());

        Assert.True(settings.CosmosEndpoint.IsLoopback);
        Assert.True(new Uri(settings.PublicUrl).IsLoopback);
        Assert.EndsWith(".invalid", settings.EmailEndpoint!.Host, StringComparison.Ordinal);
    }

    [Fact]
    public void They_name_the_worker_and_the_emulated_storage() =>
        Assert.Equal(
            ("dotnet-isolated", "UseDevelopmentStorage=true"),
            (Values["FUNCTIONS_WORKER_RUNTIME"], Values["AzureWebJobsStorage"])
        );
}
