using System.Text.Json;
using Escalation.Browser.Tests.Driving;
using Escalation.Testing;
using Microsoft.Playwright;

namespace Escalation.Browser.Tests;

/// <summary>What a manager sees who follows an emailed link on a phone: every state is accessible, fits, and names nobody.</summary>
public sealed class LinkPageTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 12, 23);
    private Site _site = null!;
    private string _reference = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.StartAsync("2026-12-23T10:00:00Z");
        _reference = await Nasty.OpenAsync(_site, "sandwell-childrens-trust");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Every_state_of_the_outcome_s_pages_is_accessible_fits_a_phone_and_names_nobody()
    {
        await using var visitor = await Chromium.VisitAsync(_site, Sight.Phone);
        await FollowAsync(visitor);
        await LookAsync(visitor, "the stage's page");
        Assert.Contains(
            "Thursday 24 December 2026",
            await visitor.Page.Locator(".esc-due").InnerTextAsync(),
            StringComparison.Ordinal
        );
        Assert.True(
            await visitor
                .Page.Locator(".esc-due")
                .EvaluateAsync<bool>(
                    "e => { const at = e.getBoundingClientRect(); return at.height > 0 && at.bottom < window.innerHeight; }"
                ),
            "The deadline is on the first screen."
        );
        await visitor.Page.Locator("summary").Filter(new() { HasText = "Why this date" }).ClickAsync();
        await LookAsync(visitor, "why this date");
        await visitor.StepAsync("check");
        Assert.StartsWith("Error: ", await visitor.Page.TitleAsync(), StringComparison.Ordinal);
        await LookAsync(visitor, "the form sent empty");
        await visitor.FillInAsync(
            new Dictionary<string, string>(OutcomeAnswers.For("resolved", Today, "oak-primary"))
            {
                ["summary"] = Nasty.Markup + Nasty.RightToLeft + Nasty.Long[..9_000],
            }
        );
        await visitor.StepAsync("check");
        Assert.Equal("Check your answers", await visitor.HeadingAsync());
        await LookAsync(visitor, "check your answers");
        await visitor.StepAsync("record");
        await LookAsync(visitor, "recorded");
        Assert.Equal("awaitingConfirmation", (await CaseAsync()).GetProperty("status").GetString());
        await visitor.Page.ReloadAsync();
        await LookAsync(visitor, "recorded, and loaded again");
        await FollowAsync(visitor);
        await LookAsync(visitor, "already answered");

        var asked = (await _site.EmailsAsync(_reference, "confirmationAsked"))[0];
        await visitor.FollowEmailAsync(asked, asked.Links.Count - 1);
        await LookAsync(visitor, "confirm");
        await visitor.SubmitAsync();
        await LookAsync(visitor, "confirm, sent empty");
        await visitor.FillInAsync(new Dictionary<string, string> { ["answer"] = "confirm", ["name"] = "Con Firmer" });
        await visitor.SubmitAsync();
        await LookAsync(visitor, "confirmed");
        Assert.Equal("resolved", (await CaseAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_late_answer_and_its_adoption_a_hand_over_and_a_forged_link_are_as_good_pages()
    {
        await using var late = await Chromium.VisitAsync(_site, Sight.Phone);
        var first = (await _site.EmailsAsync(_reference, "stageOpened")).First(e => e.Links.Count > 0);
        await _site.MoveAsync(UkTime.At("2026-12-24 10:00"));
        await late.FollowEmailAsync(first, first.Links.Count - 1);
        await LookAsync(late, "a closed stage");
        await late.FillInAsync(OutcomeAnswers.For("escalate", Today, "oak-primary"));
        await late.StepAsync("check");
        await late.StepAsync("record");
        await LookAsync(late, "a late answer recorded");

        await using var present = await Chromium.VisitAsync(_site, Sight.Phone);
        var second = (await _site.EmailsAsync(_reference, "stageOpened")).Last(e => e.Links.Count > 0);
        await present.FollowEmailAsync(second, second.Links.Count - 1);
        await LookAsync(present, "a late answer to adopt");
        await OpenDetailsAsync(present);
        await LookAsync(present, "everything opened");

        await present.GoAsync("/r/" + new string('a', 60));
        Assert.Equal("This link does not work", await present.HeadingAsync());
        await LookAsync(present, "a forged link");
    }

    [Fact]
    public async Task Reload_Back_and_Forward_between_the_form_and_its_check_page_lose_nothing()
    {
        await using var visitor = await Chromium.VisitAsync(_site, Sight.Phone);
        var page = visitor.Page;
        await FollowAsync(visitor);
        await visitor.FillInAsync(
            new Dictionary<string, string>(OutcomeAnswers.For("escalate", Today, "oak-primary")) { ["summary"] = "" }
        );
        await visitor.StepAsync("check");
        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        await visitor.FillAsync("summary", "We spoke, and did not agree.");
        await visitor.StepAsync("check");
        Assert.Equal("Check your answers", await visitor.HeadingAsync());

        await page.ReloadAsync();
        Assert.Equal("Check your answers", await visitor.HeadingAsync());
        Assert.Contains("did not agree", await page.Locator("dl").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.GoBackAsync();
        await page.GoBackAsync();
        Assert.Equal("We spoke, and did not agree.", await page.Locator("[name=summary]").First.InputValueAsync());
        await LookAsync(visitor, "the form, gone back to");
        await page.GoForwardAsync();
        await page.GoForwardAsync();
        Assert.Equal("Check your answers", await visitor.HeadingAsync());
        await visitor.StepAsync("record");
        Assert.Equal("Outcome recorded", await visitor.HeadingAsync());
        await page.ReloadAsync();
        Assert.Equal("Outcome recorded", await visitor.HeadingAsync());
        await page.GoBackAsync();
        await page.GoForwardAsync();
        Assert.Equal("Outcome recorded", await visitor.HeadingAsync());
        Assert.Equal("1", (await CaseAsync()).GetProperty("stage").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_keyboard_alone_records_an_outcome()
    {
        await using var visitor = await Chromium.VisitAsync(_site);
        await FollowAsync(visitor);
        await visitor.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await visitor.Page.Locator(":focus").InnerTextAsync());
        var page = visitor.Page;
        await visitor.TabToAsync(page.Locator("input[name=outcome]"));
        await ArrowToAsync(page, "outcome", "escalate");
        await visitor.TabToAsync(page.Locator("input[name=method]"));
        await ArrowToAsync(page, "method", "phone");
        foreach (
            var (name, text) in new[]
            {
                ("discussedOn.day", "23"),
                ("discussedOn.month", "12"),
                ("discussedOn.year", "2026"),
                ("summary", "We spoke."),
                ("name", "Ann Swer"),
            }
        )
        {
            await visitor.TabToAsync(page.Locator($"[name='{name}']").First);
            await page.Keyboard.TypeAsync(text);
        }
        await visitor.TabToAsync(page.Locator("button[name=step][value=check]:not([aria-hidden])"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("button[value=record]");
        await visitor.TabToAsync(page.Locator("button[name=step][value=record]"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".govuk-panel");
        Assert.Equal("1", (await CaseAsync()).GetProperty("stage").GetProperty("id").GetString());
    }

    private async Task FollowAsync(Visitor visitor)
    {
        var email = (await _site.EmailsAsync(_reference, "stageOpened")).First(e =>
            e.Links.Count > 0 && e.Key.EndsWith("/receiving", StringComparison.Ordinal)
        );
        await visitor.FollowEmailAsync(email, email.Links.Count - 1);
    }

    private static Task OpenDetailsAsync(Visitor visitor) =>
        visitor.Page.Locator("details").EvaluateAllAsync<object>("all => all.forEach(d => d.open = true)");

    /// <summary>Arrow keys move within radios of one name.</summary>
    private static async Task ArrowToAsync(IPage page, string name, string value)
    {
        for (var i = 0; i < 20 && !await page.Locator($"input[name='{name}'][value='{value}']").IsCheckedAsync(); i++)
            await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await page.Locator($"input[name='{name}'][value='{value}']").IsCheckedAsync());
    }

    private async Task<JsonElement> CaseAsync() => await _site.GetAsync($"/api/escalations/{_reference}");

    private static async Task LookAsync(Visitor visitor, string state)
    {
        await visitor.SoundAsync(state);
        var title = await visitor.Page.TitleAsync();
        Assert.NotEqual("run", title);
        var text = await visitor.Page.InnerTextAsync("body");
        Assert.DoesNotContain("2015", text, StringComparison.Ordinal);
        Assert.DoesNotContain("👩‍👩‍👧‍👦", text, StringComparison.Ordinal);
    }
}
