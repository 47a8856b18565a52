using System.Net;
using System.Text.Json.Nodes;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

public sealed class AccessTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private string _case = "";

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _case = await (await _host.AdministratorAsync()).OpenAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public void Every_api_endpoint_says_who_may_call_it()
    {
        var endpoints = _host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .ToList();
        Assert.All(
            endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)),
            e => Assert.NotNull(e.Metadata.GetMetadata<Access>())
        );
        var openToIntake = endpoints.Where(e => e.Metadata.GetMetadata<Access>()?.Roles.Contains(Roles.Intake) == true);
        Assert.Equal("/api/escalations", Assert.Single(openToIntake).RoutePattern.RawText);
        Assert.Contains(
            "| `POST /api/escalations` | opens a case |",
            AccessTable.ToMarkdown(AccessTable.Of(endpoints)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/api/escalations")]
    [InlineData("/api/escalations/")]
    [InlineData("/API/Escalations")]
    [InlineData("/api/%65scalations")]
    [InlineData("/api/policies")]
    [InlineData("/api/reports/annual")]
    [InlineData("/api/partnerships/sandwell/agencies")]
    public async Task Nobody_reads_without_a_key_and_intake_reads_nothing(string path)
    {
        Assert.Equal("unauthorised", (await _host.Nobody().GetJsonAsync(path)).Code);
        Assert.Equal("unauthorised", (await _host.With("wrong").GetJsonAsync(path)).Code);
        Assert.Equal("forbidden", (await (await _host.IntakeAsync()).GetJsonAsync(path)).Code);
    }

    [Fact]
    public async Task Intake_reads_no_case_and_makes_no_move()
    {
        var intake = await _host.IntakeAsync();
        Assert.Equal("forbidden", (await intake.GetJsonAsync(_case)).Code);
        Assert.Equal("forbidden", (await intake.PostAsync(_case + "/notes", new JsonObject())).Code);
    }

    [Theory]
    [InlineData(Roles.Administrator, null, null, 200)]
    [InlineData(Roles.BusinessManager, "sandwell", null, 200)]
    [InlineData(Roles.BusinessManager, "sefton", null, 404)]
    [InlineData(Roles.Practitioner, "sandwell", "school", 200)]
    [InlineData(Roles.Practitioner, "sandwell", "trust", 200)]
    [InlineData(Roles.Practitioner, "sandwell", "police", 404)]
    [InlineData(Roles.Practitioner, "sefton", "school", 404)]
    public async Task A_case_is_there_only_for_those_it_concerns(
        string role,
        string? partnership,
        string? agency,
        int status
    )
    {
        var client = await _host.AsAsync(role, partnership, agency);
        foreach (var path in new[] { "", "/status", "/history" })
            Assert.Equal(status, (int)(await client.GetJsonAsync(_case + path)).Status);
        var listed = (await client.GetJsonAsync("/api/escalations")).Json["items"]!.AsArray().Count;
        Assert.Equal(status == 200 ? 1 : 0, listed);
        var note = new JsonObject { ["by"] = Sample.By(agency ?? "school"), ["text"] = "A note" };
        Assert.Equal(status, (int)(await client.PostAsync(_case + "/notes", note)).Status);
    }

    [Fact]
    public async Task An_internal_stage_is_hidden_from_the_other_agency()
    {
        var (own, other) = (
            await _host.AsAsync(Roles.Practitioner, "surrey-adults", "school"),
            await _host.AsAsync(Roles.Practitioner, "surrey-adults", "trust")
        );
        var reference = await own.OpenAsync("surrey-adults");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetJsonAsync(reference)).Status);
        Assert.Empty((await other.GetJsonAsync("/api/escalations")).Json["items"]!.AsArray());

        var internally = Sample.Outcome("1", "escalate");
        internally["summary"] = "Said among ourselves";
        Assert.Equal(HttpStatusCode.OK, (await own.PostAsync(reference + "/outcomes", internally)).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.GetJsonAsync(reference)).Status);
        Assert.Single((await other.GetJsonAsync("/api/escalations")).Json["items"]!.AsArray());
        var history = await other.GetJsonAsync(reference + "/history");
        Assert.DoesNotContain("Said among ourselves", history.Text, StringComparison.Ordinal);
        var withheld = history.Json["events"]!.AsArray().Where(e => e!["type"]!.ToString() == "withheld").ToList();
        Assert.NotEmpty(withheld);
        Assert.All(
            withheld,
            e =>
                Assert.Equal(
                    (null, null, 64),
                    (e!["canonical"]?.ToString(), e["event"]?.ToString(), e["hash"]!.ToString().Length)
                )
        );
        Assert.DoesNotContain(
            "\"stage\":\"1\"",
            string.Concat(history.Json["events"]!.AsArray().Select(e => e!["canonical"]?.ToString())),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Said among ourselves",
            (await own.GetJsonAsync(reference + "/history")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_practitioner_acts_in_its_own_agencys_name_only()
    {
        var client = await _host.AsAsync(Roles.Practitioner, "sandwell", "school");
        Assert.Equal(
            "forbidden",
            (await client.PostAsync(_case + "/outcomes", Sample.Outcome("informal", "escalate", "trust"))).Code
        );
        var opening = Sample.Opening();
        opening["raisedBy"]!["agency"] = "police";
        Assert.Equal("forbidden", (await client.PostAsync("/api/escalations", opening)).Code);
        Assert.Equal(
            HttpStatusCode.Created,
            (await client.PostAsync("/api/escalations", Sample.Opening(), "own")).Status
        );
        Assert.Equal("forbidden", (await client.GetJsonAsync("/api/escalations?agency=trust")).Code);
        Assert.Equal("forbidden", (await client.GetJsonAsync("/api/partnerships/sandwell/agencies/trust")).Code);
        Assert.Equal(
            HttpStatusCode.OK,
            (await client.GetJsonAsync("/api/partnerships/sandwell/agencies/school")).Status
        );
        Assert.Equal("forbidden", (await client.GetJsonAsync("/api/reports/summary-log?agency=trust")).Code);
    }

    [Theory]
    [InlineData("legal-hold")]
    [InlineData("partnership-review")]
    [InlineData("contacts/accept")]
    [InlineData("contacts/change")]
    public async Task What_runs_the_partnership_is_not_for_a_practitioner(string move) =>
        Assert.Equal(
            "forbidden",
            (
                await (await _host.AsAsync(Roles.Practitioner, "sandwell", "school")).PostAsync(
                    $"{_case}/{move}",
                    new JsonObject()
                )
            ).Code
        );

    [Fact]
    public async Task Addresses_of_people_are_for_those_who_run_the_partnership()
    {
        foreach (var path in new[] { _case, _case + "/history" })
        {
            Assert.DoesNotContain(
                "robin@",
                (await (await _host.AsAsync(Roles.Practitioner, "sandwell", "trust")).GetJsonAsync(path)).Text,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "robin@",
                (await (await _host.AsAsync(Roles.BusinessManager, "sandwell")).GetJsonAsync(path)).Text,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_intake_key_of_a_partnership_opens_for_that_one_only()
    {
        var intake = await _host.AsAsync(Roles.Intake, "sefton");
        Assert.Equal("forbidden", (await intake.PostAsync("/api/escalations", Sample.Opening())).Code);
        Assert.Equal(
            HttpStatusCode.Created,
            (await intake.PostAsync("/api/escalations", Sample.Opening("sefton"))).Status
        );
    }

    [Fact]
    public async Task A_revoked_key_is_no_key()
    {
        var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        Assert.Equal(HttpStatusCode.OK, (await client.GetJsonAsync(_case)).Status);
        Assert.True(await _host.Keys.RevokeAsync("businessmanager-sandwell", CancellationToken.None));
        Assert.Equal("unauthorised", (await client.GetJsonAsync(_case)).Code);
        Assert.False(await _host.Keys.RevokeAsync("businessmanager-sandwell", CancellationToken.None));
    }

    [Fact]
    public async Task A_key_is_stored_hashed_and_a_repeat_changes_nothing()
    {
        var key = new AccessKey("mine", Roles.Administrator, null, null, "Mine");
        var text = await _host.Keys.AddAsync(key, null, CancellationToken.None);
        var record = await _host.Store.ReadAsync("key", "mine", CancellationToken.None);
        Assert.DoesNotContain(text, record!.Body, StringComparison.Ordinal);
        await _host.Keys.AddAsync(key, text, CancellationToken.None);
        Assert.Equal(1, (await _host.Store.ReadAsync("key", "mine", CancellationToken.None))!.Version);
        await Assert.ThrowsAsync<ArgumentException>(() => _host.Keys.AddAsync(key, null, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, (await _host.With(text).GetJsonAsync(_case)).Status);
    }

    [Theory]
    [InlineData("Nobody", null, null)]
    [InlineData(Roles.Administrator, "sandwell", null)]
    [InlineData(Roles.BusinessManager, null, null)]
    [InlineData(Roles.Practitioner, "sandwell", null)]
    [InlineData(Roles.Intake, "sandwell", "school")]
    public void A_key_that_makes_no_sense_has_a_fault(string role, string? partnership, string? agency) =>
        Assert.NotNull(new AccessKey("a", role, partnership, agency, "Name").Fault());

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 200)]
    public async Task A_page_of_another_site_changes_nothing(string site, int status)
    {
        var client = await _host.AdministratorAsync();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        var note = new JsonObject { ["by"] = Sample.By("school"), ["text"] = "A note" };
        Assert.Equal(status, (int)(await client.PostAsync(_case + "/notes", note)).Status);
    }
}
