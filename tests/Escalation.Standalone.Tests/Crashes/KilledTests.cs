using System.Net;
using System.Text.Json;
using Escalation.Standalone.Tests.Host;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;
using Xunit.Abstractions;

namespace Escalation.Standalone.Tests.Crashes;

/// <summary>The host killed again and again: what was acknowledged stands, once; what was due is carried out.</summary>
public sealed class KilledTests(ITestOutputHelper output) : IDisposable
{
    private const int EachKilledWhileStarting = 5,
        SampleCases = 3;
    private static readonly DateTimeOffset Start = new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly Load _load = new(Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Ten_kills_under_load_lose_and_double_nothing() => KilledAsync(10);

    [LongFact]
    public Task Fifty_kills_under_load_lose_and_double_nothing() => KilledAsync(50);

    /// <param name="kills">Under load; and of each five starts in between, one more.</param>
    private async Task KilledAsync(int kills)
    {
        var random = new Random(20261223);
        for (var kill = 0; kill < kills; kill++)
        {
            if (kill % EachKilledWhileStarting == 0)
                await HostProcess.KillWhileStartingAsync(
                    _folder.Path,
                    Arguments(TimeSpan.FromHours(random.Next(4))),
                    TimeSpan.FromMilliseconds(random.Next(200, 2500))
                );
            await using var host = await ResumeAsync(TimeSpan.FromHours(kill % 3 == 0 ? random.Next(20) : 0));
            await _load.WorkUntilKilledAsync(host, kill, random.Next(1, 40));
        }

        await using var last = await ResumeAsync(TimeSpan.Zero);
        await _load.FinishAsync(last.Client);
        await last.PostAsync("/api/clock", new { now = _load.Clock.AddDays(14) });
        await EverythingIsThereAsync(last, kills);
    }

    private string[] Arguments(TimeSpan later) =>
        ["--demo", "--clock", (_load.Clock + later).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ")];

    /// <summary>
    /// The clock goes on where it stood, or later; every wake that passed is carried out before the first answer. Only
    /// emails may still be under way then: once they were tried, no case has a wake behind it.
    /// </summary>
    private async Task<HostProcess> ResumeAsync(TimeSpan later)
    {
        var earliest = _load.Clock + later;
        var host = await HostProcess.StartAsync(_folder.Path, Arguments(later));
        try
        {
            await ResumedAsync(host, earliest);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private async Task ResumedAsync(HostProcess host, DateTimeOffset earliest)
    {
        var now = (await host.GetAsync("/api/clock")).GetProperty("now").GetDateTimeOffset();
        Assert.True(now >= earliest, $"The clock was at {earliest:O} and is at {now:O}.");
        var behind = (await TrackerAsync(host))
            .Where(row => IsBehind(row, "nextWake", now))
            .Select(row => row.GetProperty("reference").GetString()!)
            .ToList();
        var before = new Dictionary<string, int>();
        foreach (var reference in behind)
            before[reference] = (await EventTypesAsync(host, reference)).Count;
        await host.GetAsync("/api/outbox");
        foreach (var reference in behind)
            Assert.All(
                (await EventTypesAsync(host, reference)).Skip(before[reference]),
                type =>
                    Assert.True(
                        type is "noticeSent" or "noticeSuperseded",
                        $"{reference}: {type} was carried out after the first answer."
                    )
            );
        Assert.All(await TrackerAsync(host), row => Assert.False(IsBehind(row, "nextWake", now), $"{now:O} {row}"));
        _load.Resumed(now);
    }

    private static async Task<IReadOnlyList<string>> EventTypesAsync(HostProcess host, string reference) =>
        [
            .. (await host.GetAsync($"/api/escalations/{reference}/history"))
                .GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("type").GetString()!),
        ];

    private static bool IsBehind(JsonElement row, string instant, DateTimeOffset now) =>
        row.GetProperty(instant) is { ValueKind: not JsonValueKind.Null } at && at.GetDateTimeOffset() <= now;

    private async Task EverythingIsThereAsync(HostProcess host, int kills)
    {
        var now = (await host.GetAsync("/api/clock")).GetProperty("now").GetDateTimeOffset();
        var outbox = (await host.GetAsync("/api/outbox"))
            .EnumerateArray()
            .Select(e => e.GetProperty("key").GetString()!)
            .ToLookup(key => key.Split('/')[0]);
        Assert.Equal(0, _load.Unanswered);
        OneCaseForEachKey(await TrackerAsync(host));
        var ladders = new Dictionary<string, IReadOnlyList<string>>();
        var (events, moved, late) = (0, 0, 0);
        foreach (var opened in _load.Opened)
        {
            var (seen, history) = (
                await host.GetAsync($"/api/escalations/{opened.Reference}"),
                await host.GetAsync($"/api/escalations/{opened.Reference}/history")
            );
            var policy = seen.GetProperty("policy").GetProperty("id").GetString()!;
            if (!ladders.TryGetValue(policy, out var ladder))
                ladders[policy] = ladder = [
                    .. (await host.GetAsync($"/api/policies/{policy}"))
                        .GetProperty("stages")
                        .EnumerateArray()
                        .Select(s => s.GetProperty("id").GetString()!),
                ];
            Assert.Equal(
                ((JsonElement)JsonSerializer.SerializeToElement(opened.Body))
                    .GetProperty("person")
                    .GetProperty("name")
                    .GetString(),
                seen.GetProperty("person").GetProperty("name").GetString()
            );

            var heads = Whole.Chain(history);
            Assert.All(
                _load.Seen.Where(s => s.Reference == opened.Reference),
                s => Assert.Equal(s.Head, heads[s.Events - 1])
            );
            Whole.Stages(seen, history, ladder);
            Whole.Notices(seen, history, outbox, now);
            var (m, l) = EveryAnswerStands(opened.Reference, history);
            (events, moved, late) = (events + heads.Count, moved + m, late + l);
        }
        output.WriteLine(
            $"{kills} kills under load; {_load.Opened.Count()} cases, {events} events, {moved} moves "
                + $"and {late} late responses acknowledged, {_load.CutOff} changes cut off, {_load.Seen.Count} "
                + $"heads kept, {outbox.Sum(o => o.Count())} emails; the clock went from {Start:O} to {now:O}"
        );
        Assert.True(moved > kills && late > 0 && _load.CutOff > kills, "There was too little load to prove anything.");
    }

    private void OneCaseForEachKey(IReadOnlyList<JsonElement> rows)
    {
        var openings = _load.Answered.Where(a => a.IsOpening).ToList();
        Assert.All(openings, a => Assert.True(a.Status is HttpStatusCode.Created or HttpStatusCode.OK, a.ToString()));
        Assert.All(
            openings.GroupBy(a => a.Id),
            same =>
            {
                Assert.Single(same.Select(a => a.Reference).Distinct());
                Assert.True(same.Count(a => a.Status == HttpStatusCode.Created) <= 1);
            }
        );
        Assert.Equal(_load.Opened.Count() + SampleCases, rows.Count);
        Assert.Subset(
            rows.Select(r => r.GetProperty("reference").GetString()!).ToHashSet(),
            _load.Opened.Select(o => o.Reference).ToHashSet()
        );
    }

    /// <summary>What was answered with success is in the history once, under its id; what was refused is not.</summary>
    private (int Moved, int Late) EveryAnswerStands(string reference, JsonElement history)
    {
        var recorded = history
            .GetProperty("events")
            .EnumerateArray()
            .Where(e =>
                e.GetProperty("type").GetString()
                    is "outcomeRecorded"
                        or "lateResponseRecorded"
                        or "outcomeConfirmed"
                        or "outcomeDisputed"
            )
            .ToLookup(e => e.GetProperty("command").GetString()!, e => e.GetProperty("type").GetString());
        var answered = _load.Answered.Where(a => !a.IsOpening && a.Reference == reference).ToList();
        foreach (var answer in answered)
            switch
                (answer.Status, answer.Status == HttpStatusCode.OK ? "" : answer.Answer.GetProperty("code").GetString())

            {
                case (HttpStatusCode.OK, _):
                    Assert.NotEqual("lateResponseRecorded", Assert.Single(recorded[answer.Id]));
                    break;
                case (HttpStatusCode.Conflict, "stageClosed")
                    when answer.Path.EndsWith("/outcomes", StringComparison.Ordinal):
                    Assert.Equal("lateResponseRecorded", Assert.Single(recorded[answer.Id]));
                    break;
                case (HttpStatusCode.UnprocessableEntity, "notAllowed"):
                case (HttpStatusCode.Conflict, "stageClosed"):
                case (HttpStatusCode.RequestEntityTooLarge, "tooLarge"):
                    Assert.Empty(recorded[answer.Id]);
                    break;
                default:
                    Assert.Fail($"{answer.Path} was answered with {answer.Status}: {answer.Answer}");
                    break;
            }
        Assert.Equal(
            answered.Where(a => recorded.Contains(a.Id)).Select(a => a.Id).Distinct().Order(),
            recorded.Select(r => r.Key).Order()
        );
        return (
            answered.Count(a => a.Status == HttpStatusCode.OK),
            answered.Count(a => a.Status == HttpStatusCode.Conflict)
        );
    }

    private static async Task<IReadOnlyList<JsonElement>> TrackerAsync(HostProcess host)
    {
        var (rows, cursor) = (new List<JsonElement>(), "");
        do
        {
            var page = await host.GetAsync($"/api/escalations?status=all&limit=200{cursor}");
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        } while (cursor is not null);
        return rows;
    }
}
