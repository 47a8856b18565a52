using System.Text.RegularExpressions;
using Escalation.Browser.Tests.Driving;
using Escalation.Testing;

namespace Escalation.Browser.Tests;

/// <summary>
/// Every page that staff can get to, found by following links: axe finds nothing, and on a phone nothing is wider than
/// the screen. So is the answer to each form sent empty, by <c>./test --long</c>.
/// </summary>
public sealed partial class EveryPageTests
{
    [Fact]
    public async Task Every_page_of_a_full_site_is_accessible_and_fits_a_phone()
    {
        await using var site = await FullSiteAsync();
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        var (crawl, faults) = (new Crawl(visitor), new List<string>());
        await crawl.RunAsync("/tracker", address => LookAsync(visitor, address, faults));
        // Signing in again leads there, and no link.
        const string Kept = "/kept";
        await visitor.GoAsync(Kept);
        await LookAsync(visitor, Kept, faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var unseen = Pages().Where(route => route != Kept && !crawl.Seen.Values.Any(a => IsAt(route, a))).ToList();
        Assert.True(
            unseen.Count == 0,
            $"No link leads to {string.Join(", ", unseen)}; seen: {string.Join(", ", crawl.Seen.Keys)}"
        );
    }

    [LongFact]
    public async Task Every_form_of_a_full_site_sent_empty_is_answered_by_a_page_that_is_accessible_and_fits_a_phone()
    {
        await using var site = await FullSiteAsync();
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        var faults = new List<string>();
        await new Crawl(visitor).RunAsync("/tracker", address => SendFormsEmptyAsync(visitor, address, faults));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_page_of_an_empty_site_is_accessible_and_fits_a_phone()
    {
        await using var site = await Site.StartEmptyAsync();
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        var faults = new List<string>();
        await new Crawl(visitor).RunAsync("/tracker", address => LookAsync(visitor, address, faults));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task What_is_looked_for_is_found()
    {
        await using var site = await Site.StartEmptyAsync();
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.Page.SetContentAsync(
            """
            <html><body><main><img src="a.png"><div style="width: 2000px">wide</div>
            <button style="width: 9px; height: 9px">a</button><button style="width: 9px; height: 9px">b</button></main></body></html>
            """
        );
        var faults = string.Join('\n', await visitor.FaultsAsync());
        foreach (
            var fault in new[]
            {
                "html-has-lang",
                "document-title",
                "image-alt",
                "target-size",
                "px wider than a phone",
                "0 h1",
            }
        )
            Assert.Contains(fault, faults, StringComparison.Ordinal);
    }

    private static async Task<Site> FullSiteAsync()
    {
        var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await Nasty.OpenAsync(site);
        await site.MoveAsync(new(2027, 1, 8, 9, 0, 0, TimeSpan.Zero));
        return site;
    }

    private static async Task LookAsync(Visitor visitor, string address, List<string> faults) =>
        faults.AddRange((await visitor.FaultsAsync()).Select(f => $"{address}: {f}"));

    /// <summary>
    /// Presses the first button of each form in the page without typing anything. What it answers has to be as good a
    /// page.
    /// </summary>
    private static async Task SendFormsEmptyAsync(Visitor visitor, string address, List<string> faults)
    {
        var forms = visitor.Page.Locator("main form[method=post]");
        for (var i = 0; i < Math.Min(await forms.CountAsync(), 3); i++)
        {
            var button = forms.Nth(i).Locator("button[type=submit]:not([aria-hidden])").First;
            await visitor.ToNextPageAsync(() => button.ClickAsync());
            await LookAsync(visitor, $"{address}, form {i + 1} sent empty", faults);
            await visitor.GoAsync(address);
        }
    }

    /// <summary>The pages that the access table names.</summary>
    private static IEnumerable<string> Pages() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "access.md"))
            .Select(line => PageRow().Match(line))
            .Where(m => m.Success)
            .Select(m => m.Groups[1].Value)
            .Where(path =>
                path is not "/"
                && !path.StartsWith("/api", StringComparison.Ordinal)
                && !path.Contains('.', StringComparison.Ordinal)
            );

    private static bool IsAt(string route, string address) =>
        Regex.IsMatch(
            address.Split('?')[0],
            "^" + Parameter().Replace(route, "[^/]+") + "$",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    [GeneratedRegex(@"^\| `GET (/[^`]*)` \|", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PageRow();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();
}
