using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Hosting;
using static Escalation.Web.Tests.CasePages.Filled;

namespace Escalation.Web.Tests.CasePages;

/// <summary>The staff actions on pages of their own: each form's good way and its bad ones.</summary>
public sealed class MovePageTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>Move, what is filled in, the event it records, a field it may not leave empty.</summary>
    public static TheoryData<string, string, string, string> Forms { get; } =
        new()
        {
            { "contact-made", "text=We spoke", nameof(ContactMade), "by.name" },
            { "notes", "text=A note", nameof(NoteAdded), "text" },
            { "hand-over", "from=intake/raisedBy&name=Nel New&email=nel@example.org", nameof(HandedOver), "email" },
            { "send-again", "reason=Lost", nameof(SentAgain), "by.name" },
            { "urgent", "reason=The risk has grown", nameof(UrgentRaised), "reason" },
            {
                "hold",
                "reason=To reflect&askedBy=The chair&managerConsulted=yes&reviewOn.day=29&reviewOn.month=9&reviewOn.year=2026",
                nameof(HoldPlaced),
                "managerConsulted"
            },
            { "skip", "to=4&reason=It cannot wait", nameof(StagesSkipped), "to" },
            { "withdraw", "reason=No longer needed", nameof(CaseWithdrawn), "reason" },
            {
                "change-contact",
                "agency=trust&tier=lineManager&name=Nel New&email=nel@example.org&reason=Left",
                nameof(ContactChanged),
                "reason"
            },
            { "legal-hold", "on=yes&reason=A court asked", nameof(LegalHoldChanged), "on" },
            {
                "outcomes",
                "outcome=escalate&method=phone&discussedOn.day=25&discussedOn.month=9&discussedOn.year=2026&summary=Not agreed",
                nameof(OutcomeRecorded),
                "summary"
            },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_records_its_event_once_and_leads_back_to_the_case_with_a_banner(
        string move,
        string filled,
        string recorded,
        string needed
    )
    {
        var (reference, browser, path) = await _host.OnAsync("suffolk", move);
        var sent = (await browser.OpenAsync(path)).Form(move == "outcomes" ? "check" : "record");
        sent["step"] = "record";
        var first = await browser.SendAsync(path, sent, [.. Parse(filled), By, InNameOfSchool]);
        var page = await browser.FollowAsync(first);
        var said = Assert.Single(
            PlacedEvent.Of(await _host.ReadAsync(reference)),
            e => e.Event.GetType().Name == recorded
        );
        Assert.Equal(
            ("key:businessmanager-suffolk", "Sam Speaker"),
            (said.Recorded.Command!.Actor, said.Event.Words!.By!.Name)
        );
        Assert.Equal($"/cases/{reference}?recorded={said.Number}", first.Response.Headers.Location!.ToString());
        Assert.Equal(
            $"#event-{said.Number}",
            page.Page.QuerySelector(".govuk-notification-banner a")!.GetAttribute("href")
        );

        var events = (await _host.ReadAsync(reference)).Case.Events;
        var again = await browser.SendAsync(path, sent);
        Assert.Equal(first.Response.Headers.Location, again.Response.Headers.Location);
        Assert.Equal(events, (await _host.ReadAsync(reference)).Case.Events);
        Assert.NotEmpty(needed);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_with_something_missing_comes_again_with_what_was_typed_and_records_nothing(
        string move,
        string filled,
        string recorded,
        string needed
    )
    {
        var (reference, browser, path) = await _host.OnAsync("suffolk", move);
        var events = (await _host.ReadAsync(reference)).Case.Events;
        var answer = await browser.FillAsync(path, [.. Parse(filled), By, InNameOfSchool, (needed, "")]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith("Error: ", answer.Page.Title, StringComparison.Ordinal);
        var link = Assert.Single(answer.Page.QuerySelectorAll(".govuk-error-summary__list a"));
        Assert.NotNull(answer.Page.GetElementById(link.GetAttribute("href")![1..]));
        Assert.Matches("^(Enter|Select|Say) ", link.TextContent);
        var form = answer.Form(move == "outcomes" ? "check" : "record");
        foreach (var (name, value) in Parse(filled).Where(f => f.Name != needed && form.ContainsKey(f.Name)))
            Assert.Equal(value, form[name]);
        Assert.Equal(events, (await _host.ReadAsync(reference)).Case.Events);
        Assert.NotEmpty(recorded);
    }

    [Theory]
    [InlineData(null, "Robin Raiser", "Rowan Receiver")]
    [InlineData("school", "Robin Raiser")]
    [InlineData("trust", "Rowan Receiver")]
    public async Task A_hand_over_offers_a_practitioner_the_people_of_its_own_agency_only(
        string? agency,
        params string[] names
    )
    {
        var (_, manager, path) = await _host.OnAsync("sandwell", "hand-over");
        var browser = agency is null ? manager : await CaseBrowser.PractitionerAsync(_host, "sandwell", agency);
        var page = await browser.OpenAsync(path);
        Assert.Equal(
            names,
            page.Page.QuerySelectorAll("select[name=from] option:not([value=''])")
                .Select(o => o.TextContent.Split(" (")[0])
                .Order()
        );
    }

    [Fact]
    public async Task Sending_again_says_who_is_sent_what()
    {
        var (reference, browser, path) = await _host.OnAsync("suffolk", "send-again");
        var page = await browser.OpenAsync(path);
        Assert.Contains(
            "The people of stage 1 are sent their email and link once more.",
            page.Text,
            StringComparison.Ordinal
        );
        await ResolveAsync(reference, "trust");
        page = await browser.OpenAsync(path);
        Assert.Contains(
            "Those who are asked to confirm are sent their email and link once more.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("The people of stage 1", page.Text, StringComparison.Ordinal);
        await browser.FollowAsync(await browser.FillAsync(path, By, InNameOfSchool));
        var document = await _host.ReadAsync(reference);
        var again = PlacedEvent.Of(document).Single(e => e.Event is SentAgain).Number;
        var told = document
            .Case.Notices.Where(n => n.Queued.Cause == again)
            .Select(n => (n.Queued.Kind, n.Queued.Contact));
        Assert.Equal([("confirmationAsked", "intake/raisedBy")], told);
    }

    [Fact]
    public async Task A_hold_is_ended_by_its_review()
    {
        var (reference, browser, path) = await _host.OnAsync("suffolk", "resume");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.OpenAsync(path)).Status);
        await _host.DoAsync(reference, Commands.Hold("school"));
        var page = await browser.FollowAsync(
            await browser.FillAsync(path, ("review", "unresolved"), By, InNameOfSchool)
        );
        Assert.Contains("The hold of stage 1 ended (the review ended unresolved)", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreed_outcome_is_confirmed_or_disputed_by_the_agency_that_is_asked()
    {
        var (reference, browser, _) = await _host.OnAsync("suffolk", "confirm");
        await ResolveAsync(reference, "trust");
        var form = await browser.OpenAsync($"/cases/{reference}/confirm");
        Assert.Equal("school", form.Page.QuerySelector("input[type=hidden][name='by.agency']")!.GetAttribute("value"));
        Assert.Contains(
            "The trust recorded the outcome of stage 1: resolved by agreement",
            form.Text,
            StringComparison.Ordinal
        );
        await browser.FollowAsync(await browser.FillAsync($"/cases/{reference}/confirm", By));
        Assert.Equal(CaseStatus.Resolved, (await _host.ReadAsync(reference)).Case.Status);

        var (second, _, _) = await _host.OnAsync("suffolk", "dispute");
        await ResolveAsync(second, "trust");
        await browser.FollowAsync(
            await browser.FillAsync($"/cases/{second}/dispute", By, ("reason", "Not what we said"))
        );
        Assert.Equal(CaseStatus.Open, (await _host.ReadAsync(second)).Case.Status);
        var trust = await CaseBrowser.PractitionerAsync(_host, "suffolk", "trust");
        await ResolveAsync(second, "trust");
        var refused = await trust.OpenAsync($"/cases/{second}/confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("one side cannot confirm for both", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_closed_while_a_form_was_open_is_said_and_the_form_is_there_for_the_present_stage()
    {
        var (reference, browser, path) = await _host.OnAsync("suffolk", "contact-made");
        var form = (await browser.OpenAsync(path)).Form("record");
        await _host.UntilAsync(reference, "2026-09-30T17:00:00Z");
        var answer = await browser.SendAsync(path, form, ("text", "We spoke"), By, InNameOfSchool);
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains(
            "Stage 1 was escalated by itself when its deadline passed, by a local setting, on Wednesday 30 September 2026 at 5pm. "
                + "Nothing was recorded.",
            answer.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(("2", "We spoke"), (answer.Form("record")["stage"], answer.Form("record")["text"]));
        Assert.NotEqual(form["id"], answer.Form("record")["id"]);
    }

    [Fact]
    public async Task A_duty_is_recorded_as_done_by_the_agency_whose_it_is()
    {
        var (reference, browser, _) = await _host.OnAsync("sefton", "complete-duty");
        await _host.UntilAsync(reference, "2026-09-30T10:00:00Z");
        var duty = (await _host.ReadAsync(reference)).Case.Duties.First(d => d.Owner == "school").Id;
        var police = await CaseBrowser.PractitionerAsync(_host, "sefton", "trust");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await police.OpenAsync($"/cases/{reference}/complete-duty?of={duty}")).Status
        );
        var wrong = await browser.FillAsync(
            $"/cases/{reference}/complete-duty?of={duty}",
            By,
            InNameOfSchool,
            ("completedOn.day", "31"),
            ("completedOn.month", "2"),
            ("completedOn.year", "2026")
        );
        Assert.Equal(
            "The date it was done must be a real date",
            wrong.Page.QuerySelector(".govuk-error-summary__list a")!.TextContent
        );
        await browser.FollowAsync(
            await browser.FillAsync(
                $"/cases/{reference}/complete-duty?of={duty}",
                By,
                InNameOfSchool,
                ("completedOn.day", "30"),
                ("completedOn.month", "9"),
                ("completedOn.year", "2026")
            )
        );
        Assert.True((await _host.ReadAsync(reference)).Case.Duties.Find(d => d.Id == duty)!.IsDone);
    }

    [Fact]
    public async Task A_duty_that_is_overdue_can_be_recorded_as_done()
    {
        var (reference, browser, _) = await _host.OnAsync("sandwell", "complete-duty");
        var (policy, c) = (PolicyCatalogue.BuiltIn.Find("sandwell")!, (await _host.ReadAsync(reference)).Case);
        await _host.DoAsync(
            reference,
            Commands.Outcome(policy, c, Outcomes.Resolved, "school", new DateOnly(2026, 9, 25))
        );
        await _host.UntilAsync(reference, "2026-10-12T09:00:00Z");
        var duty = (await _host.ReadAsync(reference)).Case.Duties.Single(d => d.Rule == "action");
        Assert.True(duty.Overdue);
        await browser.FollowAsync(
            await browser.FillAsync(
                $"/cases/{reference}/complete-duty?of={Uri.EscapeDataString(duty.Id)}",
                By,
                InNameOfSchool,
                ("completedOn.day", "9"),
                ("completedOn.month", "10"),
                ("completedOn.year", "2026")
            )
        );
        Assert.True((await _host.ReadAsync(reference)).Case.Duties.Single(d => d.Id == duty.Id).IsDone);
    }

    [Fact]
    public async Task The_business_managers_part_and_an_address_to_accept_are_for_managers()
    {
        var (reference, browser, _) = await _host.OnAsync("sandwell", "partnership-review");
        await browser.FollowAsync(
            await browser.FillAsync(
                $"/cases/{reference}/partnership-review",
                By,
                ("by.agency", "sandwell"),
                ("referredToChair", "no"),
                ("reason", "Settled below")
            )
        );
        await _host.DoAsync(reference, Commands.HandOver("school", "intake/raisedBy", "nel@elsewhere.test"));
        var page = await browser.OpenAsync($"/cases/{reference}");
        var accept = page
            .Page.QuerySelectorAll("a")
            .Single(a => a.TextContent == "Accept this address")
            .GetAttribute("href")!;
        var practitioner = await CaseBrowser.PractitionerAsync(_host, "sandwell", "school");
        foreach (
            var path in new[]
            {
                accept,
                $"/cases/{reference}/partnership-review",
                $"/cases/{reference}/legal-hold",
                $"/cases/{reference}/change-contact",
            }
        )
        {
            var refused = await practitioner.OpenAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
            Assert.Contains("for the business manager", refused.Text, StringComparison.Ordinal);
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (
                    await practitioner.SendAsync(
                        path,
                        new()
                        {
                            ["id"] = "x",
                            ["stage"] = "informal",
                            ["by.agency"] = "school",
                            ["by.name"] = "Sam",
                            ["on"] = "yes",
                            ["reason"] = "x",
                        }
                    )
                ).Status
            );
        }
        Assert.False((await _host.ReadAsync(reference)).Case.LegalHold);
        await browser.FollowAsync(await browser.FillAsync(accept, By));
        Assert.True((await _host.ReadAsync(reference)).Case.Contacts[^1].Accepted);
    }

    [Fact]
    public async Task A_practitioner_speaks_for_its_own_agency_only()
    {
        var (reference, _, path) = await _host.OnAsync("sandwell", "notes");
        var school = await CaseBrowser.PractitionerAsync(_host, "sandwell", "school");
        var form = await school.OpenAsync(path);
        Assert.Equal("school", form.Form("record")["by.agency"]);
        Assert.Equal("Somebody", form.Form("record")["by.name"]);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await school.SendAsync(path, form.Form("record"), ("by.agency", "trust"), ("text", "A note"))).Status
        );
        await school.FollowAsync(
            await school.SendAsync(path, form.Form("record"), ("by.agency", "school"), ("text", "A note"))
        );
        Assert.NotEmpty(reference);
    }

    [Theory]
    [InlineData("sandwell", "hold", "this procedure has no Stop and Review")]
    [InlineData("sandwell", "skip", "this procedure takes its stages in order")]
    [InlineData("sandwell", "confirm", "no agreed outcome waits for confirmation")]
    [InlineData("sandwell", "adopt?of=99", "there is no such late response to adopt")]
    [InlineData("sandwell", "complete-duty?of=none", "there is nothing to do this for")]
    public async Task What_is_not_allowed_is_not_offered_and_says_why_when_opened(
        string policy,
        string move,
        string why
    )
    {
        var (reference, browser, path) = await _host.OnAsync(policy, move);
        var page = await browser.OpenAsync(path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(why, page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Null(page.Page.QuerySelector("main form"));
        Assert.Null((await browser.OpenAsync($"/cases/{reference}")).Page.QuerySelector($"a[href='{path}']"));
    }

    [Fact]
    public async Task After_the_end_only_what_stays_possible_is_offered()
    {
        var (reference, browser, _) = await _host.OnAsync("sandwell", "withdraw");
        await _host.DoAsync(reference, Commands.Withdraw("school"));
        var page = await browser.OpenAsync($"/cases/{reference}");
        Assert.Equal(
            ["Add a note", "Report imminent risk", "Fill in the business manager's part", "Legal hold"],
            page.Page.QuerySelector("nav.esc-actions ul")!.QuerySelectorAll("a").Select(a => a.TextContent)
        );
        Assert.Contains(
            "The case has ended",
            (await browser.OpenAsync($"/cases/{reference}/outcomes")).Text,
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task Ten_thousand_letters_and_markup_survive_a_form_that_comes_back()
    {
        var (_, browser, path) = await _host.OnAsync("sandwell", "notes");
        var text = "<b>&amp;</b> שלום " + new string('x', 9_000);
        var answer = await browser.FillAsync(path, ("text", text), ("by.name", ""), InNameOfSchool);
        Assert.Equal((HttpStatusCode.BadRequest, text), (answer.Status, answer.Form("record")["text"]));
        var tooLong = await browser.FillAsync(path, ("text", new string('x', 10_001)), By, InNameOfSchool);
        Assert.Equal(
            "The note must be 10,000 characters or fewer",
            tooLong.Page.QuerySelector(".govuk-error-summary__list a")!.TextContent
        );
    }

    [Fact]
    public async Task An_unknown_action_is_not_found()
    {
        var (_, browser, path) = await _host.OnAsync("sandwell", "no-such-thing");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(path)).Status);
    }

    private async Task ResolveAsync(string reference, string by)
    {
        var c = (await _host.ReadAsync(reference)).Case;
        var rules = await _host.Handler().RulesAsync(c, _host.Clock.GetUtcNow(), default);
        await _host.DoAsync(
            reference,
            Commands.Outcome(rules.Policy, c, Outcomes.Resolved, by, new DateOnly(2026, 9, 25))
        );
    }
}
