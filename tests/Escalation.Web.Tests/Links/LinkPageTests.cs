using System.Net;
using Escalation.Core.Cases;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>What a link shows, and that showing changes nothing.</summary>
public sealed class LinkPageTests
{
    [Fact]
    public async Task Get_shows_the_stage_its_deadline_and_the_form_and_nothing_private()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
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
        await using var w = world;
        await using var s = site;
        await world.DoAsync(
            document.Case.Reference,
            World.Outcome("1", "escalate", World.Raising, new DateOnly(2026, 10, 12))
        );
        Assert.Contains("stage 2", (await site.GetAsync(world.Token(document, Raiser))).Text);
        var other = await site.GetAsync(world.Token(document, Receiver));
        Assert.Contains("The case is now with the agency that raised the concern.", other.Text);
        Assert.Equal(
            ["Stage 1", "Stage 3", "Stage 4", "Stage 5"],
            other.Page.QuerySelectorAll(".esc-ladder__name").Select(n => n.TextContent)
        );
        Assert.DoesNotContain("to be answered by", other.Text);
    }

    [Fact]
    public async Task The_page_of_a_closed_stage_says_where_the_case_is_and_by_when_unless_that_is_on_hold()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-12T09:00:00Z");
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-15T16:00:00Z");
        Assert.Equal("2", document.Case.Stage.Id);
        const string Now = "The case is now at stage 2 (Manager, or named or designated safeguarding lead)";
        Assert.Contains($"{Now}, to be answered by 5pm Friday 16 October 2026.", (await site.GetAsync(token)).Text);

        await world.DoAsync(
            document.Case.Reference,
            new PlaceHold("PLANTED-REASON", "PLANTED-SPEAKER", true, null)
            {
                Id = "h",
                Actor = "test",
                Stage = "2",
                By = new Speaker(World.Raising, "PLANTED-SPEAKER", null),
            }
        );

        Assert.Contains($"{Now}.", (await site.GetAsync(token)).Text);
    }

    [Fact]
    public async Task Get_and_Head_change_nothing_even_after_the_deadline()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
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
        await using var w = world;
        await using var s = site;
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
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        await site.GetAsync(token);
        await site.PostAsync(token, Resolved);
        await site.GetAsync(token[..^1]);
        var lines = site.Log.GetSnapshot();
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(
            lines,
            line => $"{line.Message} {line.Exception}".Contains(token[..20], StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Every_input_has_a_label_and_every_error_link_leads_to_a_field()
    {
        var (world, site, document) = await StartAsync("suffolk", "2026-10-10T11:00:00Z");
        await using var w = world;
        await using var s = site;
        var shown = await site.PostAsync(world.Token(document, Raiser), ("step", "check"), ("actions[0].what", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        Assert.StartsWith("Error: ", shown.Page.Title);
        foreach (var input in shown.Page.QuerySelectorAll("input:not([type=hidden]), textarea, select"))
            Assert.NotNull(shown.Page.QuerySelector($"label[for='{input.Id}']"));
        var links = shown.Page.QuerySelectorAll(".govuk-error-summary a");
        Assert.NotEmpty(links);
        foreach (var link in links)
            Assert.NotNull(shown.Page.QuerySelector(link.GetAttribute("href")!));
        Assert.Equal(
            shown.Page.QuerySelectorAll("[id]").Length,
            shown.Page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count()
        );
    }
}
