using Microsoft.Playwright;

namespace Escalation.Browser.Tests.Driving;

/// <summary>
/// Fills in whatever a form asks, by the names of its fields: a choice is chosen, a date typed in its three parts, the
/// rest typed.
/// </summary>
internal static class FormFilling
{
    /// <summary>Fields that the page does not have are left out; each that it has is filled in as its kind wants.</summary>
    public static async Task FillInAsync(this Visitor visitor, IReadOnlyDictionary<string, string> answers)
    {
        foreach (var (name, value) in answers)
            await FillInAsync(visitor.Page, name, value);
    }

    private static async Task FillInAsync(IPage page, string name, string value)
    {
        if (
            page.Locator($"input[type=radio][name='{name}'], input[type=checkbox][name='{name}']") is var choices
            && await choices.CountAsync() > 0
        )
            await choices.And(page.Locator($"[value='{value}']")).CheckAsync();
        else if (page.Locator($"select[name='{name}']") is var list && await list.CountAsync() > 0)
            await list.First.SelectOptionAsync(value);
        else if (page.Locator($"[name='{name}.day']") is var day && await day.CountAsync() > 0)
            await FillDateAsync(
                page,
                name,
                DateOnly.ParseExact(value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            );
        else if (
            page.Locator(
                $"textarea[name='{name}'], input[name='{name}']:not([type=hidden]):not([type=radio]):not([type=checkbox])"
            )
                is var text
            && await text.CountAsync() > 0
        )
            await text.First.FillAsync(value);
    }

    private static async Task FillDateAsync(IPage page, string name, DateOnly date)
    {
        await page.Locator($"[name='{name}.day']").First.FillAsync($"{date.Day}");
        await page.Locator($"[name='{name}.month']").First.FillAsync($"{date.Month}");
        await page.Locator($"[name='{name}.year']").First.FillAsync($"{date.Year}");
    }
}
