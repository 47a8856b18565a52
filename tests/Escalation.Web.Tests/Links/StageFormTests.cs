using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Web.Tests.Links;

/// <summary>A choice and dates that a stage asks for, on the form of a link.</summary>
public sealed class StageFormTests
{
    private static readonly (string, string)[] Agreed =
    [
        .. LinkCases.With(LinkCases.Resolved, ("discussedOn", "2026-10-12"), ("outstanding", "Nothing")),
        ("actions[0].what", "Visit"),
        ("actions[0].byWhom", "Ravi"),
        ("actions[0].agency", World.Raising),
        ("actions[0].due", "2026-10-30"),
    ];

    [Fact]
    public async Task They_are_asked_played_back_in_words_and_recorded()
    {
        await using var world = await StartAsync();
        await using var site = await LinkSite.StartAsync(world);
        var document = await world.OpenAsync("sefton");
        var token = world.Token(document, LinkCases.Raiser);
        var shown = await site.GetAsync(token);
        Assert.Equal(
            ["Choose one", "Low", "High"],
            shown.Page.QuerySelectorAll("select[name='fields.riskSeen'] option").Select(o => o.TextContent.Trim())
        );
        Assert.Equal(
            ["visitedOn.day", "visitedOn.month", "visitedOn.year"],
            shown
                .Page.QuerySelectorAll("[name^='fields.visitedOn']")
                .Select(e => e.GetAttribute("name")!["fields.".Length..])
        );
        Assert.Contains("Next review (optional)", shown.Text);

        var form = shown.Form("check");
        foreach (var (name, value) in Agreed)
            form[name] = value;
        form["fields.riskSeen"] = "high";
        (form["fields.visitedOn.day"], form["fields.visitedOn.month"], form["fields.visitedOn.year"]) = (
            "9",
            "10",
            "2026"
        );
        var check = await site.PostAsync(token, form);
        Assert.Contains("High", check.Text);
        Assert.Contains("Friday 9 October 2026", check.Text);
        await site.PostAsync(token, check.Form("record"));

        var words = await RecordedAsync(world, document.Case.Reference);
        Assert.Equal(("high", "2026-10-09"), (words.Text("fields.riskSeen"), words.Text("fields.visitedOn")));
        Assert.Null(words.Text("fields.nextReview"));
    }

    [Theory]
    [InlineData("fields.riskSeen", "", "fields-riskSeen", "Select level of risk")]
    [InlineData("fields.riskSeen", "enormous", "fields-riskSeen", "Select level of risk")]
    [InlineData("fields.visitedOn", "", "fields-visitedOn", "Enter day of the visit")]
    [InlineData("fields.visitedOn", "2026-02-31", "fields-visitedOn", "Day of the visit must be a real date")]
    [InlineData("fields.visitedOn", "1026-10-09", "fields-visitedOn", "Day of the visit must be a real date")]
    [InlineData("fields.nextReview", "soon", "fields-nextReview", "Next review must be a real date")]
    public async Task What_is_wrong_with_an_answer_is_said_at_its_field(
        string name,
        string value,
        string field,
        string said
    )
    {
        await using var world = await StartAsync();
        await using var site = await LinkSite.StartAsync(world);
        var token = world.Token(await world.OpenAsync("sefton"), LinkCases.Raiser);
        var form = (await site.GetAsync(token)).Form("check");
        foreach (var (asked, answer) in Agreed)
            form[asked] = answer;
        form["fields.riskSeen"] = "low";
        form["fields.visitedOn"] = "2026-10-09";
        form[name] = value;
        foreach (var part in new[] { ".day", ".month", ".year" })
        foreach (var date in new[] { "fields.visitedOn", "fields.nextReview" })
            form.Remove(date + part);

        var refused = await site.PostAsync(token, form);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var link = Assert.Single(refused.Page.QuerySelectorAll(".govuk-error-summary a"));
        Assert.StartsWith($"#{field}", link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(said, link.TextContent);
    }

    private static async Task<World> StartAsync()
    {
        var world = await new World("2026-10-12T09:00:00Z").WithDirectoryAsync("sefton");
        await world.StoreAsync(
            OwnDocument.Read(
                OwnDocument.Of(
                    "sefton",
                    d =>
                    {
                        d["version"] = Policy.FirstOwnVersion;
                        OwnDocument.AddForms(d);
                    }
                )
            )
        );
        return world;
    }

    private static async Task<PrivateWords> RecordedAsync(World world, string reference)
    {
        var after = await world.ReadAsync(reference);
        return DocumentFormat
            .Recorded(after.Events, after.Words)
            .Select(r => r.Event)
            .OfType<OutcomeRecorded>()
            .Single()
            .Words!;
    }
}
