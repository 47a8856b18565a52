using System.Net;
using System.Text.Json.Nodes;
using Escalation.Core.Directory;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Partnerships;

/// <summary>Entries changed by forms: good and bad ways, twice, and while somebody else changes them.</summary>
public sealed class ContactFormTests : IAsyncLifetime
{
    private const string School = "/directory/sandwell/school",
        Lead = School + "/contacts/lead";
    private TestHost _host = null!;
    private StaffSite _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await StaffSite.ForAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_contact_is_added_once_however_often_the_form_is_sent()
    {
        var form = await _manager.GetAsync(School + "/contacts/new?tier=serviceManager");
        Assert.NotNull(form.Html.QuerySelector("input[name=tiers][value=serviceManager][checked]"));
        (string, string)[] typed =
        [
            ("name", "Nia New"),
            ("role", "Service manager"),
            ("email", "nia@school.example.org"),
            ("tiers", "serviceManager"),
            ("tiers", "director"),
            ("deputy", "lead"),
        ];
        for (var times = 0; times < 2; times++)
        {
            var sent = await _manager.PressAsync(form, typed);
            Assert.Equal((HttpStatusCode.SeeOther, School + "?done=add"), (sent.Status, sent.Location));
        }
        var added = Assert.Single((await _host.AgencyAsync()).Contacts, c => c.Name == "Nia New");
        Assert.Equal(
            ("Service manager", "nia@school.example.org", "lead", "serviceManager,director"),
            (added.Role, added.Email, added.Deputy, string.Join(',', added.Tiers))
        );
        Assert.DoesNotContain("nia", added.Id, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "The contact was added.",
            (await _manager.GetAsync(School + "?done=add")).Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_contact_s_form_that_is_sent_as_it_was_shown_leaves_the_contact_as_it_was()
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    a.Contacts[0] with
                    {
                        Role = "Headteacher",
                        Deputy = "second",
                        Absences = [new(new(2026, 12, 24), new(2026, 12, 24))],
                    },
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee Deputy",
                        Email = "dee@school.example.org",
                    },
                ],
            }
        );
        var before = (await _host.AgencyAsync()).Contacts[0];
        var form = await _manager.GetAsync(Lead);
        var shown = form.Html.QuerySelectorAll("main form").Last();
        var sent = shown
            .QuerySelectorAll(
                "input[name]:not([type=hidden]):not([type=checkbox]), input[type=checkbox][checked], select[name]"
            )
            .Select(f =>
                (
                    f.GetAttribute("name")!,
                    f.LocalName == "select"
                        ? f.QuerySelector("option[selected]")?.GetAttribute("value") ?? ""
                        : f.GetAttribute("value") ?? ""
                )
            );
        await _manager.PressAsync(form, [.. sent]);
        var after = (await _host.AgencyAsync()).Contacts[0];
        Assert.Equal(
            (before.Name, before.Role, before.Email, before.Deputy, string.Join(',', before.Tiers.Order()), 1),
            (
                after.Name,
                after.Role,
                after.Email,
                after.Deputy,
                string.Join(',', after.Tiers.Order()),
                after.Absences.Count
            )
        );
    }

    [Theory]
    [InlineData("nia@school.example.org", false)]
    [InlineData("nia@exampel.org", true)]
    public async Task An_address_outside_the_agency_s_mail_domains_is_pointed_out(string email, bool pointedOut)
    {
        await _manager.PressAsync(
            await _manager.GetAsync(School + "/contacts/new"),
            ("name", "Nia New"),
            ("email", email),
            ("tiers", "director")
        );
        Assert.Equal(
            pointedOut,
            (await _manager.GetAsync(School)).Words.Contains(
                "Not in the agency's mail domains: check it",
                StringComparison.Ordinal
            )
        );
    }

    [Theory]
    [InlineData("name", "", "Enter the person's name")]
    [InlineData("email", "", "Enter the person's email address")]
    [InlineData("email", "nobody", "Enter the person's email address in the correct format, like name@example.org")]
    [InlineData("deputy", "nonsuch", "Select a deputy from the list")]
    [InlineData("tiers", "nonsuch", "Select tiers from the list")]
    [InlineData("role", "LONG", "The role must be 200 characters or fewer")]
    public async Task A_faulty_form_comes_back_with_what_was_typed(string field, string value, string message)
    {
        var typed = new Dictionary<string, string>
        {
            ["name"] = "Nia <b>New",
            ["email"] = "nia@school.example.org",
            ["role"] = "",
            ["tiers"] = "director",
            ["deputy"] = "",
            [field] = value == "LONG" ? new string('x', 10_000) : value,
        };
        var back = await _manager.PressAsync(
            await _manager.GetAsync(School + "/contacts/new"),
            [.. typed.Select(t => (t.Key, t.Value))]
        );
        Assert.Equal((HttpStatusCode.BadRequest, message), (back.Status, back.Error(field)));
        Assert.StartsWith("Error: ", back.Html.Title, StringComparison.Ordinal);
        Assert.Equal(typed["name"], back.Html.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Single((await _host.AgencyAsync()).Contacts);
    }

    [Fact]
    public async Task A_contact_is_changed_and_stays_the_same_contact()
    {
        var form = await _manager.GetAsync(Lead);
        Assert.Equal("Lead of school", form.Html.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await _manager.PressAsync(
                    form,
                    ("name", "Lea Lead"),
                    ("email", "lea@school.example.org"),
                    ("tiers", "director")
                )
            ).Status
        );
        var contact = Assert.Single((await _host.AgencyAsync()).Contacts);
        Assert.Equal(
            ("lead", "Lea Lead", "lea@school.example.org", "director"),
            (contact.Id, contact.Name, contact.Email, Assert.Single(contact.Tiers))
        );
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_shown_and_not_overwritten()
    {
        var form = await _manager.GetAsync(Lead);
        await _host.ChangeAsync(a => a with { Contacts = [a.Contacts[0] with { Role = "Changed by a colleague" }] });
        (string, string)[] typed = [("name", "Lea Lead"), ("email", "lea@school.example.org"), ("tiers", "director")];
        var conflict = await _manager.PressAsync(form, typed);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("Changed by a colleague", conflict.Words, StringComparison.Ordinal);
        Assert.Equal("Lea Lead", conflict.Html.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal("Lead of school", (await _host.AgencyAsync()).Contacts[0].Name);
        Assert.Equal(HttpStatusCode.SeeOther, (await _manager.PressAsync(conflict, typed)).Status);
        Assert.Equal("Lea Lead", (await _host.AgencyAsync()).Contacts[0].Name);
    }

    [Fact]
    public async Task A_contact_that_went_meanwhile_cannot_be_changed()
    {
        var form = await _manager.GetAsync(Lead);
        await _host.ChangeAsync(a => a with { Contacts = [] });
        var gone = await _manager.PressAsync(form, ("name", "Lea Lead"), ("email", "lea@school.example.org"));
        Assert.Equal((HttpStatusCode.Conflict, "This is no longer there"), (gone.Status, gone.Heading));
        Assert.Empty((await _host.AgencyAsync()).Contacts);
    }

    [Fact]
    public async Task Replacing_gives_a_new_contact_and_says_which_cases_sent_a_link()
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    .. a.Contacts,
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee Deputy",
                        Email = "dee@school.example.org",
                        Deputy = "lead",
                    },
                ],
            }
        );
        var reference = await AskedAtStage1Async();
        var form = await _manager.GetAsync(Lead + "/replace");
        Assert.Contains("Links already sent to Lead of school lapse at once", form.Words, StringComparison.Ordinal);
        Assert.Equal(reference, form.Html.QuerySelector("a[href^='/cases/']")!.TextContent);
        Assert.Contains("The new contact becomes the deputy of Dee Deputy.", form.Words, StringComparison.Ordinal);
        (string, string)[] typed = [("name", "Nia New"), ("email", "nia@school.example.org"), ("tiers", "lineManager")];
        Assert.Equal(School + "?done=replace", (await _manager.PressAsync(form, typed)).Location);
        Assert.Equal(School + "?done=replace", (await _manager.PressAsync(form, typed)).Location);
        var contacts = (await _host.AgencyAsync()).Contacts;
        var successor = Assert.Single(contacts, c => c.Name == "Nia New");
        Assert.Equal(successor.Id, Assert.Single(contacts, c => c.Id == "second").Deputy);
        Assert.DoesNotContain(contacts, c => c.Id == "lead");
    }

    [Fact]
    public async Task Whoever_replaces_a_contact_is_not_away_when_that_one_was()
    {
        var (from, to) = (new DateOnly(2026, 12, 21), new DateOnly(2027, 1, 4));
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts = [.. a.Contacts.Select(c => c with { Absences = [new Absence(from, to)] })],
            }
        );
        var form = await _manager.GetAsync(Lead + "/replace");
        await _manager.PressAsync(
            form,
            ("name", "Nia New"),
            ("email", "nia@school.example.org"),
            ("tiers", "lineManager")
        );
        Assert.Empty(Assert.Single((await _host.AgencyAsync()).Contacts, c => c.Name == "Nia New").Absences);
    }

    [Fact]
    public async Task Removing_asks_first_and_may_be_sent_twice()
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    .. a.Contacts,
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee Deputy",
                        Email = "dee@school.example.org",
                        Deputy = "lead",
                    },
                ],
            }
        );
        var ask = await _manager.GetAsync(Lead + "/remove");
        Assert.Contains("No open case is waiting for an answer from them.", ask.Words, StringComparison.Ordinal);
        Assert.Contains("Left without a deputy: Dee Deputy.", ask.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await _host.AgencyAsync()).Contacts.Count);
        Assert.Equal(School + "?done=remove", (await _manager.PressAsync(ask)).Location);
        Assert.Equal(School + "?done=remove", (await _manager.PressAsync(ask)).Location);
        Assert.Null(Assert.Single((await _host.AgencyAsync()).Contacts).Deputy);
    }

    [Fact]
    public async Task Removing_stops_when_somebody_else_changed_the_entry()
    {
        var ask = await _manager.GetAsync(Lead + "/remove");
        await _host.ChangeAsync(a => a with { Contacts = [a.Contacts[0] with { Email = "other@school.example.org" }] });
        var conflict = await _manager.PressAsync(ask);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("other@school.example.org", conflict.Words, StringComparison.Ordinal);
        Assert.Single((await _host.AgencyAsync()).Contacts);
    }

    [Fact]
    public async Task Absences_are_added_and_removed()
    {
        var form = await _manager.GetAsync(Lead + "/absences");
        Assert.Equal(
            School + "?done=absences",
            (await _manager.PressAsync(form, [.. Day("from", 24, 12, 2026), .. Day("to", 4, 1, 2027)])).Location
        );
        Assert.Equal(
            School + "?done=absences",
            (await _manager.PressAsync(form, [.. Day("from", 24, 12, 2026), .. Day("to", 4, 1, 2027)])).Location
        );
        Assert.Equal(
            new Absence(new(2026, 12, 24), new(2027, 1, 4)),
            Assert.Single((await _host.AgencyAsync()).Contacts[0].Absences)
        );
        await _manager.PressAsync(await _manager.GetAsync(Lead + "/absences"), ("remove", "2026-12-24/2027-01-04"));
        Assert.Empty((await _host.AgencyAsync()).Contacts[0].Absences);
    }

    [Fact]
    public async Task An_absence_of_a_single_day_is_taken_by_the_form_and_by_the_API()
    {
        var form = await _manager.GetAsync(Lead + "/absences");
        var saved = await _manager.PressAsync(form, [.. Day("from", 24, 12, 2026), .. Day("to", 24, 12, 2026)]);
        Assert.Equal(School + "?done=absences", saved.Location);
        Assert.Equal(
            [new Absence(new(2026, 12, 24), new(2026, 12, 24))],
            (await _host.AgencyAsync()).Contacts[0].Absences
        );

        const string Path = "/api/partnerships/sandwell/agencies/school";
        var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        var entry = await client.GetJsonAsync(Path);
        var put = await PutAsync("2027-02-15", "2027-02-15", entry);
        Assert.True(put.Status == HttpStatusCode.OK, put.Text);
        Assert.Equal(
            [new Absence(new(2027, 2, 15), new(2027, 2, 15))],
            (await _host.AgencyAsync()).Contacts[0].Absences
        );
        Assert.NotNull((await PutAsync("2027-02-15", "2027-02-14", put)).Error("contacts[0].absences[0]"));

        Task<Answer> PutAsync(string from, string to, Answer seen)
        {
            entry.Json["contacts"]![0]!["absences"] = new JsonArray(new JsonObject { ["from"] = from, ["to"] = to });
            return client.PutAsync(Path, entry.Json.ToJsonString(), seen.Message.Headers.ETag!.ToString());
        }
    }

    [Fact]
    public async Task The_links_that_lapse_are_counted_by_open_case_and_by_what_was_sent()
    {
        var staff = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        var (present, earlier) = (await AskedAtStage1Async(), await AskedAtStage1Async());
        var (ended, unsent) = (await AskedAtStage1Async(), await AskedAtStage1Async());
        foreach (var reference in new[] { present, earlier, ended })
            await _host.SentAsync(reference);
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    a.Contacts[0] with
                    {
                        Tiers = ["lineManager"],
                    },
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee Deputy",
                        Email = "dee@school.example.org",
                        Tiers = ["headOfService", "safeguardingLead", "serviceManager"],
                    },
                ],
            }
        );
        foreach (var reference in new[] { earlier, unsent })
            await staff.PostAsync($"/api/escalations/{reference}/outcomes", Sample.Outcome("1", "escalate"));
        var withdrawn = new JsonObject
        {
            ["stage"] = "1",
            ["by"] = Sample.By("school"),
            ["reason"] = "Settled",
        };
        await staff.PostAsync($"/api/escalations/{ended}/withdraw", withdrawn);

        var ask = await _manager.GetAsync(Lead + "/remove");

        Assert.Equal([present], ask.Html.QuerySelectorAll("main a[href^='/cases/']").Select(a => a.TextContent));
        Assert.Contains(
            "In one other open case an earlier stage sent them a link",
            ask.Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_links_that_lapse_of_the_partnership_s_own_contact_are_found_in_cases_between_whichever_agencies()
    {
        var (asked, _) = (await AskedAtTheLastStageAsync(), await AskedAtStage1Async());

        var ask = await _manager.GetAsync("/directory/sandwell/sandwell/contacts/lead/remove");

        Assert.Equal([asked], ask.Html.QuerySelectorAll("main a[href^='/cases/']").Select(a => a.TextContent));
        Assert.DoesNotContain("an earlier stage sent them a link", ask.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sandwell", "the open cases", "/tracker?partnership=sandwell")]
    [InlineData("school", "the open cases of the agency", "/tracker?partnership=sandwell&agency=school")]
    public async Task Of_more_than_50_cases_whose_links_lapse_the_rest_is_counted_and_found_in_the_tracker(
        string agency,
        string words,
        string address
    )
    {
        for (var i = 0; i < 51; i++)
            await (agency == "school" ? AskedAtStage1Async() : AskedAtTheLastStageAsync());

        var ask = await _manager.GetAsync($"/directory/sandwell/{agency}/contacts/lead/remove");

        Assert.Equal(50, ask.Html.QuerySelectorAll("main a[href^='/cases/']").Length);
        Assert.Contains($"and 1 more, among {words}", ask.Words, StringComparison.Ordinal);
        Assert.Equal(words, ask.Html.QuerySelector($"main a[href='{address}']")!.TextContent);
    }

    [Theory]
    [InlineData("from", "Enter the first day away, or select an absence to remove", 0, 0)]
    [InlineData("to", "Enter the last day away", 24, 0)]
    [InlineData("from", "The first day away must be a real date", 32, 24)]
    [InlineData("to", "The last day away must be the same as or after the first", 24, 23)]
    public async Task An_absence_without_sense_is_refused(string field, string message, int from, int to)
    {
        var back = await _manager.PressAsync(
            await _manager.GetAsync(Lead + "/absences"),
            [.. Day("from", from, 12, 2026), .. Day("to", to, 12, 2026)]
        );
        Assert.Equal((HttpStatusCode.BadRequest, message), (back.Status, back.Error(field)));
    }

    [Fact]
    public async Task An_agency_is_added_under_a_name_made_for_it()
    {
        var form = await _manager.GetAsync("/directory/sandwell/new");
        var typed = new[] { ("name", "St Mary’s Primary School"), ("domains", "StMarys.example.org\r\n@example.org") };
        Assert.Equal(
            "/directory/sandwell/st-marys-primary-school?done=new",
            (await _manager.PressAsync(form, typed)).Location
        );
        Assert.Equal(
            "/directory/sandwell/st-marys-primary-school?done=new",
            (await _manager.PressAsync(form, typed)).Location
        );
        var agency = await _host.AgencyAsync("st-marys-primary-school");
        Assert.Equal(
            ("St Mary’s Primary School", "stmarys.example.org,example.org"),
            (agency.Name, string.Join(',', agency.Domains))
        );
    }

    [Theory]
    [InlineData("", "", "", "name", "Enter the agency's name", HttpStatusCode.BadRequest)]
    [InlineData(
        "מרפאה",
        "",
        "",
        "id",
        "Enter a short name of lower-case words joined by hyphens, 40 characters or fewer, like oak-primary; not 'other'",
        HttpStatusCode.BadRequest
    )]
    [InlineData(
        "A clinic",
        "import",
        "",
        "id",
        "The short name 'import' is kept for a page of the directory: enter another",
        HttpStatusCode.BadRequest
    )]
    [InlineData(
        "A clinic",
        "",
        "nonsense",
        "domains",
        "Enter mail domains like example.org, each on a line of its own",
        HttpStatusCode.BadRequest
    )]
    [InlineData(
        "A clinic",
        "school",
        "",
        "id",
        "There is an agency with the short name 'school' already: enter another, or change that one",
        HttpStatusCode.Conflict
    )]
    public async Task An_agency_with_a_fault_is_not_added(
        string name,
        string id,
        string domains,
        string field,
        string message,
        HttpStatusCode status
    )
    {
        var back = await _manager.PressAsync(
            await _manager.GetAsync("/directory/sandwell/new"),
            ("name", name),
            ("id", id),
            ("domains", domains)
        );
        Assert.Equal((status, message), (back.Status, back.Error(field)));
        Assert.Equal("The school", (await _host.AgencyAsync()).Name);
    }

    [Fact]
    public async Task An_agencys_name_and_domains_are_changed_and_a_conflict_is_shown()
    {
        var form = await _manager.GetAsync(School + "/edit");
        await _host.ChangeAsync(a => a with { Domains = ["colleague.example.org"] });
        var conflict = await _manager.PressAsync(form, ("name", "Oak Primary"), ("domains", "oak.example.org"));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("colleague.example.org", conflict.Words, StringComparison.Ordinal);
        Assert.Equal(
            School + "?done=agency",
            (await _manager.PressAsync(conflict, ("name", "Oak Primary"), ("domains", "oak.example.org"))).Location
        );
        var agency = await _host.AgencyAsync();
        Assert.Equal(
            ("Oak Primary", "oak.example.org", 1),
            (agency.Name, Assert.Single(agency.Domains), agency.Contacts.Count)
        );
    }

    [Fact]
    public async Task Another_partnerships_entry_is_not_written()
    {
        var version = await _host.VersionAsync(partnership: "sefton");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _manager.PostAsync("/directory/sefton/school/contacts/lead/remove", ("version", version))).Status
        );
        using var practitioner = await StaffSite.ForAsync(_host, Roles.Practitioner, "sandwell", "school");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await practitioner.PostAsync(Lead + "/remove", ("version", await _host.VersionAsync()))).Status
        );
        Assert.Single((await _host.AgencyAsync(partnership: "sefton")).Contacts);
        Assert.Single((await _host.AgencyAsync()).Contacts);
    }

    /// <summary>The stage that the partnership's own people answer.</summary>
    private Task<string> AskedAtTheLastStageAsync() => EscalatedAsync("informal", "1", "2", "3");

    private Task<string> AskedAtStage1Async() => EscalatedAsync("informal");

    private async Task<string> EscalatedAsync(params string[] stages)
    {
        var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        var path = await client.OpenAsync();
        foreach (var stage in stages)
        {
            var escalated = await client.PostAsync(path + "/outcomes", Sample.Outcome(stage, "escalate"));
            Assert.True(escalated.Status == HttpStatusCode.OK, escalated.Text);
        }
        return path.Split('/')[^1];
    }

    private static (string, string)[] Day(string field, int day, int month, int year) =>
        day == 0 ? [] : [($"{field}.day", $"{day}"), ($"{field}.month", $"{month}"), ($"{field}.year", $"{year}")];
}
