using System.Net;
using AngleSharp.Dom;
using Escalation.Core.Policies;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;
using static Escalation.Web.Tests.Raising.RaiseAnswers;

namespace Escalation.Web.Tests.Raising;

/// <summary>What the form asks, and what it says of answers that are missing or wrong.</summary>
public sealed class RaiseFormTests : RaiseSite
{
    [Fact]
    public async Task Procedures_are_chosen_by_what_they_are_for()
    {
        var all = await Staff.SeeAsync("/raise");
        Assert.Equal(8, all.Html.QuerySelectorAll("main .esc-procedures > li").Length);
        foreach (var policy in PolicyCatalogue.BuiltIn.All)
        {
            Assert.Contains(policy.Purpose, all.Text, StringComparison.Ordinal);
            Assert.NotNull(all.Html.QuerySelector($"a[href='/raise/{policy.Id}']"));
        }
        var own = await Browser(await Host.AsAsync(Roles.Practitioner, "surrey-adults", "school")).SeeAsync("/raise");
        Assert.Equal(
            ["/raise/surrey-adults", "/raise/surrey-adults-risk"],
            own.Html.QuerySelectorAll(".esc-procedures > li > a").Select(a => a.GetAttribute("href"))
        );
        var only = await Browser(await Host.AsAsync(Roles.Practitioner, "sefton", "school")).GetAsync("/raise");
        Assert.Equal("/raise/sefton", only.Headers.Location!.ToString());
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_colleagues_conduct_opens_nothing_and_shows_the_texts_route(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var page = await new Filled(await Staff.SeeAsync($"/raise/{id}"))
            .With("imminentRisk", "yes")
            .With("conductOfColleague", "yes")
            .SendAsync(Staff, $"/raise/{id}", "answered");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(policy.NotThisProcess, page.Text, StringComparison.Ordinal);
        Assert.Contains(policy.Urgent.Instruction, page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("main form"));
        Assert.Empty((await Staff.GetJsonAsync("/api/escalations?status=all")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task The_first_questions_are_answered_first()
    {
        var unanswered = await new Filled(await Staff.SeeAsync("/raise/sandwell")).SendAsync(
            Staff,
            "/raise/sandwell",
            "answered"
        );
        Assert.Equal(HttpStatusCode.BadRequest, unanswered.Status);
        Assert.Equal(
            ["#imminentRisk", "#conductOfColleague"],
            unanswered.Html.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href"))
        );
        var jumped = await Staff.SendAsync("/raise/sandwell", [new("step", "open"), new("details", "x")]);
        Assert.Equal(HttpStatusCode.BadRequest, jumped.Status);
        Assert.Equal("x", new Filled(jumped)["details"]);
    }

    [Theory]
    [InlineData(1066)]
    [InlineData(2200)]
    [InlineData(9999)]
    public async Task A_date_of_a_year_that_nobody_means_is_none(int year)
    {
        var form = (await FormAsync("sandwell"))
            .WithDate("person.dateOfBirth", 1, 1, year)
            .WithDate("raisedOn", 1, 1, year);
        var page = await form.With("raisedTime", "10am").SendAsync(Staff, "/raise/sandwell", "check");
        Assert.Contains("Date of birth must be a real date", page.Errors);
        Assert.Contains("The date on which it was raised must be a real date", page.Errors);
    }

    [Fact]
    public async Task A_month_may_be_named_and_a_clock_a_little_ahead_is_now()
    {
        var form = await FormAsync("sandwell");
        form.With("person.kind", "child")
            .With("person.name", "Alex Example")
            .With("details", "Some details")
            .With("raisedBy.agency", "school")
            .With("raisedBy.name", "Robin Raiser")
            .With("receivedBy[0].agency", "trust")
            .With("person.dateOfBirth.day", "4")
            .With("person.dateOfBirth.month", "March")
            .With("person.dateOfBirth.year", "2015")
            .With("raisedOn.day", "25/9/2026")
            .With("raisedTime", "11:05");
        var reference = await OpenAsync(await CheckAsync(form, "sandwell"), "sandwell");
        var c = (await Staff.GetJsonAsync($"/api/escalations/{reference}")).Json;
        Assert.Equal(
            ("2015-03-04", "2026-09-25T10:00:00Z"),
            (c["person"]!["dateOfBirth"]!.ToString(), c["raisedAt"]!.ToString())
        );
    }

    [Fact]
    public async Task What_is_missing_is_said_at_each_field_and_nothing_typed_is_lost()
    {
        var long10 = "<b>שלום</b> 🙂 " + new string('x', 9_980);
        var page = await (await FormAsync("sandwell"))
            .With("concern", long10)
            .With("nature", "assessment", "other")
            .With("supporting", "one\ntwo")
            .With("raisedBy.email", "nowhere")
            .With("raisedBy.manager.email", "boss@school.example.org")
            .WithDate("person.dateOfBirth", 31, 2, 2015)
            .SendAsync(Staff, "/raise/sandwell", "check");
        Assert.Contains("Date of birth must be a real date", page.Errors);
        Assert.Contains("Enter the details", page.Errors);
        var dated = await new Filled(page)
            .WithDate("person.dateOfBirth", 1, 1, 2099)
            .With("raisedTime", "")
            .SendAsync(Staff, "/raise/sandwell", "check");
        Assert.Equal(HttpStatusCode.BadRequest, dated.Status);
        Assert.Equal(
            [
                "Select whom it is about",
                "Enter the name of the child",
                "Date of birth must be a real date in the past",
                "Enter the details",
                "Select the agency that raises the concern",
                "Enter the name of the person who raises it",
                "Enter the email address of the person who raises it in the correct format, like name@example.org",
                "Enter the name of the manager of the person who raises it",
                "Select the agency you disagree with",
            ],
            dated.Errors
        );
        foreach (var link in dated.Html.QuerySelectorAll(".govuk-error-summary__list a"))
        {
            var field = dated.One(link.GetAttribute("href")!);
            Assert.NotNull(dated.Html.QuerySelector($"#{field.Id}-error"));
            Assert.All(field.Ancestors<AngleSharp.Html.Dom.IHtmlDetailsElement>(), d => Assert.True(d.IsOpen));
        }
        var again = new Filled(dated);
        Assert.Equal(
            (long10, "assessment|other", "one\ntwo"),
            (again["concern"], again["nature"], again["supporting"])
        );
        Assert.Equal(
            ("1", "1", "2099"),
            (again["person.dateOfBirth.day"], again["person.dateOfBirth.month"], again["person.dateOfBirth.year"])
        );
        Assert.Empty(dated.Html.QuerySelectorAll("main b"));
    }

    [Fact]
    public async Task A_date_that_is_none_is_an_error_at_its_field()
    {
        var form = Everything(await FormAsync("sandwell"), PolicyCatalogue.BuiltIn.Find("sandwell")!)
            .WithDate("person.dateOfBirth", 31, 2, 2015)
            .With("raisedTime", "late");
        var page = await form.SendAsync(Staff, "/raise/sandwell", "check");
        Assert.Equal(
            ["Date of birth must be a real date", "Enter the time at which it was raised, like 2:30pm"],
            page.Errors.Order()
        );
        form = Everything(await FormAsync("sandwell"), PolicyCatalogue.BuiltIn.Find("sandwell")!)
            .WithDate("raisedOn", 26, 9, 2026)
            .With("raisedTime", "9am");
        Assert.Equal(
            ["The date and time at which it was raised must be in the past"],
            (await form.SendAsync(Staff, "/raise/sandwell", "check")).Errors
        );
    }

    [Fact]
    public async Task Back_and_forth_keeps_every_answer()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        var check = await CheckAsync(Everything(await FormAsync("sandwell"), policy), "sandwell");
        var before = Comparable(check);
        var questions = await new Filled(await new Filled(check).SendAsync(Staff, "/raise/sandwell", "edit")).SendAsync(
            Staff,
            "/raise/sandwell",
            "questions"
        );
        Assert.Equal("no", new Filled(questions)["imminentRisk"]);
        var form = await new Filled(questions).SendAsync(Staff, "/raise/sandwell", "answered");
        Assert.Equal(before, Comparable(await CheckAsync(new Filled(form), "sandwell")));

        static string Comparable(Seen page) => string.Join('\n', page.All(".govuk-summary-list__row"));
    }

    [Fact]
    public async Task Rows_are_added_and_empty_ones_between_are_left_out()
    {
        var form = await new Filled(
            await (await FormAsync("surrey-adults-risk"))
                .With("others[0].name", "Ola")
                .SendAsync(Staff, "/raise/surrey-adults-risk", "moreAgencies")
        )
            .With("agencies[0].agency", "trust")
            .With("agencies[2].agency", "police")
            .With("person.name", "Alex")
            .With("details", "d")
            .With("raisedBy.agency", "school")
            .With("raisedBy.name", "R")
            .SendAsync(Staff, "/raise/surrey-adults-risk", "moreOthers");
        Assert.Equal("police", new Filled(form)["agencies[1].agency"]);
        var reference = await OpenAsync(
            await CheckAsync(new Filled(form).With("others[1].name", "Uma"), "surrey-adults-risk"),
            "surrey-adults-risk"
        );
        var read = await Staff.GetJsonAsync($"/api/escalations/{reference}");
        Assert.Equal(
            ["school", "trust", "police"],
            read.Json["parties"]!.AsArray().Select(p => p!["agency"]!.ToString())
        );
        Assert.Equal(["Ola", "Uma"], read.Json["intake"]!["others"]!.AsArray().Select(p => p!["name"]!.ToString()));
    }

    [Fact]
    public async Task A_third_agency_of_a_shared_risk_is_there_again_when_the_form_comes_back()
    {
        const string Path = "/raise/surrey-adults-risk";
        var three = await (await FormAsync("surrey-adults-risk")).SendAsync(Staff, Path, "moreAgencies");
        var form = await new Filled(three)
            .With("agencies[0].agency", "trust")
            .With("agencies[1].agency", "police")
            .With("agencies[2].agency", "other")
            .With("agencies[2].agencyName", "A clinic")
            .SendAsync(Staff, Path, "moreOthers");
        var again = new Filled(form);
        Assert.Equal(("other", "A clinic"), (again["agencies[2].agency"], again["agencies[2].agencyName"]));
    }

    [Fact]
    public async Task A_later_stage_needs_its_reason_where_the_procedure_has_one()
    {
        var form = Everything(await FormAsync("suffolk"), PolicyCatalogue.BuiltIn.Find("suffolk")!)
            .With("startReason", "");
        Assert.Equal(
            ["Enter why it starts at a later stage"],
            (await form.SendAsync(Staff, "/raise/suffolk", "check")).Errors
        );
        Assert.DoesNotContain("startAtStage", (await FormAsync("sandwell")).Names);
    }
}
