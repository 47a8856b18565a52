using System.Net;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Emails;
using Escalation.Web.Health;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Sample = Escalation.Web.Tests.Hosting.Sample;

namespace Escalation.Web.Tests.Health;

/// <summary>What makes a host not ready, and what merely degrades it.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_store_that_can_be_read_and_not_written_is_not_ready_and_says_why()
    {
        FlakyStore? store = null;
        await using var host = await TestHost.StartAsync(
            wrap: inner => store = new FlakyStore(StoreParts.Of(inner)),
            services: s => s.AddEmails()
        );
        Assert.Equal(HttpStatusCode.OK, (await host.Nobody().GetJsonAsync("/health/ready")).Status);

        store!.RefusesWrites = true;
        host.Clock.Advance(StoreState.ShownFor);
        var refused = await host.Nobody().GetJsonAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (refused.Status, refused.Code));
        Assert.Equal(
            "The database takes no writes since Friday 25 September 2026 at 11am, because it cannot be reached (TimeoutException).",
            refused["detail"]
        );

        store.RefusesWrites = false;
        Assert.Equal(HttpStatusCode.OK, (await host.Nobody().GetJsonAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Every_cause_is_said_and_what_the_host_goes_on_with_is_no_reason_to_be_not_ready()
    {
        await using var host = await TestHost.StartAsync(services: s =>
            s.AddSingleton<IReadinessProbe>(new Says("The hub is away."))
                .AddSingleton<IReadinessProbe>(new Says("One thing is old.", goesOn: true))
                .AddSingleton<IReadinessProbe>(new Says("The mail is down."))
        );
        Assert.Equal(
            "The hub is away. The mail is down.",
            (await host.Nobody().GetJsonAsync("/health/ready"))["detail"]
        );

        await using var other = await TestHost.StartAsync(services: s =>
            s.AddSingleton<IReadinessProbe>(new Says("One thing is old.", goesOn: true))
        );
        var ready = await other.Nobody().GetJsonAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (ready.Status, ready["status"]));
        Assert.Equal("One thing is old.", ready.Json["causes"]![0]!.ToString());
    }

    [Fact]
    public async Task A_fresh_installation_is_ready()
    {
        await using var host = await TestHost.StartAsync();
        foreach (var (partnership, agency) in Sample.Directory)
            await RemoveAsync(host, partnership, agency.Id);

        var ready = await host.Nobody().GetJsonAsync("/health/ready");

        Assert.Equal((HttpStatusCode.OK, "ok"), (ready.Status, ready["status"]));
        Assert.Null(ready.Json["causes"]);
    }

    [Fact]
    public async Task A_partnership_without_anybody_to_fall_back_to_is_degraded_and_with_open_cases_not_ready()
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        await ChangeAsync(host, "sandwell", agency => agency with { Contacts = [] });
        await ChangeAsync(host, "school", agency => agency with { Contacts = [] });

        const string gap =
            "no business manager in its directory, so what is for these reaches nobody: Business manager, ";
        var degraded = await host.Nobody().GetJsonAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (degraded.Status, degraded["status"]));
        var cause = degraded.Json["causes"]![0]!.ToString();
        Assert.StartsWith($"Sandwell Children's Safeguarding Partnership has {gap}", cause, StringComparison.Ordinal);
        Assert.Matches(" of The (school|sandwell)", cause);
        Assert.EndsWith(" more.", cause, StringComparison.Ordinal);

        await staff.OpenAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var refused = await host.Nobody().GetJsonAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains($" has open escalations and {gap}", refused["detail"], StringComparison.Ordinal);
        var line = (await staff.PageAsync("/health")).Table("How each thing stands").Single(l => l[0] == "Contacts");
        Assert.Equal(("To act on", refused["detail"]), (line[1], line[2]));

        await ChangeAsync(
            host,
            "sandwell",
            _ => Sample.Directory.Single(d => d is ("sandwell", { Id: "sandwell" })).Agency
        );
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ok", (await host.Nobody().GetJsonAsync("/health/ready"))["status"]);
    }

    [Fact]
    public async Task A_partnership_with_open_cases_whose_directory_was_emptied_is_not_ready()
    {
        await using var host = await TestHost.StartAsync();
        await (await host.AdministratorAsync()).OpenAsync();
        foreach (var (partnership, agency) in Sample.Directory.Where(d => d.Partnership == "sandwell"))
            Assert.True(await RemoveAsync(host, partnership, agency.Id));
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        var refused = await host.Nobody().GetJsonAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal(
            "Sandwell Children's Safeguarding Partnership has open escalations and no business manager in its directory, "
                + "so what is for these reaches nobody: Business manager.",
            refused["detail"]
        );
    }

    /// <summary>An agency of Sandwell's.</summary>
    private static async Task ChangeAsync(TestHost host, string agency, Func<Agency, Agency> change)
    {
        var (entry, version) = (await StoredDirectory.ReadAsync(host.Store, "sandwell", agency, default))!.Value;
        Assert.True(await StoredDirectory.WriteAsync(host.Store, "sandwell", change(entry), version, default));
    }

    private static Task<bool> RemoveAsync(TestHost host, string partnership, string agency) =>
        host.Store.WriteAsync("agency", $"{partnership}/{agency}", null, 1, default);

    private sealed class Says(string words, bool goesOn = false) : IReadinessProbe
    {
        public bool GoesOn => goesOn;

        public Task<string?> FaultAsync(CancellationToken cancel) => Task.FromResult<string?>(words);
    }
}
