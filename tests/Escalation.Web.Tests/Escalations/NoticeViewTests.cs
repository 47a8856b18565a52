using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Partnerships;

namespace Escalation.Web.Tests.Escalations;

/// <summary>What the API says of a case's emails: how far each came, and why it waits or failed.</summary>
public sealed class NoticeViewTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private string _reference = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _reference = await _host.OpenCaseAsync("sandwell");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_email_that_waits_says_why_how_often_it_was_tried_and_when_it_is_tried_again()
    {
        Assert.Equal(("queued", null, "0"), await FirstAsync());
        await AttemptAsync(new Attempt(await KeyAsync(), null, "timeout"));
        Assert.Equal(("queued", "timeout", "1"), await FirstAsync());
        await AttemptAsync(new Attempt(await KeyAsync(), null, "certificate", Down: true));
        Assert.Equal(("queued", "certificate", "2"), await FirstAsync());
    }

    [Fact]
    public async Task An_email_that_failed_says_why_for_good()
    {
        await AttemptAsync(new Attempt(await KeyAsync(), null, "timeout"));
        await AttemptAsync(new Attempt(await KeyAsync(), null, "badAddress", Final: true));
        var (status, reason, _) = await FirstAsync();
        Assert.Equal(("failed", "badAddress"), (status, reason));
    }

    [Fact]
    public async Task An_email_is_shown_under_the_name_it_was_sent_to_after_its_contact_has_another()
    {
        await _host.UntilAsync(_reference, "2026-09-26T10:00:00Z");
        var key = (await _host.ReadAsync(_reference)).Case.Notices.Last(n => n.Queued.Contact == "school/lead").Key;
        await AttemptAsync(new Attempt(key, "operation", null) { To = new PersonName("Lead of school") });
        await _host.ChangeAsync(a => a with { Contacts = [a.Contacts[0] with { Name = "Nia New" }] });

        using var client = await _host.AdministratorAsync();
        var read = await client.GetJsonAsync($"/api/escalations/{_reference}");

        var notice = read.Json["notices"]!.AsArray().Single(n => n!["key"]!.ToString() == key)!;
        Assert.Equal("Lead of school (The school)", notice["to"]!.ToString());
    }

    private async Task<string> KeyAsync() => (await _host.ReadAsync(_reference)).Case.Notices[0].Key;

    private Task AttemptAsync(Attempt attempt) =>
        _host.Handler().RecordAttemptsAsync(_reference, [attempt], _host.Clock.GetUtcNow(), CancellationToken.None);

    private async Task<(string? Status, string? Reason, string? Attempts)> FirstAsync()
    {
        using var client = await _host.AdministratorAsync();
        var notice = (await client.GetJsonAsync($"/api/escalations/{_reference}")).Json["notices"]![0]!;
        return (notice["status"]?.ToString(), notice["error"]?.ToString(), notice["attempts"]?.ToString());
    }
}
