using System.Net;
using System.Text.Json;
using Escalation.Standalone.Tests.Crashes;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Procedures;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Repeats;

/// <summary>An outcome around its stage's deadline. The informal stage's is Thursday 24 December 2026 at 10:00:00.</summary>
public sealed class DeadlineTests : IDisposable
{
    private const string Deadline = "2026-12-24T10:00:00Z";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2026-12-24T09:59:59Z")]
    [InlineData("2026-12-24T09:59:59.9999999Z")]
    public async Task A_moment_before_it_counts_and_the_deadline_then_does_nothing(string moment)
    {
        await using var host = await StartAsync();
        var reference = (await Story.OpenAsync(host, "sandwell")).Reference;
        await MoveAsync(host, moment);

        Assert.Equal(HttpStatusCode.OK, (await EscalateAsync(host, reference)).Status);
        await MoveAsync(host, Deadline);

        var (seen, history) = await ReadAsync(host, reference);
        Assert.Equal(["informal person False", "1  False"], Stages(seen));
        Assert.Empty(Whole.Events(history, "deadlineMissed"));
        Assert.True(
            Assert
                .Single(Whole.Events(history, "outcomeRecorded"))
                .GetProperty("event")
                .GetProperty("inTime")
                .GetBoolean()
        );
    }

    [Theory]
    [InlineData(Deadline)]
    [InlineData("2026-12-24T10:00:00.0000001Z")]
    [InlineData("2026-12-29T12:00:00Z")]
    public async Task At_it_and_after_it_the_case_has_gone_up_and_the_outcome_is_kept_as_a_late_response(string moment)
    {
        await using var host = await StartAsync();
        var reference = (await Story.OpenAsync(host, "sandwell")).Reference;
        await MoveAsync(host, moment);

        var answer = await EscalateAsync(host, reference);
        Assert.Equal(
            (HttpStatusCode.Conflict, "stageClosed"),
            (answer.Status, answer.Answer.GetProperty("code").GetString())
        );
        Assert.Equal(
            "Stage informal closed on Thursday 24 December 2026 at 10am, because its deadline passed. "
                + "The case is at stage 1; its people were told and can adopt this response. "
                + "Your response is recorded as late and moved nothing.",
            answer.Answer.GetProperty("detail").GetString()
        );

        var (seen, history) = await ReadAsync(host, reference);
        Assert.Equal(["informal deadline True", "1  False"], Stages(seen));
        Assert.Single(Whole.Events(history, "lateResponseRecorded"));
        Assert.Empty(Whole.Events(history, "outcomeRecorded"));
        var late = Assert.Single(seen.GetProperty("lateResponses").EnumerateArray());
        Assert.Equal(
            ("informal", "escalate", false, "No agreement."),
            (
                late.GetProperty("stage").GetString(),
                late.GetProperty("outcome").GetString(),
                late.GetProperty("inTime").GetBoolean(),
                late.GetProperty("summary").GetString()
            )
        );
        var emails = (await host.GetAsync("/api/outbox"))
            .EnumerateArray()
            .Where(e => e.GetProperty("key").GetString()!.Contains("/lateResponse/", StringComparison.Ordinal));
        Assert.NotEmpty(emails);
    }

    [Fact]
    public async Task A_late_response_is_adopted_by_the_present_tier()
    {
        await using var host = await StartAsync();
        var reference = (await Story.OpenAsync(host, "sandwell")).Reference;
        await MoveAsync(host, Deadline);
        await new Sent(
            $"/api/escalations/{reference}/outcomes",
            "late",
            Bodies.Outcome("late", "informal", "resolved", "Agreed after all.")
        ).SendAsync(host.Client);
        var number = (await ReadAsync(host, reference))
            .Seen.GetProperty("lateResponses")[0]
            .GetProperty("number")
            .GetInt32();

        var adopted = await host.PostAsync(
            $"/api/escalations/{reference}/adopt",
            new
            {
                id = "adopt",
                stage = "1",
                number,
                by = new { agency = "sandwell-childrens-trust", name = "Mo Manager" },
            }
        );
        Assert.Equal("awaitingConfirmation", adopted.GetProperty("status").GetString());
        var confirmed = await host.PostAsync(
            $"/api/escalations/{reference}/confirm",
            new
            {
                id = "confirm",
                stage = "1",
                by = new { agency = "oak-primary", name = "Sam Teacher" },
            }
        );
        Assert.Equal("resolved", confirmed.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_outcome_and_the_deadline_at_once_come_to_one_of_the_two_whole()
    {
        await using var host = await StartAsync();
        var references = new List<string>();
        for (var i = 0; i < 20; i++)
            references.Add(
                (
                    await new Sent(Sent.Openings, $"form-{i}", Intake.For("sandwell", $"Person {i}")).SendAsync(
                        host.Client
                    )
                ).Reference
            );
        await MoveAsync(host, "2026-12-24T09:59:59.9999999Z");

        var answers = references.Select(reference => EscalateAsync(host, reference)).ToList();
        var moved = MoveAsync(host, Deadline);
        answers.AddRange(references.Select(reference => EscalateAsync(host, reference)));
        await moved;
        await Task.WhenAll(answers);

        foreach (var same in answers.Select(a => a.Result).GroupBy(a => a.Reference))
        {
            var status = Assert.Single(same.Select(a => a.Status).Distinct());
            var (seen, history) = await ReadAsync(host, same.Key);
            Whole.Chain(history);
            Assert.Equal(
                status == HttpStatusCode.OK
                    ? ["informal person False", "1  False"]
                    : ["informal deadline True", "1  False"],
                Stages(seen)
            );
            Assert.Single(
                Whole.Events(history, status == HttpStatusCode.OK ? "outcomeRecorded" : "lateResponseRecorded")
            );
            Assert.Equal(status == HttpStatusCode.OK ? 0 : 1, Whole.Events(history, "deadlineMissed").Count());
        }
    }

    private static IEnumerable<string> Stages(JsonElement seen) =>
        seen.GetProperty("stages")
            .EnumerateArray()
            .Select(s =>
                $"{s.GetProperty("id").GetString()} {s.GetProperty("by").GetString()} {s.GetProperty("late").GetBoolean()}"
            );

    private static Task<Sent> EscalateAsync(HostProcess host, string reference) =>
        new Sent($"/api/escalations/{reference}/outcomes", "around", Bodies.Escalate("around", "informal")).SendAsync(
            host.Client
        );

    private static async Task<(JsonElement Seen, JsonElement History)> ReadAsync(HostProcess host, string reference) =>
        (
            await host.GetAsync($"/api/escalations/{reference}"),
            await host.GetAsync($"/api/escalations/{reference}/history")
        );

    private static Task<JsonElement> MoveAsync(HostProcess host, string now) =>
        host.PostAsync("/api/clock", new { now });

    private Task<HostProcess> StartAsync() =>
        HostProcess.StartAsync(_folder.Path, ["--demo", "--clock", "2026-12-23T10:00:00Z"]);
}
