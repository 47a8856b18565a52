using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Escalation.Standalone.Tests.Crashes;

/// <summary>What holds for every case whatever happened to its host.</summary>
internal static class Whole
{
    /// <summary>Recomputes the chain as the history's own rule says, in code of its own.</summary>
    public static IReadOnlyList<string> Chain(JsonElement history)
    {
        var (head, heads) = (new byte[32], new List<string>());
        foreach (var e in history.GetProperty("events").EnumerateArray())
        {
            head = SHA256.HashData([.. head, .. Encoding.UTF8.GetBytes(e.GetProperty("canonical").GetString()!)]);
            heads.Add(Convert.ToHexStringLower(head));
            Assert.Equal(heads[^1], e.GetProperty("hash").GetString());
            Assert.Equal(heads.Count, e.GetProperty("number").GetInt32());
            using var canonical = JsonDocument.Parse(e.GetProperty("canonical").GetString()!);
            Assert.Equal(
                e.GetProperty("type").GetString(),
                canonical.RootElement.GetProperty("event").GetProperty("type").GetString()
            );
            Assert.Equal(
                e.GetProperty("at").GetDateTimeOffset(),
                canonical.RootElement.GetProperty("at").GetDateTimeOffset()
            );
        }
        Assert.Equal(heads[^1], history.GetProperty("head").GetString());
        var instants = history
            .GetProperty("events")
            .EnumerateArray()
            .Select(e => e.GetProperty("at").GetDateTimeOffset())
            .ToList();
        Assert.Equal(instants.Order(), instants);
        return heads;
    }

    /// <summary>The policy's stages in order, none left out, none twice; the last is open exactly while the case is.</summary>
    public static void Stages(JsonElement seen, JsonElement history, IReadOnlyList<string> ladder)
    {
        var stages = seen.GetProperty("stages").EnumerateArray().ToList();
        Assert.Equal(ladder.Take(stages.Count), stages.Select(s => s.GetProperty("id").GetString()));
        Assert.Equal(stages.Count, Events(history, "stageOpened").Count());
        Assert.Equal(stages.Count(IsClosed), Events(history, "stageClosed").Count());
        Assert.All(stages.SkipLast(1), s => Assert.True(IsClosed(s)));
        Assert.Equal(
            stages.SkipLast(1).Select(s => s.GetProperty("closedAt").GetString()),
            stages.Skip(1).Select(s => s.GetProperty("openedAt").GetString())
        );
        var isOpen = seen.GetProperty("status").GetString() is "open" or "awaitingConfirmation";
        Assert.Equal(isOpen, !IsClosed(stages[^1]));
        Assert.Equal(isOpen ? 0 : 1, Events(history, "caseEnded").Count());
    }

    /// <summary>Everything due was tried, everything sent is in the outbox, and the outbox holds nothing else about the case.</summary>
    public static void Notices(
        JsonElement seen,
        JsonElement history,
        ILookup<string, string> outbox,
        DateTimeOffset now
    )
    {
        var notices = seen.GetProperty("notices")
            .EnumerateArray()
            .Select(n => (Key: n.GetProperty("key").GetString()!, Status: n.GetProperty("status").GetString()!))
            .ToList();
        var emails = outbox[seen.GetProperty("reference").GetString()!].ToList();
        Assert.Equal(notices.Count, notices.DistinctBy(n => n.Key).Count());
        Assert.Equal(emails.Count, emails.Distinct().Count());
        Assert.DoesNotContain(notices, n => n.Status is "queued" or "failed");
        Assert.Subset(emails.ToHashSet(), notices.Where(n => n.Status == "sent").Select(n => n.Key).ToHashSet());
        Assert.Subset(notices.Select(n => n.Key).ToHashSet(), emails.ToHashSet());
        Assert.Equal(notices.Count(n => n.Status == "sent"), Events(history, "noticeSent").Count());
        Assert.True(
            seen.GetProperty("nextWake").ValueKind is JsonValueKind.Null
                || seen.GetProperty("nextWake").GetDateTimeOffset() > now
        );
    }

    public static IEnumerable<JsonElement> Events(JsonElement history, string type) =>
        history.GetProperty("events").EnumerateArray().Where(e => e.GetProperty("type").GetString() == type);

    private static bool IsClosed(JsonElement stage) =>
        stage.GetProperty("closedAt").ValueKind is not JsonValueKind.Null;
}
