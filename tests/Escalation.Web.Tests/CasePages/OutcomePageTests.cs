using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;
using static Escalation.Web.Tests.CasePages.Filled;

namespace Escalation.Web.Tests.CasePages;

/// <summary>The page on which staff record a stage's outcome: what each procedure's asks for, and what comes too late.</summary>
public sealed class OutcomePageTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_late_outcome_is_recorded_as_such_and_the_present_tier_takes_it_over_by_a_link()
    {
        var (reference, browser, _) = await _host.OnAsync("sandwell", "outcomes");
        await _host.UntilAsync(reference, "2026-09-28T10:00:00Z");
        var form = await browser.OpenAsync($"/cases/{reference}/outcomes?of=informal");
        Assert.Contains("Informal discussion has closed.", form.Text, StringComparison.Ordinal);
        var late = await browser.FollowAsync(
            await browser.FillAsync(
                $"/cases/{reference}/outcomes?of=informal",
                [
                    .. Parse("outcome=resolved&method=phone&summary=Agreed after all&recordKeeper=school"),
                    .. Discussed,
                    By,
                    InNameOfSchool,
                ]
            )
        );
        Assert.Contains("It was recorded as a late answer and moved nothing.", late.Text, StringComparison.Ordinal);
        var adopt = late
            .Page.QuerySelectorAll("a")
            .Single(a => a.TextContent.StartsWith("Take it over", StringComparison.Ordinal))
            .GetAttribute("href")!;
        await browser.FollowAsync(await browser.FillAsync(adopt, By, InNameOfSchool));
        Assert.Equal(CaseStatus.Resolved, (await _host.ReadAsync(reference)).Case.Status);
    }

    [Theory]
    [InlineData("", "Not agreed: escalate to stage 2 now")]
    [InlineData("?of=1", "Not agreed: escalate to stage 2 now")]
    [InlineData("?of=informal", "Not agreed")]
    public async Task The_form_of_a_stage_that_has_closed_does_not_offer_to_escalate_now(string of, string expected)
    {
        var (reference, browser, path) = await _host.OnAsync("sandwell", "outcomes");
        await _host.UntilAsync(reference, "2026-09-28T10:00:00Z");
        Assert.Equal("1", (await _host.ReadAsync(reference)).Case.Stage.Id);
        Assert.Equal(expected, Escalating(await browser.OpenAsync(path + of)));
    }

    [Fact]
    public async Task The_form_of_a_case_that_has_ended_does_not_offer_to_escalate_now()
    {
        var (reference, browser, path) = await _host.OnAsync("sandwell", "outcomes");
        Assert.Equal("Not agreed: escalate to stage 1 now", Escalating(await browser.OpenAsync(path)));
        await _host.DoAsync(reference, Commands.Withdraw("school"));
        Assert.Equal("Not agreed", Escalating(await browser.OpenAsync($"{path}?of=informal")));
    }

    [Fact]
    public async Task An_outcome_that_was_typed_while_the_stage_closed_is_kept_as_a_late_answer()
    {
        var (reference, browser, path) = await _host.OnAsync("suffolk", "outcomes");
        var form = (await browser.OpenAsync(path)).Form("check");
        form["step"] = "record";
        await _host.UntilAsync(reference, "2026-09-30T17:00:00Z");
        var page = await browser.FollowAsync(
            await browser.SendAsync(
                path,
                form,
                [
                    .. Parse("outcome=resolved&method=phone&summary=Agreed&recordKeeper=school"),
                    .. Discussed,
                    By,
                    InNameOfSchool,
                ]
            )
        );
        Assert.Contains(
            "sent an answer to stage 1 after that stage had closed",
            page.Page.QuerySelector(".govuk-notification-banner")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Seftons_outcome_form_refuses_email_asks_for_an_action_and_names_its_row()
    {
        var (reference, browser, path) = await _host.OnAsync("sefton", "outcomes");
        (string, string)[] rest =
        [
            .. Parse("outcome=resolved&summary=Agreed&recordKeeper=school"),
            .. Discussed,
            By,
            InNameOfSchool,
        ];
        var email = await browser.FillAsync(path, [.. rest, ("method", "email"), .. Action(0, "Visit", "1", "10")]);
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "#method"),
            (email.Status, email.Page.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"))
        );
        var none = await browser.FillAsync(path, [.. rest, ("method", "phone")]);
        Assert.Equal("#actions", none.Page.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
        var past = await browser.FillAsync(path, [.. rest, ("method", "phone"), .. Action(1, "Visit", "1", "9")]);
        var link = past.Page.QuerySelector(".govuk-error-summary__list a")!;
        Assert.Equal(
            ("#actions-0-due", "The date of action 1 must be on or after the date it was discussed"),
            (link.GetAttribute("href"), link.TextContent)
        );
        Assert.NotNull(past.Page.GetElementById("actions-0-due"));
        var more = await browser.SendAsync(path, past.Form("more"));
        Assert.Equal(
            (HttpStatusCode.OK, 6),
            (more.Status, more.Page.QuerySelectorAll("textarea[name$='.what']").Length)
        );
        await browser.FollowAsync(
            await browser.FillAsync(path, [.. rest, ("method", "phone"), .. Action(1, "Visit", "1", "10")])
        );
        Assert.Equal(CaseStatus.AwaitingConfirmation, (await _host.ReadAsync(reference)).Case.Status);
    }

    [Fact]
    public async Task More_actions_than_an_outcome_takes_are_refused_and_none_is_lost_from_the_form()
    {
        var (_, browser, path) = await _host.OnAsync("sefton", "outcomes");
        var sent = Enumerable.Range(0, 21).SelectMany(i => Action(i, $"Visit {i}", "1", "10"));
        var page = await browser.FillAsync(
            path,
            [
                .. Parse("outcome=resolved&method=phone&summary=Agreed&recordKeeper=school"),
                .. Discussed,
                By,
                InNameOfSchool,
                .. sent,
            ]
        );
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("#actions", page.Page.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
        Assert.Equal(
            "At most 20 actions: send 20, and name the paper that holds the rest",
            page.Page.QuerySelector(".govuk-error-summary__list a")!.TextContent
        );
        Assert.Equal(21, page.Page.QuerySelectorAll("textarea[name$='.what']").Length);
    }

    [Theory]
    [InlineData("what", "Visit")]
    [InlineData("byWhom", "Cam")]
    [InlineData("agency", "school")]
    [InlineData("due.day", "1")]
    public async Task An_action_of_which_only_a_part_was_filled_in_is_asked_about_and_not_dropped(
        string part,
        string value
    )
    {
        var (reference, browser, path) = await _host.OnAsync("sandwell", "outcomes");
        var page = await browser.FillAsync(
            path,
            [
                .. Parse("outcome=resolved&method=phone&summary=Agreed&recordKeeper=school"),
                .. Discussed,
                By,
                InNameOfSchool,
                ($"actions[0].{part}", value),
            ]
        );
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.All(
            page.Page.QuerySelectorAll(".govuk-error-summary__list a"),
            link => Assert.StartsWith("#actions-0-", link.GetAttribute("href"), StringComparison.Ordinal)
        );
        Assert.Equal(value, page.Form("check")[$"actions[0].{part}"]);
        Assert.Equal(CaseStatus.Open, (await _host.ReadAsync(reference)).Case.Status);
    }

    [Fact]
    public async Task Where_the_concerns_nature_lets_a_chair_decide_the_form_asks_who_and_records_it()
    {
        var (plain, browser, _) = await _host.OnAsync("suffolk", "outcomes");
        Assert.DoesNotContain("chair.name", (await browser.OpenAsync($"/cases/{plain}/outcomes")).Form("check").Keys);
        var reference = await _host.OpenCaseAsync(
            "suffolk",
            body => body["nature"] = new JsonArray("childProtectionConference")
        );
        var path = $"/cases/{reference}/outcomes";
        var form = await browser.OpenAsync(path);
        Assert.Contains("The Conference Chair", form.Text, StringComparison.Ordinal);
        Assert.Contains("chair.name", form.Form("check").Keys);
        (string, string)[] decided =
        [
            .. Parse("outcome=decided&method=phone&summary=Decided"),
            .. Discussed,
            By,
            ("by.agency", "suffolk"),
        ];
        var refused = await browser.FillAsync(path, decided);
        Assert.Contains("name the chair", refused.Text, StringComparison.Ordinal);

        await browser.FollowAsync(
            await browser.FillAsync(path, [.. decided, .. Parse("chair.name=Chris Chair&chair.agency=The council")])
        );
        Assert.Equal(CaseStatus.Decided, (await _host.ReadAsync(reference)).Case.Status);
    }

    [Theory]
    [InlineData("suffolk")]
    [InlineData("suffolk-mash")]
    [InlineData("berkshire-west")]
    [InlineData("berkshire-west-disagreement")]
    [InlineData("sandwell")]
    [InlineData("surrey-adults")]
    [InlineData("surrey-adults-risk")]
    [InlineData("sefton")]
    public async Task The_outcome_form_of_every_procedure_escalates_with_what_it_asks_for(string policy)
    {
        var (reference, browser, path) = await _host.OnAsync(policy, "outcomes");
        var form = (await browser.OpenAsync(path)).Form("check");
        form["step"] = "record";
        foreach (var name in form.Keys.Where(k => k.StartsWith("fields.", StringComparison.Ordinal)).ToList())
            form[name] = "As asked";
        var ticks = (await browser.OpenAsync(path))
            .Page.QuerySelectorAll("input[type=checkbox]")
            .Select(t => (t.GetAttribute("name")!, "yes"));
        await browser.FollowAsync(
            await browser.SendAsync(
                path,
                form,
                [
                    .. Parse(
                        "outcome=escalate&method=phone&summary=Not agreed&chair.name=Chris Chair&chair.agency=An uninvolved trust"
                    ),
                    .. ticks,
                    .. Discussed,
                    By,
                    InNameOfSchool,
                ]
            )
        );
        Assert.Equal(2, (await _host.ReadAsync(reference)).Case.Stages.Count);
    }

    private static IEnumerable<(string, string)> Action(int row, string what, string day, string month) =>
        [
            ($"actions[{row}].what", what),
            ($"actions[{row}].byWhom", "Cam"),
            ($"actions[{row}].agency", "school"),
            ($"actions[{row}].due.day", day),
            ($"actions[{row}].due.month", month),
            ($"actions[{row}].due.year", "2026"),
        ];

    private static string Escalating(Shown page) =>
        page
            .Page.QuerySelector("input[name=outcome][value=escalate]")!
            .ParentElement!.QuerySelector("label")!
            .TextContent.Trim();
}
