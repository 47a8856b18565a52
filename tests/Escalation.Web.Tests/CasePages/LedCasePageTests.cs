using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.Tests.Emails;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;

namespace Escalation.Web.Tests.CasePages;

/// <summary>A case that is taken to another procedure, as its people see it: the MASH procedure, which leads to Suffolk's own.</summary>
public sealed class LedCasePageTests
{
    private const string Suffolk = "Multi-Agency Escalation Process",
        ToSuffolk = "policy:suffolk";

    private static Policy Leading(string stage) =>
        OwnDocument.Read(
            OwnDocument.Of(
                "suffolk-mash",
                d =>
                {
                    d["version"] = Policy.FirstOwnVersion;
                    LedCase.Lead(d, stage, "suffolk");
                }
            )
        );

    [Fact]
    public async Task The_form_offers_the_other_procedure_and_the_pages_and_the_API_have_the_case_under_it()
    {
        await using var host = await TestHost.StartAsync();
        var added = await StoredPolicies.AddAsync(
            host.Store,
            Leading("1"),
            null,
            "key:test",
            "A test",
            host.Clock.GetUtcNow(),
            default
        );
        Assert.IsType<PolicyStoring.Stored>(added);
        var reference = await host.OpenCaseAsync("suffolk-mash", b => b["nature"] = new JsonArray("referralDecision"));
        var manager = await CaseBrowser.ManagerAsync(host, "suffolk");
        var form = await manager.OpenAsync($"/cases/{reference}/outcomes");
        var choices = form.Page.QuerySelectorAll("input[name=to]").Select(i => i.GetAttribute("value"));
        Assert.Equal(["2", ToSuffolk], choices);
        Assert.Contains($"Another procedure: {Suffolk}", form.Text, StringComparison.Ordinal);
        Assert.Contains("For a plan that is stuck", form.Text, StringComparison.Ordinal);
        var sent = await manager.FillAsync(
            $"/cases/{reference}/outcomes",
            ("outcome", "escalate"),
            ("to", ToSuffolk),
            ("method", "phone"),
            ("discussedOn.day", "25"),
            ("discussedOn.month", "9"),
            ("discussedOn.year", "2026"),
            ("summary", "Not agreed."),
            ("by.agency", "school"),
            ("by.name", "Sam School")
        );
        var page = await manager.FollowAsync(sent);
        Assert.Contains(Suffolk, page.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"to another procedure: {Suffolk}, version {PolicyCatalogue.BuiltIn.Find("suffolk")!.Version}.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["/policies/suffolk", "/policies/suffolk-mash"],
            page.Page.QuerySelectorAll(".esc-actions a[href^='/policies/']").Select(a => a.GetAttribute("href"))
        );
        using var client = await host.AdministratorAsync();
        var read = (await client.GetJsonAsync($"/api/escalations/{reference}")).Json;
        Assert.Equal(
            ("suffolk", "suffolk-mash", 1000, "suffolk.1"),
            (
                (string?)read["policy"]!["id"],
                (string?)read["policyBefore"]!["id"],
                (int)read["policyBefore"]!["version"]!,
                (string?)read["stage"]!["id"]
            )
        );
        Assert.Contains(
            "suffolk.1",
            (await manager.OpenAsync($"/cases/{reference}/record")).Html + page.Html,
            StringComparison.Ordinal
        );
        var report = await manager.OpenAsync("/reports/annual?partnership=suffolk&year=2026");
        Assert.Contains(
            "Taken from here to another procedure, and counted there: 1 escalation.",
            report.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_procedures_page_and_the_API_say_where_a_stage_leads()
    {
        await using var host = await TestHost.StartAsync();
        await StoredPolicies.AddAsync(
            host.Store,
            Leading("2"),
            null,
            "key:test",
            "A test",
            host.Clock.GetUtcNow(),
            default
        );
        var manager = await CaseBrowser.ManagerAsync(host, "suffolk");
        var page = await manager.OpenAsync("/policies/suffolk-mash");
        Assert.Contains(
            "Whoever escalates may take the case to suffolk instead: For a plan that is stuck.",
            page.Text,
            StringComparison.Ordinal
        );
        using var client = await host.AdministratorAsync();
        var final = (await client.GetJsonAsync("/api/policies/suffolk-mash")).Json["stages"]![1]!;
        Assert.Equal("suffolk", (string?)final["leadsTo"]![0]!["policy"]);
        Assert.Contains(Outcomes.Escalate, final["outcomes"]!.AsArray().Select(o => (string?)o));
    }

    [Fact]
    public async Task Links_of_stages_that_were_left_are_closed_and_the_emails_say_where_it_went()
    {
        var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("suffolk");
        await using var w = world;
        await world.StoreAsync(Leading("2"));
        var post = new Post(world);
        await using var site = await LinkSite.StartAsync(world);
        var reference = (await world.OpenAsync("suffolk-mash")).Case.Reference;
        var day = new DateOnly(2026, 10, 12);
        await world.DoAsync(reference, World.Outcome("1", "escalate", World.Raising, day));
        var (before, asked) = await post.SendAsync(reference);
        Assert.Contains(
            asked,
            e => e.Text.Contains("Not agreed: take it to another procedure", StringComparison.Ordinal)
        );
        await world.DoAsync(reference, World.Outcome("2", "escalate", World.Raising, day) with { To = ToSuffolk });
        var (led, told) = await post.SendAsync(reference);
        Assert.Equal("suffolk.1", led.Case.Stage.Id);
        Assert.Contains(
            told,
            e =>
                Post.Unwrapped(e)
                    .Contains($"one of its people took it to another procedure: {Suffolk}.", StringComparison.Ordinal)
        );
        foreach (var stage in new[] { "1", "2" })
        {
            var closed = await site.GetAsync(world.Token(before, LinkCases.Raiser, stage: stage));
            Assert.Contains("This stage has closed.", closed.Text, StringComparison.Ordinal);
        }
        var open = await site.PostAsync(
            world.Token(led, LinkCases.Raiser),
            LinkCases.With(LinkCases.Resolved, ("step", "record"), ("discussedOn", "2026-10-12"))
        );
        Assert.Equal("Outcome recorded", open.Heading);
        Assert.Equal("suffolk.1", (await world.ReadAsync(reference)).Case.Stage.Id);
    }
}
