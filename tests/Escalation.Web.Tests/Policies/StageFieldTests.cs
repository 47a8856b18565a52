using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Sample = Escalation.Web.Tests.Hosting.Sample;

namespace Escalation.Web.Tests.Policies;

/// <summary>A choice and a date that a stage asks for, by the HTTP contract, and where they are shown.</summary>
public sealed class StageFieldTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
        var document = OwnDocument.Of(
            "sefton",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                OwnDocument.AddForms(d);
            }
        );
        Assert.Equal(HttpStatusCode.Created, (await _staff.PutAsync("/api/policies/sefton", document)).Status);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task What_is_asked_stands_in_the_answer_about_the_policy()
    {
        var policy = await _staff.GetJsonAsync("/api/policies/sefton");
        var asked = policy.Json["stages"]![0]!["requires"]!.AsArray();
        Assert.Equal(["choice", "date", "date"], asked.Select(f => (string?)f!["kind"]));
        Assert.Equal(["low", "high"], asked[0]!["options"]!.AsArray().Select(o => (string?)o!["id"]));
    }

    [Fact]
    public async Task They_are_taken_by_id_and_as_a_date_and_shown_in_words_on_the_case_and_its_record()
    {
        var path = await _staff.OpenAsync("sefton");
        var done = await _staff.PostAsync(path + "/outcomes", Escalated("high", "2026-09-24"));
        Assert.True(done.Status == HttpStatusCode.OK, done.Text);

        var reference = path.Split('/')[^1];
        var browser = await CaseBrowser.ManagerAsync(_host, "sefton");
        var page = await browser.OpenAsync($"/cases/{reference}");
        Assert.Contains("High", page.Text, StringComparison.Ordinal);
        Assert.Contains("Thursday 24 September 2026", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-09-24", page.Text, StringComparison.Ordinal);

        var record = await browser.OpenAsync($"/cases/{reference}/record");
        var ticked = record.Page.QuerySelectorAll(".esc-record__ticked bdi").Select(e => e.TextContent).ToList();
        Assert.Equal(["High", "High"], ticked);
        Assert.Contains("Record of a difference", record.Text, StringComparison.Ordinal);
        Assert.Contains("Appendix B.", record.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["Number", "Risk"],
            record.Page.QuerySelectorAll("[aria-label='Log of differences'] th").Select(e => e.TextContent)
        );
    }

    [Theory]
    [InlineData("High", "2026-09-24", "fields.riskSeen", "One of: low, high.")]
    [InlineData("low", "24 September", "fields.visitedOn", "Not a plausible date, YYYY-MM-DD.")]
    [InlineData("low", null, "fields.visitedOn", "Required.")]
    public async Task Another_answer_is_refused_by_the_name_of_its_field(
        string risk,
        string? visited,
        string field,
        string said
    )
    {
        var path = await _staff.OpenAsync("sefton");
        var refused = await _staff.PostAsync(path + "/outcomes", Escalated(risk, visited));
        Assert.Equal((HttpStatusCode.BadRequest, said), (refused.Status, refused.Error(field)));
    }

    [Fact]
    public async Task The_policys_page_says_what_a_stage_asks_for_and_what_is_printed()
    {
        var page = await _staff.PageAsync("/policies/sefton");
        Assert.Contains("Level of risk (one of: Low; High), with: ", page.Main, StringComparison.Ordinal);
        Assert.Contains("Day of the visit (a date), with: ", page.Main, StringComparison.Ordinal);
        Assert.Contains("Next review (a date) (may be left out), with: ", page.Main, StringComparison.Ordinal);
        Assert.Contains("Record of a difference", page.Main, StringComparison.Ordinal);
        Assert.Contains("A line a case; printed once step 2 is reached.", page.Main, StringComparison.Ordinal);
        Assert.Contains("At step 1: Risk; Visit; Justified; All of it; As asked", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("lays out none", page.Main, StringComparison.Ordinal);
    }

    private static JsonObject Escalated(string risk, string? visited)
    {
        var body = Sample.Outcome("1", "escalate");
        body["fields"] = new JsonObject { ["riskSeen"] = risk, ["visitedOn"] = visited };
        return body;
    }
}
