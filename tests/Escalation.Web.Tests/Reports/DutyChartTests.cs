using System.Text.Json.Nodes;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Commands = Escalation.Testing.Cases.Commands;

namespace Escalation.Web.Tests.Reports;

public sealed class DutyChartTests
{
    [Fact]
    public async Task The_chart_of_duties_draws_each_once_as_done_in_time_done_late_overdue_or_not_yet_due()
    {
        await using var host = await TestHost.StartAsync();
        using var staff = await host.AdministratorAsync();
        var reference = await host.OpenCaseAsync("sandwell");
        var outcome = Sample.Outcome("informal", "resolved");
        outcome["actions"] = new JsonArray(
            Action("In time", "2026-09-28"),
            Action("Late", "2026-09-28"),
            Action("Overdue", "2026-09-28"),
            Action("Later", "2026-12-01")
        );
        await staff.PostAsync($"/api/escalations/{reference}/outcomes", outcome);
        await host.UntilAsync(reference, "2026-09-30T10:00:00Z");
        await CompleteAsync(host, reference, "In time", "2026-09-28");
        await CompleteAsync(host, reference, "Late", "2026-09-29");

        using var manager = await host.AsAsync(Roles.BusinessManager, "sandwell");
        var page = await manager.PageAsync("/reports/annual?partnership=sandwell&year=2026");

        var bars = page.Document.QuerySelectorAll("svg[aria-labelledby^='duties-title'] > rect").ToList();
        var actions = bars.Where(b => b.GetAttribute("y") == bars[0].GetAttribute("y")).ToList();
        Assert.Equal(["20.5%", "20.5%", "20.5%", "20.5%"], actions.Select(b => b.GetAttribute("width")));
        Assert.Equal(4, actions.Select(b => b.GetAttribute("fill")).Distinct().Count());
    }

    private static JsonObject Action(string what, string due) =>
        new()
        {
            ["what"] = what,
            ["byWhom"] = "Sam",
            ["agency"] = "school",
            ["due"] = due,
        };

    private static async Task CompleteAsync(TestHost host, string reference, string what, string on)
    {
        var duty = (await host.ReadAsync(reference)).Case.Duties.Single(d => d.Action?.What == what);
        await host.DoAsync(reference, Commands.Complete("school", duty.Id, on));
    }
}
