using System.Text.Json;
using Escalation.Standalone.Tests.Host;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Procedures;

/// <summary>One case on a running host, told by the people in it: each has nothing but the emails they were sent.</summary>
internal sealed class Story(HostProcess host, string policy, string reference)
{
    public const string Summary = "What was said stands here.";

    public string Policy => policy;
    public string Reference => reference;

    public Task<JsonElement> ReadAsync() => host.GetAsync($"/api/escalations/{reference}");

    /// <param name="form">Tells one form of a policy from another.</param>
    public static async Task<Story> OpenAsync(HostProcess host, string policy, string form = "")
    {
        var opening = new Crashes.Sent(
            Crashes.Sent.Openings,
            $"story-{policy}{form}",
            Intake.For(policy, "Kim Archer")
        );
        var answer = (await opening.SendAsync(host.Client)).Answer;
        Assert.Equal(
            ["deadline", "instruction", "reference", "stage", "status", "urgent"],
            answer.EnumerateObject().Select(p => p.Name).Order()
        );
        return new Story(host, policy, answer.GetProperty("reference").GetString()!);
    }

    /// <summary>Emails of this kind about the case, sent at this instant.</summary>
    public async Task<IReadOnlyList<JsonElement>> EmailsAsync(string kind, DateTimeOffset at) =>
        [
            .. (await host.GetAsync("/api/outbox"))
                .EnumerateArray()
                .Where(e =>
                    Is(e.GetProperty("key").GetString()!, kind) && e.GetProperty("at").GetDateTimeOffset() == at
                ),
        ];

    /// <summary>
    /// The present stage's people were asked, in a message that names no person; one of the side follows the link and
    /// records.
    /// </summary>
    public async Task RecordByLinkAsync(string outcome, string? side)
    {
        var outbox = await host.GetAsync("/api/outbox");
        var before = await ReadAsync();
        var (stage, version) = (before.GetProperty("stage"), before.GetProperty("version").GetInt64());
        var keys = before
            .GetProperty("notices")
            .EnumerateArray()
            .Where(n => Asks(n, stage))
            .Select(n => n.GetProperty("key").GetString())
            .ToHashSet();
        var asked = outbox.EnumerateArray().Where(e => keys.Contains(e.GetProperty("key").GetString())).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, e => Assert.DoesNotContain("Kim Archer", e.GetRawText(), StringComparison.Ordinal));
        Assert.All(asked, e => Assert.True(HasLinks(e)));
        var email = asked.First(e =>
            side is null || e.GetProperty("key").GetString()!.EndsWith($"/{side}", StringComparison.Ordinal)
        );
        var visit = new LinkVisit(email.GetProperty("links").EnumerateArray().Last().GetString()!);

        await visit.OpenAsync();
        await visit.SendAsync("check", await AnswersAsync(outcome, stage));
        Assert.Equal("Check your answers", visit.Heading);
        Assert.Equal(version, (await ReadAsync()).GetProperty("version").GetInt64());
        await visit.SendAsync("record");
        Assert.Equal("Outcome recorded", visit.Heading);
    }

    /// <summary>The other side's people were asked to confirm; one does, by the link.</summary>
    public async Task ConfirmByLinkAsync(string side)
    {
        Assert.Equal("awaitingConfirmation", (await ReadAsync()).GetProperty("status").GetString());
        var asked = (await EmailsAsync("confirmationAsked", await NowAsync())).Where(HasLinks).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, e => Assert.EndsWith($"/{side}", e.GetProperty("key").GetString(), StringComparison.Ordinal));
        var visit = new LinkVisit(asked[0].GetProperty("links").EnumerateArray().Single().GetString()!);
        await visit.OpenAsync();
        await visit.SendAsync(
            "record",
            new Dictionary<string, string> { ["answer"] = "confirm", ["name"] = "Con Firmer" }
        );
    }

    /// <summary>
    /// Nobody answers: the clock goes to the deadline. The next stage opens then and its people are told, or a final
    /// one is overdue.
    /// </summary>
    public async Task MissAsync()
    {
        var stage = (await ReadAsync()).GetProperty("stage");
        var deadline = stage.GetProperty("deadline").GetDateTimeOffset();
        await host.PostAsync("/api/clock", new { now = deadline.AddSeconds(-1) });
        Assert.Equal(
            stage.GetProperty("id").GetString(),
            (await ReadAsync()).GetProperty("stage").GetProperty("id").GetString()
        );
        await host.PostAsync("/api/clock", new { now = deadline });

        var (after, final) = (await ReadAsync(), stage.GetProperty("final").GetBoolean());
        var missed = after
            .GetProperty("stages")
            .EnumerateArray()
            .Single(s => s.GetProperty("id").GetString() == stage.GetProperty("id").GetString());
        Assert.Equal(final, after.GetProperty("overdue").GetBoolean());
        Assert.Equal(final ? null : "deadline", missed.GetProperty("by").GetString());
        Assert.NotEmpty(await EmailsAsync(final ? "overdue" : "stageMissed", deadline));
        if (!final)
            Assert.Contains(await EmailsAsync("stageOpened", deadline), HasLinks);
    }

    private async Task<Dictionary<string, string>> AnswersAsync(string outcome, JsonElement stage)
    {
        var known = (await host.GetAsync($"/api/policies/{policy}"))
            .GetProperty("stages")
            .EnumerateArray()
            .Single(s => s.GetProperty("id").GetString() == stage.GetProperty("id").GetString());
        var (today, raising) = (UkTime.DayOf(await NowAsync()), Intake.Raising(policy));
        var answers = new Dictionary<string, string>
        {
            ["outcome"] = outcome,
            ["method"] = "phone",
            ["discussedOn"] = today.ToString("yyyy-MM-dd"),
            ["summary"] = Summary,
            ["name"] = "Ann Swer",
            ["role"] = "Manager",
        };
        foreach (
            var field in known
                .GetProperty("requires")
                .EnumerateArray()
                .Where(f => f.GetProperty("on").EnumerateArray().Any(o => o.GetString() == outcome))
        )
            answers[$"fields.{field.GetProperty("id").GetString()}"] =
                field.GetProperty("kind").GetString() == "yes" ? "yes" : "As the form asks.";
        if (known.GetProperty("chair").ValueKind is not JsonValueKind.Null)
            (answers["chair.name"], answers["chair.role"], answers["chair.agency"]) = (
                "Chris Chair",
                "Chair",
                "An uninvolved organisation"
            );
        if (outcome == "resolved")
            (
                answers["recordKeeper"],
                answers["outstanding"],
                answers["actions[0].what"],
                answers["actions[0].byWhom"],
                answers["actions[0].agency"],
                answers["actions[0].due"]
            ) = (
                raising,
                "By a call in a week.",
                "Write the plan",
                "Ann Swer",
                raising,
                today.AddDays(21).ToString("yyyy-MM-dd")
            );
        return answers;
    }

    private async Task<DateTimeOffset> NowAsync() =>
        (await host.GetAsync("/api/clock")).GetProperty("now").GetDateTimeOffset();

    private bool Is(string key, string kind) =>
        key.StartsWith($"{reference}/", StringComparison.Ordinal) && key.Split('/')[2] == kind;

    private static bool Asks(JsonElement notice, JsonElement stage) =>
        notice.GetProperty("kind").GetString() == "stageOpened"
        && notice.GetProperty("stage").GetString() == stage.GetProperty("id").GetString();

    private static bool HasLinks(JsonElement email) => email.GetProperty("links").GetArrayLength() > 0;
}
