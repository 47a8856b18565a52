using Escalation.Browser.Tests.Driving;
using Microsoft.Playwright;

namespace Escalation.Browser.Tests;

/// <summary>
/// The directory and the calendar in a real browser: each page and state is sound, and the ways through them work by
/// pressing buttons.
/// </summary>
public sealed class DirectoryAndCalendarTests
{
    private const string School = "/directory/sandwell/oak-primary",
        Import = "/directory/sandwell/import",
        Long = "<b>Ünïcödé</b> مدرسة 👩🏽‍🏫 ";

    [Fact]
    public async Task Contacts_are_kept_by_forms_and_each_page_is_sound()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        foreach (
            var path in new[]
            {
                "/directory",
                "/directory/suffolk",
                "/directory/berkshire-west",
                School,
                School + "/edit",
                School + "/contacts/line-manager",
                School + "/contacts/line-manager/replace",
                "/directory/sandwell/new",
            }
        )
            await SoundAsync(visitor, path);

        await visitor.OpenAsync(School + "/contacts/director/remove");
        await visitor.SoundAsync("remove");
        await visitor.PressAsync("Remove the contact");
        await visitor.SoundAsync("removed");
        await visitor.OpenAsync("/directory/sandwell");
        Assert.Contains(
            "Notices of stage 3 and stage 4 go to the business manager.",
            await visitor.Page.InnerTextAsync("main"),
            StringComparison.Ordinal
        );
        await visitor.SoundAsync("a gap");

        await visitor.OpenAsync(School + "/contacts/new?tier=director");
        await visitor.PressAsync("Save");
        await visitor.SoundAsync("an empty contact");
        await visitor.FillAsync("name", Long + new string('x', 150));
        await visitor.FillAsync("email", new string('y', 60) + "@example.org");
        await visitor.PressAsync("Save");
        await visitor.SoundAsync("a long name");
        await SoundAsync(visitor, "/directory/sandwell");

        await visitor.OpenAsync(School + "/contacts/line-manager/absences");
        await visitor.PressAsync("Save");
        await visitor.SoundAsync("an empty absence");
        await visitor.FillDateAsync("from", new(2026, 12, 23));
        await visitor.FillDateAsync("to", new(2027, 1, 4));
        await visitor.PressAsync("Save");
        await SoundAsync(visitor, School + "/contacts/line-manager/absences");
        await SoundAsync(visitor, "/directory/sandwell");
    }

    [Fact]
    public async Task A_file_is_taken_out_changed_and_taken_in()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        await visitor.OpenAsync("/directory/sandwell");
        var download = await visitor.DownloadAsync("Export as a CSV file");
        Assert.Equal("directory-sandwell.csv", download.SuggestedFilename);
        var file = await File.ReadAllTextAsync((await download.PathAsync())!);

        await visitor.OpenAsync(Import);
        await visitor.SoundAsync("import");
        await visitor.PressAsync("Show what would change");
        await visitor.SoundAsync("import of nothing");
        await SendAsync(visitor, file);
        Assert.Contains(
            "there is nothing to import",
            await visitor.Page.InnerTextAsync("main"),
            StringComparison.Ordinal
        );
        await visitor.SoundAsync("nothing to import");

        await visitor.OpenAsync(Import);
        await SendAsync(
            visitor,
            file + "clinic,A clinic,,,Nia New,,nia@example.org,director,,\r\nfaulty,,,,Nia New,,nobody,nonsuch,,\r\n"
        );
        await visitor.SoundAsync("a preview with faults");
        await visitor.PressAsync("Import the agencies without faults");
        Assert.EndsWith("/directory/sandwell?done=import", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.SoundAsync("imported");
        await SoundAsync(visitor, "/directory/sandwell/clinic");
    }

    [Fact]
    public async Task A_late_bank_holiday_is_previewed_and_recorded()
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await using var visitor = await Chromium.VisitAsync(site);
        await visitor.SignInAsync();
        await SoundAsync(visitor, "/calendar");
        await SoundAsync(visitor, "/calendar/sandwell");
        await SoundAsync(visitor, "/calendar/sandwell?year=2029");
        await visitor.OpenAsync("/calendar/suffolk/add");
        await visitor.SoundAsync("add");
        await visitor.PressAsync("Show what would move");
        await visitor.SoundAsync("an empty closure");
        await visitor.FillDateAsync("date", new(2026, 12, 24));
        await visitor.ChooseAsync("kind", "bankHolidayForAll");
        await visitor.FillAsync("reason", Long + "a funeral");
        await visitor.PressAsync("Show what would move");
        await visitor.SoundAsync("a preview");
        await visitor.ToNextPageAsync(() => visitor.Page.Locator("main button[value=apply]").ClickAsync());
        Assert.EndsWith("/calendar/suffolk?year=2026&done=amended", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.SoundAsync("recorded");
        Assert.Contains("a funeral", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    private static async Task SoundAsync(Visitor visitor, string path)
    {
        await visitor.OpenAsync(path);
        await visitor.SoundAsync(path);
    }

    private static async Task SendAsync(Visitor visitor, string file)
    {
        await visitor.Page.SetInputFilesAsync(
            "#file",
            new FilePayload
            {
                Name = "directory.csv",
                MimeType = "text/csv",
                Buffer = System.Text.Encoding.UTF8.GetBytes(file),
            }
        );
        await visitor.PressAsync("Show what would change");
    }
}
