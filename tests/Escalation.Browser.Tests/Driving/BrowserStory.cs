using System.Text.Json;
using Escalation.Testing;

namespace Escalation.Browser.Tests.Driving;

/// <summary>
/// One case from the form to the year's report, by the people in it: the practitioner's form, the managers' emails and
/// links, the business manager's tracker, case page and report. Only the clock is moved from outside.
/// </summary>
internal sealed class BrowserStory(Site site, Sight sight, Visitor staff)
{
    private static readonly Dictionary<
        string,
        (string Partnership, string Raising, string Receiving, string Kind, string Nature)
    > Parts = new()
    {
        ["suffolk"] = ("suffolk", "waveney-academy", "suffolk-childrens-services", "child", "assessment"),
        ["berkshire-west"] = ("berkshire-west", "loddon-school", "kennet-childrens-services", "child", "needForAction"),
        ["sandwell"] = ("sandwell", "oak-primary", "sandwell-childrens-trust", "child", "informationSharing"),
        ["surrey-adults"] = (
            "surrey-adults",
            "wey-valley-hospital",
            "surrey-adult-social-care",
            "adult",
            "communication"
        ),
        ["sefton"] = ("sefton", "dunes-high-school", "sefton-childrens-services", "child", "informationSharing"),
    };

    private string _policy = "",
        _reference = "";

    public async Task RaiseAsync(string policy)
    {
        var (_, raising, receiving, kind, nature) = Parts[_policy = policy];
        await staff.OpenAsync($"/raise/{policy}");
        await staff.FillInAsync(
            new Dictionary<string, string> { ["imminentRisk"] = "no", ["conductOfColleague"] = "no" }
        );
        await staff.StepAsync("answered");
        await staff.FillInAsync(
            new Dictionary<string, string>
            {
                ["person.kind"] = kind,
                ["person.name"] = "Kim Archer",
                ["person.dateOfBirth"] = kind == "adult" ? "1950-03-04" : "2015-03-04",
                ["raisedBy.agency"] = raising,
                ["raisedBy.name"] = "Rosa Raiser",
                ["raisedBy.email"] = $"rosa@{raising}.example.org",
                ["raisedBy.caseNumber"] = "OWN-7",
                ["receivedBy[0].agency"] = receiving,
                ["receivedBy[0].name"] = "Ravi Receiver",
                ["receivedBy[0].email"] = $"ravi@{receiving}.example.org",
                ["nature"] = nature,
                ["concern"] = "What was asked for was not done.",
                ["details"] = "It was asked for twice.",
            }
        );
        await staff.StepAsync("check");
        await FitsAsync(staff, "check your answers");
        await staff.StepAsync("open");
        Assert.Equal("Concern raised", await staff.HeadingAsync());
        var link = await staff.Page.Locator("main a[href^='/cases/']").First.GetAttributeAsync("href");
        _reference = link!.Split('/')[2].Split('?')[0];
        Assert.DoesNotContain("Kim", staff.Page.Url + await staff.Page.TitleAsync(), StringComparison.Ordinal);
    }

    /// <summary>
    /// One of those who were asked opens the email, follows its link and records. A side: <c>raising</c> or
    /// <c>receiving</c>; null: whoever was asked first.
    /// </summary>
    public async Task RecordAsync(string outcome, string? side)
    {
        var stage = (await CaseAsync()).GetProperty("stage").GetProperty("id").GetString();
        var asked = (await EmailsAsync("stageOpened"))
            .Where(e => e.Links.Count > 0 && (side is null || e.Key.EndsWith($"/{side}", StringComparison.Ordinal)))
            .ToList();
        var keys = (await CaseAsync())
            .GetProperty("notices")
            .EnumerateArray()
            .Where(n => n.GetProperty("stage").GetString() == stage)
            .Select(n => n.GetProperty("key").GetString())
            .ToHashSet();
        var email = asked.First(e => keys.Contains(e.Key));
        Assert.DoesNotContain("Kim Archer", email.Subject + email.Text + email.Html, StringComparison.Ordinal);
        await using var manager = await Chromium.VisitAsync(site, sight);
        await manager.FollowEmailAsync(email, email.Links.Count - 1);
        await FitsAsync(manager, $"the link page of stage {stage}");
        Assert.DoesNotContain("Kim", await manager.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        await manager.FillInAsync(OutcomeAnswers.For(outcome, UkTime.DayOf(await NowAsync()), Parts[_policy].Raising));
        await manager.StepAsync("check");
        Assert.Equal("Check your answers", await manager.HeadingAsync());
        await FitsAsync(manager, "the answers");
        await manager.StepAsync("record");
        Assert.Equal(1, await manager.Page.Locator(".govuk-panel").CountAsync());
        await FitsAsync(manager, "the receipt");
    }

    public async Task ConfirmAsync(string side)
    {
        var email = (await EmailsAsync("confirmationAsked")).First(e => e.Links.Count > 0);
        Assert.EndsWith($"/{side}", email.Key, StringComparison.Ordinal);
        await using var manager = await Chromium.VisitAsync(site, sight);
        await manager.FollowEmailAsync(email, email.Links.Count - 1);
        await manager.FillInAsync(new Dictionary<string, string> { ["answer"] = "confirm", ["name"] = "Con Firmer" });
        await manager.SubmitAsync();
        await manager.Page.WaitForSelectorAsync(".govuk-panel");
        await FitsAsync(manager, "confirmed");
    }

    /// <summary>Nobody answers until the deadline: the next tier is asked, and the case page says that the deadline did it.</summary>
    public async Task MissAsync()
    {
        var before = (await CaseAsync()).GetProperty("stage");
        await site.MoveAsync(before.GetProperty("deadline").GetDateTimeOffset());
        Assert.NotEqual(
            before.GetProperty("id").GetString(),
            (await CaseAsync()).GetProperty("stage").GetProperty("id").GetString()
        );
        await staff.OpenAsync($"/cases/{_reference}");
        Assert.Contains("deadline", await staff.Page.InnerTextAsync("main"), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The end as the business manager sees it: on the case page, in the tracker, in the year's report.</summary>
    public async Task EndedAsync(string status)
    {
        await staff.OpenAsync($"/cases/{_reference}");
        Assert.Contains(status, await staff.Page.InnerTextAsync("main"), StringComparison.OrdinalIgnoreCase);
        await FitsAsync(staff, "the case page");
        await staff.OpenAsync($"/tracker?status=ended&q={_reference}");
        Assert.Equal(1, await staff.Page.Locator($"main a[href='/cases/{_reference}']").CountAsync());
        var year = UkTime.DayOf(await NowAsync()) is { Month: < 4 } day
            ? day.Year - 1
            : UkTime.DayOf(await NowAsync()).Year;
        await staff.OpenAsync($"/reports/annual?partnership={Parts[_policy].Partnership}&year={year}");
        Assert.True(await staff.Page.Locator("main svg").CountAsync() > 0);
        Assert.DoesNotContain("Kim", await staff.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    /// <summary>Where scripts run, that nothing is wider than the window.</summary>
    private async Task FitsAsync(Visitor visitor, string what)
    {
        if (sight.Script)
            await visitor.FitsAsync(what);
    }

    private Task<IReadOnlyList<Email>> EmailsAsync(string kind) => site.EmailsAsync(_reference, kind);

    private Task<JsonElement> CaseAsync() => site.GetAsync($"/api/escalations/{_reference}");

    private async Task<DateTimeOffset> NowAsync() =>
        (await site.GetAsync("/api/clock")).GetProperty("now").GetDateTimeOffset();
}
