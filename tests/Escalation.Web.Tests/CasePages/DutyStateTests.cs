using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.CasePages;

/// <summary>How a duty stands on the case page. It is due on Friday 9 October 2026.</summary>
public sealed class DutyStateTests
{
    [Theory]
    [InlineData("2026-10-09T15:59:00Z", null, "To do", "blue")]
    [InlineData("2026-10-12T09:00:00Z", null, "Overdue", "red")]
    [InlineData("2026-10-12T09:00:00Z", "2026-10-09", "Done on Friday 9 October 2026", "green")]
    [InlineData("2026-10-12T09:00:00Z", "2026-10-10", "Done late, on Saturday 10 October 2026", "orange")]
    public async Task A_duty_stands_as_to_do_overdue_done_or_done_late(
        string now,
        string? completed,
        string words,
        string colour
    )
    {
        await using var host = await TestHost.StartAsync();
        var reference = await host.OpenCaseAsync("sandwell");
        var c = (await host.ReadAsync(reference)).Case;
        var policy = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        await host.DoAsync(
            reference,
            Commands.Outcome(policy, c, Outcomes.Resolved, "school", UkTime.Day("2026-09-25"))
        );
        await host.UntilAsync(reference, now);
        if (completed is not null)
        {
            var duty = (await host.ReadAsync(reference)).Case.Duties.Single(d => d.Rule == "action").Id;
            await host.DoAsync(reference, Commands.Complete("school", duty, completed));
        }

        var page = await (await CaseBrowser.ManagerAsync(host, "sandwell")).OpenAsync($"/cases/{reference}");

        var row = page
            .Page.QuerySelectorAll("[aria-label=Duties] tbody tr")
            .Single(r => r.TextContent.Contains("Visit", StringComparison.Ordinal));
        var tag = row.QuerySelector(".govuk-tag")!;
        Assert.Equal((words, $"govuk-tag--{colour}"), (tag.TextContent, tag.ClassList[1]));
    }
}
