using Escalation.Core.Storage;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;

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
