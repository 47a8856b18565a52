using System.Net;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Reports;

/// <summary>The risks that Surrey's Board manager had registered.</summary>
public sealed class RegisterPageTests : IAsyncLifetime
{
    private const string Register = "/reports/register?partnership=surrey-adults";
    private TestHost _host = null!;
    private HttpClient _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await _host.AsAsync(Roles.BusinessManager, "surrey-adults");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_registered_risk_stands_in_the_register_and_one_that_needs_more_action_does_not()
    {
        Assert.Contains(
            "No risk was registered yet",
            (await _manager.PageAsync(Register)).Main,
            StringComparison.Ordinal
        );
        var registered = await EndedAsync(Outcomes.Registered);
        await EndedAsync(Outcomes.FurtherAction);
        var page = await _manager.PageAsync(Register);
        var row = Assert.Single(page.Table("Registered risks, the last registered first").Skip(1));
        Assert.Equal(registered, row[0]);
        Assert.Equal("As asked.", row[4]);
        Assert.NotNull((await _manager.PageAsync("/reports")).Document.QuerySelector($"a[href='{Register}']"));
    }

    [Fact]
    public async Task It_is_for_those_who_run_the_partnership_and_offered_only_where_there_is_one()
    {
        var practitioner = await _host.AsAsync(Roles.Practitioner, "surrey-adults", "school");
        Assert.Equal(HttpStatusCode.Forbidden, (await practitioner.PageAsync(Register)).Status);
        var other = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        Assert.Equal(HttpStatusCode.NotFound, (await other.PageAsync(Register)).Status);
        Assert.DoesNotContain("Register of risks", (await other.PageAsync("/reports")).Main, StringComparison.Ordinal);
    }

    private async Task<string> EndedAsync(string outcome)
    {
        var reference = await _host.OpenCaseAsync("surrey-adults-risk");
        await RecordAsync(reference, Outcomes.Escalate, "school");
        await RecordAsync(reference, outcome, "surrey-adults");
        return reference;
    }

    private async Task RecordAsync(string reference, string outcome, string by)
    {
        var c = (await _host.ReadAsync(reference)).Case;
        var policy = PolicyCatalogue.BuiltIn.Find("surrey-adults-risk")!;
        await _host.DoAsync(reference, Commands.Outcome(policy, c, outcome, by, new DateOnly(2026, 9, 25)));
    }
}
