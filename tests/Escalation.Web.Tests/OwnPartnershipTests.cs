using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Sample = Escalation.Web.Tests.Hosting.Sample;

namespace Escalation.Web.Tests;

/// <summary>A partnership with a stored policy of its own works like one with a built-in policy.</summary>
public sealed class OwnPartnershipTests : IAsyncLifetime
{
    private const string Essex = "/api/policies/essex";
    private TestHost _host = null!;
    private HttpClient _administrator = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _administrator = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_partnership_of_its_own_has_its_directory_calendar_people_cases_deadlines_and_reports()
    {
        await _administrator.PutAsync(Essex, OwnDocument.OfEssex());
        var (manager, school) = (
            await _host.AsAsync(Roles.BusinessManager, "essex"),
            await _host.AsAsync(Roles.Practitioner, "essex", "school")
        );
        foreach (var agency in new[] { "school", "trust", "essex" })
            Assert.Equal(HttpStatusCode.Created, (await EnterAsync(manager, agency)).Status);
        Assert.Equal(3, (await school.GetJsonAsync("/api/partnerships/essex/agencies")).Json.AsArray().Count);
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await manager.PostAsync(
                    "/api/partnerships/essex/calendar/amendments",
                    new JsonObject { ["date"] = "2026-09-28", ["reason"] = "Moving house" }
                )
            ).Status
        );

        var opened = await (await _host.AsAsync(Roles.Intake, "essex")).PostAsync(
            "/api/escalations",
            Sample.Opening("essex")
        );
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        var path = $"/api/escalations/{opened["reference"]}";
        Assert.StartsWith("ESX-", opened["reference"], StringComparison.Ordinal);
        var stage = (await school.GetJsonAsync(path)).Json["stage"]!;
        Assert.Equal(("1", "2026-09-30T16:00:00Z"), (stage["id"]!.ToString(), stage["deadline"]!.ToString()));
        Assert.Contains("Moving house", stage["explanation"]!.ToJsonString(), StringComparison.Ordinal);

        _host.Clock.SetUtcNow(new DateTimeOffset(2026, 9, 30, 16, 0, 0, TimeSpan.Zero));
        Assert.IsType<Handled.Done>(
            await _host
                .Services.GetRequiredService<CaseHandler>()
                .AdvanceAsync(opened["reference"]!, null, _host.Clock.GetUtcNow(), CancellationToken.None)
        );

        var missed = await manager.GetJsonAsync(path);
        Assert.Equal(
            ("2", "deadline", "1000"),
            (
                missed.Json["stage"]!["id"]!.ToString(),
                missed.Json["stages"]![0]!["by"]!.ToString(),
                missed.Json["policy"]!["version"]!.ToString()
            )
        );
        Assert.Contains(missed.Json["notices"]!.AsArray(), n => n!["to"]!.ToString().Length > 0);
        Assert.Single((await manager.GetJsonAsync("/api/escalations?partnership=essex")).Json["items"]!.AsArray());
        Assert.Equal(
            "1",
            (await manager.GetJsonAsync("/api/reports/annual?partnership=essex&year=2026")).Json["cases"]![
                "raised"
            ]!.ToString()
        );
        Assert.Equal(
            "notFound",
            (await (await _host.AsAsync(Roles.BusinessManager, "sandwell")).GetJsonAsync(path)).Code
        );
        foreach (
            var page in new[]
            {
                "/tracker",
                "/health",
                "/directory/essex",
                "/calendar/essex",
                "/reports",
                "/policies/essex",
                $"/cases/{opened["reference"]}",
            }
        )
            Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task A_policy_that_this_program_cannot_read_refuses_its_own_openings_says_why_and_leaves_the_others_alone()
    {
        await _administrator.PutAsync(Essex, OwnDocument.OfEssex());
        var hash = OwnDocument.Read(OwnDocument.OfEssex()).Hash;
        await EnterAsync(_administrator, "school");
        Assert.True(
            await _host.Store.WriteAsync("policy", hash, """{ "somethingNewer": 1 }""", 1, CancellationToken.None)
        );
        await _administrator.PutAsync(
            "/api/policies/kent",
            OwnDocument.OfEssex(
                1000,
                d =>
                {
                    d["id"] = "kent";
                    d["partnership"] = "kent";
                    d["referencePrefix"] = "KNT";
                }
            )
        );

        foreach (
            var refused in new[]
            {
                await _administrator.PostAsync("/api/escalations", Sample.Opening("essex")),
                await _administrator.GetJsonAsync(Essex),
                await _administrator.GetJsonAsync(Essex + "/timeline"),
            }
        )
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (refused.Status, refused.Code));
            Assert.Contains("somethingNewer is not a known field", refused["detail"], StringComparison.Ordinal);
        }
        await _administrator.OpenAsync();
        Assert.Equal(9, (await _administrator.GetJsonAsync("/api/policies")).Json.AsArray().Count);
        Assert.Equal(HttpStatusCode.OK, (await _administrator.GetJsonAsync("/health/ready")).Status);
        foreach (var client in new[] { _administrator, await _host.AsAsync(Roles.BusinessManager, "essex") })
            Assert.Contains(
                "somethingNewer is not a known field",
                await client.GetStringAsync("/health"),
                StringComparison.Ordinal
            );
        Assert.DoesNotContain(
            "somethingNewer",
            await (await _host.AsAsync(Roles.BusinessManager, "sandwell")).GetStringAsync("/health"),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, (await _administrator.GetAsync("/tracker")).StatusCode);
        Assert.Single(
            _host.Log.GetSnapshot(),
            l =>
                l.Message.Contains(
                    "The policy essex, version 1000, cannot be used by this program",
                    StringComparison.Ordinal
                )
        );
    }

    private static Task<Answer> EnterAsync(HttpClient client, string agency)
    {
        var entry = Sample
            .Directory.First(d => d.Partnership == "sefton" && d.Agency.Id == (agency == "essex" ? "sefton" : agency))
            .Agency;
        var contact = entry.Contacts[0];
        var body = new JsonObject
        {
            ["name"] = entry.Name,
            ["domains"] = new JsonArray("example.org"),
            ["contacts"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = contact.Id,
                    ["name"] = contact.Name,
                    ["email"] = contact.Email,
                    ["tiers"] = new JsonArray([.. contact.Tiers.Select(t => (JsonNode)t)]),
                }
            ),
        };
        return client.PutAsync($"/api/partnerships/essex/agencies/{agency}", body.ToJsonString(), isNew: true);
    }
}
