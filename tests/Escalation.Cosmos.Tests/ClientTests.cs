using System.Net;
using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Escalation.Cosmos.Queries;
using Microsoft.Azure.Cosmos;
using static Escalation.Testing.Storage.SampleCases;

namespace Escalation.Cosmos.Tests;

/// <summary>What the client is told, and how items, places and costs are written, without an account.</summary>
public sealed class ClientTests
{
    private static readonly CosmosOptions Account = new()
    {
        Endpoint = new Uri("https://escalation.documents.example/"),
    };

    [Fact]
    public void A_throttled_request_is_tried_nine_times_within_ten_seconds_and_an_account_is_reached_directly()
    {
        var client = CosmosConnection.ClientOptions(Account);

        Assert.Equal(
            (9, TimeSpan.FromSeconds(10)),
            (client.MaxRetryAttemptsOnRateLimitedRequests, client.MaxRetryWaitTimeOnRateLimitedRequests)
        );
        Assert.Equal((ConnectionMode.Direct, false), (client.ConnectionMode, client.LimitToEndpoint));
        Assert.Equal(("escalation", false), (client.ApplicationName, client.EnableContentResponseOnWrite));
        Assert.Equal(("escalation", "cases", "records"), (Account.Database, Account.Cases, Account.Records));
    }

    [Fact]
    public void What_the_options_say_is_what_the_client_does()
    {
        var client = CosmosConnection.ClientOptions(
            Account with
            {
                Endpoint = new Uri("http://127.0.0.1:8081"),
                Mode = ConnectionMode.Gateway,
                ThrottledTries = 4,
                ThrottledWait = TimeSpan.FromSeconds(3),
            }
        );

        Assert.Equal(
            (4, TimeSpan.FromSeconds(3)),
            (client.MaxRetryAttemptsOnRateLimitedRequests, client.MaxRetryWaitTimeOnRateLimitedRequests)
        );
        Assert.Equal((ConnectionMode.Gateway, true), (client.ConnectionMode, client.LimitToEndpoint));
    }

    [Theory]
    [InlineData("SAN-7K3M-Q9XA", "SAN-7K3M-Q9XA")]
    [InlineData("sandwell/police", "sandwell_2Fpolice")]
    [InlineData("a_b", "a_5Fb")]
    [InlineData("a\\b?c#d", "a_5Cb_3Fc_23d")]
    [InlineData("é", "_C3_A9")]
    [InlineData("", null)]
    public void An_id_is_the_text_with_what_no_id_may_have_spelt_out(string text, string? id) =>
        Assert.Equal(id, ItemId.Find(text));

    [Theory]
    [InlineData('a', 1023, true)]
    [InlineData('a', 1024, false)]
    [InlineData('/', 341, true)]
    [InlineData('/', 342, false)]
    public void An_id_has_1023_bytes_at_the_most_as_it_is_spelt(char letter, int length, bool found)
    {
        var text = new string(letter, length);
        Assert.Equal(found, ItemId.Find(text) is not null);
        if (!found)
            Assert.Throws<ArgumentException>(() => ItemId.Of(text));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.RequestTimeout, true)]
    [InlineData(HttpStatusCode.Forbidden, false)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, false)]
    public async Task An_account_that_cannot_now_is_busy_for_a_second_and_one_that_refuses_is_not(
        HttpStatusCode status,
        bool busy
    )
    {
        Task<int> WorkAsync() =>
            RequestUnits.CountAsync<int>("read", _ => throw new CosmosException("", status, 0, "", 1));
        if (busy)
            Assert.Equal(TimeSpan.FromSeconds(1), (await Assert.ThrowsAsync<StoreBusyException>(WorkAsync)).RetryAfter);
        else
            await Assert.ThrowsAsync<CosmosException>(WorkAsync);
    }

    [Fact]
    public void Every_field_of_a_case_is_written_from_its_own()
    {
        var index = AnOpenCase with
        {
            Partnership = "sandwell",
            Policy = "sandwell/7",
            Status = "onHold",
            Stage = "2",
            Agencies = ["police", "oak-primary", "police"],
            CaseNumbers = ["one", "one", "two"],
            Operations = ["op-1", "op-1"],
            RaisedAt = At("2026-06-01T09:00:00Z"),
            SortAt = At("2026-06-02T09:00:00Z"),
            Deadline = At("2026-06-03T09:00:00Z"),
            NextWake = At("2026-06-04T09:00:00Z"),
            RetainUntil = At("2026-06-05T09:00:00Z"),
            SimilarityKey = "alike",
            Queued = 3,
            Failed = 5,
        };

        var item = CaseItem.Of(Write("SAN-0000-0001", 8, index, "the document"));

        Assert.Equal(
            ("SAN-0000-0001", "SAN-0000-0001", "sandwell", "sandwell/7", "onHold", "2", 9L, 0),
            (
                item.Id,
                item.Reference,
                item.Partnership,
                item.Policy,
                item.Status,
                item.Stage,
                item.Version,
                item.Failures
            )
        );
        Assert.Equal(["police", "oak-primary"], item.Agencies);
        Assert.Equal(["one", "two"], item.Numbers);
        Assert.Equal(["op-1"], item.Operations);
        Assert.Equal(
            ("2026-06-01T09:00:00.0000000Z SAN-0000-0001", "0 2026-06-02T09:00:00.0000000Z SAN-0000-0001"),
            (item.Raised, item.Urgency)
        );
        Assert.Equal(
            ("2026-06-03T09:00:00.0000000Z", "2026-06-04T09:00:00.0000000Z", "2026-06-04T09:00:00.0000000Z"),
            (item.Deadline, item.NextWake, item.NextTry)
        );
        Assert.Equal(
            ("2026-06-05T09:00:00.0000000Z", "alike", 3, 5, "SAN-0000-0001", "the document"),
            (item.RetainUntil, item.SimilarityKey, item.Queued, item.Failed, item.Row, item.Document)
        );
        Assert.False(item.Ended);
        var ended = CaseItem.Of(Write("SAN-0000-0001", 0, index with { Open = false }));
        Assert.Equal((true, "1"), (ended.Ended, ended.Urgency.Split(' ')[0]));
    }

    [Theory]
    [InlineData("0 2026-06-02T09:00:00.0000000Z SAN-1", true, false)]
    [InlineData("1 2026-06-02T09:00:00.0000000Z SAN-1", true, false)]
    [InlineData("2 2026-06-02T09:00:00.0000000Z SAN-1", false, false)]
    [InlineData("0 2026-06-02T09:00:00Z SAN-1", false, false)]
    [InlineData("0 2026-06-02T09:00:00.0000000Z", false, false)]
    [InlineData("2026-06-02T09:00:00.0000000Z SAN-1", false, true)]
    [InlineData("2026-06-02T09:00:00.0000000Z", false, false)]
    [InlineData("", false, false)]
    public void A_cursor_is_a_place_of_its_own_sort(string place, bool urgency, bool raised)
    {
        var cursor = CosmosTrackerCursor.Write(place);
        foreach (var (sort, isOne) in new[] { (TrackerSort.Urgency, urgency), (TrackerSort.Raised, raised) })
            if (isOne)
                Assert.Equal(place, CosmosTrackerCursor.Read(cursor, sort));
            else
                Assert.Equal(
                    "cursor",
                    Assert.Throws<ArgumentException>(() => CosmosTrackerCursor.Read(cursor, sort)).ParamName
                );
        Assert.Null(CosmosTrackerCursor.Read(null, TrackerSort.Urgency));
    }
}
