using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Escalation.Bench.Demo;
using Escalation.Standalone.Storage;

namespace Escalation.Bench.Opening;

/// <summary>Opening cases over HTTP, against a bare Kestrel endpoint that writes the rows that come of it.</summary>
internal static class HttpSection
{
    private const int Cases = 5_000,
        WarmUp = 200,
        Callers = 64,
        RoundCount = 12;

    public static async Task<Findings> RunAsync(Workspace workspace)
    {
        var (cases, rounds) = (workspace.Cases(Cases), workspace.RoundsOf(RoundCount));
        var bodies = Enumerable.Range(0, WarmUp + cases).Select(Body).ToArray();
        var pattern = workspace.Fresh("http-pattern");
        await ProductAsync(pattern, bodies);
        var rows = SameRows.ReadFrom(Workspace.DatabaseIn(pattern));
        var (ours, bare) = await Rounds.BestAsync(
            rounds,
            () => ProductAsync(workspace.Fresh("http-ours"), bodies),
            () => BareAsync(workspace.Fresh("http-bare"), rows, bodies)
        );
        return new Findings(
            [
                $"POST /api/escalations on loopback, {cases:N0} cases a round, {Callers} concurrent callers in the same process, "
                    + $"best of {rounds} rounds; rate limits off, no scheduler",
                "each round is on a server just started: "
                    + $"its first {WarmUp} requests, for which it builds its routes, "
                    + "are not measured; nor are the baseline's",
                "baseline: a Kestrel endpoint without other middleware that "
                    + $"reads the same body and writes the same rows in groups of up to {RawWriter.Batch} a commit",
            ],
            [
                new Measurement(
                    "cases opened over HTTP",
                    Report.PerSecond(cases, ours),
                    Report.PerSecond(cases, bare),
                    bare / ours,
                    "x",
                    Target.Least(0.5)
                ),
            ]
        );
    }

    private static async Task<double> ProductAsync(string folder, byte[][] bodies)
    {
        await using var installation = await Installation.OpenAsync(folder);
        await using var server = await HttpServers.ProductAsync(installation);
        return await PostAllAsync(server, bodies);
    }

    private static async Task<double> BareAsync(string folder, SameRows rows, byte[][] bodies)
    {
        await SqliteCaseStore.Open(folder).DisposeAsync();
        await using var writes = new RawQueue(Workspace.DatabaseIn(folder), rows);
        await using var server = await HttpServers.BareAsync(writes);
        return await PostAllAsync(server, bodies);
    }

    private static async Task<double> PostAllAsync(HttpServer server, byte[][] bodies)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HttpServers.Key);
        await PostAsync(client, bodies[..WarmUp]);
        return await Rounds.TimeAsync(() => PostAsync(client, bodies[WarmUp..]));
    }

    private static Task PostAsync(HttpClient client, byte[][] bodies)
    {
        var next = -1;
        return Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (
                            var i = Interlocked.Increment(ref next);
                            i < bodies.Length;
                            i = Interlocked.Increment(ref next)
                        )
                        {
                            using var content = new ByteArrayContent(bodies[i])
                            {
                                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
                            };
                            using var answer = await client.PostAsync("/api/escalations", content);
                            if (answer.StatusCode != HttpStatusCode.Created)
                                throw new InvalidOperationException(
                                    $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}"
                                );
                        }
                    })
                )
        );
    }

    private static byte[] Body(int number)
    {
        var open = DemoForm.Make(number).Open;
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                policy = DemoDirectory.Partnership,
                open.Person,
                open.RaisedBy,
                open.ReceivedBy,
                open.Nature,
                open.Concern,
                open.Details,
                open.OutcomeSought,
                open.Fields,
            },
            JsonSerializerOptions.Web
        );
    }
}
