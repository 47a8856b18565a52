using System.Net;
using Escalation.Core.Cases;
using Escalation.Web.Tokens;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>A token is in no log line, whatever its link came to: whoever reads logs may not act for anybody.</summary>
public sealed class LinkLogTests
{
    [Fact]
    public async Task The_token_of_a_refused_link_is_in_no_log_line_whatever_it_was_refused_for()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        world.Now = World.At("2027-03-01T10:00:00Z");
        var claims = new LinkClaims(document.Case.Reference, "informal", Raiser, Side.Raising, LinkAction.Outcome);
        var lapsed = world.Tokens.Make(claims);
        var retired = new LinkTokens(new LinkKeys([.. Enumerable.Repeat((byte)200, 32)], null)).Make(claims);
        var unknown = world.Tokens.Make(claims with { Reference = "SAN-0000-0000" });
        var left = world.Tokens.Make(claims with { Contact = "nobody" });
        string[] tokens = [lapsed, retired, unknown, left, lapsed[..^3], "forged-by-hand-and-long-enough"];
        foreach (var token in tokens)
        {
            Assert.True((await site.GetAsync(token)).Status is HttpStatusCode.Gone or HttpStatusCode.NotFound);
            await site.PostAsync(token, Resolved);
            await site.SendAsync(HttpMethod.Head, token);
            await site.SendAsync(HttpMethod.Put, token);
        }

        var lines = site.Log.GetSnapshot().Select(line => $"{line.Message} {line.Exception}").ToList();
        Assert.NotEmpty(lines);
        Assert.All(
            tokens,
            token => Assert.DoesNotContain(lines, line => line.Contains(token[..20], StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Nor_is_that_of_a_link_asked_for_too_often()
    {
        var world = await new World("2026-12-23T10:00:00Z").WithDirectoryAsync("sandwell");
        await using var w = world;
        await using var site = await LinkSite.StartAsync(world, limits: o => (o.PerToken, o.BadPerAddress) = (1, 1));
        var good = world.Token(await world.OpenAsync("sandwell"), Raiser);
        foreach (var token in new[] { good, good, "never-a-token-of-ours", "never-a-token-of-ours" })
            await site.GetAsync(token);

        var lines = site.Log.GetSnapshot().Select(line => $"{line.Message} {line.Exception}").ToList();
        Assert.DoesNotContain(lines, line => line.Contains(good[..20], StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("never-a-token", StringComparison.Ordinal));
    }
}
