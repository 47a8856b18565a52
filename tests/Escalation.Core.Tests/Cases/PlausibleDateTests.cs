using Escalation.Core.Cases;
using Escalation.Core.Notices;
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

    [Theory]
    [InlineData("2026-10-12 09:00", "2026-10-12", false)]
    [InlineData("2026-10-12 09:00", "2026-10-13", true)]
    [InlineData("2026-10-12 00:30", "2026-10-12", false)]
    [InlineData("2026-10-12 00:30", "2026-10-13", true)]
    [InlineData("2026-10-12 23:30", "2026-10-12", false)]
    [InlineData("2026-10-12 09:00", "1900-01-01", false)]
    [InlineData("2026-10-12 09:00", "1899-12-31", true)]
    public void A_date_of_birth_is_from_1900_up_to_the_local_day_of_the_intake(string now, string born, bool refused)
    {
        var form = Sample.Opening("sandwell");
        form = form with { Person = form.Person! with { DateOfBirth = UkTime.Day(born) } };
        var decision = Decisions.Open(form, "", Sample.Rules("sandwell"), UkTime.At(now));
        Assert.Equal(
            refused ? [FaultCode.NotPlausible] : [],
            (decision as Decision.Refused)?.Why.Errors!["person.dateOfBirth"].Select(f => f.Code) ?? []
        );
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(5.01, FaultCode.InFuture)]
    public void A_concern_is_raised_no_more_than_five_minutes_ahead_of_our_clock(double minutes, FaultCode? fault) =>
        AssertRaisedAt(UkTime.At("2026-10-12 09:00").AddMinutes(minutes), fault);

    [Theory]
    [InlineData("2025-10-12 09:00", null)]
    [InlineData("2025-10-12 08:59", FaultCode.TooLongAgo)]
    public void A_concern_was_raised_within_the_year_before(string raised, FaultCode? fault) =>
        AssertRaisedAt(UkTime.At(raised), fault);

    private static void AssertRaisedAt(DateTimeOffset raised, FaultCode? fault)
    {
        var form = Sample.Opening("sandwell") with { RaisedAt = raised };
        var decision = Decisions.Open(form, "", Sample.Rules("sandwell"), UkTime.At("2026-10-12 09:00"));
        Assert.Equal(fault, (decision as Decision.Refused)?.Why.Errors!["raisedAt"].Single().Code);
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
