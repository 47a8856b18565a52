using Escalation.Browser.Tests.Driving;

namespace Escalation.Browser.Tests;

/// <summary>
/// The pictures of docs/screenshots: <c>SCREENSHOTS=docs/screenshots dotnet test tests/Escalation.Browser.Tests --filter ScreenshotTests</c>. Without the variable they are taken and thrown away, so that the
/// way to each page is always known to work.
/// </summary>
[Collection(Chromium.Collection)]
public sealed class ScreenshotTests(Chromium chromium)
{
    private static readonly IReadOnlyList<(string Name, string Path)> StaffPages =
    [
        ("tracker", "/tracker"),
        ("tracker-calendar", "/tracker/calendar?month=2026-12"),
        ("procedures", "/policies"),
        ("procedure", "/policies/sandwell"),
    ];

    [Fact]
    public async Task Every_page_has_its_picture()
    {
        var folder = Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } asked ? Path.GetFullPath(asked, Root()) : Directory.CreateTempSubdirectory("escalation-shots-").FullName;
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await using var staff = await chromium.VisitAsync(site);
        await staff.Page.GotoAsync("/sign-in");
        await ShootAsync(staff, folder, "sign-in");
        await staff.SignInAsync();
        foreach (var (name, path) in StaffPages)
        {
            await staff.OpenAsync(path);
            Assert.NotEqual("Not found", await staff.HeadingAsync());
            await ShootAsync(staff, folder, name);
        }
    }

    private static async Task ShootAsync(Visitor visitor, string folder, string name)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, name + ".png");
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
