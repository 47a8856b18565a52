using System.Globalization;
using System.Net;
using System.Text.Json;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The demonstration told by its clock, over HTTP.</summary>
public sealed class ClockTests : IDisposable
{
    private const string Raised = "2026-12-23T10:00:00Z";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_case_nobody_answers_goes_up_at_the_published_instants_and_its_people_are_told_in_order()
    {
        await using var host = await StartAsync();
        var reference = await OpenAsync(host);

        Assert.Equal(Raised, await MoveAsync(host, new { now = Raised }));
        Assert.Equal("2027-02-01T12:00:00Z", await MoveAsync(host, new { now = "2027-02-01T12:00:00Z" }));

        var stages = (await host.GetAsync($"/api/escalations/{reference}"))
            .GetProperty("stages")
            .EnumerateArray()
            .ToList();
        Assert.Equal(
            [
                "informal 2026-12-24T10:00:00Z",
                "1 2026-12-31T17:00:00Z",
                "2 2027-01-08T17:00:00Z",
                "3 2027-01-15T17:00:00Z",
                "4 2027-01-26T17:00:00Z",
            ],
            stages.Select(s => $"{s.GetProperty("id").GetString()} {s.GetProperty("deadline").GetString()}")
        );
        Assert.Equal(
            stages.Skip(1).Select(s => s.GetProperty("openedAt").GetDateTimeOffset()),
            stages.SkipLast(1).Select(s => s.GetProperty("deadline").GetDateTimeOffset())
        );

        var emails = (await host.GetAsync("/api/outbox"))
            .EnumerateArray()
            .Where(e => e.GetProperty("key").GetString()!.StartsWith(reference, StringComparison.Ordinal))
            .ToList();
        var asked = emails
            .Where(e => e.GetProperty("key").GetString()!.Contains("/stageOpened/", StringComparison.Ordinal))
            .Select(e => At(e))
            .Distinct();
        Assert.Equal(
            [
                Instant(Raised),
                Instant("2026-12-24T10:00:00Z"),
                Instant("2026-12-31T17:00:00Z"),
                Instant("2027-01-08T17:00:00Z"),
                Instant("2027-01-15T17:00:00Z"),
            ],
            asked
        );
        Assert.Equal(emails.Select(At).Order(), emails.Select(At));
        Assert.All(
            emails,
            e => Assert.EndsWith("example.org", e.GetProperty("to").GetString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_next_wake_is_moved_to_and_carried_out_before_the_answer()
    {
        await using var host = await StartAsync();
        var reference = await OpenAsync(host);
        // Answers once its emails, which are a wake too, were tried.
        await host.GetAsync("/api/outbox");
        var wake = (await host.GetAsync("/api/escalations?limit=50"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(row => row.GetProperty("nextWake").GetDateTimeOffset())
            .Min();

        Assert.Equal(wake, Instant(await MoveAsync(host, new { to = "nextWake" })));
        Assert.All(
            (await host.GetAsync("/api/escalations?limit=50")).GetProperty("items").EnumerateArray(),
            row => Assert.True(row.GetProperty("nextWake").GetDateTimeOffset() > wake)
        );
        Assert.Equal(
            "open",
            (await host.GetAsync($"/api/escalations/{reference}/status")).GetProperty("status").GetString()
        );
    }

    [Fact]
    public async Task A_restart_keeps_the_outbox_and_the_later_of_both_clocks_and_carries_out_what_passed_at_its_own_instant()
    {
        string reference;
        int emails;
        await using (var first = await StartAsync())
        {
            reference = await OpenAsync(first);
            await MoveAsync(first, new { now = "2026-12-23T11:00:00Z" });
            emails = (await first.GetAsync("/api/outbox")).GetArrayLength();
        }
        await using (var earlier = await StartAsync("2026-12-01T00:00:00Z"))
        {
            Assert.Equal("2026-12-23T11:00:00Z", (await earlier.GetAsync("/api/clock")).GetProperty("now").GetString());
            Assert.Equal(emails, (await earlier.GetAsync("/api/outbox")).GetArrayLength());
        }

        await using var later = await StartAsync("2026-12-29T12:00:00Z");
        Assert.Equal("2026-12-29T12:00:00Z", (await later.GetAsync("/api/clock")).GetProperty("now").GetString());
        Assert.Equal(
            "2026-12-24T10:00:00Z",
            (await later.GetAsync($"/api/escalations/{reference}"))
                .GetProperty("stage")
                .GetProperty("openedAt")
                .GetString()
        );
    }

    [Fact]
    public async Task A_host_that_was_down_carries_out_what_passed_before_it_answers()
    {
        string reference;
        await using (var first = await StartAsync("2020-01-06T10:00:00Z"))
            reference = await OpenAsync(first);

        await using var now = await HostProcess.StartAsync(_folder.Path, ["--demo"]);

        Assert.Contains(
            "Carried out what fell due while the host was down: 4 cases",
            now.Output,
            StringComparison.Ordinal
        );
        Assert.NotEqual(
            "informal",
            (await now.GetAsync($"/api/escalations/{reference}")).GetProperty("stage").GetProperty("id").GetString()
        );
        Assert.Equal(HttpStatusCode.NotFound, (await now.Client.GetAsync("/api/clock")).StatusCode);
    }

    [Fact]
    public async Task Requests_wait_while_the_clock_moves_and_none_sees_it_half_moved()
    {
        await using var host = await StartAsync();
        var move = MoveAsync(host, new { now = "2027-01-29T12:00:00Z" });
        var seen = new List<string>();
        while (!move.IsCompleted)
            seen.Add((await host.GetAsync("/api/clock")).GetProperty("now").GetString()!);
        await move;

        Assert.Subset(new HashSet<string> { Raised, "2027-01-29T12:00:00Z" }, seen.ToHashSet());
        Assert.NotEmpty(seen);
    }

    [Fact]
    public async Task The_log_says_where_to_look_and_holds_no_person_address_or_token()
    {
        await using var host = await StartAsync();
        await OpenAsync(host);
        await MoveAsync(host, new { now = "2027-01-05T12:00:00Z" });
        var link = (await host.GetAsync("/api/outbox"))
            .EnumerateArray()
            .SelectMany(e => e.GetProperty("links").EnumerateArray())
            .Last()
            .GetString()!;
        using var page = await host.Client.GetAsync(link);
        using var outbox = await host.Client.GetAsync("/outbox");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, outbox.StatusCode));
        Assert.Contains(link.Split("/r/")[1], await outbox.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains($"read them at {host.Client.BaseAddress}outbox", host.Output, StringComparison.Ordinal);
        Assert.All(
            ["Kim Archer", "example.org", "sam@", link.Split("/r/")[1], HostProcess.StaffKey],
            secret => Assert.DoesNotContain(secret, host.Output, StringComparison.Ordinal)
        );
    }

    private Task<HostProcess> StartAsync(string clock = Raised) =>
        HostProcess.StartAsync(_folder.Path, ["--demo", "--clock", clock]);

    private static async Task<string> OpenAsync(HostProcess host) =>
        (await host.PostAsync("/api/escalations", Openings.Sandwell)).GetProperty("reference").GetString()!;

    private static async Task<string> MoveAsync(HostProcess host, object body) =>
        (await host.PostAsync("/api/clock", body)).GetProperty("now").GetString()!;

    private static DateTimeOffset At(JsonElement email) => email.GetProperty("at").GetDateTimeOffset();

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
