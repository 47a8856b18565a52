using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Mail;
using Escalation.Standalone.Tests.Storage;

namespace Escalation.Standalone.Tests.Clocks;

/// <summary>A test that moves the clock of a process by libfaketime: skipped, with the reason, where that is not installed.</summary>
public sealed class FaketimeFactAttribute : FactAttribute
{
    private static readonly string[] Folders =
    [
        "/usr/lib/x86_64-linux-gnu/faketime",
        "/usr/lib/aarch64-linux-gnu/faketime",
    ];

    /// <summary>Null: it is not installed.</summary>
    public static string? Library { get; } =
        Folders.Select(f => Path.Combine(f, "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    public FaketimeFactAttribute()
    {
        if (Library is null)
            Skip = "Needs Debian's faketime: ./test installs it where it may.";
    }
}

/// <summary>The host as a process, its clock moved both ways under it.</summary>
public sealed class FaketimeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FaketimeFact]
    public async Task A_clock_that_went_ahead_and_was_set_back_is_told_and_keeps_no_email_waiting()
    {
        await Openings.AgenciesAsync(_folder["data"]);
        await using var server = new Misbehaving();
        server.Answers["greeting"] = "421 4.3.2 busy";
        SetClock("+0");
        await using var host = await HostProcess.StartAsync(_folder["data"], [], [.. server.Settings, .. Faketime()]);
        var reference = (await host.PostAsync("/api/escalations", Openings.Sandwell))
            .GetProperty("reference")
            .GetString()!;
        await host.SaysAsync("Email cannot be sent (busy)");

        SetClock("+400d");
        await host.SaysAsync("The clock jumped ahead");
        Assert.Contains("The clock jumped ahead by 400 days", await NotReadyAsync(host), StringComparison.Ordinal);
        await UntilAsync(async () =>
            (await CaseAsync(host, reference)).GetProperty("stage").GetProperty("id").GetString() != "informal"
        );

        server.Answers.Clear();
        SetClock("+0");
        await host.SaysAsync("The clock jumped back");
        Assert.Contains("The clock jumped back by 400 days", await NotReadyAsync(host), StringComparison.Ordinal);

        // What was queued and put off by the wrong clock goes out now, and not in 400 days.
        await UntilAsync(async () =>
            !(await CaseAsync(host, reference)).GetProperty("notices").EnumerateArray().Any(IsQueued)
        );
        Assert.NotEmpty(server.Emails);
    }

    /// <summary>Its own clock moves, and not the time passed; read anew at every look.</summary>
    private (string, string)[] Faketime() =>
        [
            ("LD_PRELOAD", FaketimeFactAttribute.Library!),
            ("FAKETIME_TIMESTAMP_FILE", _folder["clock"]),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("DONT_FAKE_MONOTONIC", "1"),
            ("NO_FAKE_STAT", "1"),
        ];

    private void SetClock(string offset)
    {
        // Whole or not at all: the process may read it at any moment.
        File.WriteAllText(_folder["clock.new"], offset);
        File.Move(_folder["clock.new"], _folder["clock"], overwrite: true);
    }

    private static async Task<string> NotReadyAsync(HostProcess host)
    {
        using var ready = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        return $"{JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["detail"]}";
    }

    private static Task<JsonElement> CaseAsync(HostProcess host, string reference) =>
        host.GetAsync($"/api/escalations/{reference}");

    /// <summary>Asks ten times a second: asked without a pause, the host would be kept busy with the answers.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var turn = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await holds())
            await turn.WaitForNextTickAsync(patience.Token);
    }

    private static bool IsQueued(JsonElement notice) => notice.GetProperty("status").GetString() == "queued";
}
