using System.Globalization;
using System.Net;
using System.Text;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Raising;
using Escalation.Web.Tests.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Partnerships;

/// <summary>A directory of 5,000 contacts: every page and answer stays small, and everybody in it can be found.</summary>
public sealed class LargeDirectoryTests : IAsyncLifetime
{
    private const int Most = 200_000;
    private TestHost _host = null!;
    private StaffSite _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await StaffSite.ForAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData(25, 200)]
    [InlineData(500, 10)]
    [InlineData(5_000, 1)]
    public async Task With_5000_contacts_no_page_and_no_answer_is_larger_than_200_KB(int agencies, int contacts)
    {
        await FillAsync(agencies, contacts);
        using var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        string[] pages =
        [
            "/directory/sandwell",
            "/directory/sandwell?only=gaps",
            "/directory/sandwell?only=away",
            "/directory/sandwell/agency-1",
            "/directory/sandwell/agency-1/contacts/new",
            "/directory/sandwell/agency-1/contacts/c0",
            "/tracker?partnership=sandwell",
            "/raise/sandwell?imminentRisk=no&conductOfColleague=no",
            "/reports/summary-log?partnership=sandwell",
            "/reports",
            "/health",
            "/api/partnerships/sandwell/agencies",
            "/api/partnerships/sandwell/agencies/agency-1",
        ];
        foreach (var path in pages)
        {
            using var answer = await client.GetAsync(path);
            var size = (await answer.Content.ReadAsByteArrayAsync()).Length;
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            Assert.True(size < Most, $"{path}: {size} bytes");
        }
        var found = await _manager.PostAsync("/directory/sandwell/find", ("q", "example"));
        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.InRange(Encoding.UTF8.GetByteCount(found.Source), 1, Most);
    }

    [Fact]
    public async Task Going_on_from_page_to_page_every_agency_is_there_once_by_name()
    {
        await FillAsync(60, 1);
        var names = new List<string>();
        var path = "/directory/sandwell";
        while (path is not null)
        {
            var page = await _manager.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(names.Count > 0, Link(page, "First page") is not null);
            names.AddRange(page.Html.QuerySelectorAll(".esc-matrix tbody th a").Select(a => a.TextContent));
            path = Link(page, "Next page");
        }
        Assert.Equal(63, names.Count);
        Assert.Equal(names.Distinct().Order(StringComparer.OrdinalIgnoreCase), names);
    }

    [Fact]
    public async Task Somebody_added_before_the_next_page_moves_nobody_out_of_it()
    {
        await FillAsync(40, 1);
        var first = await _manager.GetAsync("/directory/sandwell");
        await StoredDirectory.WriteAsync(
            _host.Store,
            "sandwell",
            new Agency { Id = "aaa", Name = "AAA" },
            0,
            CancellationToken.None
        );
        var second = await _manager.GetAsync(Link(first, "Next page")!);
        var shown = first
            .Html.QuerySelectorAll(".esc-matrix tbody th a")
            .Concat(second.Html.QuerySelectorAll(".esc-matrix tbody th a"));
        Assert.Equal(43, shown.Select(a => a.TextContent).Distinct().Count());
    }

    [Fact]
    public async Task The_API_lists_200_agencies_and_says_where_the_next_ones_are()
    {
        await FillAsync(450, 1);
        using var client = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        var (ids, answers, path) = (new List<string>(), 0, "/api/partnerships/sandwell/agencies?q=agency");
        while (path is not null)
        {
            var answer = await client.GetJsonAsync(path);
            ids.AddRange(answer.Json.AsArray().Select(a => a!["id"]!.ToString()));
            answers++;
            path = answer.Message.Headers.TryGetValues("Link", out var links)
                ? links.Single().Split('<', '>')[1]
                : null;
        }
        Assert.Equal((3, 450), (answers, ids.Distinct().Count()));
        Assert.Equal(
            2,
            (await client.GetJsonAsync("/api/partnerships/sandwell/agencies?limit=2")).Json.AsArray().Count
        );
        foreach (var wrong in new[] { "limit=0", "limit=201", "cursor=!", "cursor=%C3%BC" })
            Assert.Equal(
                HttpStatusCode.BadRequest,
                (await client.GetJsonAsync($"/api/partnerships/sandwell/agencies?{wrong}")).Status
            );
        Assert.Equal(HttpStatusCode.BadRequest, (await _manager.GetAsync("/directory/sandwell?cursor=!")).Status);
    }

    [Fact]
    public async Task A_person_and_an_agency_are_found_by_a_part_of_their_names_and_no_address_holds_what_was_typed()
    {
        await FillAsync(300, 2);
        var form = (await _manager.GetAsync("/directory/sandwell")).Html.QuerySelector("form[role=search]")!;
        Assert.Equal(("post", "/directory/sandwell/find"), (form.GetAttribute("method"), form.GetAttribute("action")));

        var person = await _manager.PostAsync("/directory/sandwell/find", ("q", "person 1 of agency 77"));
        var row = Assert.Single(person.Html.QuerySelectorAll("main tbody tr"));
        Assert.Equal("/directory/sandwell/agency-77/contacts/c1", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains(
            "No agency has this in its name, short name or mail domains.",
            person.Words,
            StringComparison.Ordinal
        );

        var agency = await _manager.PostAsync("/directory/sandwell/find", ("q", "AGENCY 77"));
        Assert.Contains(
            agency.Html.QuerySelectorAll("main li a"),
            a => a.GetAttribute("href") == "/directory/sandwell/agency-77"
        );
        var many = await _manager.PostAsync("/directory/sandwell/find", ("q", "agency"));
        Assert.Contains("and 250 more: type more of the name", many.Words, StringComparison.Ordinal);
        Assert.Contains("And 550 more: type more of the name.", many.Words, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _manager.PostAsync("/directory/sandwell/find", ("q", " "))).Status
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _manager.PostAsync("/directory/sandwell/find", ("q", new string('a', 101)))).Status
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _manager.PostAsync("/directory/sefton/find", ("q", "agency"))).Status
        );
    }

    [Fact]
    public async Task Gaps_and_absences_that_are_not_listed_are_in_lists_of_their_agencies()
    {
        var away = new Absence(new(2026, 12, 24), new(2026, 12, 28));
        await FillAsync(30, 1, a => a with { Contacts = [a.Contacts[0] with { Tiers = [], Absences = [away] }] });
        var page = await _manager.GetAsync("/directory/sandwell");
        Assert.Contains("And 10 more: list the agencies with somebody away", page.Words, StringComparison.Ordinal);
        var link = page.Html.QuerySelectorAll("main a").First(a => a.TextContent == "list the agencies with gaps");
        var gaps = await _manager.GetAsync(link.GetAttribute("href")!);
        Assert.Contains("Agencies with gaps", gaps.Words, StringComparison.Ordinal);
        Assert.Equal(25, gaps.Html.QuerySelectorAll(".esc-matrix tbody tr").Length);
        Assert.Contains("?only=gaps&cursor=", Link(gaps, "Next page")!, StringComparison.Ordinal);
        var rest = await _manager.GetAsync(Link(gaps, "Next page")!);
        Assert.Equal(5, rest.Html.QuerySelectorAll(".esc-matrix tbody tr").Length);
        Assert.DoesNotContain(
            "The school",
            rest.Html.QuerySelector(".esc-matrix")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_agency_of_many_people_lists_them_by_pages_and_by_tier()
    {
        await FillAsync(
            1,
            60,
            a =>
                a with
                {
                    Contacts =
                    [
                        .. a.Contacts.Select((c, i) => c with { Tiers = i < 30 ? ["director"] : ["lineManager"] }),
                    ],
                }
        );
        var page = await _manager.GetAsync("/directory/sandwell/agency-1");
        Assert.Equal(25, page.Html.QuerySelectorAll(".esc-contact").Length);
        Assert.Contains("and 25 more as Director or chief officer", page.Words, StringComparison.Ordinal);
        var tier = await _manager.GetAsync("/directory/sandwell/agency-1?tier=director");
        Assert.Contains("Contacts: Director or chief officer", tier.Words, StringComparison.Ordinal);
        var last = await _manager.GetAsync(Link(tier, "Next page")!);
        Assert.Equal(5, last.Html.QuerySelectorAll(".esc-contact").Length);
        Assert.Null(Link(last, "Next page"));
        Assert.Equal("/directory/sandwell/agency-1?tier=director#contacts", Link(last, "First page"));
    }

    [Fact]
    public async Task In_the_tracker_and_the_log_one_of_many_agencies_is_typed_by_its_name()
    {
        await FillAsync(150, 1);
        using var staff = await _host.AsAsync(Roles.BusinessManager, "sandwell");
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = staff.BaseAddress,
        };
        browser.DefaultRequestHeaders.Authorization = staff.DefaultRequestHeaders.Authorization;

        Assert.Equal("text", (await browser.SeeAsync("/tracker")).One("#agency").GetAttribute("type"));
        var led = await browser.SeeAsync("/tracker?agency=AGENCY+77");
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/tracker?agency=agency-77"),
            (led.Status, led.Message.Headers.Location?.ToString())
        );
        var there = await browser.SeeAsync("/tracker?agency=agency-77");
        Assert.Equal((HttpStatusCode.OK, "Agency 77"), (there.Status, there.One("#agency").GetAttribute("value")));
        var unknown = await browser.SeeAsync("/tracker?agency=ncy+14");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.Equal(
            "No agency of the directory is called “ncy 14”. Like it: Agency 14 (agency-14), Agency 140 (agency-140), "
                + "Agency 141 (agency-141), Agency 142 (agency-142), Agency 143 (agency-143), and 6 more",
            Assert.Single(unknown.Errors)
        );

        Assert.Contains(
            "Agency 77: ",
            (await browser.SeeAsync("/reports/summary-log?agency=agency+77")).Text,
            StringComparison.Ordinal
        );
        var log = await browser.SeeAsync("/reports/summary-log?agency=nobody");
        Assert.Equal(HttpStatusCode.BadRequest, log.Status);
        Assert.Equal(
            ["No agency of the directory is called “nobody”. Enter a name or short name as the directory has it"],
            log.Errors
        );
    }

    [Fact]
    public async Task The_form_of_a_concern_takes_the_typed_name_of_one_of_many_agencies()
    {
        await FillAsync(150, 1);
        using var staff = (await _host.AsAsync(Roles.BusinessManager, "sandwell")).GoingNowhere();
        var questions = new Filled(await staff.SeeAsync("/raise/sandwell"))
            .With("imminentRisk", "no")
            .With("conductOfColleague", "no");
        var form = new Filled(await questions.SendAsync(staff, "/raise/sandwell", "answered"))
            .With("raisedBy.agency", "agency 7")
            .With("raisedBy.name", "Robin")
            .With("receivedBy[0].agency", "Agncy 9")
            .With("person.kind", "child")
            .With("person.name", "Alex")
            .With("details", "Some details");
        var refused = await form.SendAsync(staff, "/raise/sandwell", "check");
        Assert.Contains(
            "No agency of the directory is called “Agncy 9”",
            Assert.Single(refused.Errors),
            StringComparison.Ordinal
        );
        var check = await new Filled(refused)
            .With("receivedBy[0].agency", "Agency 9")
            .SendAsync(staff, "/raise/sandwell", "check");
        Assert.Equal((HttpStatusCode.OK, 0), (check.Status, check.Errors.Count));
    }

    [Fact]
    public async Task A_typed_name_that_several_agencies_share_is_taken_for_none_of_them_and_their_short_names_are_told()
    {
        await FillAsync(150, 1, a => a with { Name = a.Id is "agency-7" or "agency-9" ? "St Mary’s" : a.Name });
        const string Refused =
            "More than one agency of the directory is called “st mary’s”. "
            + "Enter a short name: St Mary’s (agency-7), St Mary’s (agency-9)";
        using var staff = (await _host.AsAsync(Roles.BusinessManager, "sandwell")).GoingNowhere();
        foreach (var path in new[] { "/tracker", "/reports/summary-log" })
        {
            var page = await staff.SeeAsync($"{path}?agency={Uri.EscapeDataString("st mary’s")}");
            Assert.Equal((HttpStatusCode.BadRequest, Refused), (page.Status, Assert.Single(page.Errors)));
            Assert.Equal(HttpStatusCode.OK, (await staff.SeeAsync($"{path}?agency=agency-9")).Status);
        }

        var questions = new Filled(await staff.SeeAsync("/raise/sandwell"))
            .With("imminentRisk", "no")
            .With("conductOfColleague", "no");
        var form = new Filled(await questions.SendAsync(staff, "/raise/sandwell", "answered"))
            .With("raisedBy.agency", "school")
            .With("raisedBy.name", "Robin")
            .With("receivedBy[0].agency", "st mary’s")
            .With("person.kind", "child")
            .With("person.name", "Alex")
            .With("details", "Some details");
        var raised = await form.SendAsync(staff, "/raise/sandwell", "check");
        Assert.Equal($"{Refused}, or “other” for one that is not there", Assert.Single(raised.Errors));
    }

    [Fact]
    public async Task A_large_import_is_previewed_in_part_and_imported_whole()
    {
        var lines = Enumerable
            .Range(1, 400)
            .Select(i => $"agency-{i},Agency {i},,,Person {i},,p{i}@example.org,director,,");
        var csv = $"agency,agencyName,domains,contact,name,role,email,tier,deputy,absences\n{string.Join('\n', lines)}";
        var preview = await _manager.PostAsync("/directory/sandwell/import", ("csv", csv));
        Assert.Equal(50, preview.Html.QuerySelectorAll("main section").Length);
        Assert.Contains("350 more agencies are not shown here.", preview.Words, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(preview.Source) - csv.Length, 1, Most);
        Assert.Equal(HttpStatusCode.SeeOther, (await _manager.PressAsync(preview)).Status);
        Assert.Equal(
            404,
            (await StoredDirectory.LoadAsync(_host.Store, "sandwell", CancellationToken.None)).Agencies.Count
        );

        var wrong = csv.Replace("director", "nobody", StringComparison.Ordinal);
        var faults = await _manager.PostAsync("/directory/sandwell/import", ("csv", wrong));
        Assert.Equal(102, faults.Html.QuerySelectorAll(".govuk-error-summary li").Length);
        Assert.Contains("and 299 more: mend these, and send the file again", faults.Words, StringComparison.Ordinal);
        var open = csv.Replace("Person", "\"Person", StringComparison.Ordinal);
        var torn = await _manager.PostAsync("/directory/sandwell/import", ("csv", open));
        Assert.Equal(101, torn.Html.QuerySelectorAll(".govuk-error-summary li").Length);
    }

    private async Task FillAsync(int agencies, int contacts, Func<Agency, Agency>? change = null)
    {
        await Task.WhenAll(Enumerable.Range(1, agencies).Select(WriteAsync));
        _host.Services.GetRequiredService<RuleBook>().Refresh();

        async Task WriteAsync(int i)
        {
            var agency = new Agency
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"agency-{i}"),
                Name = string.Create(CultureInfo.InvariantCulture, $"Agency {i}"),
                Domains = ["example.org"],
                Contacts = [.. Enumerable.Range(0, contacts).Select(c => PersonOf(i, c))],
            };
            var entry = change?.Invoke(agency) ?? agency;
            Assert.True(await StoredDirectory.WriteAsync(_host.Store, "sandwell", entry, 0, CancellationToken.None));
        }
    }

    private static Contact PersonOf(int agency, int number) =>
        new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"c{number}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"Person {number} of agency {agency}"),
            Role = "Designated safeguarding lead",
            Email = string.Create(CultureInfo.InvariantCulture, $"person-{number}@agency-{agency}.example.org"),
            Tiers = ["director", "lineManager", "headOfService"],
            Absences =
            [
                .. Enumerable.Range(1, 12).Select(month => new Absence(new(2027, month, 1), new(2027, month, 14))),
            ],
        };

    private static string? Link(Partnerships.Seen page, string words) =>
        page
            .Html.QuerySelectorAll("main nav.govuk-pagination a")
            .FirstOrDefault(a => a.TextContent == words)
            ?.GetAttribute("href");
}
