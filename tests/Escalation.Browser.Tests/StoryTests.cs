using Escalation.Browser.Tests.Driving;

namespace Escalation.Browser.Tests;

/// <summary>Each of the five procedures as its people live it, through pages and emails alone. Times are UTC.</summary>
public sealed class StoryTests
{
    /// <summary>What is done at each stage in turn; then what the case ends as.</summary>
    public static TheoryData<string, string, string[], string> Stories =>
        new()
        {
            {
                "suffolk",
                "2026-10-10T11:00:00Z",
                ["escalate", "miss", "escalate", "miss", "responded", "decided"],
                "decided"
            },
            { "berkshire-west", "2026-09-25T10:00:00Z", ["escalate", "miss", "miss", "decided"], "decided" },
            {
                "sandwell",
                "2026-12-23T10:00:00Z",
                ["escalate", "miss", "resolved by receiving", "confirmed by raising"],
                "resolved"
            },
            {
                "surrey-adults",
                "2026-03-27T16:30:00Z",
                ["escalate", "miss", "resolved by raising", "confirmed by receiving"],
                "resolved"
            },
            {
                "sefton",
                "2026-04-30T08:00:00Z",
                ["escalate", "miss", "resolved by receiving", "confirmed by raising"],
                "resolved"
            },
        };

    [Theory, MemberData(nameof(Stories))]
    public Task On_a_phone(string policy, string raised, string[] steps, string status) =>
        LiveAsync(Sight.Phone, policy, raised, steps, status);

    [Theory, MemberData(nameof(Stories))]
    public Task With_script_switched_off(string policy, string raised, string[] steps, string status) =>
        LiveAsync(Sight.Usual with { Script = false }, policy, raised, steps, status);

    private async Task LiveAsync(Sight sight, string policy, string raised, string[] steps, string status)
    {
        await using var site = await Site.StartAsync(raised);
        await using var staff = await Chromium.VisitAsync(site, sight);
        await staff.SignInAsync();
        var story = new BrowserStory(site, sight, staff);
        await story.RaiseAsync(policy);
        foreach (var step in steps)
            await (
                step.Split(" by ") switch
                {
                    ["miss"] => story.MissAsync(),
                    ["confirmed", var side] => story.ConfirmAsync(side),
                    [var outcome, .. var side] => story.RecordAsync(outcome, side.FirstOrDefault()),
                    _ => throw new ArgumentException("No such step.", nameof(steps)),
                }
            );
        await story.EndedAsync(status);
    }
}
