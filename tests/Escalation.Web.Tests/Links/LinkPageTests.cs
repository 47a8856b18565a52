using System.Net;
using Escalation.Core.Cases;
using Escalation.Web.Links;

namespace Escalation.Web.Tests.Links;

public sealed class LinkPageTests
{
    private const string Raiser = "intake/raisedBy", Receiver = "intake/receivedBy.0";

    private static readonly (string, string)[] Resolved =
    [
        ("outcome", "resolved"), ("method", "phone"), ("discussedOn", "2026-12-23"), ("summary", "We agreed."), ("name", "Rosa Raiser"), ("role", "Teacher"), ("recordKeeper", World.Raising),
    ];

    private static async Task<(World World, LinkSite Site, CaseDocument Document)> StartAsync(string policy = "sandwell", string now = "2026-12-23T10:00:00Z")
    {
        var world = await new World(now).WithDirectoryAsync(policy);
        return (world, await LinkSite.StartAsync(world), await world.OpenAsync(policy));
    }

    private static (string, string)[] With((string, string)[] form, params (string, string)[] more) => [.. form.Where(f => more.All(m => m.Item1 != f.Item1)), .. more];

    [Fact]
    public async Task Get_shows_the_stage_its_deadline_and_the_form_and_nothing_private()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var shown = await site.GetAsync(world.Token(document, Raiser));
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Contains(document.Case.Reference, shown.Text);
        Assert.Contains("Informal discussion", shown.Text);
        Assert.Contains("Thursday 24 December 2026 at 10am", shown.Text);
        Assert.Contains("1 day left", shown.Text);
        Assert.Contains("OAK-77", shown.Text);
        Assert.Contains("CT-88", shown.Text);
        Assert.Equal("Why this date", shown.Page.QuerySelector("details summary")!.TextContent);
        foreach (var planted in World.Planted)
            Assert.DoesNotContain(planted, shown.Html);
    }

    [Fact]
    public async Task A_page_for_the_other_agency_says_nothing_of_an_internal_stage()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world; await using var s = site;
        await world.DoAsync(document.Case.Reference, World.Outcome("1", "escalate", World.Raising, new DateOnly(2026, 10, 12)));
        Assert.Contains("stage 2", (await site.GetAsync(world.Token(document, Raiser))).Text);
        var other = await site.GetAsync(world.Token(document, Receiver));
        Assert.Contains("The case is now with the agency that raised the concern.", other.Text);
        Assert.DoesNotContain("Stage 2: opened", other.Text);
        Assert.DoesNotContain("to be answered by", other.Text);
    }

    [Fact]
    public async Task Get_and_Head_change_nothing_even_after_the_deadline()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        foreach (var now in new[] { "2026-12-23T10:00:00Z", "2026-12-24T10:00:00Z" })
        {
            world.Now = World.At(now);
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
                Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(method, token)).StatusCode);
        }
        Assert.Contains("This stage has closed", (await site.GetAsync(token)).Text);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task Pages_are_not_stored_send_no_referrer_and_allow_no_script()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        foreach (var token in new[] { world.Token(document, Raiser), "forged" })
        {
            var shown = await site.GetAsync(token);
            Assert.Equal("no-store", shown.Response.Headers.CacheControl!.ToString());
            Assert.Equal("no-referrer", shown.Response.Headers.GetValues("Referrer-Policy").Single());
            var csp = shown.Response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", csp);
            Assert.DoesNotContain("unsafe", csp);
            Assert.Empty(shown.Page.QuerySelectorAll("script, style, [style], [onclick]"));
            Assert.DoesNotContain(token, shown.Html);
        }
    }

    [Fact]
    public async Task Tokens_are_in_no_log_line()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        await site.GetAsync(token);
        await site.PostAsync(token, Resolved);
        await site.GetAsync(token[..^1]);
        Assert.DoesNotContain(site.Log, line => line.Contains(token[..20], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_input_has_a_label_and_every_error_link_leads_to_a_field()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world; await using var s = site;
        var shown = await site.PostAsync(world.Token(document, Raiser), ("step", "check"), ("actions[0].what", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.StartsWith("Error: ", shown.Page.Title);
        foreach (var input in shown.Page.QuerySelectorAll("input:not([type=hidden]), textarea, select"))
            Assert.NotNull(shown.Page.QuerySelector($"label[for='{input.Id}']"));
        var links = shown.Page.QuerySelectorAll(".govuk-error-summary a");
        Assert.NotEmpty(links);
        foreach (var link in links)
            Assert.NotNull(shown.Page.QuerySelector(link.GetAttribute("href")!));
        Assert.Equal(shown.Page.QuerySelectorAll("[id]").Length, shown.Page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
    }

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
        await using var w = world; await using var s = site;
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
        await using var w = world; await using var s = site;
        var shown = await Shown.OfAsync(await site.SendAsync(HttpMethod.Post, world.Token(document, Raiser)));
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task Check_shows_the_answers_and_records_nothing_then_Record_records_them()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        var form = (await site.GetAsync(token)).Form("check");
        foreach (var (name, value) in With(Resolved, ("actions[1].what", "Visit"), ("actions[1].byWhom", "Ravi"), ("actions[1].agency", World.Receiving), ("actions[1].due", "2027-01-15")))
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
    public async Task Change_your_answers_goes_back_to_the_form_with_everything_in_it()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        var check = await site.PostAsync(token, With(Resolved, ("step", "check"), ("summary", "Line 1\r\nLine 2"), ("id", "abc")));
        var form = (await site.PostAsync(token, check.Form("edit"))).Form("check");
        Assert.Equal("abc", form["id"]);
        Assert.Equal("resolved", form["outcome"]);
        Assert.Equal("2026-12-23", form["discussedOn"]);
        Assert.Equal("Line 1\nLine 2", form["summary"].ReplaceLineEndings("\n"));
        Assert.Equal(World.Raising, form["recordKeeper"]);
    }

    [Fact]
    public async Task The_same_form_sent_twice_shows_the_same_page_and_records_once()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
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
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        var first = await site.PostAsync(token, With(Resolved, ("step", "record")));
        var second = await site.PostAsync(token, With(Resolved, ("step", "record")));
        Assert.Equal(first.Html, second.Html);
        Assert.Single((await world.ReadAsync(document.Case.Reference)).Case.Receipts, r => r.Key.StartsWith("sent-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_a_conflict()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Receiver);
        await site.PostAsync(token, With(Resolved, ("step", "record"), ("id", "once"), ("outcome", "escalate")));
        Assert.Equal(HttpStatusCode.Conflict, (await site.PostAsync(token, With(Resolved, ("step", "record"), ("id", "once"), ("outcome", "escalate"), ("summary", "Other")))).Status);
    }

    [Fact]
    public async Task An_escalate_link_has_escalating_chosen_and_its_page_says_the_new_stage_and_deadline()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser, LinkAction.Escalate);
        Assert.Equal("escalate", (await site.GetAsync(token)).Form("check")["outcome"]);
        var shown = await site.PostAsync(token, With(Resolved, ("outcome", "escalate"), ("step", "record")));
        Assert.Contains("The case is now at stage 1", shown.Text);
        Assert.Contains("5pm Wednesday 30 December 2026", shown.Text);
    }

    public static TheoryData<string, string> Wrong() => new()
    {
        { "outcome", "" }, { "outcome", "won" }, { "method", "" }, { "method", "pigeon" }, { "discussedOn", "" }, { "discussedOn", "23/12/2026" }, { "discussedOn", "2026-12-24" },
        { "discussedOn", "2026-12-22" }, { "summary", "" }, { "summary", "   " }, { "name", "" }, { "recordKeeper", "" }, { "name", new string('n', 201) }, { "name", "a\u0007b" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named_and_what_was_typed_stays(string field, string value)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var shown = await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "record"), (field, value)));
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.Equal($"#{field}", Assert.Single(shown.Page.QuerySelectorAll(".govuk-error-summary a")).GetAttribute("href"));
        Assert.NotNull(shown.Page.QuerySelector($"#{field}-error"));
        if (field != "summary")
            Assert.Equal("We agreed.", shown.Form("check")["summary"]);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    public static TheoryData<string> Texts() => new()
    {
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='x", "</textarea><b>x</b>", "&amp; &lt;", "مرحبا بالعالم", "שלום", "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u202Eabc", "{{7*7}} @Model ${x}",
    };

    [Theory, MemberData(nameof(Texts))]
    public async Task Whatever_is_typed_comes_back_as_text(string text)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        string[] fields = ["summary", "name", "role", "methodology", "outstanding", "lessons", "comments", "actions[0].what", "actions[0].byWhom", "id", "outcome", "method", "discussedOn", "recordKeeper", "actions[0].agency", "actions[0].due"];
        var bad = await site.PostAsync(token, fields.Select(f => new KeyValuePair<string, string>(f, text)));
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        Assert.Empty(bad.Page.QuerySelectorAll("script, img, b, [onerror], [onfocus]"));
        foreach (var field in new[] { "summary", "name", "role", "lessons", "actions[0].what" })
            Assert.Equal(text, bad.Form("check")[field]);

        var check = await site.PostAsync(token, With(Resolved, ("step", "check"), ("summary", text), ("name", text), ("role", text), ("lessons", text), ("comments", text),
            ("actions[0].what", text), ("actions[0].byWhom", text), ("actions[0].agency", World.Receiving), ("actions[0].due", "2027-01-15")));
        Assert.Equal("Check your answers", check.Heading);
        Assert.Empty(check.Page.QuerySelectorAll("script, img, b, [onerror], [onfocus]"));
        var recorded = await site.PostAsync(token, check.Form("record"));
        Assert.Equal("Outcome recorded", recorded.Heading);
        var after = await world.ReadAsync(document.Case.Reference);
        var words = DocumentFormat.Recorded(after.Events, after.Words).Single(r => r.Event is OutcomeRecorded).Event.Words!;
        Assert.Equal(text, words.Text("summary"));
        Assert.Equal(text, words.Actions![0].What);
    }

    [Fact]
    public async Task A_method_that_the_policy_refuses_says_so_at_the_method()
    {
        var (world, site, document) = await StartAsync("sefton", "2026-04-30T08:00:00Z");
        await using var w = world; await using var s = site;
        var shown = await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "check"), ("method", "email"), ("discussedOn", "2026-04-30")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.Status);
        Assert.NotNull(shown.Page.QuerySelector("#method-error"));
    }

    [Fact]
    public async Task Only_outcomes_of_the_stage_and_side_are_offered()
    {
        var (world, site, document) = await StartAsync("surrey-adults", "2026-03-27T16:30:00Z");
        await using var w = world; await using var s = site;
        var first = await site.GetAsync(world.Token(document, Raiser));
        Assert.Equal(["resolved", "escalate", "noLongerDisagrees"], first.Page.QuerySelectorAll("input[name=outcome]").Select(i => i.GetAttribute("value")));
        var last = await world.AdvanceAsync(document.Case.Reference, "2026-03-30T16:00:00Z");
        for (var stage = 3; stage <= 6; stage++)
            last = await world.AdvanceAsync(document.Case.Reference, last.Case.Stage.Deadline.At.ToString("O"));
        var asked = last.Case.Notices.Last(n => n.Queued is { Kind: "stageOpened", Stage: "6" }).Queued;
        var final = await site.GetAsync(world.Token(last, asked.Contact));
        Assert.DoesNotContain("escalate", final.Page.QuerySelectorAll("input[name=outcome]").Select(i => i.GetAttribute("value")));
        Assert.Contains("decided", final.Page.QuerySelectorAll("input[name=outcome]").Select(i => i.GetAttribute("value")));
    }

    [Fact]
    public async Task A_late_answer_is_recorded_says_what_happened_instead_and_the_next_tier_adopts_it()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        var page = await site.GetAsync(token);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("was escalated, because its deadline passed", page.Text);
        Assert.Contains("The case is now at stage 1", page.Text);
        var late = await site.PostAsync(token, With(Resolved, ("step", "record"), ("summary", "SECRET-SUMMARY"), ("name", "SECRET-NAME")));
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
    public async Task The_receiving_sides_agreement_is_confirmed_by_the_raising_sides_link_and_by_no_other()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var recorded = await site.PostAsync(world.Token(document, Receiver), With(Resolved, ("step", "record"), ("summary", "SECRET-SUMMARY")));
        Assert.Contains("It counts once Oak Primary confirms it", recorded.Text);
        var waiting = await world.ReadAsync(document.Case.Reference);
        Assert.Equal(CaseStatus.AwaitingConfirmation, waiting.Case.Status);

        var other = world.Token(waiting, Receiver, LinkAction.Confirm, side: Side.Receiving);
        Assert.Contains("nothing to confirm", (await site.GetAsync(other)).Heading);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync(other, ("answer", "confirm"), ("name", "Ravi"))).Status);

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
    public async Task A_dispute_needs_a_reason_and_the_stage_goes_on()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
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
        await using var w = world; await using var s = site;
        await site.PostAsync(world.Token(document, Receiver), With(Resolved, ("step", "record")));
        var page = await site.GetAsync(world.Token(document, Raiser));
        Assert.Contains("It waits for confirmation until", page.Text);
        Assert.Null(page.Page.QuerySelector("button[value=check]"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "record")))).Status);
    }

    [Fact]
    public async Task After_handing_over_the_old_link_is_gone_and_the_colleagues_works()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
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
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        var shown = await site.PostAsync(token, ("step", "handOver"), ("name", "Cora"), ("email", "cora@elsewhere.example.com"));
        Assert.Contains("the business manager is asked to accept it first", shown.Text);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(token)).Status);
    }

    [Theory]
    [InlineData("2027-01-23T09:59:59.9999999Z", HttpStatusCode.OK)]
    [InlineData("2027-01-23T10:00:00Z", HttpStatusCode.Gone)]
    public async Task A_link_lapses_30_days_after_its_stage_closed_to_the_tick(string now, HttpStatusCode expected)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        world.Now = World.At(now);
        var token = world.Token(document, Raiser);
        Assert.Equal(expected, (await site.GetAsync(token)).Status);
        if (expected == HttpStatusCode.Gone)
            Assert.Equal(HttpStatusCode.Gone, (await site.PostAsync(token, With(Resolved, ("step", "record")))).Status);
    }

    [Fact]
    public async Task A_forged_link_and_one_of_an_unknown_case_or_stage_show_the_same_page_and_tell_nothing()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var good = new LinkClaims(document.Case.Reference, "informal", Raiser, Side.Raising, LinkAction.Outcome);
        var forged = new LinkTokens(new LinkKeys(world.Keys.Current.Select(b => (byte)(b ^ 1)).ToArray(), null)).Make(good);
        string[] tokens = ["x", world.Tokens.Make(good)[..^2], world.Tokens.Make(good with { Reference = "SAN-0000-0000" }), world.Tokens.Make(good with { Stage = "4" }), world.Tokens.Make(good with { Stage = "zz" })];
        var first = (await site.GetAsync("never")).Html;
        foreach (var token in tokens)
        {
            var shown = await site.GetAsync(token);
            Assert.Equal(HttpStatusCode.NotFound, shown.Status);
            Assert.Equal(first, shown.Html);
            Assert.Equal(HttpStatusCode.NotFound, (await site.PostAsync(token, With(Resolved, ("step", "record")))).Status);
        }
        Assert.DoesNotContain(document.Case.Reference, (await site.GetAsync(forged)).Html);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task A_link_of_a_contact_who_left_and_of_a_retired_key_says_so()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var left = await site.GetAsync(world.Tokens.Make(new LinkClaims(document.Case.Reference, "informal", "oak-primary/nobody", Side.Raising, LinkAction.Outcome)));
        Assert.Equal(HttpStatusCode.Gone, left.Status);
        Assert.Contains("no longer a contact", left.Text);
        await using var rotated = await LinkSite.StartAsync(world, new LinkKeys([.. Enumerable.Repeat((byte)200, 32)], null));
        var retired = await rotated.GetAsync(world.Token(document, Raiser));
        Assert.Equal(HttpStatusCode.Gone, retired.Status);
        Assert.Contains("a key that is no longer used", retired.Text);
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data; boundary=x", "--x--", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_that_is_no_form_gets_a_page(string type, string body, HttpStatusCode expected)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        var shown = await Shown.OfAsync(await site.SendAsync(HttpMethod.Post, world.Token(document, Raiser), content));
        Assert.Equal(expected, shown.Status);
        Assert.NotEmpty(shown.Heading);
    }

    [Fact]
    public async Task A_huge_body_gets_a_page_and_records_nothing()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        var token = world.Token(document, Raiser);
        foreach (var form in new[] { $"summary={new string('a', 150_000)}", string.Join('&', Enumerable.Range(0, 600).Select(i => $"f{i}=x")), $"name={new string('a', 3_000_000)}" })
        {
            var content = new StringContent(form);
            content.Headers.ContentType = new("application/x-www-form-urlencoded");
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await site.SendAsync(HttpMethod.Post, token, content)).StatusCode);
        }
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task A_form_that_says_another_stage_is_refused()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world; await using var s = site;
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "record"), ("stage", "1")))).Status);
    }

    [Fact]
    public async Task Too_many_requests_are_counted_by_token_and_for_bad_tokens_by_address()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        await using var w = world;
        await using var site = await LinkSite.StartAsync(world, limits: o => (o.PerToken, o.BadPerAddress) = (3, 2));
        var document = await world.OpenAsync("sandwell");
        var (one, other) = (world.Token(document, Raiser), world.Token(document, Receiver));
        Assert.Equal("404 404 429", await StatusesAsync(site, "a", "b", "c"));
        Assert.Equal("200 200 200 429", await StatusesAsync(site, one, one, one, one));
        var shown = await site.GetAsync(one);
        Assert.Equal("Too many requests", shown.Heading);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(other)).Status);
    }

    private static async Task<string> StatusesAsync(LinkSite site, params string[] tokens)
    {
        var statuses = new List<int>();
        foreach (var token in tokens)
            statuses.Add((int)(await site.GetAsync(token)).Status);
        return string.Join(' ', statuses);
    }
}
