using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Mail;
using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Tests.Disks;

/// <summary>A disk that is filled under load and freed again.</summary>
public sealed partial class FullDiskTests
{
    [SmallDiskFact]
    public async Task A_disk_that_fills_while_emails_go_out_sends_none_of_them_again_and_what_went_out_is_recorded_once_it_is_freed()
    {
        using var disk = new SmallDisk(megabytes: 8);
        var mailer = new FillsTheDisk(disk);
        await using var host = await InProcess.StartAsync(mailer, data: disk["data"]);
        var references = new List<string>();
        for (var i = 0; i < 20; i++)
            references.Add(await host.OpenAsync($"case {i}"));

        // The senders fill the disk while it advances, or after it.
        var failed = await Record.ExceptionAsync(() => host.Due.AdvanceAsync(InProcess.Start, CancellationToken.None));
        Assert.True(failed is null or SqliteException, $"{failed}");
        await mailer.Filled;
        for (var quarter = 1; quarter <= 12; quarter++)
        {
            host.Clock.MoveTo(InProcess.Start.AddMinutes(15 * quarter));
            await Assert.ThrowsAsync<SqliteException>(() =>
                host.Due.AdvanceAsync(host.Clock.GetUtcNow(), CancellationToken.None)
            );
        }
        disk.Free();
        await host.Due.DrainAsync(host.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Equal(mailer.Keys.Distinct().Count(), mailer.Keys.Count);
        foreach (var reference in references)
        {
            var document = (await host.Handler.ReadAsync(reference, CancellationToken.None))!;
            Assert.All(document.Case.Notices, n => Assert.Equal(NoticeState.Sent, n.Status));
            Assert.Subset(mailer.Keys.ToHashSet(), document.Case.Notices.Select(n => n.Key).ToHashSet());
            Assert.Equal(document.Head, EventChain.Hashes(document.Events).Last());
        }
    }

    [SmallDiskFact]
    public async Task The_host_says_that_it_is_not_ready_keeps_what_it_acknowledged_and_goes_on_by_itself_once_the_disk_is_freed()
    {
        using var disk = new SmallDisk(megabytes: 24);
        await using var server = new Misbehaving();
        await Openings.AgenciesAsync(disk["data"]);
        await using var host = await HostProcess.StartAsync(disk["data"], [], server.Settings);
        using var load = new CancellationTokenSource();
        var answered = new ConcurrentDictionary<string, HttpStatusCode>();
        var (some, refused) = (Reached(20), Reached(20));
        var clients = Enumerable.Range(0, 4).Select(i => LoadAsync(i)).ToList();

        await some.Task;
        disk.Fill();
        await refused.Task;
        await host.SaysAsync("The database takes no writes since ");
        using (var ready = await host.Client.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            var detail = $"{JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["detail"]}";
            Assert.Matches("The database takes no writes since .*, because the disk is full", detail);
        }
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live")).StatusCode);
        Assert.Contains("takes no writes since", await host.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        await load.CancelAsync();
        await Task.WhenAll(clients);
        disk.Free();
        await host.SaysAsync("The database takes writes again");
        await UntilSentAsync(host);

        var opened = answered.Where(a => a.Value == HttpStatusCode.Created).Select(a => a.Key).ToHashSet();
        var items = await CasesAsync(host);
        Assert.Subset(items.Select(i => $"{i!["reference"]}").ToHashSet(), opened);
        var sent = server.Emails.Select(e => MessageId().Match(e).Groups[1].Value).ToList();
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.True(sent.Count >= opened.Count, $"{sent.Count} emails of {opened.Count} cases.");

        async Task LoadAsync(int client)
        {
            for (var number = 0; !load.IsCancellationRequested; number++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/escalations")
                {
                    Content = JsonContent.Create(Openings.Of($"Child {client} {number}")),
                };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", HostProcess.IntakeKey);
                request.Headers.Add("Idempotency-Key", $"{client}/{number}");
                using var response = await host.Client.SendAsync(request);
                var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
                Assert.True(
                    response.StatusCode is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable,
                    $"{body}"
                );
                if (response.StatusCode == HttpStatusCode.Created)
                    answered[$"{body["reference"]}"] = response.StatusCode;
                (response.StatusCode == HttpStatusCode.Created ? some : refused).One();
            }
        }
    }

    /// <summary>Every notice was tried, and none waits.</summary>
    private static async Task UntilSentAsync(HostProcess host)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while ((await CountsAsync(host))?["queued"]?.GetValue<long>() is not 0)
            patience.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Null while it is not ready.</summary>
    private static async Task<JsonNode?> CountsAsync(HostProcess host)
    {
        using var ready = await host.Client.GetAsync("/health/ready");
        return JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["counts"];
    }

    private static async Task<IReadOnlyList<JsonNode?>> CasesAsync(HostProcess host)
    {
        var (rows, cursor) = (new List<JsonNode?>(), "");
        while (cursor is not null)
        {
            var page = JsonNode.Parse(
                await host.Client.GetStringAsync($"/api/escalations?status=all&limit=200{cursor}")
            )!;
            rows.AddRange(page["items"]!.AsArray());
            cursor = page["next"] is { } next ? $"&cursor={Uri.EscapeDataString($"{next}")}" : null;
        }
        return rows;
    }

    private static Countdown Reached(int many) => new(many);

    [GeneratedRegex(
        "^Message-Id: <(.*)>",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex MessageId();

    /// <summary>Done after so many.</summary>
    private sealed class Countdown(int many)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = many;

        public Task Task => _done.Task.WaitAsync(TimeSpan.FromSeconds(90));

        public void One()
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _done.SetResult();
        }
    }

    /// <summary>Takes every email. The tenth fills the disk.</summary>
    private sealed class FillsTheDisk(SmallDisk disk) : IMailer
    {
        private readonly TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;

        public ConcurrentQueue<string> Keys { get; } = [];
        public Task Filled => _filled.Task;

        public Task<MailResult> SendAsync(Email email, CancellationToken cancel)
        {
            Keys.Enqueue(email.Key);
            if (Interlocked.Increment(ref _taken) == 10)
            {
                disk.Fill();
                _filled.SetResult();
            }
            return Task.FromResult<MailResult>(new MailResult.Taken(null));
        }
    }
}
