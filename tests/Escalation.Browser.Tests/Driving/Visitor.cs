using Deque.AxeCore.Commons;
using Escalation.Standalone.Tests.Host;
using Microsoft.Playwright;

namespace Escalation.Browser.Tests.Driving;

/// <summary>A person with a browser: opens pages, types, presses buttons, and nothing else.</summary>
internal sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    /// <summary>Looking into a page hangs where its scripts are switched off: axe and measuring are for those who have them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const string WiderThanWindow =
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private const string WidestElement =
        "() => [...document.querySelectorAll('body *')]"
        + ".filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)"
        + ".slice(0, 3).map(e => e.outerHTML.slice(0, 150)).join(' | ')";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>axe by itself leaves out the one rule that WCAG 2.2 AA added.</summary>
    private const string AxeFaults = """
        async () => {
            const result = await axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
            return result.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`);
        }
        """;

    public IPage Page => page;

    public async Task<string> HeadingAsync() => (await page.Locator("h1").First.InnerTextAsync()).Trim();

    public async Task OpenAsync(string path)
    {
        var answer = await page.GotoAsync(path);
        Assert.True(answer is { Status: < 500 }, $"{path}: {answer?.Status}");
    }

    /// <summary>Goes there; null when it is a file to be kept rather than a page.</summary>
    public async Task<IResponse?> GoAsync(string path)
    {
        try
        {
            var answer = await page.GotoAsync(path);
            Assert.True(answer is { Status: < 500 }, $"{path}: {answer?.Status}");
            return answer!
                .Headers.GetValueOrDefault("content-type", "")
                .StartsWith("text/html", StringComparison.Ordinal)
                ? answer
                : null;
        }
        catch (PlaywrightException e)
            when (e.Message.Contains("Download is starting", StringComparison.Ordinal)
                || e.Message.Contains("ERR_ABORTED", StringComparison.Ordinal)
            )
        {
            return null;
        }
    }

    /// <summary>With the administrator's key, by the form.</summary>
    public async Task SignInAsync(string key = HostProcess.StaffKey)
    {
        await OpenAsync("/sign-in");
        await page.GetByLabel("Access key").FillAsync(key);
        await PressAsync("Sign in");
        Assert.Contains("/tracker", page.Url, StringComparison.Ordinal);
    }

    /// <summary>
    /// Does what brings another page, and waits until that page is there, with its stylesheet. The wait begins before: one for the page's
    /// state, begun after, can take the old page for the new one, or miss the new one's word.
    /// </summary>
    public async Task ToNextPageAsync(Func<Task> act)
    {
        var loaded = new TaskCompletionSource();
        void OnLoad(object? _, IPage __) => loaded.TrySetResult();
        page.Load += OnLoad;
        try
        {
            await act();
            await loaded.Task.WaitAsync(Patience);
        }
        finally
        {
            page.Load -= OnLoad;
        }
    }

    /// <summary>The button of this step of a form, the last where there are several; the page that answers is read.</summary>
    public Task StepAsync(string step) =>
        ToNextPageAsync(() => page.Locator($"button[name=step][value={step}]:not([aria-hidden])").Last.ClickAsync());

    /// <summary>The first button that sends a form of the page; the page that answers is read.</summary>
    public Task SubmitAsync() =>
        ToNextPageAsync(() => page.Locator("main button[type=submit]:not([aria-hidden])").First.ClickAsync());

    /// <summary>The button with this name, by mouse; the page that answers is read.</summary>
    public Task PressAsync(string button) =>
        ToNextPageAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync()
        );

    /// <summary>The link with this name, by mouse; its page is read.</summary>
    public Task FollowAsync(string link) => ToNextPageAsync(() => Link(link).ClickAsync());

    /// <summary>The file that the link with this name leads to.</summary>
    public Task<IDownload> DownloadAsync(string link) => page.RunAndWaitForDownloadAsync(() => Link(link).ClickAsync());

    private ILocator Link(string name) => page.GetByRole(AriaRole.Link, new() { Name = name }).First;

    public Task TypeAsync(string label, string text) =>
        page.GetByLabel(label, new() { Exact = true }).First.FillAsync(text);

    public Task ChooseAsync(string name, string value) =>
        page.Locator($"input[name='{name}'][value='{value}']").CheckAsync();

    public Task SelectAsync(string name, string value) =>
        page.Locator($"select[name='{name}']").SelectOptionAsync(value);

    public Task FillAsync(string name, string text) => page.Locator($"[name='{name}']").First.FillAsync(text);

    public async Task FillDateAsync(string name, DateOnly date)
    {
        await FillAsync($"{name}.day", $"{date.Day}");
        await FillAsync($"{name}.month", $"{date.Month}");
        await FillAsync($"{name}.year", $"{date.Year}");
    }

    /// <summary>An email as its program shows it; then its link is clicked, in the order of the email.</summary>
    public async Task FollowEmailAsync(Email email, int link)
    {
        Assert.Contains(email.Links[link], email.Html, StringComparison.Ordinal);
        await page.SetContentAsync(email.Html);
        await ToNextPageAsync(() => page.Locator($"a[href='{email.Links[link]}']").First.ClickAsync());
        Assert.Contains("/r/", page.Url, StringComparison.Ordinal);
    }

    /// <summary>
    /// What axe finds against WCAG 2.2 A and AA and its best practices, and whether anything is wider than the window.
    /// Nothing: the page is as it has to be.
    /// </summary>
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        await page.EvaluateAsync(Axe).WaitAsync(Patience);
        var faults = (await page.EvaluateAsync<string[]>(AxeFaults).WaitAsync(Patience)).ToList();
        var (before, phone) = (page.ViewportSize!, Sight.Phone);
        await page.SetViewportSizeAsync(phone.Width, phone.Height);
        if (await page.EvaluateAsync<int>(WiderThanWindow).WaitAsync(Patience) is var wide and > 0)
            faults.Add(
                $"{wide} px wider than a phone: {await page.EvaluateAsync<string>(WidestElement).WaitAsync(Patience)}"
            );
        await page.SetViewportSizeAsync(before.Width, before.Height);
        if (await page.Locator("h1").CountAsync() is var heads and not 1)
            faults.Add($"{heads} h1");
        return faults;
    }

    /// <summary>Nothing is wider than the window as it is.</summary>
    public async Task FitsAsync(string what)
    {
        var wide = await page.EvaluateAsync<int>(WiderThanWindow).WaitAsync(Patience);
        Assert.True(wide <= 0, $"{what}: {wide} px wider than the window");
    }

    /// <summary>Fails with what <see cref="FaultsAsync"/> finds.</summary>
    public async Task SoundAsync(string what)
    {
        var faults = await FaultsAsync();
        Assert.True(faults.Count == 0, $"{what}: {string.Join('\n', faults)}");
    }

    /// <summary>Tab by tab to one of what this locator finds, as somebody without a mouse gets there.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var i = 0; i < 400; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAllAsync<bool>("all => all.includes(document.activeElement)"))
                return;
        }
        Assert.Fail("No number of tabs leads there.");
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
