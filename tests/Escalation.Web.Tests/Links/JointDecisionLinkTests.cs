using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.CasePages;
using Escalation.Web.Tokens;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>A decision that the chair takes with the business manager, each by a link of their own.</summary>
public sealed class JointDecisionLinkTests
{
    private const string Chair = "sefton/chair",
        Manager = "sefton/businessManager";

    private static readonly (string, string)[] Decided = With(
        Resolved,
        ("step", "record"),
        ("outcome", "decided"),
        ("discussedOn", "2026-10-12"),
        ("summary", "SECRET-SUMMARY"),
        ("name", "Chris Chair")
    );

    [Fact]
    public async Task What_one_records_the_other_confirms_and_each_page_says_what_the_answer_leads_to()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var receipt = await site.PostAsync(Token(world, document, Chair), Decided);
        Assert.Equal("Outcome recorded", receipt.Heading);
        Assert.Contains("It counts once the business manager confirms it.", receipt.Text);
        Assert.Contains("without an answer it does not count", receipt.Text);

        var after = await world.ReadAsync(document.Case.Reference);
        var own = await site.GetAsync(Token(world, after, Manager));
        Assert.Contains("The chair recorded a decision that two take together", own.Text);
        Assert.Contains("You are asked to confirm or dispute it", own.Text);
        var token = Token(world, after, Manager, LinkAction.Confirm);
        var shown = await site.GetAsync(token);
        Assert.Contains("Is this your decision?", shown.Text);
        Assert.Contains("The case ends: decided.", shown.Text);
        Assert.Contains("it does not count, and the step goes on", shown.Text);
        Assert.DoesNotContain("agreed", shown.Page.QuerySelector("form")!.TextContent);
        Assert.DoesNotContain("SECRET", shown.Html);
        var form = shown.Form("record");
        (form["answer"], form["name"]) = ("confirm", "Mia Manager");
        var confirmed = await site.PostAsync(token, form);
        Assert.Equal("Outcome confirmed", confirmed.Heading);
        Assert.Contains("The business manager confirms the outcome", confirmed.Text);
        Assert.Contains("The case has ended: decided.", confirmed.Text);
        Assert.Equal(confirmed.Html, (await site.PostAsync(token, form)).Html);

        var ended = await world.ReadAsync(document.Case.Reference);
        Assert.Equal(CaseStatus.Decided, ended.Case.Status);
    }

    [Fact]
    public async Task The_confirmation_link_of_somebody_else_and_ones_own_decision_ask_nothing()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await site.PostAsync(Token(world, document, Chair), Decided);
        var after = await world.ReadAsync(document.Case.Reference);
        foreach (
            var (contact, side) in new[] { (Chair, Side.Partnership), ($"{World.Raising}/headOfService", Side.Raising) }
        )
        {
            var claims = new LinkClaims(document.Case.Reference, "4", contact, side, LinkAction.Confirm);
            var shown = await site.GetAsync(world.Tokens.Make(claims));
            Assert.EndsWith("nothing to confirm", shown.Heading);
            var sent = await site.PostAsync(
                world.Tokens.Make(claims),
                ("id", $"id-{contact.Length}"),
                ("answer", "confirm"),
                ("name", "Somebody"),
                ("step", "record")
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        }
        Assert.NotNull((await world.ReadAsync(document.Case.Reference)).Case.Awaiting);
    }

    [Fact]
    public async Task A_party_is_not_offered_the_decision_by_its_link()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var claims = new LinkClaims(
            document.Case.Reference,
            "4",
            $"{World.Raising}/headOfService",
            Side.Raising,
            LinkAction.Outcome
        );
        var shown = await site.GetAsync(world.Tokens.Make(claims));
        Assert.Null(shown.Page.QuerySelector("input[name=outcome][value=decided]"));
        var chairs = await site.GetAsync(Token(world, document, Chair));
        Assert.NotNull(chairs.Page.QuerySelector("input[name=outcome][value=decided]"));
    }

    [Fact]
    public async Task The_record_names_both()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        await site.PostAsync(Token(world, document, Chair), Decided);
        var token = Token(world, await world.ReadAsync(document.Case.Reference), Manager, LinkAction.Confirm);
        var form = (await site.GetAsync(token)).Form("record");
        (form["answer"], form["name"]) = ("confirm", "Mia Manager");
        await site.PostAsync(token, form);
        var ended = await world.ReadAsync(document.Case.Reference);
        var rules = await world.Book.ForCaseAsync(ended.Case, world.Now, default);
        var sheets = Core.Reporting.RecordSheets.Of(
            new ReadableCase(ended, rules.Policy, CaseReader.Partnership),
            rules
        );
        Assert.Contains(
            sheets.SelectMany(sheet => sheet.Sections).SelectMany(section => section.Lines).Select(line => line.Answer),
            answer =>
                answer is Core.Reporting.RecordAnswer.Text text
                && text.Paragraphs.Any(p =>
                    p.Contains("(decided together by Chris Chair and Mia Manager)", StringComparison.Ordinal)
                )
        );
    }

    private static string Token(
        World world,
        CaseDocument document,
        string contact,
        LinkAction action = LinkAction.Outcome
    ) => world.Token(document, contact, action, side: Side.Partnership);

    private static async Task<(World World, LinkSite Site, CaseDocument Document)> StartAsync()
    {
        var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("sefton");
        await world.StoreAsync(OwnDocument.Read(OwnDocument.OfTwoWhoDecide()));
        var site = await LinkSite.StartAsync(world);
        var reference = (await world.OpenAsync("sefton")).Case.Reference;
        foreach (var stage in new[] { "1", "2", "3" })
            await world.DoAsync(
                reference,
                World.Outcome(stage, "escalate", World.Raising, new DateOnly(2026, 10, 12)) with
                {
                    Fields = new Dictionary<string, string> { ["justified"] = "yes" },
                }
            );
        return (world, site, await world.ReadAsync(reference));
    }
}
