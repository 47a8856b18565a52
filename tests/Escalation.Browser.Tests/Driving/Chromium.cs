using Microsoft.Playwright;

namespace Escalation.Browser.Tests.Driving;

/// <summary>The machine's own Chromium, one for all the tests: it is started by the first and ends with them.</summary>
internal static class Chromium
{
    /// <summary>The one without a screen comes first: it takes a fifth less computing time.</summary>
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    ];
    private static readonly Lazy<Task<IBrowser>> Browser = new(StartAsync);

    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Find(), Args = ["--no-sandbox", "--disable-dev-shm-usage"] }
        );
    }

    /// <summary>A browser of their own for one person: no cookie is shared with another's.</summary>
    public static async Task<Visitor> VisitAsync(Site site, Sight? sight = null)
    {
        sight ??= Sight.Usual;
        var context = await (await Browser.Value).NewContextAsync(
            new()
            {
                BaseURL = site.Address,
                JavaScriptEnabled = sight.Script,
                ViewportSize = new() { Width = sight.Width, Height = sight.Height },
                ColorScheme = sight.Dark ? ColorScheme.Dark : ColorScheme.Light,
                Locale = "en-GB",
            }
        );
        context.SetDefaultTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "These tests drive Chromium, and there is none on the PATH: install the package 'chromium'."
        );
}

/// <summary>How somebody looks at the pages.</summary>
internal sealed record Sight(int Width, int Height, bool Script = true, bool Dark = false)
{
    public static Sight Usual { get; } = new(1280, 900);
    public static Sight Phone { get; } = new(360, 740);
}
