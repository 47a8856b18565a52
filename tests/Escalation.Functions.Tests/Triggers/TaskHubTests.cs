using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Functions.Orchestrations;
using Escalation.Functions.Tests.World;
using Escalation.Testing;
using Escalation.Testing.Cases;
using static Escalation.Functions.Tests.Triggers.Asking;

namespace Escalation.Functions.Tests.Triggers;

/// <summary>What the triggers say of the task hub, and what they do without it.</summary>
public sealed class TaskHubTests
{
    [Fact]
    public async Task Ready_tries_the_store_and_the_task_hub()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        Assert.Equal(HttpStatusCode.OK, (await front.Client().GetAsync("/health/ready")).StatusCode);
        world.Hub.IsDown = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await front.Client().GetAsync("/health/ready")).StatusCode);
        (world.Hub.IsDown, world.Store.IsDown) = (false, true);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await front.Client().GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task The_callers_answer_does_not_wait_for_a_task_hub_out_of_reach()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        world.Hub.IsDown = true;
        var response = await front.Client(Front.Key).PostAsJsonAsync("/api/escalations", Opening());

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Empty(world.Hub.Instances);
    }

    [Theory]
    [InlineData("POST", "/api/escalations", HttpStatusCode.Created)]
    [InlineData("GET", "/api/escalations/REFERENCE/status", HttpStatusCode.OK)]
    [InlineData("GET", "/health/ready", HttpStatusCode.ServiceUnavailable)]
    public async Task A_task_hub_that_does_not_answer_keeps_nobody_waiting_longer_than_its_patience(
        string method,
        string path,
        HttpStatusCode status
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        world.Hub.Hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new HttpRequestMessage(
            new HttpMethod(method),
            path.Replace("REFERENCE", reference, StringComparison.Ordinal)
        );
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal("Administrator"));
        request.Content = method == "POST" ? JsonContent.Create(Opening()) : null;
        var answer = front.Client(Front.Key).SendAsync(request);
        await world.Hub.Hanging.Task.InTimeAsync();
        Assert.False(answer.IsCompleted);
        world.Clock.Advance(TaskHub.AnswerLimit);

        Assert.Equal(status, (await answer.InTimeAsync()).StatusCode);
        Assert.InRange(TaskHub.AnswerLimit, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_status_says_how_the_orchestration_stands_and_where_the_two_disagree()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        var agreed = await StatusAsync(front, reference);
        Assert.Equal(
            ("Running", "informal", null),
            ((string)agreed["runtimeStatus"]!, (string)agreed["customStatus"]!["stage"]!, agreed["disagreement"])
        );
        Assert.Equal((string)agreed["nextWake"]!, (string)agreed["customStatus"]!["nextWake"]!);

        world.Hub.LosesEvents = true;
        var c = (await world.ReadAsync(reference)).Case;
        await world.DoAsync(
            reference,
            Commands.Outcome(
                Sample.Policy("sandwell"),
                c,
                Outcomes.Escalate,
                Sample.Raising,
                new DateOnly(2026, 9, 25)
            ) with
            {
                Id = "a",
                Stage = "informal",
            }
        );
        Assert.Contains(
            "last saw stage informal",
            (string)(await StatusAsync(front, reference))["disagreement"]!,
            StringComparison.Ordinal
        );

        world.Hub.Instances.Clear();
        var gone = await StatusAsync(front, reference);
        Assert.Equal("None", (string)gone["runtimeStatus"]!);
        Assert.Contains("does not run", (string)gone["disagreement"]!, StringComparison.Ordinal);

        world.Hub.IsDown = true;
        var unknown = await StatusAsync(front, reference);
        Assert.Equal(("Unknown", null), ((string)unknown["runtimeStatus"]!, unknown["disagreement"]));
    }

    [Fact]
    public async Task The_status_has_each_field_of_the_orchestration_s_own_as_it_is_there()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        world.Hub.Instances[reference].Status =
            """{"Stage":"2","Deadline":"2026-10-02T16:00:00Z","NextWake":"2026-09-30T08:00:00Z"}""";

        var shown = (await StatusAsync(front, reference))["customStatus"]!;

        Assert.Equal(
            ("2", "2026-10-02T16:00:00Z", "2026-09-30T08:00:00Z"),
            ((string)shown["stage"]!, (string)shown["deadline"]!, (string)shown["nextWake"]!)
        );
    }

    [Fact]
    public async Task The_status_of_a_real_step_tells_its_deadline_from_its_next_wake()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("suffolk");
        await world.Hub.RunAsync();
        var document = await world.ReadAsync(reference);
        Assert.NotEqual(document.NextWake, document.Case.Stage.Deadline!.At);

        var shown = (await StatusAsync(front, reference))["customStatus"]!;

        Assert.Equal(
            (document.Case.Stage.Deadline.At, document.NextWake),
            ((DateTimeOffset)shown["deadline"]!, (DateTimeOffset?)shown["nextWake"])
        );
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{ "nextWake": "tomorrow" }""")]
    public async Task An_orchestration_whose_custom_status_is_none_of_ours_still_has_its_runtime_status(string custom)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        await world.Hub.RunAsync();
        world.Hub.Instances[reference].Status = custom;

        var status = await StatusAsync(front, reference);

        Assert.Equal(
            ("Running", null, null),
            ((string)status["runtimeStatus"]!, status["customStatus"], status["disagreement"])
        );
    }

    private static async Task<JsonNode> StatusAsync(Front front, string reference)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/escalations/{reference}/status");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal("Administrator"));
        return await JsonOf(await front.Client().SendAsync(request));
    }
}
