using System.Text.Json.Nodes;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Emails;
using Escalation.Web.Tests.Links;

namespace Escalation.Web.Tests.Wording;

/// <summary>A procedure that calls things otherwise is read in its own words, wherever its people read of their case.</summary>
public sealed class OwnWordsTests
{
    private static readonly Policy Own = OwnDocument.Read(
        OwnDocument.Of(
            "suffolk",
            policy =>
            {
                policy["version"] = Policy.FirstOwnVersion;
                policy["words"] = JsonNode.Parse(
                    """
                    {
                      "disagreement": "open question",
                      "stage": "level",
                      "escalate": "hand it up",
                      "escalated": "handed up",
                      "outcomes": [
                        { "id": "escalate", "choice": "Not closed", "phrase": "not closed, handed up", "condition": "handed up" },
                        { "id": "resolved", "choice": "Closed: both see it the same way", "phrase": "closed by both" }
                      ]
                    }
                    """
                );
            }
        )
    );

    [Fact]
    public async Task In_emails()
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("suffolk");
        await world.StoreAsync(Own);
        var document = await world.OpenAsync("suffolk");
        var all = new List<(CaseDocument Document, Email Email)>();
        await Lives.LiveAsync(world, new Post(world), document.Case.Reference, World.At("2026-12-01T10:00:00Z"), all);

        var texts = string.Join('\n', all.Select(e => e.Email.Text)).ReplaceLineEndings(" ");
        Assert.Contains(
            "You are asked to settle an open question between Oak Primary",
            texts,
            StringComparison.Ordinal
        );
        Assert.Contains("Not closed: hand it up to the next level", texts, StringComparison.Ordinal);
        Assert.Contains("This is the last level", texts, StringComparison.Ordinal);
        Assert.Contains("Level: Stage 2 (", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("disagreement between", texts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_link_s_page_its_form_and_its_receipts()
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("suffolk");
        await using var site = await LinkSite.StartAsync(world);
        await world.StoreAsync(Own);
        var document = await world.OpenAsync("suffolk");
        var token = world.Token(document, LinkCases.Receiver);

        var shown = await site.GetAsync(token);
        Assert.Contains("Not closed: hand it up to stage 2 now", shown.Text);
        Assert.Contains("Closed: both see it the same way", shown.Text);

        var sent = await site.PostAsync(
            token,
            LinkCases.With(LinkCases.Resolved, ("step", "record"), ("discussedOn", "2026-10-12"))
        );
        Assert.Contains("Closed by both", sent.Text);
        var asked = await site.GetAsync(world.Token(document, LinkCases.Raiser, action: Tokens.LinkAction.Confirm));
        Assert.Contains("that this level was closed by both", asked.Text);
        Assert.Contains("The case ends: closed by both.", asked.Text);
    }

    /// <summary>Section 7 of the Surrey text: an agreed risk is no dispute.</summary>
    [Fact]
    public async Task No_email_of_a_shared_risk_speaks_of_a_disagreement()
    {
        var all = new List<(CaseDocument Document, Email Email)>();
        var (world, post, document) = await Lives.StartAsync("surrey-adults-risk");
        await using var w = world;
        await Lives.LiveAsync(world, post, document.Case.Reference, World.At("2027-03-01T10:00:00Z"), all);

        Assert.NotEmpty(all);
        Assert.All(
            all,
            e =>
            {
                Assert.DoesNotContain("disagree", e.Email.Text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("Not agreed", e.Email.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("escalated", e.Email.Text, StringComparison.Ordinal);
            }
        );
    }
}
