using Escalation.Web.Api;
using Escalation.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Escalations;

/// <summary>Where a case and its orchestration disagree, the status says so; the case is the truth.</summary>
public sealed class OrchestrationStateTests
{
    private static readonly DateTimeOffset Wake = new(2026, 9, 26, 9, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Runtime status, the stage and the wake that the orchestration saw (no stage: it has no custom status), the case's stage and wake,
    /// and what is said.
    /// </summary>
    public static TheoryData<string, string?, int?, string?, int?, string?> States =>
        new()
        {
            { "Running", "1", 0, "1", 0, null },
            { "Running", "1", 0, "2", 0, "The case is at stage 2, its orchestration last saw stage 1." },
            { "Running", "1", 0, "1", 5, "The case's next wake is not the one its orchestration last saw." },
            { "Running", "1", null, "1", 5, "The case's next wake is not the one its orchestration last saw." },
            { "Running", "1", 0, null, 0, null },
            { "Running", "1", 0, null, null, "The case needs no wake any more; its orchestration still runs." },
            { "Running", null, null, "1", 0, null },
            { "Pending", null, null, "1", 0, null },
            { OrchestrationState.Unknown, null, null, "1", 0, null },
            {
                OrchestrationState.None,
                null,
                null,
                "1",
                0,
                "The case has a next wake, but its orchestration does not run (None)."
            },
            { "Failed", "1", 0, "1", 0, "The case has a next wake, but its orchestration does not run (Failed)." },
            { "Completed", "1", null, null, null, null },
            { OrchestrationState.None, null, null, null, null, null },
        };

    [Theory]
    [MemberData(nameof(States))]
    public void A_disagreement_is_said_in_words(
        string runtime,
        string? seenStage,
        int? seenWake,
        string? stage,
        int? wake,
        string? expected
    )
    {
        var watch = seenStage is null ? null : new OrchestrationWatch(seenStage, null, At(seenWake));
        Assert.Equal(expected, new OrchestrationState(runtime, watch).Disagreement(stage, At(wake)));
    }

    [Theory]
    [InlineData("informal", null)]
    [InlineData("1", "The case is at stage informal, its orchestration last saw stage 1.")]
    public async Task The_status_of_a_case_tells_it(string seen, string? expected)
    {
        var orchestrations = new Orchestrations();
        await using var host = await TestHost.StartAsync(services: s =>
            s.AddSingleton<IOrchestrationStatus>(orchestrations)
        );
        var staff = await host.AdministratorAsync();
        var path = await staff.OpenAsync();
        var wake = (await staff.GetJsonAsync(path + "/status")).Json["nextWake"]!.GetValue<DateTimeOffset>();
        orchestrations.Watch = new OrchestrationWatch(seen, null, wake);
        var status = await staff.GetJsonAsync(path + "/status");
        Assert.Equal((expected, "Running"), (status["disagreement"], status["runtimeStatus"]));
        Assert.Equal(seen, status.Json["customStatus"]!["stage"]!.ToString());
    }

    private static DateTimeOffset? At(int? minutes) => minutes is { } m ? Wake.AddMinutes(m) : null;

    private sealed class Orchestrations : IOrchestrationStatus
    {
        public OrchestrationWatch? Watch { get; set; }

        public Task<OrchestrationState> ReadAsync(string reference, CancellationToken cancel) =>
            Task.FromResult(new OrchestrationState("Running", Watch));
    }
}
