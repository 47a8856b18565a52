using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.Emails;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Escalation.Web.Tests.GovUkNotify;

/// <summary>What Notify is asked, and what each of its answers comes to.</summary>
public sealed class NotifyMailerTests : IAsyncLifetime
{
    private static readonly Guid ReplyTo = new("8e222534-7f05-4972-86e3-17c5d9f894e2"),
        Other = new("0a0a0a0a-7f05-4972-86e3-17c5d9f894e2");

    private static readonly Email Sample = new()
    {
        Key = "SAN-7K3M-Q9XA/3/stageOpened/oak-primary/line-manager/raising",
        ToName = "Zoë Ågård",
        ToAddress = "zoe@oak-primary.example.org",
        ReplyTo = "Manager@sandwell.example.org",
        Subject = "SAN-7K3M-Q9XA stage 1: answer by 5pm",
        Text = "Dear Zoë Ågård,\n\nplease\nanswer.",
        Html = "<p>Dear Zoë</p>",
        Unwrapped = "Dear Zoë Ågård,\n\nplease answer.",
        Calendar = new CalendarEntry("REQUEST", "BEGIN:VCALENDAR"),
    };

    private readonly FakeLogCollector _log = new();
    private NotifyStub _notify = null!;

    public async Task InitializeAsync() => _notify = await NotifyStub.StartAsync();

    public Task DisposeAsync() => _notify.DisposeAsync().AsTask();

    [Fact]
    public async Task An_email_goes_out_under_the_template_with_its_key_as_reference_and_its_business_managers_reply_to_id()
    {
        _notify.ReplyToIds.Add($"{ReplyTo}");
        using var mailer = Mailer(s =>
            s with
            {
                ReplyTo = Ids(("manager@sandwell.example.org", ReplyTo), ("", Other)),
            }
        );

        var result = await SendAsync(mailer);

        var sent = Assert.Single(_notify.Emails);
        Assert.Equal(new MailResult.Taken(sent.Id), result);
        Assert.Equal((Sample.Key, Sample.ToAddress, Sample.Subject), (sent.Reference, sent.To, sent.Subject));
        Assert.Equal(("Dear Zoë Ågård,\n\nplease answer\\.", $"{ReplyTo}"), (sent.Text, sent.ReplyTo));
        Assert.Equal(["GET /v2/notifications", "POST /v2/notifications/email"], _notify.Requests);
    }

    [Fact]
    public async Task Replies_go_by_the_id_for_all_others_where_the_address_has_none_and_by_the_services_default_where_none_is_set()
    {
        _notify.ReplyToIds.Add($"{Other}");
        using var mailer = Mailer(s => s with { ReplyTo = Ids(("manager@suffolk.example.org", ReplyTo), ("", Other)) });
        await SendAsync(mailer);
        await SendAsync(mailer, Sample with { Key = "SAN-7K3M-Q9XA/4/reminder/a/b/raising", ReplyTo = null });
        using var without = Mailer();
        await SendAsync(without, Sample with { Key = "SAN-7K3M-Q9XA/5/reminder/a/b/raising" });

        Assert.Equal([$"{Other}", $"{Other}", null], _notify.Emails.Select(e => e.ReplyTo));
    }

    [Fact]
    public async Task A_reply_to_id_that_notify_does_not_know_keeps_nobodys_email_and_is_logged_once_and_shown()
    {
        var settings = Settings() with { ReplyTo = Ids(("", ReplyTo)) };
        using var mailer = Mailer(_ => settings);

        Assert.IsType<MailResult.Taken>(await SendAsync(mailer));
        Assert.IsType<MailResult.Taken>(
            await SendAsync(mailer, Sample with { Key = "SAN-7K3M-Q9XA/4/reminder/a/b/raising" })
        );

        Assert.Equal([null, null], _notify.Emails.Select(e => e.ReplyTo));
        var logged = Assert.Single(_log.GetSnapshot());
        Assert.Equal($"GOV.UK Notify does not know the reply-to id {ReplyTo}: emails go without it", logged.Message);
        var line = NotifyHealth.Line(mailer, settings, null);
        Assert.Equal(HealthState.Look, line.State);
        Assert.Contains(
            $"does not know the reply-to id {ReplyTo}: emails go without it",
            line.Figure,
            StringComparison.Ordinal
        );

        _notify.ReplyToIds.Add($"{ReplyTo}");
        await SendAsync(mailer, Sample with { Key = "SAN-7K3M-Q9XA/5/reminder/a/b/raising" });
        Assert.Equal(
            ($"{ReplyTo}", HealthState.Well),
            (_notify.Emails[^1].ReplyTo, NotifyHealth.Line(mailer, settings, null).State)
        );
    }

    [Fact]
    public async Task A_reply_to_id_that_notify_does_not_know_hides_no_outage()
    {
        var settings = Settings() with { ReplyTo = Ids(("", ReplyTo)) };
        using var mailer = Mailer(_ => settings);
        await SendAsync(mailer);
        Assert.NotNull(mailer.UnknownReplyTo);

        foreach (var fault in MailFaults.All)
        {
            var outage = new MailOutage(fault, new(2026, 12, 23, 10, 0, 0, TimeSpan.Zero));
            var line = NotifyHealth.Line(mailer, settings, outage);
            Assert.Equal(HealthWords.Mail(outage, ""), line);
            Assert.Equal(HealthState.Act, line.State);
        }
    }

    [Fact]
    public async Task What_notify_cannot_carry_is_said_where_health_is()
    {
        using var mailer = Mailer();
        var line = NotifyHealth.Line(mailer, Settings(), null);

        Assert.Equal(("Sending email", HealthState.Well), (line.What, line.State));
        foreach (
            var words in (string[])
                ["GOV.UK Notify", "no calendar entry", "none is withdrawn", "the template’s", "Replies go to"]
        )
            Assert.Contains(words, line.Figure, StringComparison.Ordinal);
        Assert.DoesNotContain(NotifyStub.Secret, line.Figure, StringComparison.Ordinal);
    }

    /// <summary>Status, error and message as Notify's documentation gives them, and what they come to.</summary>
    [Theory]
    [InlineData(400, "ValidationError", "email_address Not a valid email address", "refused badAddress")]
    [InlineData(400, "InvalidEmailError", "Not a valid email address", "refused badAddress")]
    [InlineData(400, "ValidationError", "template_id is not a valid UUID", "down template")]
    [InlineData(400, "ValidationError", "personalisation somebody is not of type object", "down template")]
    [InlineData(400, "ValidationError", "reference SAN-… is too long", "down size")]
    [InlineData(400, "BadRequestError", "Template not found", "down template")]
    [InlineData(400, "BadRequestError", "Template has been deleted", "down template")]
    [InlineData(400, "BadRequestError", "Missing personalisation: name", "down template")]
    [InlineData(
        400,
        "BadRequestError",
        "Your message is too long. Emails cannot be longer than 2000000 bytes.",
        "down size"
    )]
    [InlineData(400, "BadRequestError", "Can’t send to this recipient using a team-only API key", "down restricted")]
    [InlineData(
        400,
        "BadRequestError",
        "Cannot send to this recipient when service is in trial mode",
        "down restricted"
    )]
    [InlineData(400, "BadRequestError", "Service is not allowed to send emails", "down policy")]
    [InlineData(
        400,
        "BadRequestError",
        "email_reply_to_id 1 does not exist in database for service id 2",
        "down policy"
    )]
    [InlineData(401, "AuthError", "Unauthorized: authentication token must be provided", "down signIn")]
    [InlineData(403, "AuthError", "Invalid token: API key not found", "down signIn")]
    [InlineData(404, "NotFound", "The requested URL was not found on the server", "down notUnderstood")]
    [InlineData(408, "Timeout", "Timed out", "down timeout")]
    [InlineData(413, "TooLarge", "Request entity too large", "down size")]
    [InlineData(
        429,
        "RateLimitError",
        "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds",
        "down throttled"
    )]
    [InlineData(429, "TooManyRequestsError", "Exceeded send limits (email: 50) for today", "down throttled")]
    [InlineData(500, "Exception", "Internal server error", "down busy")]
    [InlineData(503, "Exception", "Unavailable", "down busy")]
    [InlineData(504, "EventletTimeout", "Timeout serving request", "down busy")]
    public async Task Only_what_is_about_the_recipients_address_is_held_against_a_recipient(
        int status,
        string error,
        string message,
        string expected
    )
    {
        _notify.RefuseSending(status, error, message);
        using var mailer = Mailer();

        var result = await SendAsync(mailer);

        Assert.Equal(
            expected,
            result switch
            {
                MailResult.Refused refused => $"refused {refused.Code}",
                MailResult.Down down => $"down {down.Fault}",
                _ => result.GetType().Name,
            }
        );
        Assert.Single(_notify.Requests, "POST /v2/notifications/email");
    }

    [Fact]
    public async Task One_wrong_field_among_others_is_not_the_recipients()
    {
        _notify.Instead = async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(
                """
                { "status_code": 400, "errors": [
                  { "error": "ValidationError", "message": "email_address Not a valid email address" },
                  { "error": "ValidationError", "message": "template_id is not a valid UUID" } ] }
                """
            );
            return true;
        };
        using var mailer = Mailer();
        Assert.Equal(new MailResult.Down(MailFaults.Template), await SendAsync(mailer));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("<html>A proxy says no</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "errors": null }""")]
    [InlineData("""{ "errors": [null] }""")]
    [InlineData("""{ "errors": [{ "error": null, "message": null }] }""")]
    public async Task A_refusal_that_is_not_notifys_own_is_nobodys_fault_in_the_case(string body)
    {
        _notify.Instead = async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(body);
            return true;
        };
        using var mailer = Mailer();
        Assert.Equal(new MailResult.Down(MailFaults.Policy), await SendAsync(mailer));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "notifications": null }""")]
    public async Task An_answer_without_notifications_is_not_understood(string body)
    {
        AnswerLists(body);
        using var mailer = Mailer();
        Assert.Equal(new MailResult.Down(MailFaults.NotUnderstood), await SendAsync(mailer));
        Assert.Empty(_notify.Emails);
    }

    [Theory]
    [InlineData("""{ "notifications": [null] }""")]
    [InlineData("""{ "notifications": [{ "id": null, "reference": null, "status": "technical-failure" }] }""")]
    public async Task An_entry_that_is_nothing_is_no_earlier_email(string body)
    {
        AnswerLists(body);
        using var mailer = Mailer();
        Assert.IsType<MailResult.Taken>(await SendAsync(mailer));
        Assert.Single(_notify.Emails);
    }

    [Theory]
    [InlineData(429, "90", 90)]
    [InlineData(503, "5", 5)]
    [InlineData(503, "soon", null)]
    public async Task Its_own_wish_when_to_be_asked_again_is_kept(int status, string retryAfter, int? seconds)
    {
        _notify.RefuseSending(status, "Exception", "Later", ("Retry-After", retryAfter));
        using var mailer = Mailer();
        var down = Assert.IsType<MailResult.Down>(await SendAsync(mailer));
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, down.After);
    }

    [Fact]
    public async Task A_wish_given_as_a_date_is_kept()
    {
        var later = DateTimeOffset.UtcNow.AddMinutes(10);
        _notify.RefuseSending(
            429,
            "RateLimitError",
            "Later",
            ("Retry-After", later.ToString("R", CultureInfo.InvariantCulture))
        );
        using var mailer = Mailer();
        Assert.InRange(Assert.IsType<MailResult.Down>(await SendAsync(mailer)).After!.Value.TotalMinutes, 8, 10.1);
    }

    [Theory]
    [InlineData(5, "signIn")]
    [InlineData(-5, "signIn")]
    [InlineData(40, "clock")]
    [InlineData(-40, "clock")]
    public async Task A_key_refused_where_the_clocks_are_half_a_minute_apart_is_the_clocks_fault(
        int seconds,
        string fault
    )
    {
        var date = DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);
        _notify.RefuseSending(
            403,
            "AuthError",
            "Error: Your system clock must be accurate to within 30 seconds",
            ("Date", date)
        );
        using var mailer = Mailer();
        Assert.Equal(new MailResult.Down(fault), await SendAsync(mailer));
    }

    [Fact]
    public async Task A_key_of_another_service_signs_nobody_in()
    {
        using var mailer = Mailer(s => s with { Key = $"other-{Guid.NewGuid()}-{Guid.NewGuid()}" });
        Assert.Equal(new MailResult.Down(MailFaults.SignIn), await SendAsync(mailer));
        Assert.Equal(new MailResult.Down(MailFaults.SignIn), await mailer.CheckAsync(CancellationToken.None));
        Assert.Empty(_notify.Emails);
    }

    [Fact]
    public async Task Each_request_has_its_time_limit()
    {
        var hung = new TaskCompletionSource<bool>();
        _notify.Instead = _ => hung.Task;
        using var mailer = Mailer(s => s with { Timeout = TimeSpan.FromMilliseconds(200) });
        Assert.Equal(new MailResult.Down(MailFaults.Timeout), await SendAsync(mailer));
        hung.SetResult(true);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable_and_so_is_one_who_hangs_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var nobody = Mailer(s => s with { Url = new Uri($"http://127.0.0.1:{port}") });
        Assert.Equal(new MailResult.Down(MailFaults.Unreachable), await SendAsync(nobody));

        _notify.Instead = HangUpAsync;
        using var mailer = Mailer();
        Assert.Equal(new MailResult.Down(MailFaults.Unreachable), await SendAsync(mailer));
    }

    [Fact]
    public async Task Where_tls_is_asked_for_and_plain_text_answers_it_is_the_certificates_fault()
    {
        using var mailer = Mailer(s => s with { Url = new UriBuilder(_notify.Url) { Scheme = "https" }.Uri });
        Assert.Equal(new MailResult.Down(MailFaults.Certificate), await SendAsync(mailer));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_key()
    {
        await using var elsewhere = await NotifyStub.StartAsync();
        _notify.Instead = context =>
        {
            context.Response.Redirect(new Uri(elsewhere.Url, context.Request.Path).AbsoluteUri);
            return Task.FromResult(true);
        };
        using var mailer = Mailer();
        Assert.Equal(new MailResult.Down(MailFaults.NotUnderstood), await SendAsync(mailer));
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("hangs up", "unreachable")]
    [InlineData("500 Exception", "busy")]
    [InlineData("504 EventletTimeout", "busy")]
    [InlineData("taken, but this is no JSON", "notUnderstood")]
    [InlineData("null", "notUnderstood")]
    public async Task An_email_that_was_taken_and_whose_answer_was_lost_is_found_by_its_key_and_not_sent_again(
        string answer,
        string fault
    )
    {
        _notify.AfterTaking = answer.Split(' ') switch
        {
            ["hangs", "up"] => HangUpAsync,
            ["500", var error] => context => NotifyStub.RefuseAsync(context, 500, error, "Internal server error"),
            ["504", var error] => context => NotifyStub.RefuseAsync(context, 504, error, "Timeout serving request"),
            _ => context => context.Response.WriteAsync(answer),
        };
        using (var mailer = Mailer())
            Assert.Equal(new MailResult.Down(fault), await SendAsync(mailer));
        _notify.AfterTaking = null;

        // By another process too: after a crash nobody remembers the first attempt.
        using var after = Mailer();
        Assert.Equal(new MailResult.Taken(Assert.Single(_notify.Emails).Id), await SendAsync(after));
        Assert.Equal(new MailResult.Taken(Assert.Single(_notify.Emails).Id), await SendAsync(after));
    }

    [Fact]
    public async Task Nothing_is_sent_while_notify_cannot_be_asked_whether_it_has_the_email()
    {
        _notify.Instead = async context =>
        {
            await NotifyStub.RefuseAsync(context, 503, "Exception", "Unavailable");
            return true;
        };
        using var mailer = Mailer();
        Assert.Equal(new MailResult.Down(MailFaults.Busy), await SendAsync(mailer));
        Assert.Equal(["GET /v2/notifications"], _notify.Requests);
    }

    [Theory]
    [InlineData("created", "taken")]
    [InlineData("sending", "taken")]
    [InlineData("delivered", "taken")]
    [InlineData("permanent-failure", "bounced")]
    [InlineData("temporary-failure", "mailboxUnavailable")]
    [InlineData("technical-failure", "sent anew")]
    public async Task What_became_of_an_earlier_attempt_is_what_a_repeat_answers(string status, string expected)
    {
        using var mailer = Mailer();
        await SendAsync(mailer);
        _notify.Emails[0].Status = status;

        var result = await SendAsync(mailer);

        Assert.Equal(
            expected switch
            {
                "taken" => new MailResult.Taken(_notify.Emails[0].Id),
                "sent anew" => new MailResult.Taken(_notify.Emails[1].Id),
                _ => new MailResult.Refused(expected),
            },
            result
        );
        Assert.Equal(expected == "sent anew" ? 2 : 1, _notify.Emails.Count);
        if (expected == "sent anew")
            Assert.Equal(result, await SendAsync(mailer));
    }

    [Fact]
    public async Task An_email_that_is_too_large_for_notify_is_not_sent_to_it()
    {
        using var mailer = Mailer();
        var text = new string('x', 1_900_000);
        Assert.IsType<MailResult.Taken>(await SendAsync(mailer, Sample with { Unwrapped = text }));
        _notify.Requests.Clear();
        Assert.Equal(
            new MailResult.Down(MailFaults.Size),
            await SendAsync(mailer, Sample with { Unwrapped = text + "x" })
        );
        Assert.Empty(_notify.Requests);
    }

    [Theory]
    [InlineData("email", "((subject))", "((text))", true)]
    [InlineData("email", "(( Subject ))", "A word before.\n\n((TEXT))\n\nA word after.", true)]
    [InlineData("email", "((subject))", "((text)) ((text??again))", true)]
    [InlineData("sms", "((subject))", "((text))", false)]
    [InlineData("email", "A subject", "((text))", false)]
    [InlineData("email", "((subject))", "A text", false)]
    [InlineData("email", "((subject))", "Dear ((name)), ((text))", false)]
    [InlineData("email", "((subject)) ((name??again))", "((text))", false)]
    public async Task A_template_is_fit_that_asks_for_the_subject_and_the_text_and_nothing_else(
        string type,
        string subject,
        string body,
        bool fit
    )
    {
        (_notify.TemplateType, _notify.TemplateSubject, _notify.TemplateBody) = (type, subject, body);
        using var mailer = Mailer();
        Assert.Equal(
            fit ? new MailResult.Taken(null) : new MailResult.Down(MailFaults.Template),
            await mailer.CheckAsync(CancellationToken.None)
        );
        Assert.Empty(_notify.Emails);
    }

    [Fact]
    public async Task A_template_that_is_not_there_is_known_before_anything_is_sent()
    {
        using var mailer = Mailer(s => s with { Template = Guid.NewGuid() });
        Assert.Equal(new MailResult.Down(MailFaults.Template), await mailer.CheckAsync(CancellationToken.None));
        Assert.Equal(new MailResult.Down(MailFaults.Template), await SendAsync(mailer));
    }

    [Fact]
    public async Task A_host_that_stops_is_no_result()
    {
        using var stopping = new CancellationTokenSource();
        _notify.Instead = async _ =>
        {
            await stopping.CancelAsync();
            return false;
        };
        using var mailer = Mailer();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mailer.SendAsync(Sample, stopping.Token));
    }

    [Fact]
    public async Task Several_emails_at_once_each_arrive_once()
    {
        using var mailer = Mailer();
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i =>
                    SendAsync(
                        mailer,
                        Sample with
                        {
                            Key = $"SAN-7K3M-Q9XA/{i}/stageOpened/oak-primary/line-manager/raising",
                        }
                    )
                )
        );
        Assert.All(results, r => Assert.IsType<MailResult.Taken>(r));
        Assert.Equal(40, _notify.Emails.Select(e => e.Reference).Distinct().Count());
    }

    internal static NotifySettings SettingsOf(NotifyStub notify) =>
        new()
        {
            Key = NotifyStub.Key,
            Template = new Guid(NotifyStub.Template),
            Url = notify.Url,
        };

    private NotifySettings Settings() => SettingsOf(_notify);

    /// <summary>What it answers when it is asked for emails.</summary>
    private void AnswerLists(string body) =>
        _notify.Instead = async context =>
        {
            if (!HttpMethods.IsGet(context.Request.Method))
                return false;
            await context.Response.WriteAsync(body);
            return true;
        };

    private NotifyMailer Mailer(Func<NotifySettings, NotifySettings>? change = null)
    {
        var logs = new LoggerFactory([new FakeLoggerProvider(_log)]);
        return new NotifyMailer(change?.Invoke(Settings()) ?? Settings(), logs.CreateLogger<NotifyMailer>());
    }

    private static Task<MailResult> SendAsync(NotifyMailer mailer, Email? email = null) =>
        mailer.SendAsync(email ?? Sample, CancellationToken.None);

    private static Dictionary<string, Guid> Ids(params (string Address, Guid Id)[] ids) =>
        ids.ToDictionary(i => i.Address, i => i.Id, StringComparer.OrdinalIgnoreCase);

    private static async Task<bool> HangUpAsync(HttpContext context)
    {
        context.Abort();
        await Task.Yield();
        return true;
    }
}
