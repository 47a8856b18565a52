using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;

namespace Escalation.Web.Tests.CasePages;

/// <summary>A case in which a great deal happened.</summary>
public sealed class LongCaseTests : IAsyncLifetime
{
    private const int Notes = 120;
    private TestHost _host = null!;
    private CaseBrowser _browser = null!;
    private string _reference = "";

    private string Path => $"/cases/{_reference}";

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _reference = await _host.OpenCaseAsync("sandwell");
        _browser = await CaseBrowser.ManagerAsync(_host, "sandwell");
        using var staff = await _host.AdministratorAsync();
        for (var i = 1; i <= Notes; i++)
        {
            var stage = (await _host.ReadAsync(_reference)).Case.Stage.Id;
            var note = new JsonObject
            {
                ["id"] = $"note-{i}",
                ["stage"] = stage,
                ["by"] = Sample.By("school"),
                ["text"] = $"Note {i}.",
            };
            Assert.Equal(
                HttpStatusCode.OK,
                (await staff.PostAsync($"/api/escalations/{_reference}/notes", note)).Status
            );
        }
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("order=newest&events=all")]
    [InlineData("order=oldest&events=all")]
    [InlineData("order=newest&events=main")]
    public async Task The_page_has_50_events_and_leads_to_the_others(string question)
    {
        var whole = (await _host.ReadAsync(_reference)).Events.Count;
        var (numbers, path) = (new List<int>(), (string?)$"{Path}?{question}");
        while (path is not null)
        {
            var page = await _browser.OpenAsync(path);
            var shown = page
                .Page.QuerySelectorAll(".esc-event")
                .Select(e => e.Id!.Split('-')[1])
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture))
                .ToList();
            Assert.InRange(shown.Count, 1, 50);
            Assert.Equal(numbers.Count > 0, Link(page, "First page") is not null);
            numbers.AddRange(shown);
            path = Link(page, "Next page");
        }
        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
        Assert.Equal(
            question.Contains("oldest", StringComparison.Ordinal) ? numbers.Order() : numbers.OrderDescending(),
            numbers
        );
        if (question.Contains("all", StringComparison.Ordinal))
            Assert.Equal(whole, numbers.Count);
    }

    [Fact]
    public async Task What_was_recorded_before_the_first_page_is_reached_by_its_link()
    {
        var page = await _browser.OpenAsync($"{Path}?recorded=1");
        var link = page.Page.QuerySelector(".govuk-notification-banner a")!.GetAttribute("href")!;
        Assert.EndsWith("#event-1", link, StringComparison.Ordinal);
        Assert.Equal("event-1", (await _browser.OpenAsync(link.Split('#')[0])).Page.QuerySelector(".esc-event")!.Id);
    }

    [Fact]
    public async Task The_newest_20_emails_are_on_the_page_and_all_of_them_on_their_own()
    {
        await _host.UntilAsync(_reference, "2027-09-25T10:00:00Z");
        var all = (await _host.ReadAsync(_reference)).Case.Notices.Count;
        Assert.InRange(all, 21, 1_000);
        var page = await _browser.OpenAsync(Path);
        Assert.Equal(20, Emails(page));
        Assert.Contains(
            $"The newest 20 are shown. All emails of this case ({all})",
            page.Text,
            StringComparison.Ordinal
        );
        var (count, path) = (0, (string?)$"{Path}/emails");
        while (path is not null)
        {
            var emails = await _browser.OpenAsync(path);
            Assert.InRange(Emails(emails), 1, 50);
            count += Emails(emails);
            path = Link(emails, "Next page");
        }
        Assert.Equal(all, count);
        var school = await CaseBrowser.PractitionerAsync(_host, "sefton", "school");
        Assert.Equal(HttpStatusCode.NotFound, (await school.OpenAsync($"{Path}/emails")).Status);
    }

    [Fact]
    public async Task The_history_is_given_in_parts_that_make_the_whole_chain()
    {
        using var staff = await _host.AdministratorAsync();
        var whole = await staff.GetJsonAsync($"/api/escalations/{_reference}/history");
        Assert.Null(whole.Json["next"]);
        var (hashes, cursor) = (new List<string>(), "");
        do
        {
            var part = await staff.GetJsonAsync($"/api/escalations/{_reference}/history?limit=50{cursor}");
            hashes.AddRange(part.Json["events"]!.AsArray().Select(e => e!["hash"]!.ToString()));
            Assert.Equal(whole["head"], part["head"]);
            cursor = part["next"] is { } next ? $"&cursor={next}" : "";
        } while (cursor.Length > 0);
        Assert.Equal(whole.Json["events"]!.AsArray().Select(e => e!["hash"]!.ToString()), hashes);
        Assert.Equal(whole["head"], hashes[^1]);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await staff.GetJsonAsync($"/api/escalations/{_reference}/history?limit=501")).Status
        );
    }

    private static int Emails(Shown page) => page.Page.QuerySelectorAll("[aria-label=Emails] tbody tr").Length;

    private static string? Link(Shown page, string words) =>
        page
            .Page.QuerySelectorAll("main nav.govuk-pagination a")
            .FirstOrDefault(a => a.TextContent == words)
            ?.GetAttribute("href")
            ?.Split('#')[0];
}
