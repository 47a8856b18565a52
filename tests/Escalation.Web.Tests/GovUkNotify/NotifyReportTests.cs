using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.Composition;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Site;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.GovUkNotify;

/// <summary>What Notify says became of an email, posted to us or asked of it.</summary>
public sealed class NotifyReportTests : IAsyncLifetime
{
    private const string Token = "0123456789-0123456789-0123456789";

    private NotifyStub _notify = null!;
    private TestHost _host = null!;
    private string _reference = "";

    public async Task InitializeAsync()
    {
        _notify = await NotifyStub.StartAsync();
        _host = await StartAsync(NotifyMailerTests.SettingsOf(_notify) with { CallbackToken = Token });
        var opened = await (await _host.AdministratorAsync()).PostAsync("/api/escalations", Sample.Opening());
        _reference = opened["reference"]!;
        await SendDueAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _notify.DisposeAsync();
    }

    [Fact]
    public async Task A_delivery_is_recorded_and_a_repeat_changes_nothing()
    {
        var email = await AskedAsync();
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(email.Report("delivered")));
        var version = (await ReadAsync()).Version;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(email.Report("delivered")));

        Assert.Equal(NoticeState.Delivered, (await NoticeOfAsync(email)).Status);
        Assert.Equal(version, (await ReadAsync()).Version);
    }

    [Theory]
    [InlineData("permanent-failure", "bounced")]
    [InlineData("temporary-failure", "mailboxUnavailable")]
    public async Task A_failure_shows_on_the_case_and_somebody_else_is_asked(string status, string reason)
    {
        var email = await AskedAsync();
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(email.Report(status)));
        var version = (await ReadAsync()).Version;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(email.Report(status)));

        Assert.Equal(
            (NoticeState.Failed, reason),
            ((await NoticeOfAsync(email)).Status, (await NoticeOfAsync(email)).Reason)
        );
        var document = await ReadAsync();
        Assert.Equal(version, document.Version);
        Assert.Contains(
            document.Case.Notices,
            n => n is { Status: NoticeState.Queued, Queued.Kind: NoticeKinds.NoticeFailed }
        );
        var failed = (await NoticeOfAsync(email)).Queued;
        Assert.DoesNotContain(Anew(document, failed), n => n.Queued.Contact == failed.Contact);
    }

    [Fact]
    public async Task What_notify_itself_failed_to_send_is_asked_of_the_same_person_once_more_and_then_of_somebody_else()
    {
        var email = await AskedAsync();
        await PostAsync(email.Report("technical-failure"));

        var failed = await NoticeOfAsync(email);
        Assert.Equal((NoticeState.Failed, "technicalFailure"), (failed.Status, failed.Reason));
        var again = Assert.Single(Anew(await ReadAsync(), failed.Queued));
        Assert.Equal(failed.Queued.Contact, again.Queued.Contact);
        Assert.NotEqual(failed.Key, again.Key);

        await SendDueAsync();
        await PostAsync(_notify.Emails.Single(e => e.Reference == again.Key).Report("technical-failure"));
        Assert.DoesNotContain(
            Anew(await ReadAsync(), again.Queued),
            n => n.Queued.Contact == failed.Queued.Contact && n.Status == NoticeState.Queued
        );
    }

    [Theory]
    [InlineData("delivered", "permanent-failure", NoticeState.Failed)]
    [InlineData("permanent-failure", "delivered", NoticeState.Failed)]
    public async Task A_failure_counts_in_whichever_order_it_comes(string first, string second, NoticeState status)
    {
        var email = await AskedAsync();
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(email.Report(first)));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(email.Report(second)));
        Assert.Equal(status, (await NoticeOfAsync(email)).Status);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("sending")]
    [InlineData("something new")]
    public async Task A_status_that_says_nothing_final_changes_nothing(string status)
    {
        var version = (await ReadAsync()).Version;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync((await AskedAsync()).Report(status)));
        Assert.Equal(version, (await ReadAsync()).Version);
    }

    [Fact]
    public async Task A_report_before_its_send_is_recorded_is_recorded_and_the_send_then_changes_nothing()
    {
        var opened = await (await _host.AdministratorAsync()).PostAsync("/api/escalations", Sample.Opening("sefton"));
        _reference = opened["reference"]!;
        var notice = (await ReadAsync()).Case.Notices.First(n => n is { Status: NoticeState.Queued, IsEmail: true });
        var email = new NotifyEmail(Guid.NewGuid().ToString(), notice.Key, "", "", "", null);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(email.Report("delivered")));
        await _host
            .Services.GetRequiredService<CaseHandler>()
            .RecordAttemptsAsync(
                _reference,
                [new Attempt(notice.Key, email.Id, null)],
                _host.Clock.GetUtcNow(),
                CancellationToken.None
            );
        Assert.Equal(NoticeState.Delivered, (await NoticeOfAsync(email)).Status);
    }

    [Fact]
    public async Task What_is_of_another_program_a_test_or_another_copy_changes_nothing()
    {
        var (version, email) = ((await ReadAsync()).Version, await AskedAsync());
        foreach (
            var other in new[]
            {
                email with
                {
                    Reference = "test/0123456789abcdef",
                },
                email with
                {
                    Reference = "an order of somebody else",
                },
                email with
                {
                    Reference = email.Reference + "/more",
                },
                email with
                {
                    Reference = "SAN-0000-0000/3/stageOpened/a/b/raising",
                },
                email with
                {
                    Id = Guid.NewGuid().ToString(),
                },
            }
        )
            Assert.Equal(HttpStatusCode.NoContent, await PostAsync(other.Report("permanent-failure")));
        Assert.Equal(
            HttpStatusCode.NoContent,
            await PostAsync("""{ "id": null, "reference": null, "status": "delivered" }""")
        );
        Assert.Equal(version, (await ReadAsync()).Version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0123456789-0123456789-0123456788")]
    [InlineData("Bearer 0123456789-0123456789-01234567890")]
    [InlineData("Basic 0123456789-0123456789-0123456789")]
    [InlineData("0123456789-0123456789-0123456789")]
    public async Task Without_the_token_nothing_is_recorded(string? authorization)
    {
        var version = (await ReadAsync()).Version;
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await PostAsync((await AskedAsync()).Report("permanent-failure"), authorization)
        );
        Assert.Equal(version, (await ReadAsync()).Version);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "x": null }""")]
    [InlineData("""{ "id": null, "reference": null, "status": null }""")]
    [InlineData("""{ "id": "1", "reference": null, "status": "permanent-failure" }""")]
    public async Task A_report_that_says_nothing_is_taken_and_changes_nothing(string body)
    {
        var version = (await ReadAsync()).Version;
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(body));
        Assert.Equal(version, (await ReadAsync()).Version);
    }

    [Fact]
    public async Task Wrong_tokens_are_limited_by_client_and_counted_and_the_right_one_is_taken_all_the_same()
    {
        var most = new WebOptions().WrongKeysPerMinute;
        for (var i = 0; i < most; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("{}", $"Bearer a-wrong-token-{i}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync("{}", "Bearer a-wrong-token"));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync((await AskedAsync()).Report("delivered")));

        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var refused = _host
            .Log.GetSnapshot()
            .Select(l => l.Message)
            .Where(m => m.StartsWith("Refused", StringComparison.Ordinal));
        Assert.Equal(
            [
                "Refused POST /hooks/notify: 401 unauthorised, asked by nobody",
                "Refused POST /hooks/notify: 429 tooMany, asked by nobody",
                $"Refused POST /hooks/notify: 401 unauthorised, asked by nobody; {most - 1} more within a minute",
            ],
            refused
        );
    }

    [Fact]
    public async Task Where_no_token_is_set_there_is_no_callback()
    {
        await using var without = await StartAsync(NotifyMailerTests.SettingsOf(_notify));
        await using var another = await TestHost.StartAsync();
        foreach (var host in new[] { without, another })
        {
            using var client = host.With(Token);
            Assert.Equal("notFound", (await client.PostTextAsync("/hooks/notify", "{}")).Code);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "");
            Assert.Equal("notFound", (await client.PostTextAsync("/hooks/notify", "{}")).Code);
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("")]
    public async Task A_body_that_is_no_report_is_a_bad_request(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(body));

    [Fact]
    public async Task What_became_of_emails_is_found_by_asking_too_page_by_page_and_asking_again_changes_nothing()
    {
        var emails = _notify.Emails;
        Assert.True(emails.Count > 1);
        _notify.PageSize = 1;
        emails[0].Status = "permanent-failure";
        emails[^1].Status = "delivered";
        var reports = _host.Services.GetRequiredService<NotifyReports>();

        await reports.PollAsync(CancellationToken.None);

        Assert.Equal(NoticeState.Failed, (await NoticeOfAsync(emails[0])).Status);
        Assert.Equal(NoticeState.Delivered, (await NoticeOfAsync(emails[^1])).Status);
        Assert.All(
            emails.Skip(1).SkipLast(1),
            e => Assert.Equal(NoticeState.Sent, NoticeOfAsync(e).GetAwaiter().GetResult().Status)
        );
        var version = (await ReadAsync()).Version;
        await reports.PollAsync(CancellationToken.None);
        Assert.Equal(version, (await ReadAsync()).Version);
    }

    [Fact]
    public async Task A_notify_that_cannot_be_asked_is_logged_once_when_it_begins_and_asked_again()
    {
        var reports = _host.Services.GetRequiredService<NotifyReports>();
        foreach (var works in new[] { false, false, true, false })
        {
            _notify.Instead = async context =>
            {
                if (!works)
                    await NotifyStub.RefuseAsync(context, 503, "Exception", "Unavailable");
                return !works;
            };
            await reports.PollAsync(CancellationToken.None);
        }
        const string said = "What became of emails could not be asked";
        Assert.Equal(2, _host.Log.GetSnapshot().Count(l => l.Message.StartsWith(said, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_host_asks_at_its_start_and_every_five_minutes()
    {
        var asked = NextAsked();
        await using var host = await StartAsync(NotifyMailerTests.SettingsOf(_notify), s => s.AddNotifyPolling());
        await asked;
        for (var times = 0; times < 2; times++)
        {
            asked = NextAsked();
            host.Clock.Advance(TimeSpan.FromMinutes(5));
            await asked;
        }
    }

    [Fact]
    public async Task The_key_and_the_token_are_in_no_log_line()
    {
        _notify.RefuseSending(403, "AuthError", $"Invalid token of {NotifyStub.Key}");
        await (await _host.AdministratorAsync()).PostAsync("/api/escalations", Sample.Opening("sefton"));
        await PostAsync("{}", $"Bearer {Token}x");
        await _host.Services.GetRequiredService<NotifyReports>().PollAsync(CancellationToken.None);
        Assert.NotEmpty(_host.Log.GetSnapshot());
        Assert.All(
            _host.Log.GetSnapshot(),
            l =>
            {
                Assert.DoesNotContain(NotifyStub.Secret, $"{l.Message} {l.Exception}", StringComparison.Ordinal);
                Assert.DoesNotContain(Token, $"{l.Message} {l.Exception}", StringComparison.Ordinal);
                Assert.DoesNotContain("@", $"{l.Message} {l.Exception}", StringComparison.Ordinal);
            }
        );
    }

    /// <summary>Done when a host has asked what became of its emails.</summary>
    private Task NextAsked()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _notify.Instead = context =>
        {
            if (HttpMethods.IsGet(context.Request.Method))
                asked.TrySetResult();
            return Task.FromResult(false);
        };
        return asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static Task<TestHost> StartAsync(NotifySettings settings, Action<IServiceCollection>? more = null) =>
        TestHost.StartAsync(services: services =>
        {
            services.AddEmails().AddNotify(settings).AddSingleton<IMailer>(s => s.GetRequiredService<NotifyMailer>());
            more?.Invoke(services);
        });

    private async Task SendDueAsync() =>
        await _host
            .Services.GetRequiredService<NoticeSender>()
            .SendDueAsync(await ReadAsync(), _host.Clock.GetUtcNow(), CancellationToken.None);

    /// <summary>An email by which somebody was asked for something.</summary>
    private async Task<NotifyEmail> AskedAsync()
    {
        var asked = (await ReadAsync()).Case.Notices.First(n =>
            n is { Status: NoticeState.Sent, Queued.Action: not NoticeAction.None }
        );
        return _notify.Emails.Single(e => e.Reference == asked.Key);
    }

    /// <summary>What was queued after a failure, to ask for the same.</summary>
    private static IEnumerable<Notice> Anew(CaseDocument document, NoticeQueued failed) =>
        document.Case.Notices.Where(n =>
            n.Queued.Kind == failed.Kind && n.Queued.Cause > failed.Cause && n.Queued.Action == failed.Action
        );

    private async Task<Notice> NoticeOfAsync(NotifyEmail email) =>
        (await ReadAsync()).Case.Notices.Single(n => n.Key == email.Reference);

    private async Task<CaseDocument> ReadAsync() =>
        (await _host.Services.GetRequiredService<CaseHandler>().ReadAsync(_reference, CancellationToken.None))!;

    private async Task<HttpStatusCode> PostAsync(string report, string? authorization = $"Bearer {Token}")
    {
        using var client = _host.Nobody();
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        using var content = new StringContent(report, Encoding.UTF8, "application/json");
        return (await client.PostAsync("/hooks/notify", content)).StatusCode;
    }
}
