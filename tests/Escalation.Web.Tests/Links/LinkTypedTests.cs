using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Escalation.Core.Storage;
using Escalation.Web.Tokens;
using static Escalation.Web.Tests.Links.LinkCases;

namespace Escalation.Web.Tests.Links;

/// <summary>Every text field of every form on a link's pages is recorded, whatever else is answered there.</summary>
public sealed class LinkTypedTests
{
    [Fact]
    public async Task Whatever_is_typed_with_an_outcome_is_recorded()
    {
        await using var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("suffolk");
        await using var site = await LinkSite.StartAsync(world);
        var document = await world.OpenAsync(
            "suffolk",
            o => o with { Nature = ["childProtectionConference"], NatureOther = null }
        );
        document = await world.AdvanceAsync(document.Case.Reference, "2026-10-15T16:00:00Z");
        var token = world.Token(document, $"{World.Raising}/safeguardingLead");
        var (form, typed) = Filled(await site.GetAsync(token), "check");
        (form["step"], form["outcome"], form["method"]) = ("record", "escalate", "phone");
        Assert.Contains("Typed into fields.evidenceBase", typed);
        Assert.Contains("Typed into actions[2].byWhom", typed);

        await RecordedAsync(world, site, document, token, form, typed);
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("dispute")]
    public async Task Whatever_is_typed_with_a_confirmation_or_a_dispute_is_recorded(string answer)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = await ToConfirmAsync(world, site, document);
        var (form, typed) = Filled(await site.GetAsync(token), "record");
        form["answer"] = answer;

        await RecordedAsync(world, site, document, token, form, typed);
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("dispute")]
    public async Task A_text_that_is_too_long_is_said_at_its_field_whatever_the_answer(string answer)
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = await ToConfirmAsync(world, site, document);

        var shown = await site.PostAsync(
            token,
            ("step", "record"),
            ("answer", answer),
            ("name", "Rosa Raiser"),
            ("reason", new string('x', 10_001))
        );

        Assert.Equal(HttpStatusCode.BadRequest, shown.Status);
        var error = Assert.Single(shown.Page.QuerySelectorAll(".govuk-error-summary a"));
        Assert.Equal(
            ("#reason", "Why you dispute it must be 10,000 characters or fewer"),
            (error.GetAttribute("href"), error.TextContent)
        );
        Assert.NotNull(shown.Page.QuerySelector("#reason-error"));
    }

    [Fact]
    public async Task Whatever_is_typed_with_an_adoption_is_recorded()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var late = world.Token(document, Raiser);
        await world.AdvanceAsync(document.Case.Reference, "2026-12-24T10:00:00Z");
        await site.PostAsync(late, With(Resolved, ("step", "record")));
        var token = world.Token(await world.ReadAsync(document.Case.Reference), $"{World.Raising}/lineManager");
        var (form, typed) = Filled(await site.GetAsync(token), "adopt");

        await RecordedAsync(world, site, document, token, form, typed);
    }

    [Fact]
    public async Task Whatever_is_typed_with_a_hand_over_is_recorded()
    {
        var (world, site, document) = await StartAsync();
        await using var w = world;
        await using var s = site;
        var token = world.Token(document, Raiser);
        var (form, typed) = Filled(await site.GetAsync(token), "handOver");

        await RecordedAsync(world, site, document, token, form, typed);
    }

    private static async Task<string> ToConfirmAsync(World world, LinkSite site, CaseDocument document)
    {
        await site.PostAsync(world.Token(document, Receiver), With(Resolved, ("step", "record")));
        return world.Token(await world.ReadAsync(document.Case.Reference), Raiser, LinkAction.Confirm);
    }

    /// <summary>The form of this button with words of its own in every text field, every box ticked, and a choice in every list.</summary>
    private static (Dictionary<string, string> Form, List<string> Typed) Filled(Shown shown, string step)
    {
        var (form, typed) = (shown.Form(step), new List<string>());
        var elements = (
            (IHtmlFormElement)shown.Page.QuerySelector($"button[name=step][value={step}]")!.Closest("form")!
        ).Elements;
        foreach (var field in elements)
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox" } box:
                    form[box.Name!] = box.Value;
                    break;
                case IHtmlSelectElement list:
                    form[list.Name!] = list.Options[^1].Value;
                    break;
                case IHtmlInputElement { Type: not ("hidden" or "radio") } input when DatePart(input.Name!) is { } part:
                    form[input.Name!] = part;
                    break;
                case IHtmlInputElement { Type: "email" } input:
                    typed.Add(form[input.Name!] = "typed@oak-primary.example.org");
                    break;
                case IHtmlInputElement { Type: "text" } input:
                    typed.Add(form[input.Name!] = $"Typed into {input.Name}");
                    break;
                case IHtmlTextAreaElement area:
                    typed.Add(form[area.Name!] = $"Typed into {area.Name}");
                    break;
            }
        return (form, typed);
    }

    private static string? DatePart(string name) =>
        name.Split('.')[^1] switch
        {
            "day" => "15",
            "month" => "10",
            "year" => "2026",
            _ => null,
        };

    private static async Task RecordedAsync(
        World world,
        LinkSite site,
        CaseDocument document,
        string token,
        Dictionary<string, string> form,
        List<string> typed
    )
    {
        var shown = await site.PostAsync(token, form);
        Assert.True(shown.Status == HttpStatusCode.OK, shown.Text);
        var after = await world.ReadAsync(document.Case.Reference);
        var words = string.Join(
            '\n',
            DocumentFormat.Recorded(after.Events, after.Words).Select(r => JsonSerializer.Serialize(r.Event.Words))
        );
        Assert.NotEmpty(typed);
        Assert.All(typed, text => Assert.Contains($"\"{text}\"", words, StringComparison.Ordinal));
    }
}
