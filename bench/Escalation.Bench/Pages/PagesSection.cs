using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Escalation.Bench.Demo;
using Escalation.Bench.Opening;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Tokens;

namespace Escalation.Bench.Pages;

/// <summary>The tracker's first page over many open cases, and an emailed link's page, beside a bare page of the same length.</summary>
internal static class PagesSection
{
    private const int Cases = 100_000,
        Callers = 64,
        WarmUp = 100,
        Requests = 300,
        RoundCount = 5;
    private static readonly DateTimeOffset Now = new(2026, 9, 25, 10, 0, 0, TimeSpan.Zero);

    public static async Task<Findings> RunAsync(Workspace workspace)
    {
        var (cases, rounds) = (workspace.Cases(Cases), workspace.RoundsOf(RoundCount));
        await using var installation = await Installation.OpenAsync(workspace.Fresh("pages"));
        var document = await OpenAllAsync(installation, cases);
        await using var server = await PageServers.ProductAsync(installation, Now);
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HttpServers.Key);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return new Findings(
            [
                $"{cases:N0} open cases in one SQLite file; the median of {Requests} requests one after another on loopback, "
                    + $"the client's time included, best of {rounds} rounds",
                "baseline: a Kestrel endpoint without other middleware that answers as many bytes of HTML; "
                    + "for it the same client and rounds",
            ],
            [
                await MeasureAsync("tracker, first page", client, rounds, "/tracker", Target.Most(50, " ms")),
                await MeasureAsync("link page", client, rounds, LinkTo(document), Target.Most(20, " ms")),
            ]
        );
    }

    private static async Task<Measurement> MeasureAsync(
        string what,
        HttpClient client,
        int rounds,
        string path,
        Target target
    )
    {
        var page = await client.GetByteArrayAsync(path);
        await using var bareServer = await PageServers.BareAsync(page);
        using var bareClient = new HttpClient { BaseAddress = bareServer.Address };
        var (ours, bare) = await Rounds.BestAsync(
            rounds,
            () => MedianAsync(client, path),
            () => MedianAsync(bareClient, "/")
        );
        return new Measurement(
            $"{what}, {page.Length / 1024} KiB",
            Milliseconds(ours),
            $"{Milliseconds(bare)} ({(ours / bare).ToString("0", CultureInfo.InvariantCulture)}x)",
            ours * 1000,
            " ms",
            target
        );
    }

    private static async Task<double> MedianAsync(HttpClient client, string path)
    {
        var times = new List<double>(Requests);
        for (var i = 0; i < WarmUp + Requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            if (i >= WarmUp)
                times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        times.Sort();
        return times[Requests / 2];
    }

    private static async Task<CaseDocument> OpenAllAsync(Installation installation, int cases)
    {
        var (next, last) = (-1, (CaseDocument?)null);
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (var i = Interlocked.Increment(ref next); i < cases; i = Interlocked.Increment(ref next))
                            last = await installation.OpenCaseAsync(DemoForm.Make(i), Now.AddMinutes(-1));
                    })
                )
        );
        return last!;
    }

    /// <summary>The link of the first person whom the stage asks.</summary>
    private static string LinkTo(CaseDocument document)
    {
        var c = document.Case;
        var asked = c.Notices.First(n => n.Queued.Kind == NoticeKinds.StageOpened).Queued;
        return "/r/"
            + new LinkTokens(PageServers.LinkKeys).Make(
                new LinkClaims(c.Reference, c.Stage.Id, asked.Contact, asked.Side, LinkAction.Outcome)
            );
    }

    private static string Milliseconds(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.00} ms");
}
