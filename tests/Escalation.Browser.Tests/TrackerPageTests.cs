using Escalation.Browser.Tests.Driving;

namespace Escalation.Browser.Tests;

/// <summary>The tracker in a browser: its states are accessible and fit a phone, and it is used without script.</summary>
public sealed class TrackerPageTests
{
    [Fact]
    public async Task Full_filtered_empty_and_with_errors_it_is_accessible_and_fits_a_phone()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await Nasty.OpenAsync(site);
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        foreach (
            var address in new[]
            {
                "/tracker",
                "/tracker?partnership=sandwell&status=all&q=SAN",
                "/tracker?sort=raised",
                "/tracker?status=withdrawn",
                "/tracker?cursor=none",
                "/tracker?status=nonsuch&overdue=maybe&from.day=31&from.month=2&from.year=2026&to=x&sort=no",
                "/tracker?q=" + new string('W', 120),
                "/tracker?q=" + Uri.EscapeDataString(Nasty.Markup),
                "/tracker/calendar",
                "/tracker/calendar?month=2026-12&partnership=sandwell",
                "/tracker/calendar?month=none",
            }
        )
        {
            await visitor.OpenAsync(address);
            await visitor.SoundAsync(address);
            await visitor.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
            await visitor.SoundAsync($"{address}, unfolded");
        }
    }

    [Fact]
    public async Task Without_script_on_a_phone_a_case_is_found_and_filters_come_off_again()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await using var visitor = await Chromium.VisitAsync(site, Sight.Phone with { Script = false });
        await visitor.SignInAsync();
        var all = await visitor.Page.Locator(".esc-cases tbody tr").CountAsync();
        await visitor.FillAsync("q", "san-");
        await visitor.PressAsync("Search");
        Assert.Equal(1, await visitor.Page.Locator(".esc-cases tbody tr").CountAsync());
        await visitor.Page.Locator("summary").ClickAsync();
        await visitor.SelectAsync("status", "ended");
        await visitor.PressAsync("Show these cases");
        Assert.Contains("No case is like this", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await visitor.FollowAsync("Show all open cases");
        Assert.Equal(all, await visitor.Page.Locator(".esc-cases tbody tr").CountAsync());
    }
}
