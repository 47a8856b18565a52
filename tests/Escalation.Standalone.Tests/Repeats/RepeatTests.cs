using System.Net;
using System.Text.Json;
using Escalation.Standalone.Tests.Crashes;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Procedures;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Repeats;

/// <summary>The same request twice, ten times at once, and after the host died: the case changes once.</summary>
public sealed class RepeatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_opening_is_one_case()
    {
        var opening = new Sent(Sent.Openings, "form-1", Intake.For("sandwell", "Kim Archer"));
        string reference;
        int cases;
        await using (var host = await StartAsync())
        {
            cases = await CasesAsync(host);
            var answers = await AtOnceAsync(host, opening);
            Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
            Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.OK));
            reference = Assert.Single(answers.Select(a => a.Reference).Distinct());
            Assert.Equal((HttpStatusCode.OK, reference), await OpenedAsync(host, opening));
        }

        await using var restarted = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, reference), await OpenedAsync(restarted, opening));
        Assert.Equal(
            HttpStatusCode.Conflict,
            (
                await (opening with { Body = Intake.For("sandwell", "Another Person") }).SendAsync(restarted.Client)
            ).Status
        );
        Assert.Equal(cases + 1, await CasesAsync(restarted));
        var history = await restarted.GetAsync($"/api/escalations/{reference}/history");
        Assert.Single(Whole.Events(history, "caseOpened"));
        Assert.Single(Whole.Events(history, "stageOpened"));
    }

    [Fact]
    public async Task Forms_with_other_keys_at_once_are_as_many_cases()
    {
        await using var host = await StartAsync();
        var cases = await CasesAsync(host);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i =>
                    new Sent(Sent.Openings, $"form-{i}", Intake.For("sandwell", "Kim Archer")).SendAsync(host.Client)
                )
        );

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Equal(10, answers.Select(a => a.Reference).Distinct().Count());
        Assert.Equal(cases + 10, await CasesAsync(host));
    }

    [Fact]
    public async Task The_same_command_changes_the_case_once_and_is_answered_as_at_first()
    {
        var done = new List<(Sent Command, string History)>();
        await using (var host = await StartAsync())
            foreach (
                var (path, type) in new[]
                {
                    ("outcomes", "outcomeRecorded"),
                    ("notes", "noteAdded"),
                    ("urgent", "urgentRaised"),
                    ("withdraw", "caseWithdrawn"),
                }
            )
            {
                var opening = new Sent(Sent.Openings, $"form-{path}", Intake.For("sandwell", $"Kim {path}"));
                var (_, reference) = await OpenedAsync(host, opening);
                var command = new Sent(
                    $"{Sent.Openings}/{reference}/{path}",
                    "once",
                    Bodies.Escalate("once", "informal")
                );
                Assert.All(await AtOnceAsync(host, command), a => Assert.Equal(HttpStatusCode.OK, a.Status));
                await host.GetAsync("/api/outbox");
                var history = await HistoryAsync(host, reference);
                Assert.Single(Whole.Events(JsonSerializer.Deserialize<JsonElement>(history), type));
                Assert.Equal(HttpStatusCode.OK, (await command.SendAsync(host.Client)).Status);
                done.Add((command, history));
            }

        await using var restarted = await StartAsync();
        foreach (var (command, history) in done)
        {
            Assert.Equal(HttpStatusCode.OK, (await command.SendAsync(restarted.Client)).Status);
            var other = command with { Body = Bodies.Escalate("once", "informal", "Something else.") };
            Assert.Equal(HttpStatusCode.Conflict, (await other.SendAsync(restarted.Client)).Status);
            Assert.Equal(history, await HistoryAsync(restarted, command.Reference));
        }
    }

    [Fact]
    public async Task A_link_s_form_sent_ten_times_at_once_records_once_and_every_sender_sees_the_same()
    {
        await using var host = await StartAsync();
        var story = await Story.OpenAsync(host, "sandwell");
        var asked = (
            await story.EmailsAsync(
                "stageOpened",
                (await story.ReadAsync()).GetProperty("stage").GetProperty("openedAt").GetDateTimeOffset()
            )
        )[0];
        var link = asked.GetProperty("links").EnumerateArray().First().GetString()!;
        var form = new Dictionary<string, string>
        {
            ["step"] = "record",
            ["id"] = "shown-once",
            ["stage"] = "informal",
            ["outcome"] = "escalate",
            ["method"] = "phone",
            ["discussedOn"] = "2026-12-23",
            ["summary"] = "No.",
            ["name"] = "Ann Swer",
        };
        using var browser = new HttpClient();
        var pages = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async _ =>
                {
                    using var response = await browser.PostAsync(link, new FormUrlEncodedContent(form));
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                    return await response.Content.ReadAsStringAsync();
                })
        );

        Assert.Single(pages.Distinct());
        Assert.Single(
            Whole.Events(await host.GetAsync($"/api/escalations/{story.Reference}/history"), "outcomeRecorded")
        );
        Assert.Equal(
            ["informal", "1"],
            (await story.ReadAsync())
                .GetProperty("stages")
                .EnumerateArray()
                .Select(s => s.GetProperty("id").GetString())
        );
    }

    private static Task<Sent[]> AtOnceAsync(HostProcess host, Sent sent) =>
        Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sent.SendAsync(host.Client)));

    private static async Task<(HttpStatusCode?, string)> OpenedAsync(HostProcess host, Sent opening)
    {
        var answered = await opening.SendAsync(host.Client);
        return (answered.Status, answered.Reference);
    }

    private static async Task<string> HistoryAsync(HostProcess host, string reference) =>
        (await host.GetAsync($"/api/escalations/{reference}/history")).GetRawText();

    private static async Task<int> CasesAsync(HostProcess host) =>
        (await host.GetAsync("/api/escalations?status=all&limit=200")).GetProperty("items").GetArrayLength();

    private Task<HostProcess> StartAsync() =>
        HostProcess.StartAsync(_folder.Path, ["--demo", "--clock", "2026-12-23T10:00:00Z"]);
}
