using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Standalone.Smtp;

namespace Escalation.Standalone.Tests.Host;

public sealed partial class SmtpTests
{
    private static readonly Email Sample = new()
    {
        Key = "SAN-7K3M-Q9XA/3/stageOpened/oak-primary/line-manager/raising",
        ToName = "Zoë Ågård",
        ToAddress = "zoe@oak-primary.example.org",
        ReplyTo = "manager@sandwell.example.org",
        Subject = "SAN-7K3M-Q9XA stage 1: answer by 5pm Thursday 31 December 2026",
        Text = "Dear Zoë,\nplease answer.",
        Html = "<!DOCTYPE html><html lang=\"en-GB\"><body><p>Dear Zoë</p></body></html>",
        Calendar = new CalendarEntry("REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"),
    };

    [Fact]
    public async Task An_email_arrives_with_its_three_parts_and_headers()
    {
        var port = MailServer.FreePort();
        await using var server = await MailServer.StartAsync(port);

        Assert.IsType<MailResult.Taken>(await Mailer(port).SendAsync(Sample, CancellationToken.None));

        var source = Assert.Single(await server.SourcesAsync());
        Assert.Contains("multipart/alternative", source, StringComparison.Ordinal);
        Assert.Matches("(?s)text/plain.*text/html.*text/calendar", source);
        Assert.Matches("text/calendar;[^\n]*(\n[ \t][^\n]*)*method=REQUEST", source.ReplaceLineEndings("\n"));
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(Sample.Calendar!.Content))[..40], source, StringComparison.Ordinal);
        Assert.Contains($"Message-ID: {EmailMessage.IdOf(Sample.Key, "sandwell.example.org")}", source, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Reply-To: manager@sandwell.example.org", source, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Auto-Submitted: auto-generated", source, StringComparison.Ordinal);
        Assert.Contains($"Subject: {Sample.Subject}", source.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_for_a_day_stops_no_escalation_and_gets_everything_afterwards_once()
    {
        var port = MailServer.FreePort();
        await using var host = await InProcess.StartAsync(Mailer(port));
        var reference = await host.OpenAsync("one");

        await host.Mover.MoveToAsync(InProcess.Start.AddHours(23), CancellationToken.None);
        Assert.Contains((await host.Handler.ReadAsync(reference, CancellationToken.None))!.Sends.Values, s => s is { Attempts: > 40, Error: "unreachable" });
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1), CancellationToken.None);

        var waiting = (await host.Handler.ReadAsync(reference, CancellationToken.None))!;
        var queued = waiting.Case.Notices.Where(n => n.Status == Notice.IsQueued).Select(n => n.Key).ToList();
        Assert.Equal("1", waiting.Case.Stage.Id);
        Assert.Contains(waiting.Case.Notices, n => n.Queued.Stage == "1" && n.Status == Notice.IsQueued);
        Assert.All(queued, key => Assert.Equal("unreachable", waiting.Sends[key].Error));
        Assert.Equal(queued.Count, (await host.Store.CountsAsync("sandwell", host.Clock.GetUtcNow(), CancellationToken.None)).Queued);

        await using var server = await MailServer.StartAsync(port);
        await host.Mover.MoveToAsync(InProcess.Start.AddDays(1).AddMinutes(31), CancellationToken.None);

        var after = await host.CaseAsync(reference);
        Assert.DoesNotContain(after.Notices, n => n.Status == Notice.IsQueued);
        var sent = after.Notices.Where(n => n.Status == Notice.IsSent).Select(n => n.Key).ToList();
        var ids = (await server.SourcesAsync()).Select(s => MessageId().Match(s).Groups[1].Value);
        Assert.Equal(sent.Select(key => EmailMessage.IdOf(key, "sandwell.example.org")).Order(), ids.Order());
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_the_time_limit()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var settings = Settings(((IPEndPoint)silent.LocalEndpoint).Port) with { Timeout = TimeSpan.FromMilliseconds(200) };

        Assert.Equal(new MailResult.TryLater("timeout"), await new SmtpMailer(settings).SendAsync(Sample, CancellationToken.None));
    }

    [Fact]
    public async Task No_password_or_email_leaves_before_TLS_where_startTls_is_set()
    {
        var port = MailServer.FreePort();
        await using var server = await MailServer.StartAsync(port);
        var settings = Settings(port) with { StartTls = true };

        // The server's own certificate is signed by nobody.
        Assert.IsType<MailResult.TryLater>(await new SmtpMailer(settings).SendAsync(Sample, CancellationToken.None));
        Assert.Empty(await server.SourcesAsync());
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("a@b@c")]
    public async Task An_address_that_is_none_is_refused_for_good(string address) =>
        Assert.Equal(new MailResult.Refused("badAddress"), await Mailer(1).SendAsync(Sample with { ToAddress = address }, CancellationToken.None));

    [Theory]
    [InlineData(-1, "later unreachable")]
    [InlineData(421, "later busy")]
    [InlineData(450, "later busy")]
    [InlineData(451, "later busy")]
    [InlineData(452, "later busy")]
    [InlineData(454, "later signInRefused")]
    [InlineData(500, "later notUnderstood")]
    [InlineData(530, "later signInRefused")]
    [InlineData(535, "later signInRefused")]
    [InlineData(550, "refused refused")]
    [InlineData(554, "refused refused")]
    public void What_the_server_answers_decides_whether_to_try_again(int status, string expected) =>
        Assert.Equal(expected, Said(SmtpMailer.ResultOf(new SmtpException((SmtpStatusCode)status))));

    [Theory]
    [InlineData(450, "later busy")]
    [InlineData(550, "refused recipientRefused")]
    [InlineData(553, "refused recipientRefused")]
    public void What_the_server_says_of_the_recipient_decides_whether_to_try_again(int status, string expected) =>
        Assert.Equal(expected, Said(SmtpMailer.ResultOf(new SmtpFailedRecipientException((SmtpStatusCode)status, "x@example.org"))));

    private static string Said(MailResult result) => result switch
    {
        MailResult.TryLater later => $"later {later.Code}",
        MailResult.Refused refused => $"refused {refused.Code}",
        _ => "taken",
    };

    private static SmtpSettings Settings(int port) => new("127.0.0.1", port, false, null, null, "escalations@sandwell.example.org");

    private static SmtpMailer Mailer(int port) => new(Settings(port));

    [GeneratedRegex("^Message-ID: (<[^>]+>)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MessageId();
}
