using Escalation.Browser.Tests.Driving;

namespace Escalation.Browser.Tests;

/// <summary>Pages that answer a question in their address, in the states that no link leads to: asked wrongly, empty, and full.</summary>
public sealed class QuestionPageTests
{
    private static readonly string[] Addresses =
    [
        "/policies/berkshire-west",
        "/policies/surrey-adults-risk",
        "/policies/sandwell/simulator?raised=2026-12-23&time=10am&holiday=2026-12-29",
        "/policies/sandwell/simulator?raised=31-31-x&time=ten&holiday=2026-99-99",
        "/policies/sandwell/simulator?raised=2026-12-23&time=10am&holiday-1=x&more=1",
        "/reports",
        "/reports/annual?year=x",
        "/reports/annual?partnership=sandwell&year=2026",
        "/reports/annual?partnership=sandwell&year=2026&quarter=2",
        "/reports/annual?partnership=sandwell&from=2026-05-01&to=2026-09-30",
        "/reports/annual?partnership=surrey-adults&year=2026",
        "/reports/annual?partnership=suffolk&year=2026",
        "/reports/annual?partnership=sandwell&year=2031",
        "/reports/summary-log",
        "/reports/summary-log?partnership=sandwell",
        "/reports/summary-log?partnership=suffolk",
        "/health",
    ];

    [Fact]
    public async Task Each_is_accessible_and_fits_a_phone()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await Nasty.OpenAsync(site);
        await site.MoveAsync(new(2027, 1, 8, 18, 0, 0, TimeSpan.Zero));
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        var faults = new List<string>();
        foreach (var address in Addresses)
        {
            await visitor.OpenAsync(address);
            faults.AddRange((await visitor.FaultsAsync()).Select(f => $"{address}: {f}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task The_simulator_answers_without_script_and_adds_days_one_by_one()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await using var visitor = await Chromium.VisitAsync(site, Sight.Phone with { Script = false });
        await visitor.SignInAsync();
        await visitor.OpenAsync("/policies/suffolk/simulator");
        await visitor.Page.Locator("summary").First.ClickAsync();
        await visitor.FillDateAsync("holiday-1", new(2026, 12, 29));
        await visitor.FillDateAsync("holiday-2", new(2026, 12, 30));
        await visitor.PressAsync("Add another day");
        await visitor.FillDateAsync("holiday-3", new(2026, 12, 31));
        await visitor.PressAsync("Show the dates");
        Assert.Contains(
            "The extra days move 5 deadlines.",
            await visitor.Page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );
        await visitor.Page.GetByText("Stage 1: why").ClickAsync();
        Assert.True(await visitor.Page.GetByText("How it is counted").First.IsVisibleAsync());
    }
}
