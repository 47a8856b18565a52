using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>The emailed link of a stage whose limit is for contact: recorded, disputed, and what the page says then.</summary>
public sealed class ContactLinkTests
{
    private const string Ours = $"{World.Raising}/lineManager",
        Theirs = $"{World.Receiving}/lineManager";

    /// <summary>At Surrey's line managers, where contact is due on Thursday 15 October.</summary>
    private static async Task<(World World, LinkSite Site, CaseDocument Document)> AtLineManagersAsync()
    {
        var (world, site, document) = await StartAsync("surrey-adults", "2026-10-12T09:00:00Z");
        await world.AdvanceAsync(document.Case.Reference, "2026-10-13T16:00:00Z");
        return (world, site, await world.AdvanceAsync(document.Case.Reference, "2026-10-14T16:00:00Z"));
    }

    [Fact]
    public async Task Contact_is_recorded_from_the_link_and_the_page_says_until_when_an_outcome_is_needed()
    {
        var (world, site, document) = await AtLineManagersAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Ours);
        var shown = await site.GetAsync(token);
        Assert.Contains(
            "Make contact by",
            shown.Page.QuerySelector(".esc-due__label")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Thursday 15 October 2026 at 5pm", shown.Page.QuerySelector(".esc-due__when")!.TextContent);
        Assert.Equal((true, false), (shown.Asks("contact"), shown.Asks("contactDispute")));

        var form = shown.Form("contact");
        var bare = await site.PostAsync(token, form);
        Assert.Equal(HttpStatusCode.BadRequest, bare.Status);
        Assert.NotNull(bare.Page.QuerySelector("#contact-name-error"));
        Assert.Empty((await world.ReadAsync(document.Case.Reference)).Case.Stage.Met);

        form["name"] = "Mona Manager";
        var receipt = await site.PostAsync(token, form);
        Assert.Equal("Contact recorded", receipt.Heading);
        Assert.Contains("To be answered by 5pm Friday 16 October 2026", receipt.Text, StringComparison.Ordinal);
        Assert.Equal(receipt.Html, (await site.PostAsync(token, form)).Html);
        Assert.Single((await world.ReadAsync(document.Case.Reference)).Case.Stage.Met);

        var after = await site.GetAsync(token);
        Assert.Contains(
            "Answer by",
            after.Page.QuerySelector(".esc-due__label")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal((false, false), (after.Asks("contact"), after.Asks("contactDispute")));
    }

    [Fact]
    public async Task The_raising_side_says_from_its_link_that_a_contact_did_not_happen_and_nobody_else_is_asked()
    {
        var (world, site, document) = await AtLineManagersAsync();
        await using var w = world;
        await using var s = site;
        var theirs = world.Token(document, Theirs);
        var form = (await site.GetAsync(theirs)).Form("contact");
        form["name"] = "Theo Theirs";
        await site.PostAsync(theirs, form);
        Assert.False((await site.GetAsync(theirs)).Asks("contactDispute"));

        var ours = world.Token(document, Ours);
        var shown = await site.GetAsync(ours);
        Assert.True(shown.Asks("contactDispute"));
        var dispute = shown.Form("contactDispute");
        dispute["name"] = "Mona Manager";
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync(ours, dispute)).Status);
        dispute["reason"] = "SECRET-REASON";
        var receipt = await site.PostAsync(ours, dispute);
        Assert.Equal("Contact disputed", receipt.Heading);
        Assert.DoesNotContain("SECRET", receipt.Html, StringComparison.Ordinal);
        var c = (await world.ReadAsync(document.Case.Reference)).Case;
        Assert.Equal((LimitFor.Contact, true), (c.Stage.For, c.Stage.ContactDisputed));
        Assert.False((await site.GetAsync(ours)).Asks("contactDispute"));
    }

    [Fact]
    public async Task The_Heads_are_asked_by_their_link_for_the_referral_and_the_page_says_so()
    {
        var (world, site, document) = await StartAsync("surrey-adults", "2026-10-12T09:00:00Z");
        await using var w = world;
        await using var s = site;
        var reference = document.Case.Reference;
        await world.AdvanceAsync(reference, "2026-10-13T16:00:00Z");
        for (var stage = 2; stage < 6; stage++)
            document = await world.AdvanceAsync(
                reference,
                (await world.ReadAsync(reference)).Case.Stage.Deadline!.At.ToString("O")
            );
        Assert.Equal("6", document.Case.Stage.Id);
        var heads = world.Token(document, $"{World.Raising}/headOfService");
        var shown = await site.GetAsync(heads);
        Assert.Contains(
            "Refer it by",
            shown.Page.QuerySelector(".esc-due__label")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("with the escalation standard form", shown.Text, StringComparison.Ordinal);
        var recorded = await site.PostAsync(
            heads,
            With(
                Resolved,
                ("step", "record"),
                ("outcome", Outcomes.Referred),
                ("discussedOn", UkDay(document.Case.Stage.OpenedAt)),
                ("summary", "Sent with the form.")
            )
        );
        Assert.Equal((HttpStatusCode.OK, "Outcome recorded"), (recorded.Status, recorded.Heading));
        var after = await world.ReadAsync(reference);
        Assert.True(after.Case.Stage.IsWithoutLimit);
        var board = await site.GetAsync(world.Token(after, "surrey-adults/board"));
        Assert.Contains("No time limit runs any more: the matter was referred.", board.Text, StringComparison.Ordinal);
    }

    private static string UkDay(DateTimeOffset at) => $"{at:yyyy-MM-dd}";
}
