using Escalation.Browser.Tests.Driving;

namespace Escalation.Browser.Tests;

/// <summary>The case page in the states that a crawl does not meet, and a case taken to its end by staff alone.</summary>
public sealed class CasePageTests
{
    [Fact]
    public async Task The_case_page_its_record_and_its_actions_are_accessible_and_fit_a_phone_whatever_people_typed()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        var reference = await Nasty.OpenAsync(site);
        await site.PostAsync(
            $"/api/escalations/{reference}/notes",
            new
            {
                by = new
                {
                    agency = "oak-primary",
                    name = Nasty.RightToLeft,
                    role = Nasty.Markup,
                },
                text = Nasty.Long,
            }
        );
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        foreach (
            var path in new[]
            {
                "?events=all&recorded=1",
                "/record",
                "/outcomes",
                "/hand-over",
                "/change-contact",
                "/hold",
                "/legal-hold",
            }
        )
        {
            await visitor.OpenAsync($"/cases/{reference}{path}");
            await visitor.SoundAsync(path);
            Assert.DoesNotContain("run", await visitor.Page.TitleAsync(), StringComparison.Ordinal);
        }
        await visitor.OpenAsync($"/cases/{reference}/outcomes");
        await visitor.PressAsync("Check your answers");
        await visitor.SoundAsync("an outcome sent empty");
        await site.MoveAsync(new(2027, 2, 1, 9, 0, 0, TimeSpan.Zero));
        await visitor.OpenAsync($"/cases/{reference}");
        await visitor.SoundAsync("overdue at the last stage");
        await visitor.OpenAsync($"/cases/{reference}/withdraw");
        await visitor.FillAsync("reason", "No longer needed");
        await visitor.FillAsync("by.name", "Mel Manager");
        await visitor.ChooseAsync("by.agency", "oak-primary");
        await visitor.PressAsync("Withdraw it");
        await visitor.SoundAsync("ended");
    }

    [Fact]
    public async Task Staff_take_a_case_from_a_hold_to_a_confirmed_outcome_without_script()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        var opened = await site.PostAsync(
            "/api/escalations",
            new
            {
                policy = "suffolk",
                person = new { kind = "child", name = "Alex Example" },
                raisedBy = new
                {
                    agency = "other",
                    agencyName = "A school",
                    name = "Ann",
                },
                receivedBy = new
                {
                    agency = "other",
                    agencyName = "A trust",
                    name = "Bo",
                },
                details = "They disagree.",
            }
        );
        var reference = opened.GetProperty("reference").GetString()!;
        await using var visitor = await Chromium.VisitAsync(site, Sight.Phone with { Script = false });
        await visitor.SignInAsync();

        await visitor.OpenAsync($"/cases/{reference}");
        await visitor.FollowAsync("Put on hold (Stop and Review)");
        await SayAsync(visitor, ("reason", "To reflect"), ("askedBy", "The chair"));
        await visitor.ChooseAsync("managerConsulted", "yes");
        await visitor.ChooseAsync("by.agency", "other-1");
        await visitor.PressAsync("Put on hold");
        Assert.Equal("On hold", await visitor.Page.Locator(".govuk-summary-list .govuk-tag").First.InnerTextAsync());

        await visitor.FollowAsync("Record an outcome");
        await visitor.ChooseAsync("outcome", "resolved");
        await visitor.ChooseAsync("method", "phone");
        await visitor.FillDateAsync("discussedOn", new(2026, 12, 23));
        await visitor.SelectAsync("recordKeeper", "other-1");
        await SayAsync(visitor, ("summary", "Agreed"));
        await visitor.ChooseAsync("by.agency", "other-2");
        await visitor.PressAsync("Check your answers");
        await visitor.PressAsync("Record the outcome");
        Assert.Equal(
            "Awaiting confirmation",
            await visitor.Page.Locator(".govuk-summary-list .govuk-tag").First.InnerTextAsync()
        );

        await visitor.FollowAsync("Confirm the outcome");
        await SayAsync(visitor);
        await visitor.PressAsync("Confirm it");
        Assert.Equal(
            "Resolved by agreement",
            await visitor.Page.Locator(".govuk-summary-list .govuk-tag").First.InnerTextAsync()
        );
        Assert.Contains(
            "A school confirmed the agreed outcome of stage 1.",
            await visitor.Page.Locator(".govuk-notification-banner").InnerTextAsync(),
            StringComparison.Ordinal
        );
    }

    private static async Task SayAsync(Visitor visitor, params (string Name, string Text)[] fields)
    {
        foreach (var (name, text) in fields.Append(("by.name", "Mel Manager")))
            await visitor.FillAsync(name, text);
    }
}
