using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;
using static Escalation.Web.Tests.CasePages.Filled;

namespace Escalation.Web.Tests.CasePages;

/// <summary>Staff see an outcome's answers once more before they are recorded, on a page that can be reloaded and gone back to.</summary>
public sealed class OutcomeStepTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private CaseBrowser _browser = null!;
    private string _reference = null!;
    private string _path = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        (_reference, _browser, _path) = await _host.OnAsync("sandwell", "outcomes");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_answers_are_shown_once_more_and_recorded_by_the_next_step_only()
    {
        var check = await CheckAsync();
        Assert.Equal((HttpStatusCode.OK, "Check your answers"), (check.Status, check.Heading));
        Assert.Equal(
            [
                "Outcome: Resolved: a way forward was agreed",
                "How it was discussed: By phone",
                "Date it was discussed: Friday 25 September 2026",
                "Summary of the discussion: Agreed",
                "Agency that keeps the record: The school",
                "In the name of: The school",
                "Name of the person who says this: Sam Speaker",
            ],
            check
                .Page.QuerySelectorAll(".govuk-summary-list__row")
                .Select(r => $"{r.QuerySelector("dt")!.TextContent}: {r.QuerySelector("dd")!.TextContent.Trim()}")
        );
        Assert.Single((await _host.ReadAsync(_reference)).Case.Stages);
        Assert.Equal(CaseStatus.Open, (await _host.ReadAsync(_reference)).Case.Status);

        await _browser.FollowAsync(await _browser.SendAsync(_path, check.Form("record")));
        Assert.Equal(CaseStatus.Resolved, (await _host.ReadAsync(_reference)).Case.Status);
    }

    [Fact]
    public async Task It_can_be_loaded_again_gone_back_from_and_changed()
    {
        await CheckAsync();
        Assert.Equal("Check your answers", (await _browser.OpenAsync(_path + "?step=check")).Heading);
        var back = await _browser.OpenAsync(_path);
        Assert.Contains("What you typed here before is still in the form.", back.Text, StringComparison.Ordinal);
        Assert.Equal(("Agreed", "25"), (back.Form("check")["summary"], back.Form("check")["discussedOn.day"]));

        var check = await _browser.OpenAsync(_path + "?step=check");
        var edit = await _browser.SendAsync(_path, check.Form("edit"));
        Assert.Equal("Agreed", edit.Form("check")["summary"]);
        var changed = await _browser.SendAsync(_path, edit.Form("check"), ("summary", "Agreed in full"));
        await _browser.FollowAsync(await _browser.SendAsync(_path, changed.Form("record")));
        var said = PlacedEvent
            .Of(await _host.ReadAsync(_reference))
            .Where(e => e.Event is OutcomeRecorded)
            .Select(e => e.Event.Words!.Text("summary"));
        Assert.Contains("Agreed in full", said);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _browser.OpenAsync(_path)).Status);
    }

    [Fact]
    public async Task What_one_person_typed_nobody_else_of_the_same_browser_sees()
    {
        await CheckAsync();
        var school = await CaseBrowser.PractitionerAsync(_host, "sandwell", "school");
        Assert.Equal("", (await school.OpenAsync(_path + "?step=check")).Form("check")["summary"]);
    }

    [Fact]
    public async Task An_address_that_says_record_records_nothing()
    {
        await CheckAsync();
        await _browser.OpenAsync(_path + "?step=record");
        Assert.Equal(CaseStatus.Open, (await _host.ReadAsync(_reference)).Case.Status);
    }

    [Fact]
    public async Task What_was_typed_for_a_stage_that_closed_before_the_check_stays_its_late_answer()
    {
        var form = (await _browser.OpenAsync(_path)).Form("check");
        await _host.UntilAsync(_reference, "2026-09-28T10:00:00Z");
        var stage = (await _host.ReadAsync(_reference)).Case.Stage.Id;
        var check = await _browser.SendAsync(_path, form, [.. Answers]);
        await IsLateAsync(check, stage);
    }

    [Fact]
    public async Task What_was_checked_before_its_stage_closed_stays_its_late_answer()
    {
        var check = await CheckAsync();
        await _host.UntilAsync(_reference, "2026-09-28T10:00:00Z");
        var stage = (await _host.ReadAsync(_reference)).Case.Stage.Id;
        Assert.Equal("informal", check.Form("record")["stage"]);
        await IsLateAsync(await _browser.OpenAsync(_path + "?step=check"), stage);
    }

    [Fact]
    public async Task What_was_typed_for_a_case_that_ended_meanwhile_is_shown_whole_and_kept_as_a_late_answer()
    {
        var form = (await _browser.OpenAsync(_path)).Form("check");
        await _host.DoAsync(_reference, Testing.Cases.Commands.Withdraw("school"));
        var check = await _browser.SendAsync(_path, form, [.. Answers]);
        Assert.Contains("Agreed", check.Text, StringComparison.Ordinal);
        Assert.Contains("this will be recorded as a late answer", check.Text, StringComparison.Ordinal);
        await _browser.FollowAsync(await _browser.SendAsync(_path, check.Form("record")));
        Assert.Equal("informal", Late().Stage);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var form = (await _browser.OpenAsync(_path)).Form("check");
        var wrong = await _browser.SendAsync(_path, form);
        Assert.Equal(
            ["#outcome", "#method", "#discussedOn", "#summary", "#by-agency", "#by-name"],
            wrong.Page.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href"))
        );
        var unread = await _browser.SendAsync(
            _path,
            form,
            ("by.agency", "school"),
            ("by.name", "Sam"),
            ("outcome", "resolved"),
            ("method", "phone"),
            ("discussedOn.day", "31"),
            ("discussedOn.month", "2"),
            ("discussedOn.year", "2026")
        );
        Assert.Equal(
            ["The date it was discussed must be a real date", "Enter a summary of the discussion"],
            unread.Page.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.TextContent)
        );
    }

    private async Task IsLateAsync(Shown check, string present)
    {
        Assert.Contains("Informal discussion", check.Text, StringComparison.Ordinal);
        Assert.Contains("this will be recorded as a late answer", check.Text, StringComparison.Ordinal);
        Assert.Equal("informal", check.Form("record")["stage"]);
        await _browser.FollowAsync(await _browser.SendAsync(_path, check.Form("record")));
        Assert.Equal("informal", Late().Stage);
        var after = (await _host.ReadAsync(_reference)).Case;
        Assert.Equal((present, CaseStatus.Open), (after.Stage.Id, after.Status));
    }

    private LateResponseRecorded Late() =>
        Assert.Single(
            PlacedEvent
                .Of(_host.ReadAsync(_reference).GetAwaiter().GetResult())
                .Select(e => e.Event)
                .OfType<LateResponseRecorded>()
        );

    private static IEnumerable<(string, string)> Answers =>
        [
            .. Parse("outcome=resolved&method=phone&summary=Agreed&recordKeeper=school"),
            .. Discussed,
            By,
            InNameOfSchool,
        ];

    private async Task<Shown> CheckAsync() =>
        await _browser.SendAsync(_path, (await _browser.OpenAsync(_path)).Form("check"), [.. Answers]);
}
