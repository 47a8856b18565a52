using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Sample = Escalation.Testing.Cases.Sample;

namespace Escalation.Web.Tests.Tracking;

/// <summary>The tracker's calendar of a month. It is Friday 25 September 2026, 11am in London.</summary>
public sealed class TrackerCalendarTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = await _host.AdministratorAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task The_calendar_shows_what_falls_due_on_each_day()
    {
        var reference = await _staff.OpenCaseAsync("sandwell");
        for (var i = 0; i < 6; i++)
            await _staff.OpenCaseAsync("sefton");
        var page = await _staff.SeeAsync("/tracker/calendar");
        Assert.Equal("What falls due: September 2026", page.One("h1").TextContent);
        Assert.Contains($"26 {reference} Informal discussion, 11am", page.All(".esc-month-due td"));
        var more = page
            .Html.QuerySelectorAll(".esc-month-due td a")
            .Single(a => a.TextContent.StartsWith("2 more", StringComparison.Ordinal));
        Assert.Equal("/tracker?due=2026-09-29", more.GetAttribute("href"));
        Assert.Equal(
            6,
            (await _staff.SeeAsync(more.GetAttribute("href")!)).Html.QuerySelectorAll(".esc-cases tbody tr").Length
        );
        Assert.Contains(page.All(".esc-month-due-list li"), l => l.StartsWith(reference, StringComparison.Ordinal));
        Assert.Equal(
            ["/tracker/calendar?month=2026-08", "/tracker/calendar", "/tracker/calendar?month=2026-10"],
            page.Html.QuerySelectorAll(".esc-turn a").Select(a => a.GetAttribute("href"))
        );
        Assert.Contains(
            "Nothing falls due in October 2026.",
            (await _staff.SeeAsync("/tracker/calendar?month=2026-10")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_link_of_the_calendar_to_lists_and_months_keeps_the_partnership_and_the_agency_asked_for()
    {
        for (var i = 0; i < 5; i++)
            await _host.OpenCaseAsync("sefton", body => body["receivedBy"]!["agency"] = "police");
        await _host.OpenCaseAsync("sefton");
        var page = await _staff.SeeAsync("/tracker/calendar?partnership=sefton&agency=police");
        string[] links =
        [
            .. page
                .Html.QuerySelectorAll("main a")
                .Select(a => a.GetAttribute("href")!)
                .Where(to => to.StartsWith("/tracker", StringComparison.Ordinal) && to != "/tracker?overdue=true"),
        ];
        Assert.All(links, to => Assert.Contains("partnership=sefton&agency=police", to, StringComparison.Ordinal));
        var days = links.Where(to => to.Contains("due=", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            (2, "/tracker?partnership=sefton&agency=police&due=2026-09-29"),
            (days.Count, days.Distinct().Single())
        );
        Assert.Equal(5, (await _staff.SeeAsync(days[0])).Html.QuerySelectorAll(".esc-cases tbody tr").Length);
    }

    [Theory]
    [InlineData("2026-09-25T23:30:00Z", "2026-09", "27")]
    [InlineData("2026-09-29T23:30:00Z", "2026-10", "1")]
    public async Task In_summer_what_falls_due_in_the_first_hour_of_a_day_stands_on_that_day(
        string raised,
        string month,
        string day
    )
    {
        _host.Clock.SetUtcNow(World.At(raised));
        var reference = await _staff.OpenCaseAsync("sandwell");
        var page = await _staff.SeeAsync($"/tracker/calendar?month={month}");
        Assert.Contains($"{day} {reference} Informal discussion, 12:30am", page.All(".esc-month-due td"));
        Assert.Single(page.All(".esc-month-due td"), cell => cell.Contains(reference, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.Practitioner)]
    public async Task A_hold_stands_on_the_day_of_its_review_and_an_outcome_to_be_confirmed_on_its_last_day(string role)
    {
        var held = await _host.OpenCaseAsync("suffolk");
        await _host.DoAsync(held, Commands.Hold("school", "2026-10-02"));
        var agreed = await _host.OpenCaseAsync("suffolk");
        var c = (await _host.ReadAsync(agreed)).Case;
        await _host.DoAsync(
            agreed,
            Commands.Outcome(Sample.Policy("suffolk"), c, Outcomes.Resolved, "trust", new DateOnly(2026, 9, 25))
        );
        var by = (await _host.ReadAsync(agreed)).Case.Awaiting!.By;
        var reader = role == Roles.Administrator ? _staff : await _host.AsAsync(role, "suffolk", "school");

        var october = await reader.SeeAsync("/tracker/calendar?month=2026-10");
        Assert.Contains($"2 {held} review of the hold", october.All(".esc-month-due td"));
        Assert.Equal([$"{held} review of the hold"], october.All(".esc-month-due-list li"));
        var september = await reader.SeeAsync("/tracker/calendar?month=2026-09");
        Assert.Equal([$"{agreed} to be confirmed, 5pm"], september.All(".esc-month-due-list li"));
        Assert.Contains($"{by.Day} {agreed} to be confirmed, 5pm", september.All(".esc-month-due td"));
    }

    [Fact]
    public async Task What_was_due_says_that_it_is_overdue_and_what_has_ended_is_due_no_more()
    {
        var (late, ended) = (await _staff.OpenCaseAsync("sandwell"), await _staff.OpenCaseAsync("sandwell"));
        await _host.DoAsync(ended, Commands.Withdraw("school"));
        _host.Clock.SetUtcNow(World.At("2026-09-26T10:00:00Z"));
        var page = await _staff.SeeAsync("/tracker/calendar");
        Assert.Equal([$"{late} Informal discussion, 11am (overdue)"], page.All(".esc-month-due-list li"));
    }

    [Theory]
    [InlineData("2026-09-29T22:59:00Z", "September 2026", "29 (today)")]
    [InlineData("2026-09-29T23:00:00Z", "September 2026", "30 (today)")]
    [InlineData("2026-09-30T23:00:00Z", "October 2026", "1 (today)")]
    public async Task Today_and_the_month_that_is_shown_first_are_those_of_the_local_day(
        string now,
        string month,
        string today
    )
    {
        _host.Clock.SetUtcNow(World.At(now));
        var page = await _staff.SeeAsync("/tracker/calendar");
        Assert.Equal($"What falls due: {month}", page.One("h1").TextContent);
        Assert.Equal(today, Assert.Single(page.All(".esc-month-due__today")));
    }

    [Fact]
    public async Task The_calendar_marks_bank_holidays_and_closures()
    {
        await _staff.PostAsync(
            "/api/partnerships/sandwell/calendar/amendments",
            new JsonObject
            {
                ["date"] = "2026-12-24",
                ["reason"] = "Office closed",
                ["bankHoliday"] = false,
            }
        );
        var own = await _staff.SeeAsync("/tracker/calendar?month=2026-12&partnership=sandwell");
        Assert.Contains("24 Office closed", own.All(".esc-month-due td"));
        Assert.Contains("25 Christmas Day (bank holiday)", own.All(".esc-month-due td"));
        Assert.Contains(
            "24 Office closed (Sandwell Children's Safeguarding Partnership)",
            (await _staff.SeeAsync("/tracker/calendar?month=2026-12")).All(".esc-month-due td")
        );
        Assert.Contains(
            "24",
            (await _staff.SeeAsync("/tracker/calendar?month=2026-12&partnership=sefton")).All(".esc-month-due td")
        );
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("December")]
    [InlineData("1999-12")]
    [InlineData("<b>")]
    public async Task A_month_that_is_none_is_an_error_at_its_field(string month)
    {
        var page = await _staff.SeeAsync("/tracker/calendar?month=" + Uri.EscapeDataString(month));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("#month", page.One(".govuk-error-summary__list a").GetAttribute("href"));
        Assert.Equal(month, page.One("#month").GetAttribute("value"));
    }
}
