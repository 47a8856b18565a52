using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Escalation.Core.Policies;
using Escalation.Web.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;

namespace Escalation.Web.Tests.Raising;

/// <summary>Raising a concern through the pages. It is Friday 25 September 2026, 11am in London.</summary>
public sealed partial class RaiseTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _staff = null!;

    public static TheoryData<string> Policies => [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _staff = Browser(await _host.AdministratorAsync());
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_form_opens_the_case_that_the_API_opens_with_the_same_content(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var opened = await OpenAsync(await CheckAsync(Everything(await FormAsync(id), policy), id), id);
        await using var other = await TestHost.StartAsync();
        var api = await (await other.AdministratorAsync()).PostAsync("/api/escalations", Body(policy));
        Assert.True(api.Status == HttpStatusCode.Created, api.Text);
        var page = await _staff.GetJsonAsync($"/api/escalations/{opened}");
        Assert.Equal(Comparable(api.Json), Comparable(page.Json));
        Assert.Equal(await EventsAsync(await other.AdministratorAsync(), api["reference"]!), await EventsAsync(_staff, opened));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_least_that_is_required_opens_a_case(string id)
    {
        var form = (await FormAsync(id)).With("person.name", "Alex Example").With("details", "Details").With("raisedBy.agency", "school").With("raisedBy.name", "Robin Raiser");
        if (form.Names.Contains("person.kind"))
            form.With("person.kind", "child");
        form.With(PolicyCatalogue.BuiltIn.Find(id)!.Parties.Receiving ? "receivedBy[0].agency" : "agencies[0].agency", "trust");
        var reference = await OpenAsync(await CheckAsync(form, id), id);
        Assert.Equal("open", (await _staff.GetJsonAsync($"/api/escalations/{reference}"))["status"]);
    }

    [Fact]
    public async Task Procedures_are_chosen_by_what_they_are_for()
    {
        var all = await _staff.SeeAsync("/raise");
        Assert.Equal(8, all.Html.QuerySelectorAll("main .esc-procedures > li").Length);
        foreach (var policy in PolicyCatalogue.BuiltIn.All)
        {
            Assert.Contains(policy.Purpose, all.Text, StringComparison.Ordinal);
            Assert.NotNull(all.Html.QuerySelector($"a[href='/raise/{policy.Id}']"));
        }
        var own = await Browser(await _host.AsAsync(Roles.Practitioner, "surrey-adults", "school")).SeeAsync("/raise");
        Assert.Equal(["/raise/surrey-adults", "/raise/surrey-adults-risk"], own.Html.QuerySelectorAll(".esc-procedures > li > a").Select(a => a.GetAttribute("href")));
        var only = await Browser(await _host.AsAsync(Roles.Practitioner, "sefton", "school")).GetAsync("/raise");
        Assert.Equal("/raise/sefton", only.Headers.Location!.ToString());
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_colleagues_conduct_opens_nothing_and_shows_the_texts_route(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var page = await new Filled(await _staff.SeeAsync($"/raise/{id}")).With("imminentRisk", "yes").With("conductOfColleague", "yes").SendAsync(_staff, $"/raise/{id}", "answered");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(policy.NotThisProcess, page.Text, StringComparison.Ordinal);
        Assert.Contains(policy.Urgent.Instruction, page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("main form"));
        Assert.Empty((await _staff.GetJsonAsync("/api/escalations?status=all")).Json["items"]!.AsArray());
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Imminent_risk_shows_the_instruction_on_every_page_and_opens_the_case_as_such(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var first = await new Filled(await _staff.SeeAsync($"/raise/{id}")).With("imminentRisk", "yes").With("conductOfColleague", "no").SendAsync(_staff, $"/raise/{id}", "answered");
        var check = await CheckAsync(Everything(new Filled(first), policy), id);
        var wrong = await new Filled(first).SendAsync(_staff, $"/raise/{id}", "check");
        var reference = await OpenAsync(check, id);
        foreach (var page in new[] { first, wrong, check, await _staff.SeeAsync($"/raise/{id}/opened/{reference}") })
            Assert.Contains(policy.Urgent.Instruction, Seen.Plain(page.One(".esc-urgent")), StringComparison.Ordinal);
        var read = await _staff.GetJsonAsync($"/api/escalations/{reference}");
        Assert.Equal(policy.Urgent.Instruction, read["urgent"]);
        Assert.Equal(policy.Skip.Forward ? policy.Stages[2].Id : policy.Skip.UrgentTo ?? policy.FirstStage.Id, read.Json["stage"]!["id"]!.ToString());
    }

    [Fact]
    public async Task The_first_questions_are_answered_first()
    {
        var unanswered = await new Filled(await _staff.SeeAsync("/raise/sandwell")).SendAsync(_staff, "/raise/sandwell", "answered");
        Assert.Equal(HttpStatusCode.BadRequest, unanswered.Status);
        Assert.Equal(["#imminentRisk", "#conductOfColleague"], unanswered.Html.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href")));
        var jumped = await _staff.SendAsync("/raise/sandwell", [new("step", "open"), new("details", "x")]);
        Assert.Equal(HttpStatusCode.BadRequest, jumped.Status);
        Assert.Equal("x", new Filled(jumped)["details"]);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_each_field_and_nothing_typed_is_lost()
    {
        var long10 = "<b>שלום</b> 🙂 " + new string('x', 9_980);
        var page = await (await FormAsync("sandwell")).With("concern", long10).With("nature", "assessment", "other").With("supporting", "one\ntwo")
            .With("raisedBy.email", "nowhere").With("raisedBy.manager.email", "boss@school.example.org").WithDate("person.dateOfBirth", 31, 2, 2015)
            .SendAsync(_staff, "/raise/sandwell", "check");
        Assert.Contains("Date of birth must be a real date, like 27 3 2015", page.Errors);
        Assert.Contains("Enter the details", page.Errors);
        var dated = await new Filled(page).WithDate("person.dateOfBirth", 1, 1, 2099).With("raisedTime", "").SendAsync(_staff, "/raise/sandwell", "check");
        Assert.Equal(HttpStatusCode.BadRequest, dated.Status);
        Assert.Equal(
        [
            "Select whom it is about from the list", "Enter the name of the child", "Date of birth must be a real date in the past", "Enter the details", "Select the agency that raises the concern",
            "Enter the name of the person who raises it", "Enter the email address of the person who raises it in the correct format, like name@example.org",
            "Enter the name of the manager of the person who raises it", "Select the agency you disagree with",
        ], dated.Errors);
        foreach (var link in dated.Html.QuerySelectorAll(".govuk-error-summary__list a"))
        {
            var field = dated.One(link.GetAttribute("href")!);
            Assert.NotNull(dated.Html.QuerySelector($"#{field.Id}-error"));
            Assert.All(field.Ancestors<AngleSharp.Html.Dom.IHtmlDetailsElement>(), d => Assert.True(d.IsOpen));
        }
        var again = new Filled(dated);
        Assert.Equal((long10, "assessment|other", "one\ntwo"), (again["concern"], again["nature"], again["supporting"]));
        Assert.Equal(("1", "1", "2099"), (again["person.dateOfBirth.day"], again["person.dateOfBirth.month"], again["person.dateOfBirth.year"]));
        Assert.Empty(dated.Html.QuerySelectorAll("main b"));
    }

    [Fact]
    public async Task A_date_that_is_none_is_an_error_at_its_field()
    {
        var form = Everything(await FormAsync("sandwell"), PolicyCatalogue.BuiltIn.Find("sandwell")!).WithDate("person.dateOfBirth", 31, 2, 2015).With("raisedTime", "late");
        var page = await form.SendAsync(_staff, "/raise/sandwell", "check");
        Assert.Equal(["Date of birth must be a real date, like 27 3 2015", "Enter the time at which it was raised, like 14:30"], page.Errors.Order());
        form = Everything(await FormAsync("sandwell"), PolicyCatalogue.BuiltIn.Find("sandwell")!).WithDate("raisedOn", 26, 9, 2026).With("raisedTime", "09:00");
        Assert.Equal(["The date and time at which it was raised must be in the past"], (await form.SendAsync(_staff, "/raise/sandwell", "check")).Errors);
    }

    [Fact]
    public async Task Back_and_forth_keeps_every_answer()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        var check = await CheckAsync(Everything(await FormAsync("sandwell"), policy), "sandwell");
        var before = Comparable(check);
        var questions = await new Filled(await new Filled(check).SendAsync(_staff, "/raise/sandwell", "edit")).SendAsync(_staff, "/raise/sandwell", "questions");
        Assert.Equal("no", new Filled(questions)["imminentRisk"]);
        var form = await new Filled(questions).SendAsync(_staff, "/raise/sandwell", "answered");
        Assert.Equal(before, Comparable(await CheckAsync(new Filled(form), "sandwell")));

        static string Comparable(Seen page) => string.Join('\n', page.All(".govuk-summary-list__row"));
    }

    [Fact]
    public async Task Rows_are_added_and_empty_ones_between_are_left_out()
    {
        var form = await new Filled(await (await FormAsync("surrey-adults-risk")).With("others[0].name", "Ola").SendAsync(_staff, "/raise/surrey-adults-risk", "moreAgencies"))
            .With("agencies[0].agency", "trust").With("agencies[2].agency", "police").With("person.name", "Alex").With("details", "d").With("raisedBy.agency", "school").With("raisedBy.name", "R")
            .SendAsync(_staff, "/raise/surrey-adults-risk", "moreOthers");
        Assert.Equal("police", new Filled(form)["agencies[1].agency"]);
        var reference = await OpenAsync(await CheckAsync(new Filled(form).With("others[1].name", "Uma"), "surrey-adults-risk"), "surrey-adults-risk");
        var read = await _staff.GetJsonAsync($"/api/escalations/{reference}");
        Assert.Equal(["school", "trust", "police"], read.Json["parties"]!.AsArray().Select(p => p!["agency"]!.ToString()));
        Assert.Equal(["Ola", "Uma"], read.Json["intake"]!["others"]!.AsArray().Select(p => p!["name"]!.ToString()));
    }

    [Fact]
    public async Task Sent_twice_it_opens_one_case_and_with_other_answers_it_is_a_conflict()
    {
        var check = await CheckAsync(Everything(await FormAsync("sefton"), PolicyCatalogue.BuiltIn.Find("sefton")!), "sefton");
        var reference = await OpenAsync(check, "sefton");
        _host.Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(reference, await OpenAsync(check, "sefton"));
        var changed = await new Filled(check).With("details", "Other details").SendAsync(_staff, "/raise/sefton", "open");
        Assert.Equal(HttpStatusCode.Conflict, changed.Status);
        Assert.Contains("has opened a case already", Assert.Single(changed.Errors), StringComparison.Ordinal);
        Assert.Single((await _staff.GetJsonAsync("/api/escalations?status=all")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_possible_duplicate_is_shown_before_and_can_be_opened_anyway()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        var (one, two) = (await CheckAsync(Everything(await FormAsync("sandwell"), policy), "sandwell"), await CheckAsync(Everything(await FormAsync("sandwell"), policy), "sandwell"));
        var first = await OpenAsync(one, "sandwell");
        var asked = await new Filled(two).SendAsync(_staff, "/raise/sandwell", "open");
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Equal($"/cases/{first}", asked.One(".govuk-notification-banner a").GetAttribute("href"));
        Assert.Contains("Informal discussion, opened on Friday 25 September 2026", asked.Text, StringComparison.Ordinal);
        var second = await OpenAsync(asked, "sandwell");
        Assert.NotEqual(first, second);
        Assert.Equal(first, (await _staff.GetJsonAsync($"/api/escalations/{second}")).Json["possibleDuplicates"]![0]!.ToString());
    }

    [Fact]
    public async Task A_duplicate_that_the_caller_may_not_see_is_not_shown()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("surrey-adults")!;
        await OpenAsync(await CheckAsync(Everything(await FormAsync("surrey-adults"), policy), "surrey-adults"), "surrey-adults");
        // The other agency raises about the same person; the first case is at its internal stage, which is not for the other agency.
        var other = Browser(await _host.AsAsync(Roles.Practitioner, "surrey-adults", "trust"));
        var form = (await FormAsync("surrey-adults", other)).With("person.name", "Alex Example").WithDate("person.dateOfBirth", 4, 3, 2000).With("details", "d").With("raisedBy.name", "R").With("receivedBy[0].agency", "school");
        var check = await form.SendAsync(other, "/raise/surrey-adults", "check");
        Assert.Equal(HttpStatusCode.OK, check.Status);
        Assert.Empty(check.Html.QuerySelectorAll(".govuk-notification-banner"));
        var opened = await new Filled(check).SendAsync(other, "/raise/surrey-adults", "open");
        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
    }

    [Fact]
    public async Task A_practitioner_raises_in_its_own_agencys_name_only()
    {
        var school = Browser(await _host.AsAsync(Roles.Practitioner, "sandwell", "school"));
        var form = await FormAsync("sandwell", school);
        Assert.DoesNotContain("raisedBy.agency", form.Names);
        var check = await form.With("person.kind", "family").With("details", "d").With("raisedBy.name", "R").With("receivedBy[0].agency", "trust").SendAsync(school, "/raise/sandwell", "check");
        Assert.Contains("The school", check.Text, StringComparison.Ordinal);
        var forged = await school.SendAsync("/raise/sandwell",
        [
            new("step", "open"), new("imminentRisk", "no"), new("conductOfColleague", "no"), new("raisedBy.agency", "police"), new("raisedBy.name", "R"), new("person.kind", "family"), new("details", "d"), new("receivedBy[0].agency", "trust"),
        ]);
        var reference = forged.Message.Headers.Location!.ToString().Split('/')[^1];
        Assert.Equal("school", (await _staff.GetJsonAsync($"/api/escalations/{reference}")).Json["parties"]![0]!["agency"]!.ToString());
        Assert.Contains("Your agency’s: example.org.", (await Page("sandwell", school)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_told_and_what_comes_next_is_said_at_the_end()
    {
        var reference = await OpenAsync(await CheckAsync(Everything(await FormAsync("sandwell"), PolicyCatalogue.BuiltIn.Find("sandwell")!), "sandwell"), "sandwell");
        var page = await _staff.SeeAsync($"/raise/sandwell/opened/{reference}");
        foreach (var words in new[] { reference, "Informal discussion: The practitioners", "Saturday 26 September 2026 at 11am (1 day left)", "Rowan Receiver, The trust", "it goes on to stage 1 by itself: Line or team managers" })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Equal($"{reference}: concern raised - Escalation", page.Html.Title);
        Assert.DoesNotContain("Alex Example", page.Source, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _staff.SeeAsync($"/raise/sefton/opened/{reference}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _staff.SeeAsync("/raise/sandwell/opened/SAN-0000-0000")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.AsAsync(Roles.BusinessManager, "sefton")).SeeAsync($"/raise/sandwell/opened/{reference}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.AsAsync(Roles.Practitioner, "sandwell", "police")).SeeAsync($"/raise/sandwell/opened/{reference}")).Status);
    }

    [Fact]
    public async Task Only_staff_of_the_partnership_raise_there()
    {
        var sefton = Browser(await _host.AsAsync(Roles.BusinessManager, "sefton"));
        Assert.Equal(HttpStatusCode.Forbidden, (await sefton.SeeAsync("/raise/sandwell")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sefton.SendAsync("/raise/sandwell", [])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sefton.SeeAsync("/raise/nonsuch")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Browser(await _host.IntakeAsync()).SeeAsync("/raise")).Status);
        Assert.StartsWith("/sign-in", (await Browser(_host.Nobody()).GetAsync("/raise/sandwell")).Headers.Location!.ToString(), StringComparison.Ordinal);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/raise/sandwell") { Content = new FormUrlEncodedContent([]) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await _staff.SendAsync(foreign)).StatusCode);
    }

    [Fact]
    public async Task An_agency_outside_the_directory_and_an_address_outside_its_domains_go_to_the_business_manager()
    {
        var form = (await FormAsync("sefton")).With("person.kind", "family").With("details", "d").With("raisedBy.agency", "school").With("raisedBy.name", "R").With("raisedBy.email", "r@elsewhere.example.com")
            .With("receivedBy[0].agency", "other");
        Assert.Equal(["Enter the name of the agency you disagree with"], (await form.SendAsync(_staff, "/raise/sefton", "check")).Errors);
        var reference = await OpenAsync(await CheckAsync(form.With("receivedBy[0].agencyName", "A <b>clinic</b>"), "sefton"), "sefton");
        var page = await _staff.SeeAsync($"/raise/sefton/opened/{reference}");
        Assert.Contains("Asked to find contacts that are missing", page.Text, StringComparison.Ordinal);
        Assert.Contains("Asked to accept an address", page.Text, StringComparison.Ordinal);
        Assert.Equal("A <b>clinic</b>", (await _staff.GetJsonAsync($"/api/escalations/{reference}")).Json["parties"]![1]!["name"]!.ToString());
    }

    [Fact]
    public async Task A_later_stage_needs_its_reason_where_the_procedure_has_one()
    {
        var form = Everything(await FormAsync("suffolk"), PolicyCatalogue.BuiltIn.Find("suffolk")!).With("startReason", "");
        Assert.Equal(["Enter why it starts at a later stage"], (await form.SendAsync(_staff, "/raise/suffolk", "check")).Errors);
        Assert.DoesNotContain("startAtStage", (await FormAsync("sandwell")).Names);
    }

    private static HttpClient Browser(HttpClient known)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = known.BaseAddress };
        browser.DefaultRequestHeaders.Authorization = known.DefaultRequestHeaders.Authorization;
        return browser;
    }

    private async Task<Seen> Page(string id, HttpClient? client = null)
    {
        client ??= _staff;
        var page = await new Filled(await client.SeeAsync($"/raise/{id}")).With("imminentRisk", "no").With("conductOfColleague", "no").SendAsync(client, $"/raise/{id}", "answered");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page;
    }

    private async Task<Filled> FormAsync(string id, HttpClient? client = null) => new(await Page(id, client));

    private async Task<Seen> CheckAsync(Filled form, string id)
    {
        var page = await form.SendAsync(_staff, $"/raise/{id}", "check");
        Assert.Empty(page.Errors);
        Assert.Equal((HttpStatusCode.OK, "Raise a concern: check your answers - Escalation"), (page.Status, page.Html.Title));
        return page;
    }

    private async Task<string> OpenAsync(Seen check, string id)
    {
        var page = await new Filled(check).SendAsync(_staff, $"/raise/{id}", "open");
        Assert.Empty(page.Errors);
        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        var to = page.Message.Headers.Location!.ToString();
        Assert.StartsWith($"/raise/{id}/opened/", to, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _staff.SeeAsync(to)).Status);
        return to.Split('/')[^1];
    }

    /// <summary>Every question that the procedure's policy document defines, answered; <see cref="Body"/> says the same.</summary>
    private static Filled Everything(Filled form, Policy policy)
    {
        var other = policy.Parties.Receiving ? "receivedBy[0]" : "agencies[0]";
        if (policy.Parties.PersonKinds.Count > 1)
            form.With("person.kind", policy.Parties.PersonKinds[0]);
        form.With("person.name", "Alex Example").WithDate("person.dateOfBirth", 4, 3, 2000).With("person.address", "1 Some Street\nSome Town")
            .With("raisedBy.agency", "school").With("raisedBy.name", "Robin Raiser").With("raisedBy.role", "Teacher").With("raisedBy.email", "robin@school.example.org").With("raisedBy.caseNumber", "OAK-17")
            .With("raisedBy.manager.name", "Mo Manager").With("raisedBy.manager.email", "mo@school.example.org")
            .With($"{other}.agency", "trust").With($"{other}.name", "Rowan Receiver").With($"{other}.email", "rowan@trust.example.org")
            .With("nature", [.. policy.Natures.Select(n => n.Id)]).With("natureOther", "In our words").With("concern", "A concern").With("details", "Some details\nover lines").With("evidence", "Evidence").With("outcomeSought", "A review")
            .With("others[0].name", "Ola").With("others[0].role", "Nurse").With("others[0].agency", "A clinic").With("supporting", "Minutes\n\nA letter").WithDate("raisedOn", 25, 9, 2026).With("raisedTime", "10:00");
        if (policy.Circumstances.Count > 0)
            form.With("circumstances", [.. policy.Circumstances.Select(c => c.Id)]);
        if (policy.Id == "sandwell")
            form.With("independentReviewingOfficer.name", "Ira").With("independentReviewingOfficer.email", "ira@trust.example.org");
        if (policy.Skip.Forward)
            form.With("startAtStage", policy.Stages[2].Id).With("startReason", "The earlier steps were taken");
        foreach (var field in policy.Fields)
        {
            form.With($"fields.{field.Id}", field.Kind == "choice" ? field.Options[1].Id : "Text");
            if (field.WithLegalStatus)
                form.With($"fields.{field.Id}.legalStatus", "Section 17");
        }
        return form;
    }

    private static JsonObject Body(Policy policy)
    {
        var body = new JsonObject
        {
            ["policy"] = policy.Id,
            ["raisedAt"] = "2026-09-25T09:00:00Z",
            ["person"] = new JsonObject { ["kind"] = policy.Parties.PersonKinds[0], ["name"] = "Alex Example", ["dateOfBirth"] = "2000-03-04", ["address"] = "1 Some Street, Some Town" },
            ["raisedBy"] = new JsonObject
            {
                ["agency"] = "school", ["name"] = "Robin Raiser", ["role"] = "Teacher", ["email"] = "robin@school.example.org", ["caseNumber"] = "OAK-17",
                ["manager"] = new JsonObject { ["name"] = "Mo Manager", ["email"] = "mo@school.example.org" },
            },
            [policy.Parties.Receiving ? "receivedBy" : "agencies"] = new JsonArray(new JsonObject { ["agency"] = "trust", ["name"] = "Rowan Receiver", ["email"] = "rowan@trust.example.org" }),
            ["nature"] = new JsonArray([.. policy.Natures.Select(n => JsonValue.Create(n.Id))]),
            ["natureOther"] = "In our words",
            ["concern"] = "A concern",
            ["details"] = "Some details\nover lines",
            ["evidence"] = "Evidence",
            ["outcomeSought"] = "A review",
            ["others"] = new JsonArray(new JsonObject { ["name"] = "Ola", ["role"] = "Nurse", ["agency"] = "A clinic" }),
            ["circumstances"] = new JsonArray([.. policy.Circumstances.Select(c => JsonValue.Create(c.Id))]),
            ["supporting"] = new JsonArray("Minutes", "A letter"),
        };
        if (policy.Id == "sandwell")
            body["independentReviewingOfficer"] = new JsonObject { ["name"] = "Ira", ["email"] = "ira@trust.example.org" };
        if (policy.Skip.Forward)
            (body["startAtStage"], body["startReason"]) = (policy.Stages[2].Id, "The earlier steps were taken");
        var fields = new JsonObject();
        foreach (var field in policy.Fields)
            fields[field.Id] = field.WithLegalStatus ? new JsonObject { ["value"] = field.Options[1].Id, ["legalStatus"] = "Section 17" } : field.Kind == "choice" ? field.Options[1].Id : "Text";
        body["fields"] = fields;
        return body;
    }

    /// <summary>A case or its events without what has to differ: the reference, random salts, and what is made of them.</summary>
    private static string Comparable(JsonNode json) => Random().Replace(json.ToJsonString(), "…");

    private static async Task<string> EventsAsync(HttpClient staff, string reference) => Comparable((await staff.GetJsonAsync($"/api/escalations/{reference}/history")).Json["events"]!);

    [GeneratedRegex("[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{32,}")]
    private static partial Regex Random();
}
