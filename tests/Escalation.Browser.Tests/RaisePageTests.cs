using Escalation.Browser.Tests.Driving;
using Escalation.Core.Policies;
using Microsoft.Playwright;

namespace Escalation.Browser.Tests;

/// <summary>
/// Raising a concern in a browser: every state is accessible and fits, with the keyboard alone, and without script on a
/// phone.
/// </summary>
public sealed class RaisePageTests : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync("2026-12-23T10:00:00Z");

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Every_state_is_accessible_fits_a_phone_and_has_nobody_in_its_address_or_title()
    {
        await using var visitor = await Chromium.VisitAsync(_site);
        await visitor.SignInAsync();
        foreach (var _ in new[] { "the first case", "a possible duplicate" })
        {
            await visitor.OpenAsync("/raise");
            await LookAsync(visitor, "choosing the procedure");
            await visitor.OpenAsync("/raise/sandwell");
            await visitor.StepAsync("answered");
            await LookAsync(visitor, "the first questions unanswered");
            await visitor.FillInAsync(First(imminent: "yes"));
            await visitor.StepAsync("answered");
            await LookAsync(visitor, "the form");
            await visitor.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
            await LookAsync(visitor, "the form unfolded");
            await visitor.StepAsync("check");
            Assert.StartsWith("Error: ", await visitor.Page.TitleAsync(), StringComparison.Ordinal);
            await LookAsync(visitor, "the form sent empty");
            await visitor.FillInAsync(Answers("child"));
            await ChooseAgenciesAsync(visitor);
            await visitor.FillAsync("natureOther", Nasty.Markup);
            await visitor.FillAsync("raisedBy.name", Nasty.Markup);
            await visitor.StepAsync("moreAgencies");
            await LookAsync(visitor, "another agency");
            await visitor.StepAsync("check");
            Assert.Equal("Check your answers", (await visitor.HeadingAsync()).Split('\n')[^1].Trim());
            await LookAsync(visitor, "check your answers");
            await visitor.StepAsync("open");
            await LookAsync(visitor, "opened");
        }
        await visitor.OpenAsync("/raise/suffolk");
        await visitor.FillInAsync(First(conduct: "yes"));
        await visitor.StepAsync("answered");
        await LookAsync(visitor, "a colleague's conduct");
    }

    [Fact]
    public async Task A_possible_duplicate_is_shown_with_a_way_to_it()
    {
        await using var visitor = await Chromium.VisitAsync(_site, Sight.Phone);
        await visitor.SignInAsync();
        await RaiseAsync(visitor, "sefton", "child");
        var reference = visitor.Page.Url.Split('=')[^1];
        await ToCheckAsync(visitor, "sefton", "child");
        await LookAsync(visitor, "a possible duplicate");
        Assert.Equal(
            $"/cases/{reference}",
            await visitor.Page.Locator(".govuk-notification-banner a").GetAttributeAsync("href")
        );
    }

    [Fact]
    public async Task Without_script_on_a_phone_each_procedure_opens_a_case()
    {
        await using var visitor = await Chromium.VisitAsync(_site, Sight.Phone with { Script = false });
        await visitor.SignInAsync();
        foreach (var policy in PolicyCatalogue.BuiltIn.All)
        {
            await RaiseAsync(visitor, policy.Id, policy.Parties.PersonKinds[0]);
            Assert.Equal("Concern raised", await visitor.HeadingAsync());
        }
    }

    [Fact]
    public async Task A_keyboard_alone_raises_a_concern()
    {
        await using var visitor = await Chromium.VisitAsync(_site);
        await visitor.SignInAsync();
        await visitor.OpenAsync("/raise/sefton");
        var page = visitor.Page;
        foreach (var name in new[] { "imminentRisk", "conductOfColleague" })
        {
            await visitor.TabToAsync(page.Locator($"input[name={name}]").First);
            await page.Keyboard.PressAsync("Space");
            await page.Keyboard.PressAsync("ArrowDown");
        }
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("textarea[name=details]");
        await visitor.TabToAsync(page.Locator("input[name='person.kind']").First);
        await page.Keyboard.PressAsync("Space");
        foreach (
            var (name, text) in new[]
            {
                ("person.name", "Alex Example"),
                ("details", "Some details."),
                ("raisedBy.agency", "Dunes"),
                ("raisedBy.name", "Robin Raiser"),
                ("receivedBy[0].agency", "Mersey"),
            }
        )
        {
            await visitor.TabToAsync(page.Locator($"[name='{name}']").First);
            await page.Keyboard.TypeAsync(text);
        }
        await visitor.TabToAsync(page.Locator("input[name='receivedBy[0].name']"));
        // Enter in a field checks the answers: it adds no agency.
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("button[value=open]");
        await visitor.TabToAsync(page.Locator("button[value=open]"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".govuk-panel");
        Assert.Contains(
            "Robin Raiser",
            (await _site.GetAsync($"/api/escalations/{page.Url.Split('=')[^1]}")).GetRawText(),
            StringComparison.Ordinal
        );
    }

    private static async Task RaiseAsync(Visitor visitor, string policy, string kind)
    {
        await ToCheckAsync(visitor, policy, kind);
        await visitor.StepAsync("open");
        Assert.Contains($"/raise/{policy}?opened=", visitor.Page.Url, StringComparison.Ordinal);
    }

    private static async Task ToCheckAsync(Visitor visitor, string policy, string kind)
    {
        await visitor.OpenAsync($"/raise/{policy}");
        await visitor.FillInAsync(First());
        await visitor.StepAsync("answered");
        await visitor.FillInAsync(Answers(kind));
        await ChooseAgenciesAsync(visitor);
        await visitor.StepAsync("check");
        await visitor.Page.WaitForSelectorAsync("button[value=open]");
    }

    private static async Task ChooseAgenciesAsync(Visitor visitor)
    {
        foreach (
            var (name, at) in new[]
            {
                ("raisedBy.agency", 1),
                ("receivedBy[0].agency", 2),
                ("agencies[0].agency", 2),
                ("agencies[1].agency", 3),
            }
        )
            if (await visitor.Page.Locator($"select[name='{name}']").CountAsync() > 0)
                await visitor
                    .Page.Locator($"select[name='{name}']")
                    .SelectOptionAsync(new SelectOptionValue { Index = at });
    }

    private static Dictionary<string, string> First(string imminent = "no", string conduct = "no") =>
        new() { ["imminentRisk"] = imminent, ["conductOfColleague"] = conduct };

    private static Dictionary<string, string> Answers(string kind) =>
        new()
        {
            ["person.kind"] = kind,
            ["person.name"] = $"Alex Example {Nasty.RightToLeft}",
            ["person.dateOfBirth"] = "2001-03-04",
            ["nature"] = "other",
            ["natureOther"] = "In our words",
            ["details"] = Nasty.Long,
            ["raisedBy.name"] = "Robin Raiser",
            ["raisedBy.email"] = "robin@example.org",
            ["receivedBy[0].name"] = Nasty.RightToLeft,
            ["receivedBy[0].email"] = "rowan@example.org",
            ["others[0].name"] = new string('W', 200),
        };

    private static async Task LookAsync(Visitor visitor, string state)
    {
        await visitor.SoundAsync(state);
        var (title, address) = (await visitor.Page.TitleAsync(), visitor.Page.Url);
        Assert.NotEqual("run", title);
        Assert.DoesNotContain("Alex", title + address, StringComparison.Ordinal);
    }
}
