using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Escalation.Standalone.Tests.Host;

namespace Escalation.Standalone.Tests.Crashes;

/// <summary>Several clients at once and one who moves the clock. They remember every answer, over the host's deaths.</summary>
internal sealed class Load(DateTimeOffset start)
{
    private const int Clients = 5,
        CasesARound = 2;
    private readonly ConcurrentQueue<Sent> _unanswered = new();
    private readonly ConcurrentDictionary<string, Sent> _openings = new();
    private int _begun,
        _cutOff;

    public ConcurrentBag<Sent> Answered { get; } = [];
    public ConcurrentBag<Seen> Seen { get; } = [];
    public IEnumerable<Sent> Opened => _openings.Values;
    public int Unanswered => _unanswered.Count;

    /// <summary>Changes that were under way when the host was killed, over all its lives.</summary>
    public int CutOff => _cutOff;

    /// <summary>The latest instant that the host answered with.</summary>
    public DateTimeOffset Clock { get; private set; } = start;

    /// <summary>Works until the host has given so many answers; then it is killed, with what the others had under way.</summary>
    public async Task WorkUntilKilledAsync(HostProcess host, int round, int answers)
    {
        var life = new Life(host, answers);
        var workers = Enumerable
            .Range(0, Clients)
            .Select(i => WorkAsync(life, new Random(round * 100 + i), (round + 1) * CasesARound));
        await Task.WhenAll(workers.Append(MoveClockAsync(life, new Random(round * 100 + 99))));
    }

    /// <summary>Sends again what was never answered.</summary>
    public async Task FinishAsync(HttpClient client)
    {
        while (_unanswered.TryDequeue(out var sent))
            Keep(await sent.SendAsync(client));
    }

    private async Task WorkAsync(Life life, Random random, int mostCases)
    {
        while (!life.IsOver)
        {
            if (_unanswered.TryDequeue(out var again))
                await SendAsync(life, again);
            else if (_openings.IsEmpty || (random.Next(4) == 0 && _begun < mostCases))
                await SendAsync(life, Requests.Opening(Interlocked.Increment(ref _begun), random));
            else
                await WithACaseAsync(life, random);
        }
    }

    private async Task WithACaseAsync(Life life, Random random)
    {
        var opened = _openings.Values.ElementAt(random.Next(_openings.Count));
        JsonElement read = default;
        async Task ReadAsync(HttpClient client, string what) =>
            read = await client.GetFromJsonAsync<JsonElement>($"/api/escalations/{opened.Reference}{what}");
        switch (random.Next(8))
        {
            case 0:
                await SendAsync(life, opened);
                break;
            case 1:
                if (await life.TryAsync(client => ReadAsync(client, "/history")))
                    Seen.Add(
                        new Seen(
                            opened.Reference,
                            read.GetProperty("events").GetArrayLength(),
                            read.GetProperty("head").GetString()!
                        )
                    );
                break;
            default:
                if (await life.TryAsync(client => ReadAsync(client, "")))
                    await SendAsync(life, Requests.Move(read, random));
                break;
        }
    }

    private async Task MoveClockAsync(Life life, Random random)
    {
        while (!life.IsOver)
        {
            var target = Clock + TimeSpan.FromMinutes(random.Next(5, 240));
            await life.TryAsync(async client => Clock = await MoveAsync(client, target));
        }
    }

    public void Resumed(DateTimeOffset now) => Clock = now;

    private async Task SendAsync(Life life, Sent sent)
    {
        if (await life.TryAsync(async client => Keep(await sent.SendAsync(client))))
            return;
        _unanswered.Enqueue(sent);
        Interlocked.Increment(ref _cutOff);
    }

    private void Keep(Sent answered)
    {
        Answered.Add(answered);
        if (answered.IsOpening && answered.Status is HttpStatusCode.Created or HttpStatusCode.OK)
            _openings.TryAdd(answered.Id, answered);
    }

    private static async Task<DateTimeOffset> MoveAsync(HttpClient client, DateTimeOffset target)
    {
        using var response = await client.PostAsJsonAsync("/api/clock", new { now = target });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("now").GetDateTimeOffset();
    }
}

/// <summary>One life of the host: it ends with an answer that was chosen beforehand.</summary>
internal sealed class Life(HostProcess host, int answers)
{
    private int _left = answers;
    private volatile bool _over;

    public bool IsOver => _over;

    /// <summary>False when the host died before its answer was whole.</summary>
    public async Task<bool> TryAsync(Func<HttpClient, Task> ask)
    {
        try
        {
            await ask(host.Client);
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _over = true;
                host.Kill();
            }
            return true;
        }
        catch (Exception e) when (_over && e is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
