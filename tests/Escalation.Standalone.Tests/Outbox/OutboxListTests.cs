using System.Net;
using System.Text.Json;
using Escalation.Standalone.Outbox;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Outbox;

/// <summary>The demo's emails as JSON.</summary>
public sealed class OutboxListTests
{
    [Fact]
    public async Task The_list_goes_on_from_part_to_part_with_every_email_once_and_has_a_limit()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path, ["--demo", "--clock", "2026-12-23T10:00:00Z"]);
        var whole = (await host.GetAsync("/api/outbox")).EnumerateArray().Select(KeyOf).ToList();
        Assert.True(whole.Count > 2);

        var (keys, path) = (new List<string>(), (string?)"/api/outbox?limit=2");
        while (path is not null)
        {
            using var answer = await host.Client.GetAsync(path);
            var part = JsonDocument
                .Parse(await answer.Content.ReadAsStringAsync())
                .RootElement.EnumerateArray()
                .Select(KeyOf)
                .ToList();
            Assert.InRange(part.Count, 1, 2);
            keys.AddRange(part);
            path = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }
        Assert.Equal(whole, keys);
        foreach (var asked in (string[])[$"limit={OutboxEndpoints.MostListed + 1}", "limit=0", "cursor=x"])
        {
            using var refused = await host.Client.GetAsync($"/api/outbox?{asked}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    private static string KeyOf(JsonElement email) => email.GetProperty("key").GetString()!;
}
