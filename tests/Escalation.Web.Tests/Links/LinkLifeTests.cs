using System.Net;
using Escalation.Core.Cases;
using Escalation.Web.Tokens;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>Links that lapsed, were forged or are asked for too often, and bodies that are no form.</summary>
public sealed class LinkLifeTests
{
    [Theory]
    [InlineData("2027-01-23T09:59:59.9999999Z", HttpStatusCode.OK)]
    [InlineData("2027-01-23T10:00:00Z", HttpStatusCode.Gone)]
    public async Task A_link_lapses_30_days_after_its_stage_closed_to_the_tick(string now, HttpStatusCode expected)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
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
        await using var w = world;
        await using var s = site;
        var good = new LinkClaims(document.Case.Reference, "informal", Raiser, Side.Raising, LinkAction.Outcome);
        var forged = new LinkTokens(new LinkKeys(world.Keys.Current.Select(b => (byte)(b ^ 1)).ToArray(), null)).Make(
            good
        );
        string[] tokens =
        [
            "x",
            world.Tokens.Make(good)[..^2],
            world.Tokens.Make(good with { Reference = "SAN-0000-0000" }),
            world.Tokens.Make(good with { Stage = "4" }),
            world.Tokens.Make(good with { Stage = "zz" }),
        ];
        var first = (await site.GetAsync("never")).Html;
        foreach (var token in tokens)
        {
            var shown = await site.GetAsync(token);
            Assert.Equal(HttpStatusCode.NotFound, shown.Status);
            Assert.Equal(first, shown.Html);
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await site.PostAsync(token, With(Resolved, ("step", "record")))).Status
            );
        }
        Assert.DoesNotContain(document.Case.Reference, (await site.GetAsync(forged)).Html);
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task A_link_of_a_contact_who_left_and_of_a_retired_key_says_so()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var left = await site.GetAsync(
            world.Tokens.Make(
                new LinkClaims(
                    document.Case.Reference,
                    "informal",
                    "oak-primary/nobody",
                    Side.Raising,
                    LinkAction.Outcome
                )
            )
        );
        Assert.Equal(HttpStatusCode.Gone, left.Status);
        Assert.Contains("no longer a contact", left.Text);
        await using var rotated = await LinkSite.StartAsync(
            world,
            new LinkKeys([.. Enumerable.Repeat((byte)200, 32)], null)
        );
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
        await using var w = world;
        await using var s = site;
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
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        foreach (
            var form in new[]
            {
                $"summary={new string('a', 150_000)}",
                string.Join('&', Enumerable.Range(0, 600).Select(i => $"f{i}=x")),
                $"name={new string('a', 3_000_000)}",
            }
        )
        {
            var content = new StringContent(form);
            content.Headers.ContentType = new("application/x-www-form-urlencoded");
            Assert.Equal(
                HttpStatusCode.RequestEntityTooLarge,
                (await site.SendAsync(HttpMethod.Post, token, content)).StatusCode
            );
        }
        Assert.Equal(document.Version, (await world.ReadAsync(document.Case.Reference)).Version);
    }

    [Fact]
    public async Task A_form_that_says_another_stage_is_refused()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (
                await site.PostAsync(world.Token(document, Raiser), With(Resolved, ("step", "record"), ("stage", "1")))
            ).Status
        );
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
