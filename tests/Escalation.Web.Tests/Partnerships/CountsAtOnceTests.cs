using System.Net;
using System.Text.Json.Nodes;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Partnerships;

/// <summary>What is written into a directory counts for the next concern, though the rules are kept in memory.</summary>
public sealed class CountsAtOnceTests
{
    public static TheoryData<string> Ways => [.. Adding.Keys];

    private static readonly Dictionary<string, Func<TestHost, StaffSite, Task>> Adding = new(StringComparer.Ordinal)
    {
        ["the form"] = async (_, manager) =>
            await manager.PressAsync(await manager.GetAsync("/directory/sandwell/new"), ("name", "Clinic")),
        ["a file"] = async (_, manager) =>
            await manager.PressAsync(
                await manager.PostAsync(
                    "/directory/sandwell/import",
                    (
                        "csv",
                        "agency,agencyName,domains,contact,name,role,email,tier,deputy,absences\nclinic,Clinic,,,,,,,,"
                    )
                )
            ),
        ["the API"] = async (host, _) =>
        {
            using var staff = await host.AdministratorAsync();
            var body = new JsonObject
            {
                ["name"] = "Clinic",
                ["domains"] = new JsonArray(),
                ["contacts"] = new JsonArray(),
            };
            await staff.PutAsync("/api/partnerships/sandwell/agencies/clinic", body.ToJsonString(), isNew: true);
        },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_agency_that_was_added_can_raise_a_concern_at_once(string way)
    {
        await using var host = await TestHost.StartAsync();
        using var manager = await StaffSite.ForAsync(host);
        Assert.Equal(HttpStatusCode.BadRequest, await RaiseAsync(host));
        await Adding[way](host, manager);
        Assert.Equal(HttpStatusCode.Created, await RaiseAsync(host));
    }

    private static async Task<HttpStatusCode> RaiseAsync(TestHost host)
    {
        using var intake = await host.IntakeAsync();
        var body = Sample.Opening();
        body["raisedBy"]!["agency"] = "clinic";
        return (await intake.PostAsync("/api/escalations", body, Guid.NewGuid().ToString("N"))).Status;
    }
}
