using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>A year that nobody means is a slip of the finger, wherever a command takes a date.</summary>
public sealed class PlausibleDateTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(1899, true)]
    [InlineData(1900, false)]
    [InlineData(2200, false)]
    [InlineData(2201, true)]
    [InlineData(9999, true)]
    public void A_date_of_any_command_is_between_1900_and_2200(int year, bool refused)
    {
        var day = new DateOnly(year, 6, 1);
        foreach (var (field, command) in Dated(day))
        {
            var story = CaseStory.Open("sandwell", "2026-10-12 09:00");
            story.Do(command(story));
            Assert.Equal(
                refused,
                story.Refused?.Errors?.GetValueOrDefault(field)?.Any(f => f.Code == FaultCode.NotPlausible) ?? false
            );
        }
    }

    [Theory]
    [InlineData(-60, -60)]
    [InlineData(3, 0)]
    public void A_concern_raised_by_a_clock_a_little_ahead_of_ours_was_raised_now(int minutes, int counted)
    {
        var now = UkTime.At("2026-10-12 09:00");
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00", o => o with { RaisedAt = now.AddMinutes(minutes) });
        Assert.Equal(now.AddMinutes(counted), story.Case.RaisedAt);
    }

    private static IEnumerable<(string Field, Func<CaseStory, CaseCommand> Command)> Dated(DateOnly day)
    {
        yield return ("discussedOn", story => Outcome(story) with { DiscussedOn = day });
        yield return (
            "actions[0].due",
            story => Outcome(story) with { Actions = [new("Visit", "Cam", Sample.Raising, day)] }
        );
        yield return (
            "completedOn",
            _ => Commands.Complete(Sample.Raising, "none", "2026-10-12") with { CompletedOn = day }
        );
        yield return ("receivedOn", _ => Commands.Review("sandwell") with { ReceivedOn = day });
    }

    private static RecordOutcome Outcome(CaseStory story) =>
        Commands.Outcome(story.Rules.Policy, story.Case, Outcomes.Resolved, Sample.Raising, new DateOnly(2026, 10, 12));
}
