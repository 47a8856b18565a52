using System.Text.Json.Nodes;

namespace Escalation.Infra.Tests.Compiling;

/// <summary>The installations that the tests look at.</summary>
internal static class Given
{
    /// <summary>As many characters as azd allows.</summary>
    public static readonly string LongestName = string.Concat(Enumerable.Repeat("Safeguarding-", 5))[..64];

    public const string OwnActionGroup =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Insights/actionGroups/ours";

    private const string Everything = $"""
        param environmentName = 'test'
        param location = 'uksouth'
        param principalId = '11111111-1111-1111-1111-111111111111'
        param emailDomain = 'escalation.example.gov.uk'
        param emailDomainVerified = true
        param senderUsername = 'escalation'
        param publicUrl = 'https://escalation.example.gov.uk'
        param entraClientId = '22222222-2222-2222-2222-222222222222'
        param alertEmail = 'alerts@example.gov.uk'
        param alertActionGroupId = '{OwnActionGroup}'
        param alwaysReadyInstances = 2
        param computeZoneRedundant = true
        param cosmosZoneRedundant = true
        param privateNetwork = true
        param vaultAddresses = '203.0.113.4, 198.51.100.0/24'
        param extraTags = 'Cost Centre = 1234; owner=a=b;'
        param monthlyBudget = 200
        param budgetFrom = '2026-12-01'
        """;

    /// <summary>What <c>azd up</c> makes when nothing is set.</summary>
    public static Snapshot Usual =>
        Bicep.Snapshot("infra/main.bicep", "param environmentName = 'test'\nparam location = 'uksouth'");

    /// <summary>With everything that can be switched on.</summary>
    public static Snapshot Full => Bicep.Snapshot("infra/main.bicep", Everything);

    /// <summary>The same, in a group that is there.</summary>
    public static Snapshot InGroup => Bicep.Snapshot("infra/group.bicep", Everything);

    /// <summary>The longest names, a network that nothing outside reaches, a domain that is not verified, and no lock.</summary>
    public static Snapshot Longest =>
        Bicep.Snapshot(
            "infra/main.bicep",
            $"""
            param environmentName = '{LongestName}'
            param location = 'germanywestcentral'
            param privateNetwork = true
            param emailDomain = 'escalation.example.gov.uk'
            param senderUsername = 'escalation'
            param deletionLock = false
            """
        );

    /// <summary>Emails go out by GOV.UK Notify.</summary>
    public static Snapshot ByNotify =>
        Bicep.Snapshot(
            "infra/main.bicep",
            """
            param environmentName = 'test'
            param location = 'uksouth'
            param notifyTemplate = 'f33517ff-2a88-4f6e-b855-c550268ce08a'
            param notifyReplyTo = '8e222534-7f05-4972-86e3-17c5d9f894e2'
            """
        );

    /// <summary>What the hook deploys after the app, with what <see cref="Full"/> hands to it.</summary>
    public static Snapshot AfterDeployment =>
        Bicep.Snapshot(
            "infra/after-deployment.bicep",
            $"""
            param installation = json('{Full.Outputs["ESCALATION_AFTER_DEPLOYMENT"]!.ToJsonString()}')
            param deployed = '2026-12-01 09:00:00Z'
            """
        );

    public static IReadOnlyList<Snapshot> All => [Usual, Full, InGroup, Longest, ByNotify, AfterDeployment];

    /// <summary>Of all of them, each resource.</summary>
    public static IReadOnlyList<JsonObject> Resources => [.. All.SelectMany(snapshot => snapshot.Resources)];
}
