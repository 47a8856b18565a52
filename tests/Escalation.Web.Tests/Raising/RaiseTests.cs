using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.CasePages;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;
using static Escalation.Web.Tests.Raising.RaiseAnswers;

namespace Escalation.Web.Tests.Raising;

/// <summary>What the form opens, for whom, and how often.</summary>
public sealed partial class RaiseTests : RaiseSite
{
    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_form_opens_the_case_that_the_API_opens_with_the_same_content(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var opened = await OpenAsync(await CheckAsync(Everything(await FormAsync(id), policy), id), id);
        await using var other = await TestHost.StartAsync();
        var api = await (await other.AdministratorAsync()).PostAsync("/api/escalations", Body(policy));
        Assert.True(api.Status == HttpStatusCode.Created, api.Text);
        var page = await Staff.GetJsonAsync($"/api/escalations/{opened}");
        Assert.Equal(Comparable(api.Json), Comparable(page.Json));
        Assert.Equal(
            await EventsAsync(await other.AdministratorAsync(), api["reference"]!),
            await EventsAsync(Staff, opened)
        );
    }

    [Fact]
    public async Task Every_text_of_the_form_is_in_the_case_and_on_its_page()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        var check = await CheckAsync(Everything(await FormAsync("sandwell"), policy), "sandwell");
        var opened = await OpenAsync(check, "sandwell");
        var read = await Staff.GetJsonAsync($"/api/escalations/{opened}");
        var page = await Staff.SeeAsync($"/cases/{opened}");
        foreach (var text in IntakeText.All)
        {
            Assert.Equal(Said(text), read.Json["intake"]![text.Id]!.ToString());
            Assert.Contains(
                $"{text.Question} {Said(text)}".ReplaceLineEndings(" "),
                check.Text.ReplaceLineEndings(" ")
            );
            Assert.Contains($"{text.Label} {Said(text)}".ReplaceLineEndings(" "), page.Text.ReplaceLineEndings(" "));
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_least_that_is_required_opens_a_case(string id)
    {
        var form = (await FormAsync(id))
            .With("person.name", "Alex Example")
            .With("details", "Details")
            .With("raisedBy.agency", "school")
            .With("raisedBy.name", "Robin Raiser");
        if (form.Names.Contains("person.kind"))
            form.With("person.kind", "child");
        form.With(
            PolicyCatalogue.BuiltIn.Find(id)!.Parties.Receiving ? "receivedBy[0].agency" : "agencies[0].agency",
            "trust"
        );
        var reference = await OpenAsync(await CheckAsync(form, id), id);
        Assert.Equal("open", (await Staff.GetJsonAsync($"/api/escalations/{reference}"))["status"]);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Imminent_risk_shows_the_instruction_on_every_page_and_opens_the_case_as_such(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var first = await new Filled(await Staff.SeeAsync($"/raise/{id}"))
            .With("imminentRisk", "yes")
            .With("conductOfColleague", "no")
            .SendAsync(Staff, $"/raise/{id}", "answered");
        var check = await CheckAsync(Everything(new Filled(first), policy), id);
        var wrong = await new Filled(first).SendAsync(Staff, $"/raise/{id}", "check");
        var reference = await OpenAsync(check, id);
        foreach (var page in new[] { first, wrong, check, await Staff.SeeAsync($"/raise/{id}?opened={reference}") })
            Assert.Contains(policy.Urgent.Instruction, Seen.Plain(page.One(".esc-urgent")), StringComparison.Ordinal);
        var read = await Staff.GetJsonAsync($"/api/escalations/{reference}");
        // Whoever runs the partnership reads who was told it.
        Assert.Equal($"The agency that reported it was told: {policy.Urgent.Instruction}", read["urgent"]);
        Assert.Equal(
            policy.Skip.Forward ? policy.Stages[2].Id : policy.Skip.UrgentTo ?? policy.FirstStage.Id,
            read.Json["stage"]!["id"]!.ToString()
        );
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_form_says_where_the_case_starts_and_under_imminent_risk_where_that_is(string id)
    {
        var policy = PolicyCatalogue.BuiltIn.Find(id)!;
        var usual = $"It starts at {policy.FirstStage.Name}: {policy.FirstStage.Tier}.";
        Assert.Contains(usual, (await Page(id)).Text, StringComparison.Ordinal);
        var urgent = await new Filled(await Staff.SeeAsync($"/raise/{id}?step=new"))
            .With("imminentRisk", "yes")
            .With("conductOfColleague", "no")
            .SendAsync(Staff, $"/raise/{id}", "answered");
        var at = policy.Find(policy.Skip.UrgentTo);
        Assert.Contains(
            at is null ? usual : $"Because of the imminent risk it starts at {at.Name}: {at.Tier}.",
            urgent.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_is_told_instead_of_a_tier_that_has_nobody_is_said_to_whoever_raised_the_concern()
    {
        var reference = await Host.OpenCaseAsync("sandwell", body => body["receivedBy"]!.AsObject().Remove("email"));
        var page = await Staff.SeeAsync($"/raise/sandwell?opened={reference}");
        Assert.Contains("(the tier that should be told has nobody: ", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_again_whenever_it_opens_one_case_and_with_other_answers_it_is_a_conflict()
    {
        var check = await CheckAsync(
            Everything(await FormAsync("sefton"), PolicyCatalogue.BuiltIn.Find("sefton")!),
            "sefton"
        );
        var reference = await OpenAsync(check, "sefton");
        foreach (var later in new[] { TimeSpan.FromMinutes(5), TimeSpan.FromDays(1) })
        {
            Host.Clock.Advance(later);
            Assert.Equal(reference, await OpenAsync(check, "sefton"));
        }
        var changed = await new Filled(check)
            .With("details", "Other details")
            .SendAsync(Staff, "/raise/sefton", "open");
        Assert.Equal(HttpStatusCode.Conflict, changed.Status);
        Assert.Contains("has opened a case already", Assert.Single(changed.Errors), StringComparison.Ordinal);
        Assert.Single((await Staff.GetJsonAsync("/api/escalations?status=all")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_possible_duplicate_is_shown_before_and_can_be_opened_anyway()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        var (one, two) = (
            await CheckAsync(Everything(await FormAsync("sandwell"), policy), "sandwell"),
            await CheckAsync(Everything(await FormAsync("sandwell"), policy), "sandwell")
        );
        var first = await OpenAsync(one, "sandwell");
        var asked = await new Filled(two).SendAsync(Staff, "/raise/sandwell", "open");
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Equal($"/cases/{first}", asked.One(".govuk-notification-banner a").GetAttribute("href"));
        Assert.Contains(
            "Informal discussion, opened on Friday 25 September 2026",
            asked.Text,
            StringComparison.Ordinal
        );
        var second = await OpenAsync(asked, "sandwell");
        Assert.NotEqual(first, second);
        Assert.Equal(
            first,
            (await Staff.GetJsonAsync($"/api/escalations/{second}")).Json["possibleDuplicates"]![0]!.ToString()
        );
    }

    [Fact]
    public async Task A_duplicate_that_the_caller_may_not_see_is_not_shown()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("surrey-adults")!;
        await OpenAsync(
            await CheckAsync(Everything(await FormAsync("surrey-adults"), policy), "surrey-adults"),
            "surrey-adults"
        );
        // The other agency raises about the same person; the first case is at its internal stage, which is not for the other agency.
        var other = Browser(await Host.AsAsync(Roles.Practitioner, "surrey-adults", "trust"));
        var form = (await FormAsync("surrey-adults", other))
            .With("person.name", "Alex Example")
            .WithDate("person.dateOfBirth", 4, 3, 2000)
            .With("details", "d")
            .With("raisedBy.name", "R")
            .With("receivedBy[0].agency", "school");
        var check = await form.SendAsync(other, "/raise/surrey-adults", "check");
        Assert.Equal(HttpStatusCode.OK, check.Status);
        Assert.Empty(check.Html.QuerySelectorAll(".govuk-notification-banner"));
        var opened = await new Filled(check).SendAsync(other, "/raise/surrey-adults", "open");
        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
    }

    [Fact]
    public async Task A_practitioner_raises_in_its_own_agencys_name_only()
    {
        var school = Browser(await Host.AsAsync(Roles.Practitioner, "sandwell", "school"));
        var form = await FormAsync("sandwell", school);
        Assert.DoesNotContain("raisedBy.agency", form.Names);
        var check = await form.With("person.kind", "family")
            .With("details", "d")
            .With("raisedBy.name", "R")
            .With("receivedBy[0].agency", "trust")
            .SendAsync(school, "/raise/sandwell", "check");
        Assert.Contains("The school", check.Text, StringComparison.Ordinal);
        var forged = await school.SendAsync(
            "/raise/sandwell",
            [
                new("step", "open"),
                new("imminentRisk", "no"),
                new("conductOfColleague", "no"),
                new("raisedBy.agency", "police"),
                new("raisedBy.name", "R"),
                new("person.kind", "family"),
                new("details", "d"),
                new("receivedBy[0].agency", "trust"),
            ]
        );
        var reference = forged.Message.Headers.Location!.ToString().Split('=')[^1];
        Assert.Equal(
            "school",
            (await Staff.GetJsonAsync($"/api/escalations/{reference}")).Json["parties"]![0]!["agency"]!.ToString()
        );
        Assert.Contains("Your agency’s: example.org.", (await Page("sandwell", school)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_told_and_what_comes_next_is_said_at_the_end()
    {
        var reference = await OpenAsync(
            await CheckAsync(
                Everything(await FormAsync("sandwell"), PolicyCatalogue.BuiltIn.Find("sandwell")!),
                "sandwell"
            ),
            "sandwell"
        );
        var page = await Staff.SeeAsync($"/raise/sandwell?opened={reference}");
        foreach (
            var words in new[]
            {
                reference,
                "Informal discussion: The practitioners",
                "Saturday 26 September 2026 at 11am (1 day left)",
                "Rowan Receiver, The trust",
                "it goes on to stage 1 by itself, by a local setting: Line or team managers",
            }
        )
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Equal($"{reference}: concern raised - Escalation", page.Html.Title);
        Assert.DoesNotContain("Alex Example", page.Source, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Staff.SeeAsync($"/raise/sefton?opened={reference}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Staff.SeeAsync("/raise/sandwell?opened=SAN-0000-0000")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await (await Host.AsAsync(Roles.BusinessManager, "sefton")).SeeAsync(
                    $"/raise/sandwell?opened={reference}"
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await (await Host.AsAsync(Roles.Practitioner, "sandwell", "police")).SeeAsync(
                    $"/raise/sandwell?opened={reference}"
                )
            ).Status
        );
    }

    [Fact]
    public async Task Only_staff_of_the_partnership_raise_there()
    {
        var sefton = Browser(await Host.AsAsync(Roles.BusinessManager, "sefton"));
        Assert.Equal(HttpStatusCode.Forbidden, (await sefton.SeeAsync("/raise/sandwell")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sefton.SendAsync("/raise/sandwell", [])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sefton.SeeAsync("/raise/nonsuch")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Browser(await Host.IntakeAsync()).SeeAsync("/raise")).Status);
        Assert.StartsWith(
            "/sign-in",
            (await Browser(Host.Nobody()).GetAsync("/raise/sandwell")).Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/raise/sandwell")
        {
            Content = new FormUrlEncodedContent([]),
        };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await Staff.SendAsync(foreign)).StatusCode);
    }

    [Fact]
    public async Task An_agency_outside_the_directory_and_an_address_outside_its_domains_go_to_the_business_manager()
    {
        var form = (await FormAsync("sefton"))
            .With("person.kind", "family")
            .With("details", "d")
            .With("raisedBy.agency", "school")
            .With("raisedBy.name", "R")
            .With("raisedBy.email", "r@elsewhere.example.com")
            .With("receivedBy[0].agency", "other");
        Assert.Equal(
            ["Enter the name of the agency you disagree with"],
            (await form.SendAsync(Staff, "/raise/sefton", "check")).Errors
        );
        var reference = await OpenAsync(
            await CheckAsync(form.With("receivedBy[0].agencyName", "A <b>clinic</b>"), "sefton"),
            "sefton"
        );
        var page = await Staff.SeeAsync($"/raise/sefton?opened={reference}");
        Assert.Contains("Asked to find contacts that are missing", page.Text, StringComparison.Ordinal);
        Assert.Contains("Asked to accept an address", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            "A <b>clinic</b>",
            (await Staff.GetJsonAsync($"/api/escalations/{reference}")).Json["parties"]![1]!["name"]!.ToString()
        );
    }

    /// <summary>A case or its events without what has to differ: the reference, random salts, and what is made of them.</summary>
    private static string Comparable(JsonNode json) => Random().Replace(json.ToJsonString(), "…");

    private static async Task<string> EventsAsync(HttpClient staff, string reference) =>
        Comparable((await staff.GetJsonAsync($"/api/escalations/{reference}/history")).Json["events"]!);

    [GeneratedRegex("[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{32,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Random();
}
