using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using static Escalation.Web.Tests.CasePages.Filled;
using Sample = Escalation.Web.Tests.Hosting.Sample;

namespace Escalation.Web.Tests.Reports;

/// <summary>Themes of learning from a partnership's own policy to its report.</summary>
public sealed class ThemePageTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Ticked_themes_stand_in_the_case_and_are_counted_in_the_report()
    {
        await StoreThemesAsync();
        var (reference, browser, path) = await _host.OnAsync("sandwell", "outcomes");
        var form = await browser.OpenAsync(path);
        Assert.Equal(
            ["thresholds", "informationSharing"],
            form.Page.QuerySelectorAll("input[name=themes]").Select(i => i.GetAttribute("value"))
        );

        await browser.FollowAsync(
            await browser.FillAsync(
                path,
                [
                    .. Parse("outcome=resolved&method=phone&summary=Agreed&recordKeeper=school"),
                    .. Parse("lessons=Ring first.&themes=thresholds\ninformationSharing"),
                    .. Discussed,
                    By,
                    InNameOfSchool,
                ]
            )
        );

        var page = await browser.OpenAsync($"/cases/{reference}?events=all&order=oldest");
        Assert.Contains("What the lessons are about", page.Text, StringComparison.Ordinal);
        Assert.Contains("Information sharing", page.Text, StringComparison.Ordinal);
        var report = await (await _host.AsAsync(Roles.BusinessManager, "sandwell")).PageAsync(
            "/reports/annual?year=2026"
        );
        var rows = report.Table("Outcomes that named lessons, by theme");
        Assert.Equal(
            [("Thresholds", "1"), ("Information sharing", "1"), ("Not given", "0")],
            rows.Skip(1).Select(r => (r[0], r[1]))
        );
    }

    [Fact]
    public async Task A_policy_without_themes_asks_for_none_and_reports_none()
    {
        var (_, browser, path) = await _host.OnAsync("sandwell", "outcomes");

        Assert.Empty((await browser.OpenAsync(path)).Page.QuerySelectorAll("input[name=themes]"));
        var analysis = await _staff.GetJsonAsync("/api/reports/annual?partnership=sandwell&year=2026");
        Assert.Empty(analysis.Json["themes"]!.AsArray());
    }

    [Fact]
    public async Task A_program_sends_themes_by_id_and_an_unknown_one_is_refused_at_its_field()
    {
        await StoreThemesAsync();
        var path = await _staff.OpenAsync();

        var unknown = await _staff.PostAsync(path + "/outcomes", Outcome("thresholds", "drift"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (unknown.Status, unknown.Code));
        Assert.Equal("Any of: thresholds, informationSharing.", unknown.Error("themes"));

        Assert.Equal(HttpStatusCode.OK, (await _staff.PostAsync(path + "/outcomes", Outcome("thresholds"))).Status);
        var history = await _staff.GetJsonAsync(path + "/history");
        Assert.Contains("\"thresholds\"", history.Json.ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonObject Outcome(params string[] themes)
    {
        var body = Sample.Outcome("informal", "resolved");
        body["lessons"] = "Ring first.";
        body["themes"] = new JsonArray([.. themes.Select(t => (JsonNode)t)]);
        return body;
    }

    private async Task StoreThemesAsync() =>
        Assert.Equal(
            HttpStatusCode.Created,
            (
                await _staff.PutAsync(
                    "/api/policies/sandwell",
                    OwnDocument.Of(
                        "sandwell",
                        d =>
                        {
                            d["version"] = Policy.FirstOwnVersion;
                            d["themes"] = new JsonArray(
                                new JsonObject { ["id"] = "thresholds", ["name"] = "Thresholds" },
                                new JsonObject { ["id"] = "informationSharing", ["name"] = "Information sharing" }
                            );
                        }
                    )
                )
            ).Status
        );
}
