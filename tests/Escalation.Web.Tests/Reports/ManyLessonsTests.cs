using System.Net;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;

namespace Escalation.Web.Tests.Reports;

/// <summary>A year with more lessons than an answer holds.</summary>
public sealed class ManyLessonsTests
{
    private const string Path = "/api/reports/annual?partnership=sandwell&year=2026";

    [Fact]
    public async Task The_annual_analysis_has_50_lessons_and_says_where_the_next_ones_are_and_the_file_has_them_all()
    {
        await using var host = await TestHost.StartAsync();
        using var staff = await host.AdministratorAsync();
        for (var i = 0; i < 60; i++)
        {
            var reference = await staff.OpenCaseAsync("sandwell");
            await LearnAsync(staff, reference, "informal", $"Lesson {i} a");
            if (i % 2 == 0)
                await LearnAsync(staff, reference, "1", $"Lesson {i} b");
        }
        var (seen, sizes, path) = (new List<string>(), new List<int>(), (string?)Path);
        while (path is not null)
        {
            var answer = await staff.GetJsonAsync(path);
            Assert.Equal(90, (int)answer.Json["outcomesWithLessons"]!);
            var lessons = answer.Json["lessons"]!
                .AsArray()
                .Select(l => $"{l!["reference"]} {l["stage"]} {l["text"]}")
                .ToList();
            seen.AddRange(lessons);
            sizes.Add(lessons.Count);
            path = answer.NextPath();
        }
        Assert.Equal([50, 40], sizes);
        Assert.Equal(90, seen.Distinct().Count());
        Assert.Equal(seen.OrderBy(l => l.Split(' ')[0], StringComparer.Ordinal).ThenBy(l => l[^1]), seen);
        Assert.Equal(7, (await staff.GetJsonAsync($"{Path}&limit=7")).Json["lessons"]!.AsArray().Count);
        Assert.Equal("invalid", (await staff.GetJsonAsync($"{Path}&limit=201")).Code);

        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Accept.ParseAdd("text/csv");
        var file = await (await staff.SendAsync(request)).Content.ReadAsStringAsync();
        Assert.Equal(90, file.Split('\n').Count(line => line.StartsWith("lessons,", StringComparison.Ordinal)));
    }

    private static async Task LearnAsync(HttpClient staff, string reference, string stage, string lesson)
    {
        var outcome = Sample.Outcome(stage, "escalate");
        outcome["lessons"] = lesson;
        Assert.Equal(
            HttpStatusCode.OK,
            (await staff.PostAsync($"/api/escalations/{reference}/outcomes", outcome)).Status
        );
    }
}
