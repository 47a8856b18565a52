using System.Text.Json;
using Escalation.Standalone.Tests.Crashes;
using Escalation.Standalone.Tests.Host;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Procedures;

/// <summary>What the business manager reads of a partnership, against the cases themselves.</summary>
internal sealed class Reports(HostProcess host, string partnership)
{
    public async Task TrackerHasAsync(string reference, string policy, string status, string outcome)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/api/escalations?partnership={partnership}&status=all"
        );
        request.Headers.Accept.ParseAdd("text/csv");
        using var response = await host.Client.SendAsync(request);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n");
        var row = lines[0]
            .Split(',')
            .Zip(Assert.Single(lines, line => line.StartsWith(reference, StringComparison.Ordinal)).Split(','))
            .ToDictionary(cell => cell.First, cell => cell.Second);
        Assert.Equal((policy, status, outcome, "no"), (row["policy"], row["status"], row["outcome"], row["overdue"]));
        Assert.Equal((Intake.Raising(policy), "0", "0"), (row["raising"], row["noticesQueued"], row["noticesFailed"]));
    }

    public async Task SummaryLogHasAsync(string reference, string policy, string outcome)
    {
        var log = (
            await host.GetAsync($"/api/reports/summary-log?partnership={partnership}&agency={Intake.Raising(policy)}")
        )
            .GetProperty("items")
            .EnumerateArray();
        var row = log.Single(r => r.GetProperty("reference").GetString() == reference);
        Assert.Equal(
            ("Kim Archer", "OWN-7"),
            (row.GetProperty("name").GetString(), row.GetProperty("caseNumber").GetString())
        );
        Assert.Contains(Story.Summary, row.GetProperty("actionTaken").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            outcome switch
            {
                "resolved" => "Resolved: ",
                "registered" => "Risk registered: ",
                _ => "Decided: ",
            },
            row.GetProperty("outcome").GetString(),
            StringComparison.Ordinal
        );
    }

    /// <summary>The policy's numbers, counted again from its cases; the case counts in the year it was raised in and in no other.</summary>
    public async Task YearCountsAsync(string policy, DateOnly raised)
    {
        var year = raised.Month >= 4 ? raised.Year : raised.Year - 1;
        var analysis = await AnalysisAsync(policy, year);
        var cases = await CasesAsync(policy, year);
        Assert.NotEmpty(cases);
        Assert.Equal(cases.Count, analysis.GetProperty("cases").GetInt32());
        Assert.Equal(
            Counter(cases.Select(c => c.Seen.GetProperty("outcome").GetString() ?? "open")),
            Counter(analysis.GetProperty("endings"))
        );
        Assert.Equal(
            Counter(
                cases
                    .SelectMany(c => c.Seen.GetProperty("natures").EnumerateArray())
                    .Select(n => n.GetProperty("id").GetString()!)
            ),
            Counter(analysis.GetProperty("natures"))
        );
        foreach (var stage in analysis.GetProperty("stages").EnumerateArray())
            StageCounts(stage, cases);
        foreach (var other in new[] { year - 1, year + 1 })
            Assert.Equal(
                (await CasesAsync(policy, other)).Count,
                (await AnalysisAsync(policy, other)).GetProperty("cases").GetInt32()
            );
    }

    private static void StageCounts(JsonElement stage, IReadOnlyList<(JsonElement Seen, JsonElement History)> cases)
    {
        var id = stage.GetProperty("id").GetString();
        var records = cases
            .SelectMany(c => c.Seen.GetProperty("stages").EnumerateArray())
            .Where(s => s.GetProperty("id").GetString() == id)
            .ToList();
        var closed = records.Where(r => r.GetProperty("closedAt").ValueKind is not JsonValueKind.Null).ToList();
        var missed = cases
            .SelectMany(c => Whole.Events(c.History, "deadlineMissed"))
            .Count(e => e.GetProperty("event").GetProperty("stage").GetString() == id);
        Assert.Equal(
            (
                records.Count,
                closed.Count(r => r.GetProperty("by").GetString() == "person"),
                closed.Count(r => r.GetProperty("by").GetString() == "deadline")
            ),
            (Number("opened"), Number("closedByPerson"), Number("closedByDeadline"))
        );
        var withdrawn = closed
            .Where(r => r.GetProperty("outcome").GetString() is "withdrawn" or "noLongerDisagrees")
            .ToList();
        var kept = closed.Except(withdrawn).ToList();
        Assert.Equal(
            (
                kept.Count(r => !r.GetProperty("late").GetBoolean()),
                kept.Count(r => r.GetProperty("late").GetBoolean()),
                withdrawn.Count,
                missed
            ),
            (Number("inTime"), Number("late"), Number("withdrawn"), Number("missedDeadlines"))
        );

        int Number(string measure) => stage.GetProperty(measure).GetInt32();
    }

    private async Task<JsonElement> AnalysisAsync(string policy, int year) =>
        (await host.GetAsync($"/api/reports/annual?partnership={partnership}&year={year}"))
            .GetProperty("policies")
            .EnumerateArray()
            .Single(p => p.GetProperty("id").GetString() == policy);

    private async Task<IReadOnlyList<(JsonElement Seen, JsonElement History)>> CasesAsync(string policy, int year)
    {
        var (from, to) = (new DateOnly(year, 4, 1), new DateOnly(year + 1, 3, 31));
        var cases = new List<(JsonElement, JsonElement)>();
        foreach (
            var row in (await host.GetAsync($"/api/escalations?partnership={partnership}&status=all&limit=200"))
                .GetProperty("items")
                .EnumerateArray()
        )
            if (
                row.GetProperty("policy").GetString() == policy
                && UkTime.DayOf(row.GetProperty("raisedAt").GetDateTimeOffset()) is var day
                && day >= from
                && day <= to
            )
                cases.Add(
                    (
                        await host.GetAsync($"/api/escalations/{row.GetProperty("reference").GetString()}"),
                        await host.GetAsync($"/api/escalations/{row.GetProperty("reference").GetString()}/history")
                    )
                );
        return cases;
    }

    private static List<string> Counter(IEnumerable<string> ids) =>
        [.. ids.GroupBy(id => id).Select(g => $"{g.Key} {g.Count()}").Order()];

    private static List<string> Counter(JsonElement counts) =>
        [
            .. counts
                .EnumerateArray()
                .Where(t => t.GetProperty("count").GetInt32() > 0)
                .Select(t => $"{t.GetProperty("id").GetString()} {t.GetProperty("count").GetInt32()}")
                .Order(),
        ];
}
