using System.Text.Json;
using Escalation.Standalone.Tests.Crashes;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Procedures;

/// <summary>Each built-in policy as its people live it, on the real host and over HTTP only. Times are London's.</summary>
public sealed class ProcedureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly (string Policy, string Raised, string[] Deadlines)[] Timelines =
    [
        (
            "sandwell",
            "2026-12-23 10:00",
            [
                "informal 2026-12-24 10:00",
                "1 2026-12-31 17:00",
                "2 2027-01-08 17:00",
                "3 2027-01-15 17:00",
                "4 2027-01-26 17:00",
            ]
        ),
        (
            "sandwell",
            "2026-09-25 16:00",
            [
                "informal 2026-09-26 16:00",
                "1 2026-09-30 17:00",
                "2 2026-10-07 17:00",
                "3 2026-10-14 17:00",
                "4 2026-10-23 17:00",
            ]
        ),
        (
            "surrey-adults",
            "2026-03-27 16:30",
            [
                "1 2026-03-30 17:00",
                "2 2026-03-31 17:00",
                "3 2026-04-01 17:00",
                "4 2026-04-02 17:00",
                "5 2026-04-07 17:00",
                "6 2026-04-08 17:00",
            ]
        ),
        (
            "sefton",
            "2026-04-30 09:00",
            ["1 2026-05-05 17:00", "2 2026-05-07 17:00", "3 2026-05-11 17:00", "4 2026-05-18 17:00"]
        ),
        (
            "suffolk",
            "2026-10-10 12:00",
            [
                "1 2026-10-14 17:00",
                "2 2026-10-15 17:00",
                "3 2026-10-16 17:00",
                "4 2026-10-21 17:00",
                "5 2026-10-23 17:00",
            ]
        ),
        (
            "berkshire-west",
            "2026-09-25 11:00",
            ["pre 2026-09-28 17:00", "1 2026-09-29 17:00", "2 2026-10-02 17:00", "3 2026-10-07 17:00"]
        ),
        (
            "berkshire-west-disagreement",
            "2026-09-25 11:00",
            [
                "pre 2026-09-28 17:00",
                "1 2026-09-29 17:00",
                "2 2026-09-30 17:00",
                "3 2026-10-01 17:00",
                "4 2026-10-06 17:00",
            ]
        ),
        // Only the referrer takes it further.
        ("suffolk-mash", "2026-09-25 11:00", ["1 2026-09-30 17:00"]),
        ("surrey-adults-risk", "2026-09-25 11:00", ["1 2026-10-02 17:00", "2 2026-10-06 17:00"]),
    ];

    /// <summary>What is done at each stage in turn; then the status and the outcome that the case ends with.</summary>
    public static TheoryData<string, string, string[], string, string> Stories =>
        new()
        {
            {
                "suffolk",
                "2026-10-10 12:00",
                ["escalate", "miss", "escalate", "miss", "responded", "decided"],
                "decided",
                "decided"
            },
            { "suffolk-mash", "2026-09-25 11:00", ["escalate by raising", "miss", "decided"], "decided", "decided" },
            { "berkshire-west", "2026-09-25 11:00", ["escalate", "miss", "miss", "decided"], "decided", "decided" },
            {
                "berkshire-west-disagreement",
                "2026-09-25 11:00",
                ["miss", "escalate", "escalate", "miss", "decided by partnership"],
                "decided",
                "decided"
            },
            {
                "sandwell",
                "2026-12-23 10:00",
                ["escalate", "miss", "resolved by receiving", "confirmed by raising"],
                "resolved",
                "resolved"
            },
            {
                "surrey-adults",
                "2026-03-27 16:30",
                ["escalate", "miss", "resolved by raising", "confirmed by receiving"],
                "resolved",
                "resolved"
            },
            { "surrey-adults-risk", "2026-09-25 11:00", ["escalate", "miss", "registered"], "decided", "registered" },
            {
                "sefton",
                "2026-04-30 09:00",
                ["escalate", "miss", "resolved by receiving", "confirmed by raising"],
                "resolved",
                "resolved"
            },
        };

    /// <summary>Beginnings and ends of the timelines that one host goes through: it takes each day by itself.</summary>
    [Theory]
    [InlineData("2026-03-27 16:30", "2026-04-08 18:00", 1)]
    [InlineData("2026-04-30 09:00", "2026-05-18 18:00", 1)]
    [InlineData("2026-09-25 11:00", "2026-10-23 18:00", 6)]
    [InlineData("2026-12-23 10:00", "2027-01-26 18:00", 1)]
    public async Task Cases_nobody_answers_have_the_deadlines_of_the_published_procedures(
        string from,
        string to,
        int cases
    )
    {
        var timelines = Timelines
            .Where(t => string.CompareOrdinal(from, t.Raised) <= 0 && string.CompareOrdinal(t.Raised, to) < 0)
            .OrderBy(t => t.Raised, StringComparer.Ordinal)
            .ToList();
        Assert.Equal(cases, timelines.Count);
        await using var host = await StartAsync(from);
        var stories = new List<Story>();
        foreach (var (policy, raised, _) in timelines)
        {
            await host.PostAsync("/api/clock", new { now = UkTime.At(raised) });
            stories.Add(await Story.OpenAsync(host, policy));
        }
        await host.PostAsync("/api/clock", new { now = UkTime.At(to) });

        var seen = new List<(string Policy, string Raised, string[] Deadlines)>();
        foreach (var story in stories)
        {
            var now = await story.ReadAsync();
            // What was not referred to Surrey's Board is not overdue.
            Assert.Equal(
                ("open", story.Policy != "surrey-adults"),
                (now.GetProperty("status").GetString(), now.GetProperty("overdue").GetBoolean())
            );
            var stages = now.GetProperty("stages").EnumerateArray().ToList();
            foreach (var stage in stages)
                Assert.NotEmpty(
                    await story.EmailsAsync("stageOpened", stage.GetProperty("openedAt").GetDateTimeOffset())
                );
            seen.Add(
                (
                    story.Policy,
                    UkTime.Text(now.GetProperty("raisedAt").GetDateTimeOffset()),
                    [
                        .. stages.Select(s =>
                            $"{s.GetProperty("id").GetString()} {UkTime.Text(s.GetProperty("deadline").GetDateTimeOffset())}"
                        ),
                    ]
                )
            );
        }
        Assert.Equal(Lines(timelines), Lines(seen));
    }

    private static IEnumerable<string> Lines(
        IEnumerable<(string Policy, string Raised, string[] Deadlines)> timelines
    ) => timelines.SelectMany(t => t.Deadlines, (t, deadline) => $"{t.Policy} of {t.Raised}: {deadline}").Order();

    [Theory, MemberData(nameof(Stories))]
    public async Task The_procedure_from_the_form_to_the_year_s_analysis(
        string policy,
        string raised,
        string[] steps,
        string status,
        string outcome
    )
    {
        await using var host = await StartAsync(raised);
        var story = await Story.OpenAsync(host, policy);
        foreach (var step in steps)
            await TakeAsync(story, step.Split(" by "));

        var seen = await story.ReadAsync();
        Assert.Equal(
            (status, outcome),
            (seen.GetProperty("status").GetString(), seen.GetProperty("outcome").GetString())
        );
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("stage").ValueKind);
        Assert.NotEmpty(await story.EmailsAsync("ended", seen.GetProperty("endedAt").GetDateTimeOffset()));
        var history = await host.GetAsync($"/api/escalations/{story.Reference}/history");
        Whole.Chain(history);
        Assert.Equal(steps.Count(s => s == "miss"), Whole.Events(history, "deadlineMissed").Count());
        var reports = new Reports(host, seen.GetProperty("partnership").GetString()!);
        await reports.TrackerHasAsync(story.Reference, policy, status, outcome);
        await reports.SummaryLogHasAsync(story.Reference, policy, outcome);
        await reports.YearCountsAsync(policy, UkTime.Day(raised[..10]));
    }

    private static Task TakeAsync(Story story, string[] step) =>
        step switch
        {
            ["miss"] => story.MissAsync(),
            ["confirmed", var side] => story.ConfirmByLinkAsync(side),
            [var outcome, .. var side] => story.RecordByLinkAsync(outcome, side.FirstOrDefault()),
            _ => throw new ArgumentException("No such step.", nameof(step)),
        };

    private Task<HostProcess> StartAsync(string raised) =>
        HostProcess.StartAsync(_folder.Path, ["--demo", "--clock", UkTime.At(raised).ToString("yyyy-MM-ddTHH:mm:ssZ")]);
}
