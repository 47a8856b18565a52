using System.Net;
using Escalation.Core.Storage;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>What the outcome form says of a wrong answer, and how answers are changed and shown.</summary>
public sealed class LinkWordsTests
{
    public static TheoryData<string, string, string> Faults() =>
        new()
        {
            { "outcome", "", "Select what the outcome was" },
            { "outcome", "won", "Select what the outcome was" },
            { "method", "", "Select how it was discussed" },
            { "discussedOn", "", "Enter the date it was discussed" },
            { "discussedOn", "2026-02-31", "The date it was discussed must be a real date" },
            { "discussedOn", "yesterday", "The date it was discussed must be a real date" },
            { "discussedOn", "26-12-23", "The date it was discussed must have a year of 4 numbers" },
            { "discussedOn", "2026-12-24", "The date it was discussed must be today or in the past" },
            {
                "discussedOn",
                "2026-12-22",
                "The date it was discussed must be on or after Wednesday 23 December 2026, when the concern was raised"
            },
            { "discussedOn", "1899-12-31", "The date it was discussed must be a real date" },
            { "discussedOn", "2201-01-01", "The date it was discussed must be a real date" },
            { "summary", "", "Enter a summary of the discussion" },
            { "name", "", "Enter your name" },
            { "name", new string('n', 201), "Your name must be 200 characters or fewer" },
            { "name", "a\u0007b", "Your name must not include characters that cannot be printed" },
            { "lessons", new string('n', 10_001), "Lessons learned must be 10,000 characters or fewer" },
            { "recordKeeper", "", "Select which agency keeps the record and checks the actions" },
            {
                "actions[0].what",
                "Visit",
                "Enter by whom action 1 is to be done; Select the agency of action 1; Enter the date of action 1"
            },
            {
                "actions[0].byWhom",
                "Ravi",
                "Enter what is to be done in action 1; Select the agency of action 1; Enter the date of action 1"
            },
            {
                "actions[0].agency",
                World.Receiving,
                "Enter what is to be done in action 1; Enter by whom action 1 is to be done; Enter the date of action 1"
            },
            {
                "actions[0].due",
                "2026-13-01",
                "Enter what is to be done in action 1; Enter by whom action 1 is to be done; "
                    + "Select the agency of action 1; The date of action 1 must be a real date"
            },
        };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_wrong_answer_is_said_in_a_form_s_words_at_the_field_and_in_the_summary(
        string field,
        string value,
        string expected
    )
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var shown = await site.PostAsync(
            world.Token(document, Raiser),
            With(Resolved, ("step", "check"), (field, value))
        );
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        var said = shown.Page.QuerySelectorAll(".govuk-error-summary li").Select(l => l.TextContent.Trim()).ToList();
        Assert.Equal(expected.Split("; ").Order(), said.Order());
        Assert.Equal(
            said.Order(),
            shown
                .Page.QuerySelectorAll("main .govuk-error-message")
                .Select(e => e.TextContent.Replace("Error:", "").Trim())
                .Order()
        );
    }

    public static TheoryData<string, string, string, string> Typed() =>
        new()
        {
            { "", "", "", "Enter the date it was discussed" },
            { "23", "12", "", "The date it was discussed must include a year" },
            { "", "12", "2026", "The date it was discussed must include a day" },
            { "23", "", "", "The date it was discussed must include a month and a year" },
            { "31", "2", "2026", "The date it was discussed must be a real date" },
            { "23", "Decembre", "2026", "The date it was discussed must be a real date" },
            { "31", "4", "2026", "The date it was discussed must be a real date" },
            { "24", "12", "2026", "The date it was discussed must be today or in the past" },
        };

    [Theory, MemberData(nameof(Typed))]
    public async Task A_date_typed_in_three_boxes_is_read_and_comes_back_as_typed(
        string day,
        string month,
        string year,
        string expected
    )
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var form = Resolved
            .Where(f => f.Item1 != "discussedOn")
            .Concat([
                ("step", "check"),
                ("discussedOn.day", day),
                ("discussedOn.month", month),
                ("discussedOn.year", year),
            ])
            .ToArray();
        var shown = await site.PostAsync(world.Token(document, Raiser), form);
        Assert.Equal(expected, Assert.Single(shown.Page.QuerySelectorAll(".govuk-error-summary a")).TextContent);
        var again = shown.Form("check");
        Assert.Equal(
            (day, month, year),
            (again["discussedOn.day"], again["discussedOn.month"], again["discussedOn.year"])
        );
    }

    [Fact]
    public async Task A_date_is_read_however_it_is_typed_in_three_boxes_or_as_one_value()
    {
        var (world, site, document) = await StartAsync(now: "2027-01-05T10:00:00Z");
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        (string, string)[][] ways =
        [
            Boxes("5", "1", "2027"),
            Boxes("05", "01", " 2027 "),
            Boxes("5", "January", "2027"),
            Boxes("5", "jan", "2027"),
            Boxes("5/1/2027", "", ""),
            [("discussedOn", "2027-01-05")],
            [("discussedOn", "5/1/2027")],
            [("discussedOn", "5 January 2027")],
            [("discussedOn", "2027-01-05"), .. Boxes("", "", "")],
        ];
        var others = Resolved.Where(f => f.Item1 != "discussedOn").ToList();
        foreach (var typed in ways)
            Assert.Contains(
                "Tuesday 5 January 2027",
                (await site.PostAsync(token, [.. others, ("step", "check"), .. typed])).Text
            );

        static (string, string)[] Boxes(string day, string month, string year) =>
            [("discussedOn.day", day), ("discussedOn.month", month), ("discussedOn.year", year)];
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_in_the_order_of_the_form()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await using var s = site;
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-14T16:00:00Z");
        var shown = await site.PostAsync(
            world.Token(document, "oak-primary/safeguardingLead"),
            ("step", "check"),
            ("discussedOn", "x"),
            ("actions[0].what", "Visit")
        );
        var links = shown.Page.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(
            [
                "#outcome",
                "#method",
                "#discussedOn",
                "#summary",
                "#actions-0-byWhom",
                "#actions-0-agency",
                "#actions-0-due",
                "#name",
            ],
            links
        );
        var places = links.ConvertAll(l => shown.Html.IndexOf($"id=\"{l[1..]}\"", StringComparison.Ordinal));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task What_the_procedure_asks_for_is_named_when_it_is_missing()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await using var s = site;
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-14T16:00:00Z");
        var token = world.Token(document, "oak-primary/safeguardingLead");
        Assert.Contains("If it is not agreed and escalated", (await site.GetAsync(token)).Text);
        var shown = await site.PostAsync(
            token,
            ("step", "check"),
            ("outcome", "escalate"),
            ("method", "phone"),
            ("discussedOn", "2026-10-14"),
            ("summary", "No."),
            ("name", "Sam")
        );
        Assert.Equal(
            [
                "Confirm that the professional worked with the others and all the steps so far were followed",
                "Enter the evidence for the concern",
            ],
            shown.Page.QuerySelectorAll(".govuk-error-summary a").Select(a => a.TextContent)
        );
    }

    [Fact]
    public async Task Each_answer_has_its_own_Change_that_leads_to_its_field_with_everything_kept()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var check = await site.PostAsync(
            token,
            With(
                Resolved,
                ("step", "check"),
                ("lessons", "Call earlier"),
                ("id", "kept"),
                ("actions[0].what", "Visit"),
                ("actions[0].byWhom", "Ravi"),
                ("actions[0].agency", World.Receiving),
                ("actions[0].due.day", "15"),
                ("actions[0].due.month", "1"),
                ("actions[0].due.year", "2027")
            )
        );
        var buttons = check.Page.QuerySelectorAll("dl button[name=step][value=edit]").ToList();
        Assert.Equal(
            [
                "#outcome",
                "#method",
                "#discussedOn",
                "#summary",
                "#recordKeeper",
                "#actions-0-what",
                "#lessons",
                "#name",
                "#role",
            ],
            buttons.ConvertAll(b => b.GetAttribute("formaction")!)
        );
        Assert.Equal("Change Date it was discussed", buttons[2].TextContent);
        var form = await site.PostAsync(token, check.Form("edit"));
        Assert.Equal(HttpStatusCode.OK, form.Status);
        foreach (var button in buttons)
        {
            var field = form.Page.QuerySelector(button.GetAttribute("formaction")!)!;
            Assert.True(field.Closest("details")?.HasAttribute("open") ?? true);
        }
        var kept = form.Form("check");
        Assert.Equal(
            ("kept", "We agreed.", "Call earlier", "15", "1", "2027"),
            (
                kept["id"],
                kept["summary"],
                kept["lessons"],
                kept["actions[0].due.day"],
                kept["actions[0].due.month"],
                kept["actions[0].due.year"]
            )
        );
        Assert.Equal(check.Html, (await site.PostAsync(token, kept)).Html);
    }

    [Fact]
    public async Task The_Enter_key_checks_the_answers_and_does_not_add_rows()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var form = (await site.GetAsync(world.Token(document, Raiser)))
            .Page.QuerySelector("button[value=more]")!
            .Closest("form")!;
        Assert.Equal("check", form.QuerySelector("button[type=submit]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_method_that_is_refused_says_why_beside_it()
    {
        var (world, site, document) = await StartAsync("sefton", "2026-04-30T08:00:00Z");
        await using var w = world;
        await using var s = site;
        var email = (await site.GetAsync(world.Token(document, Raiser))).Page.QuerySelector(
            "input[name=method][value=email]"
        )!;
        Assert.Contains(
            "Email is not recommended",
            email.Owner!.GetElementById(email.GetAttribute("aria-describedby")!)!.TextContent
        );
    }

    [Theory]
    [InlineData("<b>Oak</b> & \"Co\"")]
    [InlineData("مدرسة البلوط")]
    [InlineData("👩‍👩‍👧 Oak")]
    [InlineData("long")]
    public async Task A_strange_name_of_an_agency_and_case_number_are_shown_as_text(string name)
    {
        name = name == "long" ? new string('W', 10_000) : name;
        var (world, site, _) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var (agency, version) = (
            await StoredDirectory.ReadAsync(world.Store, "sandwell", World.Raising, default)
        )!.Value;
        await StoredDirectory.WriteAsync(world.Store, "sandwell", agency with { Name = name }, version, default);
        world.Book.Refresh();
        var document = await world.OpenAsync(
            "sandwell",
            o => o with { RaisedBy = o.RaisedBy! with { CaseNumber = "<i>7</i>" } }
        );
        var token = world.Token(document, Raiser);
        foreach (
            var shown in new[]
            {
                await site.GetAsync(token),
                await site.PostAsync(token, With(Resolved, ("step", "check"), ("summary", new string('x', 10_000)))),
                await site.PostAsync(token, With(Resolved, ("step", "record"))),
            }
        )
        {
            Assert.Equal(HttpStatusCode.OK, shown.Status);
            Assert.Empty(shown.Page.QuerySelectorAll("b, i"));
            Assert.Contains(name, shown.Page.QuerySelectorAll("bdi").Select(b => b.TextContent));
            Assert.DoesNotContain(name, shown.Page.Title);
        }
    }
}
