using Escalation.Browser.Tests.Driving;
using Escalation.Testing;

namespace Escalation.Browser.Tests;

/// <summary>
/// The pictures of docs/screenshots: <c>SCREENSHOTS=docs/screenshots dotnet test tests/Escalation.Browser.Tests
/// --filter ScreenshotTests</c>. Without the variable they are taken and thrown away, so that the way to each page is
/// always known to work.
/// </summary>
public sealed class ScreenshotTests : IAsyncLifetime
{
    private static readonly Sight Narrow = Sight.Phone with { Height = 1_200 };
    private string _folder = "";
    private Site _site = null!;
    private string _sandwell = "";

    public async Task InitializeAsync()
    {
        _folder = Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } asked
            ? Path.GetFullPath(asked, Root())
            : Directory.CreateTempSubdirectory("escalation-shots-").FullName;
        Directory.CreateDirectory(_folder);
        _site = await Site.StartAsync("2026-12-23T10:00:00Z");
        _sandwell = await ReferenceAsync("sandwell");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Every_page_of_the_staff_has_its_picture()
    {
        await using var staff = await Chromium.VisitAsync(_site);
        await staff.OpenAsync("/sign-in");
        await ShootAsync(staff, "sign-in");
        await staff.SignInAsync();
        await _site.MoveAsync(UkTime.At("2027-01-05 09:00"));
        foreach (var (name, path) in Pages())
        {
            await staff.OpenAsync(path);
            Assert.NotEqual("Not found", await staff.HeadingAsync());
            await ShootAsync(staff, name);
        }
        await staff.OpenAsync("/raise/sandwell");
        await ShootAsync(staff, "raise-first-questions");
        await staff.FillInAsync(
            new Dictionary<string, string> { ["imminentRisk"] = "no", ["conductOfColleague"] = "no" }
        );
        await staff.StepAsync("answered");
        await ShootAsync(staff, "raise-form");
        await staff.StepAsync("check");
        await ShootAsync(staff, "raise-form-errors");
    }

    [Fact]
    public async Task The_pages_of_an_emailed_link_have_their_pictures_as_on_a_phone()
    {
        await using var manager = await Chromium.VisitAsync(_site, Narrow);
        var email = (await _site.EmailsAsync(_sandwell, "stageOpened")).First(e =>
            e.Links.Count > 0 && e.Key.EndsWith("/receiving", StringComparison.Ordinal)
        );
        await manager.Page.SetContentAsync(email.Html);
        await ShootAsync(manager, "email");
        await manager.FollowEmailAsync(email, 0);
        await ShootAsync(manager, "link");
        await manager.Page.Locator("summary").Filter(new() { HasText = "Why this date" }).ClickAsync();
        await ShootAsync(manager, "link-why-this-date");
        await manager.StepAsync("check");
        await ShootAsync(manager, "link-errors");
        await manager.FillInAsync(OutcomeAnswers.For("resolved", new DateOnly(2026, 12, 23), "oak-primary"));
        await manager.StepAsync("check");
        await ShootAsync(manager, "link-check-answers");
        await manager.StepAsync("record");
        await ShootAsync(manager, "link-recorded");
        var asked = (await _site.EmailsAsync(_sandwell, "confirmationAsked")).First(e => e.Links.Count > 0);
        await manager.FollowEmailAsync(asked, asked.Links.Count - 1);
        await ShootAsync(manager, "link-confirm");
        await manager.GoAsync("/r/" + new string('a', 60));
        await ShootAsync(manager, "link-refused");
    }

    private IEnumerable<(string Name, string Path)> Pages() =>
        [
            ("tracker", "/tracker"),
            ("tracker-calendar", "/tracker/calendar?month=2027-01"),
            ("case", $"/cases/{_sandwell}"),
            ("case-record-an-outcome", $"/cases/{_sandwell}/outcomes"),
            ("case-record", $"/cases/{_sandwell}/record"),
            ("raise", "/raise"),
            ("procedures", "/policies"),
            ("procedure", "/policies/sandwell"),
            ("simulator", "/policies/sandwell/simulator?raised.day=23&raised.month=12&raised.year=2026&time=10am"),
            ("reports", "/reports"),
            ("annual-report", "/reports/annual?partnership=sandwell&year=2026"),
            ("summary-log", "/reports/summary-log?partnership=sandwell"),
            ("directory", "/directory/sandwell"),
            ("directory-agency", "/directory/sandwell/oak-primary"),
            ("directory-import", "/directory/sandwell/import"),
            ("calendar", "/calendar/sandwell?year=2027"),
            ("calendar-add", "/calendar/sandwell/add"),
            ("health", "/health"),
        ];

    private async Task<string> ReferenceAsync(string partnership) =>
        (await _site.GetAsync($"/api/escalations?partnership={partnership}"))
            .GetProperty("items")[0]
            .GetProperty("reference")
            .GetString()!;

    private async Task ShootAsync(Visitor visitor, string name)
    {
        await visitor.Page.WaitForFunctionAsync("document.readyState === 'complete'");
        var file = Path.Combine(_folder, name + ".png");
        await visitor.Page.ScreenshotAsync(new() { Path = file, FullPage = true });
        Assert.True(new FileInfo(file).Length > 2_000, name);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Escalation.Functions.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
