using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Forms;
using Escalation.Web.Tokens;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>The outcome form: checked, recorded once, refused with what was typed kept.</summary>
public sealed class LinkFormTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("record")]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("adopt")]
    [InlineData("handOver")]
    public async Task A_bare_form_is_refused_and_changes_nothing(string step)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser, LinkAction.Escalate);
        var bare = (await site.GetAsync(token)).Form("check");
        bare["step"] = step;
        var shown = await site.PostAsync(token, bare);
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.Contains("There is a problem", shown.Text);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task An_empty_post_is_refused_and_changes_nothing()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var shown = await Shown.OfAsync(await site.SendAsync(HttpMethod.Post, world.Token(document, Raiser)));
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task Check_shows_the_answers_and_records_nothing_then_Record_records_them()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var form = (await site.GetAsync(token)).Form("check");
        foreach (
            var (name, value) in With(
                Resolved,
                ("actions[1].what", "Visit"),
                ("actions[1].byWhom", "Ravi"),
                ("actions[1].agency", World.Receiving),
                ("actions[1].due", "2027-01-15")
            )
        )
            form[name] = value;
        var check = await site.PostAsync(token, form);
        Assert.Equal(HttpStatusCode.OK, check.Status);
        Assert.Equal("Check your answers", check.Heading);
        Assert.Contains("Wednesday 23 December 2026", check.Text);
        Assert.Contains("Friday 15 January 2027", check.Text);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);

        var recorded = await site.PostAsync(token, check.Form("record"));
        Assert.Equal(HttpStatusCode.OK, recorded.Status);
        Assert.Equal("Outcome recorded", recorded.Heading);
        Assert.Contains("The case has ended: resolved by agreement", recorded.Text);
        var after = await world.ReadAsync(document.Case.Reference);
        Assert.Equal(CaseStatus.Resolved, after.Case.Status);
        var said = DocumentFormat.Recorded(after.Events, after.Words).Single(r => r.Event is OutcomeRecorded);
        Assert.Equal("link:" + Raiser, said.Command!.Actor);
        Assert.Equal(World.Raising, ((OutcomeRecorded)said.Event).Agency);
        Assert.Equal("Rosa Raiser", said.Event.Words!.By!.Name);
        Assert.Equal("Visit", said.Event.Words.Actions![0].What);
    }

    [Fact]
    public async Task More_actions_than_an_outcome_takes_are_refused_and_none_is_lost_from_the_form()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var form = (await site.GetAsync(token)).Form("check");
        foreach (var (name, value) in With(Resolved))
            form[name] = value;
        foreach (var (part, i) in Enumerable.Range(0, 84).Select(n => (n % 4, n / 4)))
            form[$"actions[{i}].{SentActions.Parts[part]}"] = new[]
            {
                $"Visit {i}",
                "Ravi",
                World.Receiving,
                "2027-01-15",
            }[part];
        var shown = await site.PostAsync(token, form);
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.Contains("At most 20 actions", shown.Text);
        Assert.Equal("Visit 20", shown.Form("check")["actions[20].what"]);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task Change_your_answers_goes_back_to_the_form_with_everything_in_it()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var check = await site.PostAsync(
            token,
            With(Resolved, ("step", "check"), ("summary", "Line 1\r\nLine 2"), ("id", "abc"))
        );
        var form = (await site.PostAsync(token, check.Form("edit"))).Form("check");
        Assert.Equal("abc", form["id"]);
        Assert.Equal("resolved", form["outcome"]);
        Assert.Equal("23/12/2026", $"{form["discussedOn.day"]}/{form["discussedOn.month"]}/{form["discussedOn.year"]}");
        Assert.Equal("Line 1\nLine 2", form["summary"].ReplaceLineEndings("\n"));
        Assert.Equal(World.Raising, form["recordKeeper"]);
    }

    [Fact]
    public async Task The_same_form_sent_twice_shows_the_same_page_and_records_once()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var form = With(Resolved, ("step", "record"), ("id", "once"), ("outcome", "escalate"));
        var first = await site.PostAsync(token, form);
        var version = (await world.ReadAsync(document.Case.Reference)).Version;
        world.Now += TimeSpan.FromHours(5);
        var second = await site.PostAsync(token, form);
        Assert.Equal("Outcome recorded", first.Heading);
        Assert.Equal(first.Html, second.Html);
        Assert.Equal(version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task A_form_without_its_hidden_id_is_still_recorded_once()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var first = await site.PostAsync(token, With(Resolved, ("step", "record")));
        var second = await site.PostAsync(token, With(Resolved, ("step", "record")));
        Assert.Equal(first.Html, second.Html);
        Assert.Single(
            (await world.ReadAsync(document.Case.Reference)).Case.Receipts,
            r => r.Key.StartsWith("sent-", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_a_conflict()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Receiver);
        await site.PostAsync(token, With(Resolved, ("step", "record"), ("id", "once"), ("outcome", "escalate")));
        Assert.Equal(
            HttpStatusCode.Conflict,
            (
                await site.PostAsync(
                    token,
                    With(Resolved, ("step", "record"), ("id", "once"), ("outcome", "escalate"), ("summary", "Other"))
                )
            ).Status
        );
    }

    [Fact]
    public async Task An_escalate_link_has_escalating_chosen_and_its_page_says_the_new_stage_and_deadline()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser, LinkAction.Escalate);
        Assert.Equal("escalate", (await site.GetAsync(token)).Form("check")["outcome"]);
        var shown = await site.PostAsync(token, With(Resolved, ("outcome", "escalate"), ("step", "record")));
        Assert.Contains("The case is now at stage 1", shown.Text);
        Assert.Contains("5pm Wednesday 30 December 2026", shown.Text);
    }

    [Theory]
    [InlineData(Raiser)]
    [InlineData(Receiver)]
    public async Task Another_outcome_chosen_on_an_escalate_link_is_the_one_that_is_checked_and_recorded(string contact)
    {
        const string outcome = "resolved";
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, contact, LinkAction.Escalate);
        var form = With(Resolved, ("step", "check"));
        var wrong = await site.PostAsync(token, With(form, ("summary", "")));
        Assert.Equal((HttpStatusCode.BadRequest, outcome), (wrong.Status, wrong.Form("check")["outcome"]));

        var check = await site.PostAsync(token, form);
        Assert.Equal(("Check your answers", outcome), (check.Heading, check.Form("record")["outcome"]));
        Assert.DoesNotContain("escalate to stage 1", check.Text);
        Assert.Equal(outcome, (await site.PostAsync(token, check.Form("edit"))).Form("check")["outcome"]);
        Assert.Equal("Outcome recorded", (await site.PostAsync(token, check.Form("record"))).Heading);
        var after = await world.ReadAsync(document.Case.Reference);
        var said = DocumentFormat.Recorded(after.Events, after.Words).Select(r => r.Event).OfType<OutcomeRecorded>();
        Assert.Equal((outcome, "informal"), (Assert.Single(said).Outcome, after.Case.Stage.Id));
    }

    [Fact]
    public async Task A_link_for_the_outcome_has_none_chosen_and_asks_for_one()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var form = (await site.GetAsync(token)).Form("check");
        Assert.DoesNotContain("outcome", form.Keys);
        foreach (var (name, value) in Resolved.Where(f => f.Item1 != "outcome"))
            form[name] = value;
        var shown = await site.PostAsync(token, form);
        Assert.Equal(
            "#outcome",
            Assert.Single(shown.Page.QuerySelectorAll(".govuk-error-summary a")).GetAttribute("href")
        );
    }

    [Theory]
    [InlineData(Raiser, "2026-12-24T09:59:59Z", "Not agreed: escalate to stage 1 now")]
    [InlineData(Raiser, "2026-12-24T10:00:00Z", "Not agreed")]
    [InlineData(Receiver, "2026-12-24T09:59:59Z", "Not agreed: escalate to stage 1 now")]
    [InlineData(Receiver, "2026-12-24T10:00:00Z", "Not agreed")]
    public async Task To_escalate_now_is_offered_until_the_deadline_and_a_late_answer_says_only_that_nothing_was_agreed(
        string contact,
        string now,
        string expected
    )
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        world.Now = World.At(now);
        var shown = await site.GetAsync(world.Token(document, contact));
        var choice = shown.Page.QuerySelector("input[name=outcome][value=escalate]")!;
        Assert.Equal(expected, choice.ParentElement!.QuerySelector("label")!.TextContent.Trim());
    }

    public static TheoryData<string, string> Wrong() =>
        new()
        {
            { "outcome", "" },
            { "outcome", "won" },
            { "method", "" },
            { "method", "pigeon" },
            { "discussedOn", "" },
            { "discussedOn", "23/13/2026" },
            { "discussedOn", "2026-12-24" },
            { "discussedOn", "2026-12-22" },
            { "summary", "" },
            { "summary", "   " },
            { "name", "" },
            { "recordKeeper", "" },
            { "name", new string('n', 201) },
            { "name", "a\u0007b" },
        };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named_and_what_was_typed_stays(string field, string value)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var shown = await site.PostAsync(
            world.Token(document, Raiser),
            With(Resolved, ("step", "record"), (field, value))
        );
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.Equal(
            $"#{field}",
            Assert.Single(shown.Page.QuerySelectorAll(".govuk-error-summary a")).GetAttribute("href")
        );
        Assert.NotNull(shown.Page.QuerySelector($"#{field}-error"));
        if (field != "summary")
            Assert.Equal("We agreed.", shown.Form("check")["summary"]);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    public static TheoryData<string> Texts() =>
        new()
        {
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onfocus='x",
            "</textarea><b>x</b>",
            "&amp; &lt;",
            "مرحبا بالعالم",
            "שלום",
            "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "\u202Eabc",
            "{{7*7}} @Model ${x}",
        };

    [Theory, MemberData(nameof(Texts))]
    public async Task Whatever_is_typed_comes_back_as_text(string text)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        string[] fields =
        [
            "summary",
            "name",
            "role",
            "methodology",
            "outstanding",
            "lessons",
            "comments",
            "actions[0].what",
            "actions[0].byWhom",
            "id",
            "outcome",
            "method",
            "discussedOn",
            "recordKeeper",
            "actions[0].agency",
            "actions[0].due",
        ];
        var bad = await site.PostAsync(token, fields.Select(f => new KeyValuePair<string, string>(f, text)));
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        Assert.Empty(bad.Page.QuerySelectorAll("script, img, b, [onerror], [onfocus]"));
        foreach (var field in new[] { "summary", "name", "role", "lessons", "actions[0].what" })
            Assert.Equal(text, bad.Form("check")[field]);

        var check = await site.PostAsync(
            token,
            With(
                Resolved,
                ("step", "check"),
                ("summary", text),
                ("name", text),
                ("role", text),
                ("lessons", text),
                ("comments", text),
                ("actions[0].what", text),
                ("actions[0].byWhom", text),
                ("actions[0].agency", World.Receiving),
                ("actions[0].due", "2027-01-15")
            )
        );
        Assert.Equal("Check your answers", check.Heading);
        Assert.Empty(check.Page.QuerySelectorAll("script, img, b, [onerror], [onfocus]"));
        var recorded = await site.PostAsync(token, check.Form("record"));
        Assert.Equal("Outcome recorded", recorded.Heading);
        var after = await world.ReadAsync(document.Case.Reference);
        var words = DocumentFormat
            .Recorded(after.Events, after.Words)
            .Single(r => r.Event is OutcomeRecorded)
            .Event.Words!;
        Assert.Equal(text, words.Text("summary"));
        Assert.Equal(text, words.Actions![0].What);
    }

    [Fact]
    public async Task A_method_that_the_policy_refuses_says_so_at_the_method()
    {
        var (world, site, document) = await StartAsync("sefton", "2026-04-30T08:00:00Z");
        await using var w = world;
        await using var s = site;
        var shown = await site.PostAsync(
            world.Token(document, Raiser),
            With(Resolved, ("step", "check"), ("method", "email"), ("discussedOn", "2026-04-30"))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.Status);
        Assert.NotNull(shown.Page.QuerySelector("#method-error"));
    }

    [Fact]
    public async Task Only_outcomes_of_the_stage_and_side_are_offered()
    {
        var (world, site, document) = await StartAsync("surrey-adults", "2026-03-27T16:30:00Z");
        await using var w = world;
        await using var s = site;
        var first = await site.GetAsync(world.Token(document, Raiser));
        Assert.Equal(
            ["escalate", "noLongerDisagrees"],
            first.Page.QuerySelectorAll("input[name=outcome]").Select(i => i.GetAttribute("value"))
        );
        var last = await world.AdvanceAsync(document.Case.Reference, "2026-03-30T16:00:00Z");
        for (var stage = 3; stage <= 6; stage++)
            last = await world.AdvanceAsync(document.Case.Reference, last.Case.Stage.Deadline!.At.ToString("O"));
        var asked = last.Case.Notices.First(n => n.Queued is { Kind: "stageOpened", Stage: "6" }).Queued;
        var final = await site.GetAsync(world.Token(last, asked.Contact));
        Assert.DoesNotContain(
            "escalate",
            final.Page.QuerySelectorAll("input[name=outcome]").Select(i => i.GetAttribute("value"))
        );
        Assert.Contains(
            "decided",
            final.Page.QuerySelectorAll("input[name=outcome]").Select(i => i.GetAttribute("value"))
        );
    }
}
