using System.Text.Json;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Browser.Tests.Driving;

/// <summary>The one-machine host as a process, with its sample data and a clock that the test moves.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private HostProcess _host = null!;

    public string Address => _host.Client.BaseAddress!.ToString().TrimEnd('/');

    /// <param name="now">UTC, <c>2026-12-23T10:00:00Z</c>.</param>
    public static async Task<Site> StartAsync(string now)
    {
        var site = new Site();
        site._host = await HostProcess.StartAsync(site._folder.Path, ["--demo", "--clock", now]);
        return site;
    }

    /// <summary>As an installation begins: no agency, no case, real time, no email.</summary>
    public static async Task<Site> StartEmptyAsync()
    {
        var site = new Site();
        site._host = await HostProcess.StartAsync(site._folder.Path, []);
        return site;
    }

    public Task<JsonElement> GetAsync(string path) => _host.GetAsync(path);

    public Task<JsonElement> PostAsync(string path, object body) => _host.PostAsync(path, body);

    /// <summary>The clock goes to the next thing that is due.</summary>
    public Task NextWakeAsync() => PostAsync("/api/clock", new { to = "nextWake" });

    public Task MoveAsync(DateTimeOffset now) => PostAsync("/api/clock", new { now });

    /// <summary>Emails whose key has this reference and kind, in the order sent.</summary>
    public async Task<IReadOnlyList<Email>> EmailsAsync(string reference, string kind) =>
        [
            .. (await GetAsync("/api/outbox"))
                .EnumerateArray()
                .Select(Email.Of)
                .Where(e => e.Key.Split('/') is [var of, _, var what, ..] && of == reference && what == kind),
        ];

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}

internal sealed record Email(
    string Key,
    string To,
    string Subject,
    string Text,
    string Html,
    IReadOnlyList<string> Links
)
{
    public static Email Of(JsonElement email) =>
        new(
            email.GetProperty("key").GetString()!,
            email.GetProperty("to").GetString()!,
            email.GetProperty("subject").GetString()!,
            email.GetProperty("text").GetString()!,
            email.GetProperty("html").GetString()!,
            [.. email.GetProperty("links").EnumerateArray().Select(l => l.GetString()!)]
        );
}
