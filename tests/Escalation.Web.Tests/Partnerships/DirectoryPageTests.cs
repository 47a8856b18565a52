using System.Net;
using Escalation.Core.Directory;
using Escalation.Core.Storage;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Partnerships;

/// <summary>What the directory shows, and to whom.</summary>
public sealed class DirectoryPageTests : IAsyncLifetime
{
    private TestHost _host = null!;
    private StaffSite _manager = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _manager = await StaffSite.ForAsync(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_business_manager_is_led_to_their_own_partnership()
    {
        var led = await _manager.GetAsync("/directory");
        Assert.Equal((HttpStatusCode.Redirect, "/directory/sandwell"), (led.Status, led.Location));
        Assert.Equal(HttpStatusCode.NotFound, (await _manager.GetAsync("/directory/sefton")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _manager.GetAsync("/directory/sefton/school")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _manager.GetAsync("/directory/sefton/export")).Status);
    }

    [Fact]
    public async Task An_administrator_chooses_a_partnership()
    {
        using var administrator = await StaffSite.ForAsync(_host, Roles.Administrator, null);
        var choice = await administrator.GetAsync("/directory");
        Assert.Equal(5, choice.Html.QuerySelectorAll("main li a[href^='/directory/']").Length);
        Assert.Equal("/directory/sefton", (await administrator.GetAsync("/directory?partnership=sefton")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/directory?partnership=nonsuch")).Status);
    }

    [Theory]
    [InlineData("/directory")]
    [InlineData("/directory/sandwell")]
    [InlineData("/directory/sandwell/school")]
    [InlineData("/directory/sandwell/export")]
    [InlineData("/directory/sandwell/import")]
    [InlineData("/directory/sandwell/school/contacts/lead")]
    public async Task A_practitioner_does_not_see_it(string path)
    {
        using var practitioner = await StaffSite.ForAsync(_host, Roles.Practitioner, "sandwell", "school");
        var seen = await practitioner.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, seen.Status);
        Assert.DoesNotContain("Lead of school", seen.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agencies_stand_against_the_tiers_that_the_policies_use()
    {
        var page = await _manager.GetAsync("/directory/sandwell");
        Assert.Equal(
            [
                "Agency",
                "Line or team manager",
                "Named or designated safeguarding lead",
                "Service manager",
                "Head of service",
                "Director or chief officer",
                "Representative on the partnership or Board",
                "Director for Quality and Review (Sandwell Children's Trust)",
            ],
            page.Html.QuerySelectorAll(".esc-matrix thead th").Select(h => h.TextContent.Trim())
        );
        var school = page
            .Html.QuerySelectorAll(".esc-matrix tbody tr")
            .Single(r => r.TextContent.Contains("The school", StringComparison.Ordinal));
        Assert.Contains("example.org", school.Children[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Lead of school", school.Children[1].TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "go to the others that are asked there: Head of service or Named or designated safeguarding lead",
            Words(school.Children[3].TextContent),
            StringComparison.Ordinal
        );
        Assert.Contains("Not asked of this agency", school.Children[7].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tier_of_the_receiving_side_that_nobody_holds_anywhere_is_a_gap_of_every_agency()
    {
        using var suffolk = await StaffSite.ForAsync(_host, partnership: "suffolk");
        const string Elsewhere = "MASH Practice Manager Not asked of this agency";
        await _host.ChangeAsync(a => a with { Contacts = [] }, "police", "suffolk");
        Assert.Contains(
            Elsewhere,
            (await suffolk.GetAsync("/directory/suffolk/police")).Words,
            StringComparison.Ordinal
        );

        var directory = await StoredDirectory.LoadAsync(_host.Store, "suffolk", CancellationToken.None);
        foreach (var agency in directory.Agencies)
            await _host.ChangeAsync(Without, agency.Id, "suffolk");
        Assert.DoesNotContain(
            Elsewhere,
            (await suffolk.GetAsync("/directory/suffolk/police")).Words,
            StringComparison.Ordinal
        );

        static Agency Without(Agency agency) =>
            agency with
            {
                Contacts =
                [
                    .. agency.Contacts.Select(c =>
                        c with
                        {
                            Tiers = [.. c.Tiers.Where(tier => tier != "practiceManager")],
                        }
                    ),
                ],
            };
    }

    [Fact]
    public async Task A_gap_says_where_its_notices_go()
    {
        await _host.ChangeAsync(a => a with { Contacts = [a.Contacts[0] with { Tiers = ["headOfService"] }] });
        var page = await _manager.GetAsync("/directory/sandwell");
        Assert.Contains(
            "The school, Line or team manager: Notices of stage 1 go to the people of stage 2: Head of service.",
            page.Words,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The school, Director or chief officer: Notices of stage 3 and stage 4 go to the business manager.",
            page.Words,
            StringComparison.Ordinal
        );
        await _host.ChangeAsync(a => a with { Contacts = [] }, "sandwell");
        Assert.Contains(
            "Director or chief officer: Notices of stage 3 and stage 4 go to nobody: there is no business manager either.",
            (await _manager.GetAsync("/directory/sandwell")).Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_partnership_of_two_procedures_says_whose_stage_it_is()
    {
        using var suffolk = await StaffSite.ForAsync(_host, partnership: "suffolk");
        await _host.ChangeAsync(a => a with { Contacts = [] }, "police", "suffolk");
        var words = (await suffolk.GetAsync("/directory/suffolk/police")).Words;
        Assert.Contains(
            "of stage 2, stage 3, stage 4 and stage 5 of “Multi-Agency Escalation Process” and at any other time "
                + "go to the business manager",
            words,
            StringComparison.Ordinal
        );
        Assert.Contains("MASH Practice Manager Not asked of this agency", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_away_is_listed_with_who_stands_in()
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    a.Contacts[0] with
                    {
                        Deputy = "second",
                        Absences = [new(new(2026, 9, 24), new(2026, 9, 28)), new(new(2026, 1, 1), new(2026, 1, 2))],
                    },
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee Deputy",
                        Email = "dee@school.example.org",
                        Absences = [new(new(2026, 12, 24), new(2026, 12, 24))],
                    },
                ],
            }
        );
        var page = await _manager.GetAsync("/directory/sandwell");
        Assert.Contains(
            "Lead of school The school Thursday 24 September 2026 to Monday 28 September 2026 Away now Dee Deputy stands in",
            page.Words,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Dee Deputy The school Thursday 24 December 2026 To come nobody stands in",
            page.Words,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("January 2026", page.Words, StringComparison.Ordinal);
        Assert.Contains(
            "Away away until Monday 28 September 2026; Dee Deputy stands in",
            page.Words,
            StringComparison.Ordinal
        );
    }

    /// <summary>It is Friday 25 September 2026; the contact is away from Thursday to Monday.</summary>
    [Theory]
    [InlineData("2026-09-25", "2026-09-25", "Dee Deputy, the deputy, is away too")]
    [InlineData("2026-09-24", "2026-09-24", "Dee Deputy stands in")]
    [InlineData("2026-09-26", "2026-09-30", "Dee Deputy stands in")]
    public async Task A_deputy_who_is_away_today_too_is_not_said_to_stand_in(string from, string to, string words)
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Contacts =
                [
                    a.Contacts[0] with
                    {
                        Deputy = "second",
                        Absences = [new(new(2026, 9, 24), new(2026, 9, 28))],
                    },
                    new Contact
                    {
                        Id = "second",
                        Name = "Dee Deputy",
                        Email = "dee@school.example.org",
                        Absences = [new(DateOnly.Parse(from), DateOnly.Parse(to))],
                    },
                ],
            }
        );
        var page = await _manager.GetAsync("/directory/sandwell");
        Assert.Contains($"Monday 28 September 2026 Away now {words}", page.Words, StringComparison.Ordinal);
        Assert.Contains($"away until Monday 28 September 2026; {words}", page.Words, StringComparison.Ordinal);
    }

    /// <summary>It is Friday 25 September 2026.</summary>
    [Theory]
    [InlineData("2026-09-25", "2026-09-25", "Away now")]
    [InlineData("2026-09-25", "2026-09-30", "Away now")]
    [InlineData("2026-09-20", "2026-09-25", "Away now")]
    [InlineData("2026-09-26", "2026-09-30", "To come")]
    [InlineData("2026-09-20", "2026-09-24", null)]
    public async Task An_absence_is_listed_from_before_its_first_day_to_its_last_inclusive(
        string from,
        string to,
        string? state
    )
    {
        var absence = new Absence(DateOnly.Parse(from), DateOnly.Parse(to));
        await _host.ChangeAsync(a => a with { Contacts = [a.Contacts[0] with { Absences = [absence] }] });
        var words = (await _manager.GetAsync("/directory/sandwell")).Words;
        Assert.Equal(state == "Away now", words.Contains("Away now nobody stands in", StringComparison.Ordinal));
        Assert.Equal(state == "To come", words.Contains("To come nobody stands in", StringComparison.Ordinal));
    }

    /// <summary>It is half past midnight of Tuesday 29 September 2026, and 28 September still in UTC.</summary>
    [Theory]
    [InlineData("2026-09-29", "2026-09-30", "Away now", true)]
    [InlineData("2026-09-28", "2026-09-29", "Away now", true)]
    [InlineData("2026-09-30", "2026-09-30", "To come", false)]
    [InlineData("2026-09-21", "2026-09-28", null, false)]
    public async Task In_the_first_hour_of_a_day_in_summer_whoever_is_away_on_that_day_is_shown_as_away(
        string from,
        string to,
        string? state,
        bool isAway
    )
    {
        _host.Clock.SetUtcNow(World.At("2026-09-28T23:30:00Z"));
        var absence = new Absence(DateOnly.Parse(from), DateOnly.Parse(to));
        await _host.ChangeAsync(a => a with { Contacts = [a.Contacts[0] with { Absences = [absence] }] });
        var words = (await _manager.GetAsync("/directory/sandwell")).Words;
        Assert.Equal(state == "Away now", words.Contains("Away now nobody stands in", StringComparison.Ordinal));
        Assert.Equal(state == "To come", words.Contains("To come nobody stands in", StringComparison.Ordinal));
        Assert.Equal(isAway, words.Contains("away until", StringComparison.Ordinal));
        Assert.Equal(
            isAway,
            (await _manager.GetAsync("/directory/sandwell/school")).Words.Contains(
                "away until",
                StringComparison.Ordinal
            )
        );
    }

    [Theory]
    [InlineData("2026-09-24/2026-09-28 2026-12-24/2027-01-04", "away until Monday 28 September 2026;")]
    [InlineData("2026-12-24/2027-01-04 2026-09-25/2026-09-25", "away until Friday 25 September 2026;")]
    [InlineData("2026-09-21/2026-10-02 2026-09-24/2026-09-28", "away until Friday 2 October 2026;")]
    [InlineData("2026-09-01/2026-09-24 2026-09-26/2026-09-30", null)]
    public async Task Who_is_away_is_away_until_the_end_of_the_absence_that_runs_and_not_of_one_to_come(
        string absences,
        string? expected
    )
    {
        var away = absences
            .Split(' ', '/')
            .Select(DateOnly.Parse)
            .Chunk(2)
            .Select(days => new Absence(days[0], days[1]));
        await _host.ChangeAsync(a => a with { Contacts = [a.Contacts[0] with { Absences = [.. away] }] });
        var words = (await _manager.GetAsync("/directory/sandwell")).Words;
        Assert.Equal(expected is not null, words.Contains("away until", StringComparison.Ordinal));
        Assert.Contains(expected ?? "", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agency_shows_its_contacts_by_tier()
    {
        var page = await _manager.GetAsync("/directory/sandwell/school");
        Assert.Equal("The school", page.Heading);
        Assert.Contains(
            "Line or team manager Lead of school lead@school.example.org",
            page.Words,
            StringComparison.Ordinal
        );
        Assert.Equal("school: directory - Escalation", page.Html.Title);
        Assert.Equal(HttpStatusCode.NotFound, (await _manager.GetAsync("/directory/sandwell/nonsuch")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _manager.GetAsync("/directory/sandwell/school/contacts/nonsuch")).Status
        );
    }

    [Fact]
    public async Task A_directory_with_nothing_in_it_says_what_to_do()
    {
        await using var empty = await TestHost.StartAsync();
        foreach (var agency in new[] { "school", "trust", "police", "sandwell" })
            await empty.Store.WriteAsync("agency", $"sandwell/{agency}", null, 1, CancellationToken.None);
        using var manager = await StaffSite.ForAsync(empty);
        var words = (await manager.GetAsync("/directory/sandwell")).Words;
        Assert.Contains("There are no agencies yet.", words, StringComparison.Ordinal);
        Assert.Contains("The partnership has no entry of its own yet.", words, StringComparison.Ordinal);
        Assert.Contains(
            "Business manager: Notices of stage 4 and for the business manager go to nobody.",
            words,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Sandwell Children's Safeguarding Partnership",
            (await manager.GetAsync("/directory/sandwell/new?own=yes"))
                .Html.QuerySelector("#name")!
                .GetAttribute("value")
        );
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("مدرسة \u202Eevil")]
    [InlineData("👩🏽‍🏫 Ünïcödé")]
    public async Task Names_are_shown_as_text_wherever_they_stand(string name)
    {
        await _host.ChangeAsync(a =>
            a with
            {
                Name = name,
                Contacts =
                [
                    a.Contacts[0] with
                    {
                        Name = name,
                        Role = name,
                        Deputy = null,
                        Absences = [new(new(2026, 9, 25), new(2026, 9, 25))],
                    },
                ],
            }
        );
        foreach (
            var path in new[]
            {
                "",
                "/school",
                "/school/edit",
                "/school/contacts/lead",
                "/school/contacts/lead/replace",
                "/school/contacts/lead/remove",
                "/school/contacts/lead/absences",
            }
        )
        {
            var page = await _manager.GetAsync("/directory/sandwell" + path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Empty(page.Html.QuerySelectorAll("script, img, [style]"));
            Assert.Contains(
                name,
                page.Html.Body!.InnerHtml.Length > 0
                    ? page.Html.Body.TextContent
                        + string.Concat(page.Html.QuerySelectorAll("input").Select(i => i.GetAttribute("value")))
                    : "",
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(name, page.Html.Title, StringComparison.Ordinal);
        }
    }

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
