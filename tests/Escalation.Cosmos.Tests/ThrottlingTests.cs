using System.Globalization;
using System.Net;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Tests.Account;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Cosmos.Tests;

[Collection(CosmosTests.Name)]
public sealed class ThrottlingTests(CosmosAccount account)
{
    [EmulatorFact]
    public async Task A_throttled_write_is_tried_again_after_the_wait_the_account_asks_for()
    {
        await account.OpenEmptyAsync(_ => "sandwell");
        var throttled = new Throttled(times: 3, TimeSpan.FromMilliseconds(20));
        using var client = CosmosAccount.OpenClient(account.Options, throttled.Handler);
        var store = new CosmosCaseStore(client, account.Options, (_, _) => new("sandwell"));
        var began = TimeProvider.System.GetTimestamp();

        Assert.True(await store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));

        Assert.Equal(4, throttled.Requests);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(60));
    }

    [EmulatorFact]
    public async Task A_write_throttled_more_often_than_allowed_says_busy_and_how_long_to_wait()
    {
        await account.OpenEmptyAsync(_ => "sandwell");
        var options = account.Options with { ThrottledTries = 2 };
        var throttled = new Throttled(times: int.MaxValue, TimeSpan.FromMilliseconds(1500));
        using var client = CosmosAccount.OpenClient(options, throttled.Handler);
        var store = new CosmosCaseStore(client, options, (_, _) => new("sandwell"));

        var busy = await Assert.ThrowsAsync<StoreBusyException>(() =>
            store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None)
        );

        Assert.Equal(TimeSpan.FromMilliseconds(1500), busy.RetryAfter);
        Assert.Equal(3, throttled.Requests);
    }

    [EmulatorFact]
    public async Task A_read_throttled_more_often_than_allowed_says_busy_and_not_that_there_is_no_such_case()
    {
        var whole = await account.OpenEmptyAsync(_ => "sandwell");
        Assert.True(await whole.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None));
        var options = account.Options with { ThrottledTries = 1 };
        var throttled = new Throttled(times: int.MaxValue, TimeSpan.FromMilliseconds(20)) { Path = "/docs/" };
        using var client = CosmosAccount.OpenClient(options, throttled.Handler);
        var store = new CosmosCaseStore(client, options, (_, _) => new("sandwell"));

        await Assert.ThrowsAsync<StoreBusyException>(() => store.ReadAsync("SAN-0000-0001", CancellationToken.None));

        Assert.Equal(2, throttled.Requests);
    }

    [EmulatorFact]
    public async Task A_query_throttled_past_the_longest_wait_says_busy()
    {
        await account.OpenEmptyAsync(_ => "sandwell");
        var options = account.Options with { ThrottledWait = TimeSpan.FromSeconds(1) };
        var throttled = new Throttled(times: int.MaxValue, TimeSpan.FromSeconds(5));
        using var client = CosmosAccount.OpenClient(options, throttled.Handler);
        var store = new CosmosCaseStore(client, options, (_, _) => new("sandwell"));

        var busy = await Assert.ThrowsAsync<StoreBusyException>(() =>
            store.SimilarAsync("sandwell", "alike", CancellationToken.None)
        );

        Assert.Equal(TimeSpan.FromSeconds(5), busy.RetryAfter);
        Assert.Equal(1, throttled.Requests);
    }

    [EmulatorFact]
    public async Task An_account_that_does_not_answer_is_busy_and_to_be_asked_again_in_a_second()
    {
        await account.OpenEmptyAsync(_ => "sandwell");
        foreach (var status in new[] { HttpStatusCode.RequestTimeout, HttpStatusCode.ServiceUnavailable })
        {
            var silent = new Throttled(times: int.MaxValue, TimeSpan.Zero, status);
            using var client = CosmosAccount.OpenClient(account.Options, silent.Handler);
            var store = new CosmosCaseStore(client, account.Options, (_, _) => new("sandwell"));

            var busy = await Assert.ThrowsAsync<StoreBusyException>(() =>
                store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None)
            );
            Assert.Equal(TimeSpan.FromSeconds(1), busy.RetryAfter);
        }
    }

    [EmulatorFact]
    public async Task What_a_refused_request_cost_is_recorded_too()
    {
        await account.OpenEmptyAsync(_ => "sandwell");
        var options = account.Options with { ThrottledTries = 0 };
        var throttled = new Throttled(times: int.MaxValue, TimeSpan.Zero) { Charge = 0.25 };
        using var client = CosmosAccount.OpenClient(options, throttled.Handler);
        var store = new CosmosCaseStore(client, options, (_, _) => new("sandwell"));
        using var recorded = new MetricCollector<double>(
            null,
            RequestUnits.MeterName,
            "escalation.cosmos.request_charge"
        );

        await Assert.ThrowsAsync<StoreBusyException>(() =>
            store.WriteAsync(Write("SAN-0000-0001"), CancellationToken.None)
        );

        Assert.Equal(0.25, Assert.Single(recorded.GetMeasurementSnapshot()).Value);
    }

    /// <summary>Answers the first requests for items with 429, or another status.</summary>
    private sealed class Throttled(int times, TimeSpan wait, HttpStatusCode status = HttpStatusCode.TooManyRequests)
    {
        public int Requests { get; private set; }

        /// <summary>What is in the path of the requests it answers: of writes and queries the collection's, of reads an item's.</summary>
        public string? Path { get; init; }

        /// <summary>In request units, of each answer of its own.</summary>
        public double Charge { get; init; }

        public HttpMessageHandler Handler => new Interposed((request, _) => Task.FromResult(Meet(request)));

        private HttpResponseMessage? Meet(HttpRequestMessage request)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (
                Path is { } part
                    ? !path.Contains(part, StringComparison.Ordinal)
                    : !path.EndsWith("/docs", StringComparison.Ordinal)
            )
                return null;
            if (++Requests > times)
                return null;
            var answer = new HttpResponseMessage(status)
            {
                RequestMessage = request,
                Content = new StringContent("{}"),
            };
            answer.Headers.Add(
                "x-ms-retry-after-ms",
                ((int)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)
            );
            answer.Headers.Add("x-ms-request-charge", Charge.ToString(CultureInfo.InvariantCulture));
            return answer;
        }
    }
}
