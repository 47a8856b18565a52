using System.Net;
using Escalation.Web.Health;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Browsing;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Health;

public sealed class HealthPageTests : IAsyncLifetime
{
    private const string Lines = "How each thing stands";
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(services: s =>
            s.AddSingleton<IHostHealth>(new Host()).AddSingleton<IReadinessProbe>(new Broken())
        );
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task An_administrator_sees_the_installation_the_worst_first()
    {
        await _staff.OpenAsync();
        await _staff.OpenAsync("sefton");

        var page = await _staff.PageAsync("/health");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var lines = page.Table(Lines);
        Assert.Equal(
            [
                "What the host needs",
                "To act on",
                "Out of reach (TimeoutException).",
                "Until this is mended the host says that it is not ready.",
            ],
            lines[1]
        );
        Assert.Contains(
            lines,
            l => l[0] == "Last backup" && l[1] == "To look at" && l[2] == "Long ago" && l[3] == "Back up"
        );
        Assert.Contains(lines, l => l[0] == "Escalations" && l[2] == "2 open, 2 in all");
        Assert.Contains(lines, l => l[0] == "Bank holidays" && l[1] == "Well");
        Assert.Contains(lines, l => l[0] == "Program" && l[2].StartsWith("Escalation ", StringComparison.Ordinal));
        Assert.Contains(
            page.Table("By partnership"),
            r => r[0].StartsWith("Sefton", StringComparison.Ordinal) && r[1] == "1"
        );
        Assert.Contains("As of Friday 25 September 2026 at 11am.", page.Main, StringComparison.Ordinal);
        Assert.StartsWith(
            "The whole installation Health at a glance To act on Something does not work.",
            page.Main,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_business_manager_sees_its_partnerships_figures_and_nothing_of_the_host()
    {
        await _staff.OpenAsync();
        await _staff.OpenAsync("sefton");

        var page = await (await _host.AsAsync(Roles.BusinessManager, "sefton")).PageAsync("/health");

        Assert.Contains(page.Table(Lines), l => l[0] == "Escalations" && l[2] == "1 open, 1 in all");
        Assert.DoesNotContain("Last backup", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("What the host needs", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Sandwell", page.Main, StringComparison.Ordinal);
        Assert.StartsWith("Sefton Safeguarding Children Partnership", page.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sefton", "1 procedure")]
    [InlineData("suffolk", "2 procedures")]
    public async Task A_business_managers_procedures_are_those_of_its_partnership(string partnership, string count)
    {
        var page = await (await _host.AsAsync(Roles.BusinessManager, partnership)).PageAsync("/health");
        Assert.Equal(
            $"{count}, 0 in a partnership’s own version",
            page.Table(Lines).Single(l => l[0] == "Procedures")[2]
        );
    }

    [Fact]
    public async Task The_numbers_are_those_of_the_readiness_check()
    {
        await using var host = await TestHost.StartAsync();
        var staff = await host.AdministratorAsync();
        await staff.OpenAsync();
        host.Clock.SetUtcNow(host.Clock.GetUtcNow().AddDays(3));

        var ready = await host.Nobody().GetJsonAsync("/health/ready");
        var lines = (await staff.PageAsync("/health")).Table(Lines);

        Assert.Equal("behind", ready["status"]);
        var wakes = lines.Single(l => l[0] == "Deadlines and reminders");
        Assert.Equal("To act on", wakes[1]);
        Assert.StartsWith(
            $"{ready.Json["counts"]!["overdueWakes"]} case not advanced in time",
            wakes[2],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"{ready.Json["counts"]!["queued"]} queued",
            lines.Single(l => l[0] == "Emails waiting")[2],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_is_for_those_who_run_a_partnership_and_the_checks_of_programs_stay_open()
    {
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await _host.AsAsync(Roles.Practitioner, "sandwell", "school")).PageAsync("/health")).Status
        );
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _host.Nobody().BaseAddress,
        };
        Assert.Equal("/sign-in?to=%2Fhealth", (await browser.GetAsync("/health")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await _host.Nobody().GetAsync("/health/live")).StatusCode);
    }

    private sealed class Host : IHostHealth
    {
        public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
            Task.FromResult(new HealthLine("Last backup", HealthState.Look, "Long ago", "Back up"));
    }

    private sealed class Broken : IReadinessProbe
    {
        public Task<string?> FaultAsync(CancellationToken cancel) => throw new TimeoutException();
    }
}
