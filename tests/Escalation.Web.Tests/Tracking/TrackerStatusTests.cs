using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Sample = Escalation.Testing.Cases.Sample;

namespace Escalation.Web.Tests.Tracking;

/// <summary>Which cases a status asked for has. It is Friday 25 September 2026, 11am in London.</summary>
public sealed class TrackerStatusTests
{
    private const string Active = $"{CaseStatus.Open} {CaseStatus.OnHold} {CaseStatus.AwaitingConfirmation}",
        Ended = $"{CaseStatus.Resolved} {CaseStatus.Decided} {CaseStatus.Withdrawn}";

    [Fact]
    public async Task Each_status_has_its_own_cases_and_without_one_those_that_have_not_ended_are_listed_everywhere()
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        var cases = new Dictionary<string, string>();
        foreach (var status in $"{Active} {Ended}".Split(' '))
            cases[status] = await InAsync(host, status);
        foreach (var path in new[] { "/tracker", "/tracker.csv", "/api/escalations" })
        {
            Assert.Equal(Active, await ListedAsync(path));
            Assert.Equal(Active, await ListedAsync($"{path}?status=active"));
            Assert.Equal(Ended, await ListedAsync($"{path}?status=ended"));
            Assert.Equal($"{Active} {Ended}", await ListedAsync($"{path}?status=all"));
            foreach (var status in cases.Keys)
                Assert.Equal(status, await ListedAsync($"{path}?status={status}"));
        }

        async Task<string> ListedAsync(string path)
        {
            var source = (await staff.SeeAsync(path)).Source;
            return string.Join(
                ' ',
                cases.Where(c => source.Contains(c.Value, StringComparison.Ordinal)).Select(c => c.Key)
            );
        }
    }

    /// <summary>Opens a case and brings it into this status.</summary>
    private static async Task<string> InAsync(TestHost host, string status)
    {
        var reference = await host.OpenCaseAsync("suffolk");
        if (status == CaseStatus.Decided)
            await host.DoAsync(reference, Commands.Skip("school", "5"));
        var c = (await host.ReadAsync(reference)).Case;
        CaseCommand? command = status switch
        {
            CaseStatus.OnHold => Commands.Hold("school"),
            CaseStatus.AwaitingConfirmation => Said(Outcomes.Resolved, "trust"),
            CaseStatus.Resolved => Said(Outcomes.Resolved, "school"),
            CaseStatus.Decided => Said(Outcomes.Decided, "suffolk"),
            CaseStatus.Withdrawn => Commands.Withdraw("school"),
            _ => null,
        };
        if (command is not null)
            await host.DoAsync(reference, command);
        Assert.Equal(status, (await host.ReadAsync(reference)).Case.Status);
        return reference;

        RecordOutcome Said(string outcome, string by) =>
            Commands.Outcome(Sample.Policy("suffolk"), c, outcome, by, new DateOnly(2026, 9, 25));
    }
}
