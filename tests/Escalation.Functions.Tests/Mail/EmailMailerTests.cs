using System.Diagnostics.Metrics;
using Azure;
using Azure.Identity;
using Escalation.Core.Notices;
using Escalation.Functions.Mail;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Tests.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Escalation.Functions.Tests.Mail;

public sealed class EmailMailerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 9, 25, 10, 0, 0, TimeSpan.Zero);
    private static readonly Email Example = new()
    {
        Key = "SAN-7K3M-Q9XA/2/stageOpened/oak-primary/lineManager/raising",
        ToName = "Lin Manager",
        ToAddress = "lin@oak-primary.example.org",
        ReplyTo = "manager@sandwell.example.org",
        Subject = "SAN-7K3M-Q9XA: stage 1",
        Text = "Plain.",
        Html = "<p>Rich.</p>",
        Calendar = new CalendarEntry("REQUEST", "BEGIN:VCALENDAR"),
    };

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddSingleton<Meters>()
        .BuildServiceProvider();
    private readonly CapturedMail _client = new();
    private readonly EmailMailer _mailer;

    public EmailMailerTests()
    {
        var meters = _services.GetRequiredService<Meters>();
        _mailer = new EmailMailer(
            _client,
            new EmailSender("escalation@mail.example.org"),
            new FakeTimeProvider(Now),
            meters
        );
    }

    [Fact]
    public async Task Sender_recipient_reply_to_both_parts_and_the_calendar_entry_are_right_and_tracking_is_off()
    {
        await _mailer.SendAsync(Example, CancellationToken.None);

        var (message, operation, wait) = Assert.Single(_client.Sent);
        Assert.Equal(("escalation@mail.example.org", WaitUntil.Started), (message.SenderAddress, wait));
        var to = Assert.Single(message.Recipients.To);
        Assert.Equal(("lin@oak-primary.example.org", "Lin Manager"), (to.Address, to.DisplayName));
        Assert.Equal("manager@sandwell.example.org", Assert.Single(message.ReplyTo).Address);
        Assert.Equal(
            (Example.Subject, Example.Text, Example.Html),
            (message.Content.Subject, message.Content.PlainText, message.Content.Html)
        );
        var attachment = Assert.Single(message.Attachments);
        Assert.Equal(
            ("deadline.ics", "text/calendar; charset=utf-8; method=REQUEST", "BEGIN:VCALENDAR"),
            (attachment.Name, attachment.ContentType, attachment.Content.ToString())
        );
        Assert.True(message.UserEngagementTrackingDisabled);
        Assert.Empty(message.Headers);
        Assert.NotEqual(Guid.Empty, operation);
    }

    [Fact]
    public async Task An_email_without_reply_to_or_calendar_has_neither()
    {
        await _mailer.SendAsync(Example with { ReplyTo = null, Calendar = null }, CancellationToken.None);
        var message = Assert.Single(_client.Sent).Message;
        Assert.Empty(message.ReplyTo);
        Assert.Empty(message.Attachments);
    }

    [Fact]
    public async Task The_same_notice_twice_is_the_same_operation_and_another_notice_another_one()
    {
        var first = await _mailer.SendAsync(Example, CancellationToken.None);
        var again = await _mailer.SendAsync(Example with { Text = "Rendered anew." }, CancellationToken.None);
        await _mailer.SendAsync(
            Example with
            {
                Key = "SAN-7K3M-Q9XA/9/stageOpened/oak-primary/lineManager/raising",
            },
            CancellationToken.None
        );

        Assert.Equal(first, again);
        Assert.Equal(new MailResult.Taken(_client.Sent[0].Operation.ToString()), first);
        Assert.Equal(2, _client.Sent.Select(m => m.Operation).Distinct().Count());
    }

    [Fact]
    public void The_operation_of_a_notice_is_the_same_for_ever() =>
        Assert.Equal(
            new Guid("98b97318-0f2b-8513-967f-c8d8081d90ec"),
            OperationIds.Of("SAN-7K3M-Q9XA/2/stageOpened/oak-primary/lineManager/raising")
        );

    [Theory]
    [InlineData(0, null, "unreachable", null)]
    [InlineData(401, null, "signIn", null)]
    [InlineData(403, null, "signIn", null)]
    [InlineData(404, null, "sender", null)]
    [InlineData(408, null, "timeout", null)]
    [InlineData(429, "90", "throttled", 90)]
    [InlineData(429, "Fri, 25 Sep 2026 10:05:00 GMT", "throttled", 300)]
    [InlineData(429, "Fri, 25 Sep 2026 09:00:00 GMT", "throttled", null)]
    [InlineData(429, "soon", "throttled", null)]
    [InlineData(429, "0", "throttled", 0)]
    [InlineData(429, "-5", "throttled", null)]
    [InlineData(429, "Fri, 25 Sep 2026 10:00:00 GMT", "throttled", null)]
    [InlineData(429, "Fri, 25 Sep 2026 10:00:01 GMT", "throttled", 1)]
    [InlineData(302, null, "notUnderstood", null)]
    [InlineData(399, null, "notUnderstood", null)]
    [InlineData(499, null, "policy", null)]
    [InlineData(599, null, "busy", null)]
    [InlineData(500, null, "busy", null)]
    [InlineData(503, "60", "busy", 60)]
    [InlineData(400, null, "policy", null)]
    [InlineData(413, null, "size", null)]
    [InlineData(422, null, "policy", null)]
    public async Task What_is_the_installations_is_held_against_nobody_and_tried_after_the_providers_own_wish(
        int status,
        string? retryAfter,
        string code,
        int? seconds
    )
    {
        _client.Trouble = () => Answer.Of(status, retryAfter);
        var result = await _mailer.SendAsync(Example, CancellationToken.None);
        Assert.Equal(new MailResult.Down(code, seconds is { } s ? TimeSpan.FromSeconds(s) : null), result);
        Assert.Equal(1, _client.Attempts);
    }

    [Fact]
    public async Task A_recipient_whom_the_resource_suppresses_is_refused_with_a_code_and_without_the_providers_words()
    {
        _client.Trouble = () => Answer.Of(400, null, "EmailDroppedAllRecipientsSuppressed");
        Assert.Equal(new MailResult.Refused("suppressed"), await _mailer.SendAsync(Example, CancellationToken.None));
    }

    [Fact]
    public async Task An_operation_that_is_known_already_was_taken()
    {
        _client.Trouble = () => Answer.Of(409);
        Assert.Equal(
            new MailResult.Taken(OperationIds.Of(Example.Key).ToString()),
            await _mailer.SendAsync(Example, CancellationToken.None)
        );
    }

    [Theory]
    [InlineData("no identity", "down signIn")]
    [InlineData("no route", "down unreachable")]
    [InlineData("timed out", "down unreachable")]
    [InlineData("hung up", "down unreachable")]
    [InlineData("no answer", "down unreachable")]
    [InlineData("not an address", "refused badAddress")]
    [InlineData("no form of one", "refused badAddress")]
    public async Task What_the_client_throws_is_told_as_a_result(string thrown, string expected)
    {
        _client.Trouble = () =>
            thrown switch
            {
                "no identity" => new AuthenticationFailedException(thrown),
                "no route" => new HttpRequestException(thrown),
                "timed out" => new TaskCanceledException(thrown),
                "hung up" => new IOException(thrown),
                "no answer" => new TimeoutException(thrown),
                "not an address" => new ArgumentException(thrown),
                "no form of one" => new FormatException(thrown),
                _ => throw new ArgumentOutOfRangeException(nameof(thrown)),
            };
        var result = await _mailer.SendAsync(Example, CancellationToken.None);
        Assert.Equal(
            expected,
            result switch
            {
                MailResult.Down down => $"down {down.Fault}",
                MailResult.Refused refused => $"refused {refused.Code}",
                _ => result.GetType().Name,
            }
        );
    }

    [Fact]
    public async Task A_host_that_stops_is_no_result()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        _client.Trouble = () => new TaskCanceledException("stopping", null, stopping.Token);
        await Assert.ThrowsAsync<TaskCanceledException>(() => _mailer.SendAsync(Example, stopping.Token));
    }

    [Fact]
    public async Task Attempts_are_counted_by_state_and_nothing_else()
    {
        using var seen = new MetricCollector<long>(
            _services.GetRequiredService<IMeterFactory>(),
            Meters.Name,
            "escalation.notices"
        );
        await _mailer.SendAsync(Example, CancellationToken.None);
        _client.Trouble = () => Answer.Of(429);
        await _mailer.SendAsync(Example, CancellationToken.None);

        Assert.Equal(
            ["1 state=taken", "1 state=later"],
            seen.GetMeasurementSnapshot()
                .Select(one => $"{one.Value} {string.Join(',', one.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}")
        );
    }

    public void Dispose() => _services.Dispose();
}
