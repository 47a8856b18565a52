using System.Net;
using System.Text.Json.Nodes;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Escalations;

/// <summary>Who records that a duty is done: the agency that owns it, and the one it is addressed to.</summary>
public sealed class DutyTests
{
    [Theory]
    [InlineData("school", HttpStatusCode.OK)] // keeps the record
    [InlineData("trust", HttpStatusCode.OK)] // has to act
    [InlineData("police", HttpStatusCode.Forbidden)] // is in the case too
    public async Task An_agreed_action_is_ticked_off_by_who_keeps_the_record_and_by_who_acts(
        string agency,
        HttpStatusCode status
    )
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        var opening = Sample.Opening();
        opening["receivedBy"] = new JsonArray(
            opening["receivedBy"]!.DeepClone(),
            new JsonObject { ["agency"] = "police" }
        );
        var path = (await staff.PostAsync("/api/escalations", opening)).Message.Headers.Location!.ToString();
        var resolved = Sample.Outcome("informal", "resolved");
        resolved["actions"] = new JsonArray(
            new JsonObject
            {
                ["what"] = "Call the family",
                ["byWhom"] = "Sam",
                ["agency"] = "trust",
                ["due"] = "2026-10-01",
            }
        );
        await staff.PostAsync(path + "/outcomes", resolved);
        var duty = (await DutyAsync(staff, path))["id"]!.ToString();

        var practitioner = await host.AsAsync(Roles.Practitioner, "sandwell", agency);
        var completed = new JsonObject
        {
            ["by"] = Sample.By(agency),
            ["completedOn"] = "2026-09-25",
            ["note"] = "Called",
        };
        var done = await practitioner.PostAsync($"{path}/duties/{duty}/complete", completed);

        Assert.True(done.Status == status, done.Text);
        Assert.Equal(
            status == HttpStatusCode.OK ? "done" : "open",
            (await DutyAsync(staff, path))["status"]!.ToString()
        );
    }

    private static async Task<JsonNode> DutyAsync(HttpClient staff, string path) =>
        (await staff.GetJsonAsync(path)).Json["duties"]!
            .AsArray()
            .Single(d => d!["what"]!.ToString() == "Call the family")!;
}
