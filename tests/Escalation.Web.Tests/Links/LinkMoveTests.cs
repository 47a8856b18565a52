using System.Net;
using Escalation.Core.Cases;
using Escalation.Web.Tokens;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>Late answers, confirming, disputing and handing over by link.</summary>
public sealed class LinkMoveTests
{
    [Fact]
    public async Task A_late_answer_is_recorded_says_what_happened_instead_and_the_next_tier_adopts_it()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var page = await site.GetAsync(token);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("was escalated by itself when its deadline passed, by a local setting", page.Text);
        Assert.Contains("The case is now at stage 1", page.Text);
        var late = await site.PostAsync(
            token,
            With(Resolved, ("step", "record"), ("summary", "SECRET-SUMMARY"), ("name", "SECRET-NAME"))
        );
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal("Recorded as a late answer", late.Heading);
        var after = await world.ReadAsync(document.Case.Reference);
        Assert.Equal("1", after.Case.Stage.Id);
        Assert.Single(after.Case.LateResponses);

        var manager = world.Token(after, $"{World.Raising}/lineManager");
        var shown = await site.GetAsync(manager);
        Assert.Contains("A late answer was received", shown.Text);
        Assert.Contains("resolved by agreement", shown.Text);
        Assert.DoesNotContain("SECRET", shown.Html);
        var form = shown.Form("adopt");
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync(manager, form)).Status);
        form["name"] = "Mona Manager";
        var adopted = await site.PostAsync(manager, form);
        Assert.Equal("Late answer adopted", adopted.Heading);
        Assert.Equal(CaseStatus.Resolved, (await world.ReadAsync(document.Case.Reference)).Case.Status);
        Assert.Equal(adopted.Html, (await site.PostAsync(manager, form)).Html);
    }

    [Fact]
    public async Task A_late_answer_that_was_taken_over_is_not_offered_to_the_next_stage_and_the_others_still_are()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        await site.PostAsync(token, With(Resolved, ("step", "record")));
        await site.PostAsync(token, With(Resolved, ("step", "record"), ("outcome", "escalate")));
        var late = (await world.ReadAsync(document.Case.Reference)).Case.LateResponses;
        var manager = world.Token(await world.ReadAsync(document.Case.Reference), $"{World.Raising}/lineManager");
        var both = await site.GetAsync(manager);
        Assert.Equal(late.Select(l => $"{l.Number}"), Offered(both));
        var form = both.Form("adopt");
        (form["late"], form["name"]) = ($"{late[1].Number}", "Mona Manager");
        Assert.Equal("Late answer adopted", (await site.PostAsync(manager, form)).Heading);

        var after = await world.ReadAsync(document.Case.Reference);
        Assert.Equal("2", after.Case.Stage.Id);
        var head = world.Token(after, $"{World.Raising}/headOfService");
        Assert.Equal([$"{late[0].Number}"], Offered(await site.GetAsync(head)));

        static IEnumerable<string?> Offered(Shown shown) =>
            shown.Page.QuerySelectorAll("input[name=late]").Select(l => l.GetAttribute("value"));
    }

    [Fact]
    public async Task A_late_answer_that_does_not_say_all_that_the_stage_asks_for_is_not_adopted_and_the_page_says_what_to_do()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "record"), ("recordKeeper", "")));
        var manager = world.Token(await world.ReadAsync(document.Case.Reference), $"{World.Raising}/lineManager");
        var form = (await site.GetAsync(manager)).Form("adopt");
        form["name"] = "Mona Manager";
        var refused = await site.PostAsync(manager, form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(
            "It does not say all that this stage asks for. Record the outcome instead of taking over the late response.",
            Assert.Single(refused.Page.QuerySelectorAll(".govuk-error-summary__list li")).TextContent.Trim()
        );
        Assert.Equal(CaseStatus.Open, (await world.ReadAsync(document.Case.Reference)).Case.Status);
    }

    [Fact]
    public async Task A_link_takes_three_late_answers_and_the_page_of_the_fourth_says_that_the_case_goes_on()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        for (var i = 1; i <= 3; i++)
        {
            var late = await site.PostAsync(token, With(Resolved, ("step", "record"), ("summary", $"Answer {i}")));
            Assert.Equal(HttpStatusCode.Conflict, late.Status);
        }
        var version = (await world.ReadAsync(document.Case.Reference)).Version;

        var fourth = await site.PostAsync(token, With(Resolved, ("step", "record"), ("summary", "Answer 4")));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, fourth.Status);
        Assert.Contains("A stage takes 3 late answers from one person", fourth.Text);
        Assert.Contains("Nothing was recorded. The case's deadlines go on", fourth.Text);
        Assert.Equal(version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task An_answer_whose_texts_are_too_long_together_is_refused_on_the_first_page_with_what_was_typed_still_there()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var text = new string('x', 9_900);
        var form = With(Resolved, ("step", "check"), ("summary", text), ("lessons", text), ("comments", text));

        var shown = await site.PostAsync(world.Token(document, Raiser), form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, shown.Status);
        Assert.Contains("The texts are too long together: 20 KB at the most", shown.Text);
        Assert.Equal(text, shown.Form("check")["summary"]);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task The_receiving_sides_agreement_is_confirmed_by_the_raising_sides_link_and_by_no_other()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var recorded = await site.PostAsync(
            world.Token(document, Receiver),
            With(Resolved, ("step", "record"), ("summary", "SECRET-SUMMARY"))
        );
        Assert.Contains("It counts once Oak Primary confirms it", recorded.Text);
        var waiting = await world.ReadAsync(document.Case.Reference);
        Assert.Equal(CaseStatus.AwaitingConfirmation, waiting.Case.Status);

        var other = world.Token(waiting, Receiver, LinkAction.Confirm, side: Side.Receiving);
        Assert.Contains("nothing to confirm", (await site.GetAsync(other)).Heading);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await site.PostAsync(other, ("answer", "confirm"), ("name", "Ravi"))).Status
        );

        var token = world.Token(waiting, Raiser, LinkAction.Confirm);
        var page = await site.GetAsync(token);
        Assert.DoesNotContain("SECRET", page.Html);
        Assert.Contains("By phone, Wednesday 23 December 2026", page.Text);
        var form = page.Form("record");
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync(token, form)).Status);
        form["answer"] = "confirm";
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync(token, form)).Status);
        Assert.Equal(CaseStatus.AwaitingConfirmation, (await world.ReadAsync(document.Case.Reference)).Case.Status);
        form["name"] = "Rosa Raiser";
        var confirmed = await site.PostAsync(token, form);
        Assert.Equal("Outcome confirmed", confirmed.Heading);
        Assert.Equal(CaseStatus.Resolved, (await world.ReadAsync(document.Case.Reference)).Case.Status);
        Assert.Equal(confirmed.Html, (await site.PostAsync(token, form)).Html);
    }

    [Fact]
    public async Task Whoever_is_asked_to_confirm_is_shown_the_agency_that_recorded_the_outcome()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await site.PostAsync(world.Token(document, Receiver), With(Resolved, ("step", "record")));
        var token = world.Token(await world.ReadAsync(document.Case.Reference), Raiser, LinkAction.Confirm);
        var rows = (await site.GetAsync(token)).Page.QuerySelectorAll(".govuk-summary-list__row");
        var recorded = rows.Single(r => r.QuerySelector("dt")?.TextContent == "Recorded by");
        Assert.Equal("Children's Trust", recorded.QuerySelector("bdi")!.TextContent);
    }

    [Fact]
    public async Task A_dispute_needs_a_reason_and_the_stage_goes_on()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await site.PostAsync(world.Token(document, Receiver), With(Resolved, ("step", "record")));
        var token = world.Token(await world.ReadAsync(document.Case.Reference), Raiser, LinkAction.Confirm);
        var form = (await site.GetAsync(token)).Form("record");
        (form["answer"], form["name"]) = ("dispute", "Rosa Raiser");
        var refused = await site.PostAsync(token, form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Page.QuerySelector("#reason-error"));
        form["reason"] = "We did not agree.";
        var shown = await site.PostAsync(token, form);
        Assert.Equal("Outcome disputed", shown.Heading);
        Assert.Contains("The stage goes on until Thursday 24 December 2026 at 10am", shown.Text);
        Assert.Equal(CaseStatus.Open, (await world.ReadAsync(document.Case.Reference)).Case.Status);
    }

    [Fact]
    public async Task An_outcome_link_shows_no_form_while_an_outcome_waits_for_confirmation()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await site.PostAsync(world.Token(document, Receiver), With(Resolved, ("step", "record")));
        var page = await site.GetAsync(world.Token(document, Raiser));
        Assert.Contains("It waits for confirmation until", page.Text);
        Assert.Null(page.Page.QuerySelector("button[value=check]"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "record")))).Status
        );
    }

    [Fact]
    public async Task After_handing_over_the_old_link_is_gone_and_the_colleagues_works()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var form = (await site.GetAsync(token)).Form("handOver");
        (form["name"], form["email"]) = ("Cora Colleague", "not an address");
        var refused = await site.PostAsync(token, form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Page.QuerySelector("#handOver-email-error"));
        form["email"] = "cora@oak-primary.example.org";
        Assert.Equal("Handed over", (await site.PostAsync(token, form)).Heading);
        var gone = await site.GetAsync(token);
        Assert.Equal(HttpStatusCode.Gone, gone.Status);
        Assert.Contains("Somebody else took this matter over", gone.Text);
        Assert.DoesNotContain(document.Case.Reference, gone.Html);
        var after = await world.ReadAsync(document.Case.Reference);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(world.Token(after, after.Case.Contacts[^1].Id))).Status);
    }

    [Fact]
    public async Task A_colleague_at_a_strange_address_waits_and_the_old_link_goes_on()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var shown = await site.PostAsync(
            token,
            ("step", "handOver"),
            ("name", "Cora"),
            ("email", "cora@elsewhere.example.com")
        );
        Assert.Contains("the business manager is asked to accept it first", shown.Text);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(token)).Status);
    }
}
