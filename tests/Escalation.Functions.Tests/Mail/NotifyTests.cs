using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Functions.Sweeping;
using Escalation.Functions.Telemetry;
using Escalation.Functions.Tests.World;
using Escalation.Functions.Triggers;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.GovUkNotify;
using Escalation.Web.Health;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Escalation.Functions.Tests.Mail;

/// <summary>The Azure host that sends by GOV.UK Notify.</summary>
public sealed class NotifyTests : IAsyncLifetime
{
    private const string Token = "abcdefghij-abcdefghij-abcdefghij";

    private NotifyStub _notify = null!;
    private CaseWorld _world = null!;

    public async Task InitializeAsync()
    {
        _notify = await NotifyStub.StartAsync();
        var notify = new NotifySettings
        {
            Key = NotifyStub.Key,
            Template = new Guid(NotifyStub.Template),
            Url = _notify.Url,
            CallbackToken = Token,
        };
        var settings = CaseWorld.Settings with { EmailEndpoint = null, EmailSender = null, Notify = notify };
        _world = await CaseWorld.AtAsync("2026-09-25 11:00", settings: settings);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _notify.DisposeAsync();
    }

    [Fact]
    public async Task A_case_is_asked_by_notify_and_a_permanent_failure_that_it_posts_twice_goes_to_somebody_else_at_once()
    {
        await using var front = await Front.StartAsync(_world);
        var (reference, asked) = await AskedAsync();

        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(front, asked.Report("permanent-failure")));
        await _world.Hub.RunAsync();
        var version = (await _world.ReadAsync(reference)).Version;
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(front, asked.Report("permanent-failure")));

        var document = await _world.ReadAsync(reference);
        var failed = document.Case.Notices.Single(n => n.Key == asked.Reference);
        Assert.Equal((NoticeState.Failed, "bounced", version), (failed.Status, failed.Reason, document.Version));
        Assert.Contains(
            document.Case.Notices,
            n => n is { Status: NoticeState.Sent, Queued.Kind: NoticeKinds.NoticeFailed }
        );
        Assert.Equal(_notify.Emails.Count, _notify.Emails.Select(e => e.Reference).Distinct().Count());
        Assert.Empty(_world.Mail.Sent);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await ReportAsync(front, asked.Report("permanent-failure"), "x" + Token)
        );
    }

    [Fact]
    public async Task What_no_callback_told_the_timer_of_the_sweep_asks()
    {
        var (reference, asked) = await AskedAsync();
        asked.Status = "permanent-failure";
        var timers = ActivatorUtilities.CreateInstance<TimerTriggers>(_world.Services);

        await timers.SweepAsync(new TimerInfo(), _world.Client, CancellationToken.None);
        Assert.Equal(
            NoticeState.Failed,
            (await _world.ReadAsync(reference)).Case.Notices.Single(n => n.Key == asked.Reference).Status
        );

        _world.Clock.Advance(Sweep.Grace + Sweep.Every);
        await timers.SweepAsync(new TimerInfo(), _world.Client, CancellationToken.None);
        await _world.Hub.RunAsync();
        Assert.Contains(
            (await _world.ReadAsync(reference)).Case.Notices,
            n => n is { Status: NoticeState.Sent, Queued.Kind: NoticeKinds.NoticeFailed }
        );
    }

    [Fact]
    public async Task Without_notify_the_timer_only_sweeps()
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        var timers = ActivatorUtilities.CreateInstance<TimerTriggers>(world.Services);
        await timers.SweepAsync(new TimerInfo(), world.Client, CancellationToken.None);
        Assert.Empty(_notify.Requests);
    }

    [Fact]
    public async Task Attempts_are_counted_as_those_of_the_other_mailer_and_health_says_which_it_is()
    {
        using var counted = new MetricCollector<long>(_world.Get<IMeterFactory>(), Meters.Name, "escalation.notices");
        var email = new Email
        {
            Key = "test/1",
            ToName = "",
            ToAddress = "a@example.org",
            Subject = "A subject",
            Text = "A text",
            Html = "",
        };
        await _world.Get<IMailer>().SendAsync(email, CancellationToken.None);
        _notify.RefuseSending(400, "ValidationError", "email_address Not a valid email address");
        await _world.Get<IMailer>().SendAsync(email with { Key = "test/2" }, CancellationToken.None);

        Assert.Equal(["taken", "refused"], counted.GetMeasurementSnapshot().Select(m => m.Tags["state"]));
        var health = _world.Services.GetServices<IHostHealth>();
        var lines = await Task.WhenAll(health.Select(h => h.LineAsync(_world.Now, CancellationToken.None)));
        Assert.StartsWith(
            "Through GOV.UK Notify",
            lines.Single(l => l.What == HealthWords.Sending).Figure,
            StringComparison.Ordinal
        );
    }

    private async Task<(string Reference, NotifyEmail Asked)> AskedAsync()
    {
        var reference = await _world.OpenAsync("sandwell");
        await _world.UntilAsync(_world.Now.AddHours(25));
        var notices = (await _world.ReadAsync(reference)).Case.Notices;
        var asked = notices.Last(n => n is { Status: NoticeState.Sent, Queued.Action: NoticeAction.Outcome });
        return (reference, _notify.Emails.Single(e => e.Reference == asked.Key && e.Id == asked.Operation));
    }

    private static async Task<HttpStatusCode> ReportAsync(Front front, string report, string token = Token)
    {
        using var client = front.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var content = new StringContent(report, Encoding.UTF8, "application/json");
        return (await client.PostAsync("/hooks/notify", content)).StatusCode;
    }
}
