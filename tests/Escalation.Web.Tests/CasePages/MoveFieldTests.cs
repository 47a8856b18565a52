using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;
using Escalation.Web.CasePages;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;

namespace Escalation.Web.Tests.CasePages;

/// <summary>What is typed and chosen in the forms of a case's page is what is recorded, field by field.</summary>
public sealed class MoveFieldTests
{
    public static TheoryData<string> Forms => [.. Moves.All.Select(m => m.Path)];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_field_of_a_form_is_recorded_as_it_was_filled_in(string move)
    {
        await using var host = await TestHost.StartAsync();
        if (move == "dates")
            await AgreeDaysAsync(host);
        var reference = await host.OpenCaseAsync("suffolk");
        var path = $"/cases/{reference}/{move}{await ReadyAsync(host, reference, move)}";
        var manager = await CaseBrowser.ManagerAsync(host, "suffolk");
        var page = await manager.OpenAsync(path);
        var before = (await host.ReadAsync(reference)).Case.Events;
        var (form, expected) = Filled(page);
        await manager.FollowAsync(await manager.SendAsync(path, form));

        using var client = await host.AdministratorAsync();
        var history = (await client.GetJsonAsync($"/api/escalations/{reference}/history")).Json["events"]!.AsArray();
        var recorded = string.Concat(history.Skip(before).Select(Said));
        Assert.NotEmpty(expected);
        Assert.All(expected, e => Assert.Contains(e, recorded, StringComparison.Ordinal));
    }

    private static async Task AgreeDaysAsync(TestHost host)
    {
        var policy = OwnDocument.Read(OwnDocument.WithAgreedDay("suffolk"));
        await StoredPolicies.AddAsync(host.Store, policy, null, "key:test", "A test", host.Clock.GetUtcNow(), default);
    }

    /// <summary>Brings the case to where the form is there; what the form is about, as a query.</summary>
    private static async Task<string> ReadyAsync(TestHost host, string reference, string move)
    {
        switch (move)
        {
            case "confirm" or "dispute":
                await AgreeAsync(host, reference);
                return "";
            case "resume":
                await host.DoAsync(reference, Commands.Hold("school"));
                return "";
            case "adopt":
                var agreed = await AgreementAsync(host, reference);
                await host.DoAsync(reference, Commands.Skip("school", "4"));
                await host.DoAsync(reference, agreed with { Stage = "1" });
                return $"?of={(await host.ReadAsync(reference)).Case.LateResponses[0].Number}";
            case "accept-contact":
                await host.DoAsync(reference, Commands.HandOver("school", "intake/raisedBy", "nel@elsewhere.test"));
                return $"?of={Uri.EscapeDataString((await host.ReadAsync(reference)).Case.Contacts[^1].Id)}";
            case "complete-duty":
                await host.DoAsync(reference, Commands.Skip("school", "3"));
                return $"?of={Uri.EscapeDataString((await host.ReadAsync(reference)).Case.Duties[0].Id)}";
            default:
                return "";
        }
    }

    private static async Task AgreeAsync(TestHost host, string reference) =>
        await host.DoAsync(reference, await AgreementAsync(host, reference));

    private static async Task<CaseCommand> AgreementAsync(TestHost host, string reference)
    {
        var c = (await host.ReadAsync(reference)).Case;
        var rules = await host.Handler().RulesAsync(c, host.Clock.GetUtcNow(), default);
        return Commands.Outcome(rules.Policy, c, Outcomes.Resolved, "trust", new DateOnly(2026, 9, 25));
    }

    /// <summary>
    /// Texts of their own, the last of every list and the first of all other choices; with them how each stands in what is recorded.
    /// </summary>
    private static (Dictionary<string, string> Form, List<string> Expected) Filled(Shown page)
    {
        var (form, expected) = (page.Form(page.Asks("check") ? "check" : "record"), new List<string>());
        form["step"] = "record";
        var fields = page
            .Page.QuerySelectorAll("main form [name]")
            .Where(f => f.GetAttribute("name") != "step")
            .ToList();
        foreach (var field in fields.DistinctBy(f => f.GetAttribute("name")))
        {
            var name = field.GetAttribute("name")!;
            // A contact that is added replaces nobody.
            var value =
                name == "from" && fields.Exists(f => f.GetAttribute("name") == "tier") ? null : ValueOf(field, name);
            if (value is null)
                continue;
            form[name] = value;
            if (RecordedAs(field, name, value) is { } recorded)
                expected.Add(recorded);
        }
        return (form, expected);
    }

    private static string? ValueOf(IElement field, string name) =>
        (field, name.Split('.')[^1]) switch
        {
            (IHtmlInputElement { Type: "hidden" }, _) => null,
            (IHtmlInputElement { Type: "radio" or "checkbox" } choice, _) => choice.Value,
            (IHtmlInputElement { Type: "email" }, _) => "nel@example.org",
            (IHtmlSelectElement list, _) => list.Options[^1].Value,
            (_, "day") => name is "discussedOn.day" or "completedOn.day" or "receivedOn.day" ? "25" : "28",
            (_, "month") => "9",
            (_, "year") => "2026",
            (_, "time") => "2:30pm",
            _ => $"Typed as {name}",
        };

    /// <summary>
    /// Null: in whose name it is said, which the event may not say, a box that says that something holds without which the form is
    /// refused, or a part of a date.
    /// </summary>
    private static string? RecordedAs(IElement field, string name, string value) =>
        (field, name.Split('.')[^1], value) switch
        {
            _ when name == "by.agency" => null,
            // Recorded with the day, as 28 September at 14:30.
            (_, "time", _) => "14:30",
            (IHtmlInputElement { Type: "checkbox" }, _, _) => null,
            (_, "month" or "year", _) => null,
            (_, "day", _) => $"\"2026-09-{value}\"",
            (IHtmlInputElement { Type: "radio" }, _, "yes") => "true",
            _ => $"\"{value}\"",
        };

    private static string Said(JsonNode? e) => $"{e!["event"]?.ToJsonString()}{e["words"]?.ToJsonString()}";
}
