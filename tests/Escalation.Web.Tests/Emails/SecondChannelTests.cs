using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Testing.Storage;
using Escalation.Web.Composition;
using Escalation.Web.Emails;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Tests.Emails;

/// <summary>What email cannot tell is told by a webhook, and by the log in any case.</summary>
public sealed class SecondChannelTests : IAsyncLifetime
{
    private readonly List<string> _posted = [];
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;
    private WebApplication _receiver = null!;
    private Uri _url = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _receiver = builder.Build();
        _receiver.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            lock (_posted)
                _posted.Add(body);
            await _answer(context);
        });
        await _receiver.StartAsync();
        var address = _receiver
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        _url = new Uri(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/hook?secret");
    }

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    private SecondChannelOptions Options => new() { Url = _url, Inside = ["localhost"] };

    /// <summary>A case that has just gone to a stage whose agencies, like the partnership, have nobody in the directory.</summary>
    private static async Task<(Post Post, CaseDocument Document)> NobodyAsync(World world, SecondChannelOptions options)
    {
        foreach (var id in new[] { World.Raising, World.Receiving })
            await StoredDirectory.WriteAsync(
                world.Store,
                "sandwell",
                new Agency
                {
                    Id = id,
                    Name = id,
                    Domains = ["example.org"],
                    Contacts = [],
                },
                0,
                default
            );
        var (post, opened) = (new Post(world), await world.OpenAsync("sandwell"));
        await post.SendAsync(opened.Case.Reference);
        await world.AdvanceAsync(opened.Case.Reference, "2026-12-24T10:00:00Z");
        world.Now = World.At("2026-12-24T10:00:00Z");
        return (new Post(world, options), await world.ReadAsync(opened.Case.Reference));
    }

    [Theory]
    [InlineData(null, WebhookFormat.Json)]
    [InlineData("JSON", WebhookFormat.Json)]
    [InlineData("Teams", WebhookFormat.Teams)]
    [InlineData("slack", null)]
    [InlineData("1", null)]
    [InlineData("7", null)]
    public void A_format_is_taken_by_its_name_only(string? setting, WebhookFormat? format)
    {
        var faults = new List<string>();
        var options = SecondChannelOptions.Read(
            name => name == "Format" ? setting : null,
            (name, must) => faults.Add($"{name} {must}")
        );
        if (format is null)
            Assert.Equal(["Webhook:Format must be json or teams"], faults);
        else
            Assert.Equal((format.Value, 0), (options.Format, faults.Count));
    }

    [Fact]
    public async Task Where_nobody_can_be_told_it_is_once_for_one_happening_with_reference_stage_deadline_and_page_and_no_person_or_words()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var (post, document) = await NobodyAsync(world, Options);
        await post.SendAsync(document.Case.Reference);

        var text = Assert.Single(_posted);
        var json = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(
            ["kind", "text", "reference", "partnership", "stage", "deadline", "page"],
            json.Select(p => p.Key)
        );
        Assert.Equal(
            (
                "nobodyToTell",
                document.Case.Reference,
                "sandwell",
                "1",
                "2026-12-31T17:00:00+00:00",
                $"https://escalations.example.org/base/cases/{document.Case.Reference}"
            ),
            (
                $"{json["kind"]}",
                $"{json["reference"]}",
                $"{json["partnership"]}",
                $"{json["stage"]}",
                $"{json["deadline"]}",
                $"{json["page"]}"
            )
        );
        Assert.StartsWith(
            $"{document.Case.Reference}: Nobody can be told by email",
            $"{json["text"]}",
            StringComparison.Ordinal
        );
        Assert.All(
            World.Planted.Append("/r/").Append("Rosa"),
            planted => Assert.DoesNotContain(planted, text, StringComparison.Ordinal)
        );
        Assert.Contains(
            post.Log.GetSnapshot(),
            l => l.Message.StartsWith($"{document.Case.Reference}: Nobody can be told", StringComparison.Ordinal)
        );
        Assert.Contains(
            (await world.ReadAsync(document.Case.Reference)).Case.Notices,
            n => n is { IsEmail: false, Status: NoticeState.Sent }
        );
    }

    [Fact]
    public async Task Without_a_webhook_the_log_says_it()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var (post, document) = await NobodyAsync(world, new SecondChannelOptions());
        await post.SendAsync(document.Case.Reference);

        Assert.Empty(_posted);
        Assert.Single(post.Log.GetSnapshot(), l => l.Message.Contains("Nobody can be told", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500, "webhook500")]
    [InlineData(404, "webhook404")]
    [InlineData(302, "webhook302")]
    public async Task One_that_does_not_take_it_is_tried_again_and_holds_up_no_email(int status, string code)
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var (post, document) = await NobodyAsync(world, Options);
        _answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        var (after, _) = await post.SendAsync(document.Case.Reference);
        Assert.Single(_posted);
        Assert.Contains(after.Sends.Values, s => s.Error == code);
        Assert.All(after.Case.Notices.Where(n => n.IsEmail), n => Assert.Equal(NoticeState.Sent, n.Status));

        _answer = _ => Task.CompletedTask;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        (after, _) = await post.SendAsync(document.Case.Reference);
        Assert.All(after.Case.Notices.Where(n => !n.IsEmail), n => Assert.Equal(NoticeState.Sent, n.Status));
        Assert.Equal(2, _posted.Count);
    }

    [Fact]
    public async Task An_address_inside_is_refused_unless_its_host_is_listed()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var (post, document) = await NobodyAsync(world, Options with { Inside = ["elsewhere.example.org"] });
        var (after, _) = await post.SendAsync(document.Case.Reference);

        Assert.Empty(_posted);
        Assert.Contains(after.Sends.Values, s => s.Error == "webhookInside");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    public void These_are_addresses_of_the_inside(string address) =>
        Assert.False(new SecondChannelOptions().Allows("hooks.example.org", System.Net.IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1")]
    public void These_are_not(string address) =>
        Assert.True(new SecondChannelOptions().Allows("hooks.example.org", System.Net.IPAddress.Parse(address)));

    [Fact]
    public async Task A_webhook_that_does_not_answer_is_given_up_after_its_time()
    {
        var hangs = new TaskCompletionSource();
        await using var world = new World("2026-12-23T10:00:00Z");
        var (post, document) = await NobodyAsync(world, Options with { Timeout = TimeSpan.FromMilliseconds(200) });
        _answer = context => hangs.Task.WaitAsync(context.RequestAborted);
        var (after, _) = await post.SendAsync(document.Case.Reference);
        hangs.SetResult();

        Assert.Contains(after.Sends.Values, s => s.Error == "webhookTimeout");
    }

    [Fact]
    public async Task Teams_gets_a_card_with_the_text_that_wraps_and_a_way_to_the_page()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var (post, document) = await NobodyAsync(world, Options with { Format = WebhookFormat.Teams });
        await post.SendAsync(document.Case.Reference);

        var card = JsonNode.Parse(Assert.Single(_posted))!;
        Assert.Equal("message", $"{card["type"]}");
        var content = card["attachments"]![0]!["content"]!;
        Assert.StartsWith(document.Case.Reference, $"{content["body"]![0]!["text"]}", StringComparison.Ordinal);
        Assert.True(content["body"]![0]!["wrap"]!.GetValue<bool>());
        Assert.EndsWith(
            $"/cases/{document.Case.Reference}",
            $"{content["actions"]![0]!["url"]}",
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true, 200, "The test was sent", "The webhook took the second channel’s message.")]
    [InlineData(true, 503, "The test failed", "The webhook did not take the second channel’s message (webhook503).")]
    [InlineData(false, 200, "The test failed", "The webhook took the second channel’s message.")]
    [InlineData(true, null, "The test was sent", "No webhook is set: the second channel is the log alone.")]
    [InlineData(false, null, "The test failed", "No webhook is set: the second channel is the log alone.")]
    public async Task The_test_works_where_the_email_is_taken_and_so_is_the_message_to_a_webhook_that_is_set(
        bool taken,
        int? webhook,
        string title,
        string sentence
    )
    {
        _answer = context => Task.FromResult(context.Response.StatusCode = webhook ?? 404);
        var email = new OneAnswer(taken ? new MailResult.Taken(null) : new MailResult.Down(MailFaults.Relay));
        await using var host = await TestHost.StartAsync(services: s =>
            s.AddSingleton<IMailer>(email)
                .AddSingleton(webhook is null ? new SecondChannelOptions() : Options)
                .AddEmails()
        );
        using var form = new FormUrlEncodedContent([new("address", "somebody@example.org")]);
        using var answer = await (await host.AdministratorAsync()).PostAsync("/health/test", form);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        Assert.Contains(sentence, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            webhook is null ? [] : ["test"],
            _posted.Select(p => $"{JsonNode.Parse(p)!["kind"]}").Where(kind => kind == "test")
        );
    }

    private sealed class OneAnswer(MailResult answer) : IMailer
    {
        public Task<MailResult> SendAsync(Email email, CancellationToken cancel) => Task.FromResult(answer);
    }

    [Fact]
    public async Task The_begin_and_the_end_of_an_outage_are_told_once_each_and_a_begin_that_was_not_taken_again()
    {
        await using var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        var state = new Post(world, Options).State;
        _answer = context => Task.FromResult(context.Response.StatusCode = 503);
        await state.TellAsync(new MailResult.Down(MailFaults.Relay), default);
        _answer = _ => Task.CompletedTask;
        for (var i = 0; i < 40; i++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await state.TellAsync(new MailResult.Down(MailFaults.Relay), default);
        }
        await state.TellAsync(new MailResult.Taken(null), default);
        await state.TellAsync(new MailResult.Taken(null), default);

        Assert.Equal(["mailDown", "mailDown", "mailWorks"], _posted.Select(p => $"{JsonNode.Parse(p)!["kind"]}"));
        Assert.Contains("does not pass emails on", _posted[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_begin_and_the_end_of_the_stores_outage_are_told_once_each_and_a_begin_that_was_not_taken_again()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var store = new FlakyStore(StoreParts.Of(world.Store)) { RefusesWrites = true };
        var state = new Post(world, Options, store).StoreState;
        _answer = context => Task.FromResult(context.Response.StatusCode = 503);
        for (var i = 0; i < 40; i++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => state.ShowAsync(default));
            _answer = _ => Task.CompletedTask;
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        store.RefusesWrites = false;
        for (var i = 0; i < 2; i++)
        {
            await state.ShowAsync(default);
            world.Clock.Advance(StoreState.ShownFor);
        }
        store.RefusesWrites = true;
        await Assert.ThrowsAsync<TimeoutException>(() => state.ShowAsync(default));

        Assert.Equal(
            ["storeDown", "storeDown", "storeWorks", "storeDown"],
            _posted.Select(p => $"{JsonNode.Parse(p)!["kind"]}")
        );
    }

    [Fact]
    public async Task An_outage_of_the_store_whose_begin_the_second_channel_never_took_has_no_end_told_to_it()
    {
        await using var world = new World("2026-12-23T10:00:00Z");
        var store = new FlakyStore(StoreParts.Of(world.Store)) { RefusesWrites = true };
        var state = new Post(world, Options, store).StoreState;
        _answer = context => Task.FromResult(context.Response.StatusCode = 503);
        await Assert.ThrowsAsync<TimeoutException>(() => state.ShowAsync(default));
        store.RefusesWrites = false;
        await state.ShowAsync(default);

        Assert.Equal(["storeDown"], _posted.Select(p => $"{JsonNode.Parse(p)!["kind"]}"));
    }
}
