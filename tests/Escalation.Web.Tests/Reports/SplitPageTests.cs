using System.Text.Json.Nodes;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Reports;

/// <summary>Whom the cases were about: the splits that a partnership's procedures have, and no others.</summary>
public sealed class SplitPageTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Cases_are_split_by_kind_of_person_circumstance_and_level_of_need()
    {
        await _host.OpenCaseAsync(
            "sandwell",
            body =>
            {
                body["circumstances"] = new JsonArray("lookedAfter");
                body["fields"] = new JsonObject { ["levelOfNeed"] = "childInNeed" };
            }
        );
        await _host.OpenCaseAsync("sandwell", body => body["fields"] = new JsonObject());

        var page = await ReportAsync("sandwell");

        Assert.Equal([("A child", "2"), ("A family", "0")], Rows(page, "Escalations by kind of person"));
        Assert.Contains(("The child is looked after (in care)", "1"), Rows(page, "Escalations by circumstance"));
        Assert.Contains(("None of these", "1"), Rows(page, "Escalations by circumstance"));
        var levels = Rows(page, "Escalations by level of need");
        Assert.Contains(("Child in need (section 17)", "1"), levels);
        Assert.Equal([("Not given", "1"), ("Not known (removed)", "0")], levels.TakeLast(2));
    }

    [Fact]
    public async Task A_partnership_for_adults_without_circumstances_and_levels_has_no_splits()
    {
        await _host.OpenCaseAsync("surrey-adults");

        Assert.Null((await ReportAsync("surrey-adults")).Document.QuerySelector("#whom"));
    }

    private async Task<PageAnswer> ReportAsync(string partnership) =>
        await (await _host.AdministratorAsync()).PageAsync($"/reports/annual?partnership={partnership}&year=2026");

    private static IReadOnlyList<(string Name, string Cases)> Rows(PageAnswer page, string caption) =>
        [.. page.Table(caption).Skip(1).Select(row => (row[0], row[1]))];
}
