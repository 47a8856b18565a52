using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Functions.Tests.World;
using Escalation.Testing.Storage;
using Escalation.Web.Site;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Functions.Tests.Mail;

public sealed class DeliveryTests
{
    private const string Path = "/hooks/email-delivery?secret=0123456789-0123456789-0123456789";

    [Fact]
    public async Task The_handshake_is_answered_with_its_code()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var events = new JsonArray(
            new JsonObject
            {
                ["id"] = "1",
                ["topic"] = "/subscriptions/x",
                ["eventType"] = "Microsoft.EventGrid.SubscriptionValidationEvent",
                ["eventTime"] = "2026-09-25T10:00:00Z",
                ["data"] = new JsonObject
                {
                    ["validationCode"] = "512d38b6",
                    ["validationUrl"] = "https://example.org",
                },
                ["dataVersion"] = "1",
            }
        );
        var response = await front.Client().PostAsJsonAsync(Path, events);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            "512d38b6",
            (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["validationResponse"]!
        );
    }

    [Theory]
    [InlineData("0123456789-0123456789-0123456789")]
    [InlineData("previous-9-0123456789-0123456789")]
    public async Task The_present_secret_is_taken_and_the_one_before_it(string secret)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var response = await front.Client().PostAsJsonAsync($"/hooks/email-delivery?secret={secret}", new JsonArray());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/hooks/email-delivery")]
    [InlineData("/hooks/email-delivery?secret=")]
    [InlineData("/hooks/email-delivery?secret=0123456789-0123456789-0123456788")]
    [InlineData("/hooks/email-delivery?secret=previous-9-0123456789-0123456788")]
    [InlineData("/hooks/email-delivery?secret=0123456789-0123456789-0123456789&secret=x")]
    public async Task Without_the_secret_it_is_not_there(string path)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        Assert.Equal(HttpStatusCode.NotFound, (await front.Client().PostAsJsonAsync(path, new JsonArray())).StatusCode);
    }

    [Fact]
    public async Task A_delivery_is_recorded_and_a_repeat_changes_nothing()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        Assert.Equal(
            HttpStatusCode.OK,
            await ReportAsync(front, world, notice.Operation!.ToUpperInvariant(), "Delivered")
        );
        var version = (await world.ReadAsync(reference)).Version;
        world.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(
            HttpStatusCode.OK,
            await ReportAsync(front, world, notice.Operation!, "Delivered", age: TimeSpan.FromMinutes(11))
        );

        Assert.Equal(version, (await world.ReadAsync(reference)).Version);
        Assert.Equal(
            NoticeState.Delivered,
            (await world.ReadAsync(reference)).Case.Notices.Single(n => n.Key == notice.Key).Status
        );
    }

    [Theory]
    [InlineData("Bounced", "bounced")]
    [InlineData("Suppressed", "suppressed")]
    [InlineData("Quarantined", "quarantined")]
    [InlineData("FilteredSpam", "filteredSpam")]
    [InlineData("Failed", "failed")]
    public async Task A_bounce_shows_on_the_case_and_goes_to_somebody_else_at_once(string status, string reason)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        var mails = world.Mail.Sent.Count;
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, status));
        await world.Hub.RunAsync();

        var c = (await world.ReadAsync(reference)).Case;
        Assert.Equal(
            (NoticeState.Failed, reason),
            (c.Notices.Single(n => n.Key == notice.Key).Status, c.Notices.Single(n => n.Key == notice.Key).Reason)
        );
        Assert.Contains(c.Notices, n => n.Queued.Kind == NoticeKinds.NoticeFailed && n.Status == NoticeState.Sent);
        Assert.True(world.Mail.Sent.Count > mails);
    }

    [Theory]
    [InlineData("Expanded")]
    [InlineData("OutForDelivery")]
    public async Task A_status_that_says_nothing_final_changes_nothing(string status)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        var version = (await world.ReadAsync(reference)).Version;
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, status));
        Assert.Equal(version, (await world.ReadAsync(reference)).Version);
    }

    [Theory]
    [InlineData("Delivered", "Delivered", NoticeState.Delivered)]
    [InlineData("Bounced", "Bounced", NoticeState.Failed)]
    [InlineData("Delivered", "Bounced", NoticeState.Failed)]
    [InlineData("Bounced", "Delivered", NoticeState.Failed)]
    public async Task A_second_report_within_minutes_is_answered_as_recorded_whatever_the_first_one_said(
        string first,
        string second,
        NoticeState status
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, first));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, second));
        var version = (await world.ReadAsync(reference)).Version;
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, second));

        var document = await world.ReadAsync(reference);
        Assert.Equal(
            (status, version),
            (document.Case.Notices.Single(n => n.Key == notice.Key).Status, document.Version)
        );
        var told = document.Case.Notices.Count(n => n.Queued.Kind == NoticeKinds.NoticeFailed);
        Assert.Equal(status == NoticeState.Failed ? 1 : 0, told);
    }

    [Fact]
    public async Task A_report_on_a_case_that_a_newer_program_wrote_comes_again_until_one_of_its_kind_can_record_it()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        var hours = TimeSpan.FromHours(2);
        var (known, index) = (
            await world.ReadAsync(reference),
            SampleCases.AnOpenCase with
            {
                Operations = [notice.Operation!],
            }
        );
        await world.WriteByANewerProgramAsync(reference, index);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            await ReportAsync(front, world, notice.Operation!, "Bounced", hours)
        );

        await world.PutAsync(reference, known, index);
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, "Bounced", hours));
        Assert.Equal(
            NoticeState.Failed,
            (await world.ReadAsync(reference)).Case.Notices.Single(n => n.Key == notice.Key).Status
        );
    }

    [Theory]
    [InlineData("not an id")]
    [InlineData("")]
    public async Task A_report_of_an_email_that_is_none_of_ours_is_not_asked_for_again(string operation)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, operation, "Bounced"));
    }

    [Fact]
    public async Task A_report_before_its_send_is_recorded_is_asked_for_again_and_an_old_unknown_one_is_not()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var unknown = "7d1b6c3e-0000-8000-8000-000000000000";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReportAsync(front, world, unknown, "Delivered"));
        Assert.Equal(
            HttpStatusCode.OK,
            await ReportAsync(front, world, unknown, "Delivered", age: TimeSpan.FromMinutes(11))
        );
    }

    [Theory]
    [InlineData(0, HttpStatusCode.ServiceUnavailable)]
    [InlineData(600_000, HttpStatusCode.ServiceUnavailable)]
    [InlineData(600_001, HttpStatusCode.OK)]
    public async Task A_report_of_an_unknown_email_is_asked_for_again_for_ten_minutes(
        int milliseconds,
        HttpStatusCode status
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var age = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(
            status,
            await ReportAsync(front, world, "7d1b6c3e-0000-8000-8000-000000000000", "Bounced", age: age)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_several_reports_at_once_the_known_are_recorded_and_all_come_again_for_one_that_is_not(
        bool unknownFirst
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        var known = Report(world, notice.Operation!, "Delivered");
        var unknown = Report(world, "7d1b6c3e-0000-8000-8000-000000000000", "Delivered");
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            await PostAsync(front, unknownFirst ? [unknown, known] : [known, unknown])
        );

        Assert.Equal(
            NoticeState.Delivered,
            (await world.ReadAsync(reference)).Case.Notices.Single(n => n.Key == notice.Key).Status
        );
    }

    [Fact]
    public async Task A_store_out_of_reach_makes_the_report_come_again()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        world.Store.IsDown = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReportAsync(front, world, notice.Operation!, "Bounced"));
        world.Store.IsDown = false;
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, "Bounced"));
        Assert.Equal(
            NoticeState.Failed,
            (await world.ReadAsync(reference)).Case.Notices.Single(n => n.Key == notice.Key).Status
        );
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "x": null }""")]
    [InlineData("[7]")]
    [InlineData("""[{ "eventTime": null }]""")]
    [InlineData("""[{ "eventTime": "2026-09-25T10:00:00Z", "data": [] }]""")]
    [InlineData("""[{ "eventTime": "2026-09-25T10:00:00Z", "data": { "messageId": "\ud800" } }]""")]
    public async Task A_body_that_is_no_list_of_events_is_invalid(string body)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var answer = await front.Client().PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("""[{ "x": null }]""")]
    [InlineData("""[{ "eventType": null, "data": null }]""")]
    [InlineData("""[{ "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data": null }]""")]
    [InlineData(
        """[{ "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data": { "validationCode": null } }]"""
    )]
    [InlineData("""[{ "eventType": "Microsoft.Communication.EmailDeliveryReportReceived", "data": null }]""")]
    [InlineData(
        """[{ "eventType": "Microsoft.Communication.EmailDeliveryReportReceived", "data": { "messageId": null } }]"""
    )]
    [InlineData(
        """[{ "eventType": "Microsoft.Communication.EmailDeliveryReportReceived", "data": { "status": null } }]"""
    )]
    public async Task Events_that_say_nothing_are_not_ours_and_keep_none_that_does_from_being_recorded(string body)
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var (reference, notice) = await SentAsync(world);
        var events = JsonNode.Parse(body)!.AsArray();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(front, [.. events.Select(e => e?.DeepClone())]));
        Assert.Equal(
            NoticeState.Sent,
            (await world.ReadAsync(reference)).Case.Notices.Single(n => n.Key == notice.Key).Status
        );

        events.Add(Report(world, notice.Operation!, "Bounced"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(front, [.. events.Select(e => e?.DeepClone())]));
        Assert.Equal(
            NoticeState.Failed,
            (await world.ReadAsync(reference)).Case.Notices.Single(n => n.Key == notice.Key).Status
        );
    }

    [Fact]
    public async Task What_is_refused_is_limited_by_client_and_counted_and_a_report_with_the_secret_is_taken_all_the_same()
    {
        var log = new FakeLogCollector();
        await using var world = await CaseWorld.AtAsync(
            "2026-09-25 11:00",
            add: (_, services) => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)))
        );
        await using var front = await Front.StartAsync(world);
        var (_, notice) = await SentAsync(world);
        var (most, right) = (new WebOptions().WrongKeysPerMinute, CaseWorld.Settings.DeliverySecret);
        for (var i = 0; i < most; i++)
            Assert.Equal(HttpStatusCode.NotFound, await WithSecretAsync(front, $"a-wrong-secret-{i}", "[]"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await WithSecretAsync(front, "a-wrong-secret", "[]"));
        Assert.Equal(HttpStatusCode.BadRequest, await WithSecretAsync(front, right, "not json"));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await WithSecretAsync(front, right, new string(' ', 300_000))
        );
        Assert.Equal(HttpStatusCode.OK, await ReportAsync(front, world, notice.Operation!, "Delivered"));

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        const string refused = "Refused POST /hooks/email-delivery:";
        var lines = log.GetSnapshot()
            .Select(l => l.Message)
            .Where(m => m.StartsWith("Refused", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            [
                $"{refused} 404 notFound, asked by nobody",
                $"{refused} 429 tooMany, asked by nobody",
                $"{refused} 400 invalid, asked by nobody",
                $"{refused} 413 tooLarge, asked by nobody",
                $"{refused} 404 notFound, asked by nobody; {most - 1} more within a minute",
            ],
            lines
        );
    }

    private static async Task<(string Reference, Notice Notice)> SentAsync(CaseWorld world)
    {
        var reference = await world.OpenAsync("sandwell");
        await world.UntilAsync(world.Now.AddHours(25));
        return (
            reference,
            (await world.ReadAsync(reference)).Case.Notices.Last(n =>
                n.Status == NoticeState.Sent && n.Queued.Action == NoticeAction.Outcome
            )
        );
    }

    private static Task<HttpStatusCode> ReportAsync(
        Front front,
        CaseWorld world,
        string operation,
        string status,
        TimeSpan age = default
    ) => PostAsync(front, Report(world, operation, status, age));

    private static async Task<HttpStatusCode> PostAsync(Front front, params JsonNode?[] reports) =>
        (await front.Client().PostAsJsonAsync(Path, new JsonArray(reports))).StatusCode;

    private static async Task<HttpStatusCode> WithSecretAsync(Front front, string secret, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return (await front.Client().PostAsync($"/hooks/email-delivery?secret={secret}", content)).StatusCode;
    }

    private static JsonObject Report(CaseWorld world, string operation, string status, TimeSpan age = default) =>
        new()
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["eventType"] = "Microsoft.Communication.EmailDeliveryReportReceived",
            ["eventTime"] = (world.Now - age).ToString("O"),
            ["data"] = new JsonObject
            {
                ["sender"] = "escalation@mail.example.org",
                ["recipient"] = "somebody@example.org",
                ["messageId"] = operation,
                ["status"] = status,
                ["deliveryStatusDetails"] = new JsonObject
                {
                    ["statusMessage"] = "No such mailbox: somebody@example.org",
                },
                ["deliveryAttemptTimeStamp"] = world.Now.ToString("O"),
            },
        };
}
