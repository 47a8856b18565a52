using Escalation.Functions.SignIn;
using Escalation.Functions.Tests.World;
using Microsoft.Extensions.Configuration;

namespace Escalation.Functions.Tests.SignIn;

/// <summary>What the platform says of itself, and whether the host can do its work there.</summary>
public sealed class PlatformTests
{
    [Theory]
    [InlineData(null, null, null, false, false)]
    [InlineData("", "", "", false, false)]
    [InlineData("instance", null, null, true, false)]
    [InlineData(null, "site", null, true, false)]
    [InlineData("instance", "site", "True", true, true)]
    [InlineData(null, "site", "true", true, true)]
    [InlineData(null, "site", "False", true, false)]
    [InlineData(null, "site", "1", true, false)]
    [InlineData(null, null, "true", false, true)]
    public void It_is_read_from_variables_that_no_request_can_set(
        string? instance,
        string? site,
        string? authentication,
        bool onAzure,
        bool checksPrincipals
    )
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("WEBSITE_INSTANCE_ID", instance),
                new("WEBSITE_SITE_NAME", site),
                new("WEBSITE_AUTH_ENABLED", authentication),
            ])
            .Build();

        Assert.Equal(new Platform(onAzure, checksPrincipals), Platform.Read(configuration));
    }

    [Theory]
    [InlineData(true, true, 200)]
    [InlineData(true, false, 503)]
    [InlineData(false, true, 200)]
    [InlineData(false, false, 200)]
    public async Task On_Azure_the_host_is_not_ready_while_no_staff_can_sign_in(bool onAzure, bool isChecked, int ready)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00", new Platform(onAzure, isChecked));
        await using var front = await Front.StartAsync(world);

        using var answer = await front.Client().GetAsync("/health/ready");

        Assert.Equal(ready, (int)answer.StatusCode);
        Assert.Equal(
            ready == 503,
            (await answer.Content.ReadAsStringAsync()).Contains(
                "App Service authentication is off: no staff can sign in.",
                StringComparison.Ordinal
            )
        );
    }
}
