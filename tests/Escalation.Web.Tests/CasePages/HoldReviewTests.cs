using System.Text.Json.Nodes;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Hosting;
using static Escalation.Web.Tests.CasePages.Filled;

namespace Escalation.Web.Tests.CasePages;

/// <summary>Where a hold leads that ends unresolved: what its form says is what happens.</summary>
public sealed class HoldReviewTests
{
    [Theory]
    [InlineData("childProtectionPlan", "1", true)]
    [InlineData("lookedAfter", "1", false)]
    [InlineData(null, "1", false)]
    [InlineData("childProtectionPlan", "4", false)]
    public async Task The_form_says_that_the_case_goes_on_to_a_later_stage_where_it_does(
        string? circumstance,
        string held,
        bool goes
    )
    {
        await using var host = await TestHost.StartAsync();
        var reference = await host.OpenCaseAsync(
            "suffolk",
            body => body["circumstances"] = circumstance is null ? null : new JsonArray(circumstance)
        );
        if (held != "1")
            await host.DoAsync(reference, Commands.Skip("school", held));
        await host.DoAsync(reference, Commands.Hold("school"));
        var (browser, path) = (await CaseBrowser.ManagerAsync(host, "suffolk"), $"/cases/{reference}/resume");

        Assert.Equal(
            goes,
            (await browser.OpenAsync(path)).Text.Contains("The case goes to stage 4", StringComparison.Ordinal)
        );
        await browser.FollowAsync(await browser.FillAsync(path, ("review", "unresolved"), By, InNameOfSchool));
        Assert.Equal(goes ? "4" : held, (await host.ReadAsync(reference)).Case.Stage.Id);
    }
}
