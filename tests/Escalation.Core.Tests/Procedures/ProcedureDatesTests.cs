using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Procedures;

/// <summary>Days of the case: windows for raising, and days that people set for themselves.</summary>
public sealed class ProcedureDatesTests
{
    [Theory]
    // 72 hours over the change of the clocks, and over Christmas.
    [InlineData("sussex-dissent", "2027-03-25 16:00", "2027-03-28 17:00")]
    [InlineData("sussex-dissent", "2026-12-23 10:00", "2026-12-26 10:00")]
    // Without a time, from the end of the day.
    [InlineData("sussex-dissent", "2026-12-23", "2026-12-27 00:00")]
    [InlineData("cheshire-appeals", "2026-12-23", "2027-01-04 17:00")]
    [InlineData("cheshire-appeals", "2027-03-25 16:00", "2027-04-05 17:00")]
    public void A_concern_is_late_once_its_window_has_ended_and_is_taken_all_the_same(
        string id,
        string conference,
        string ends
    )
    {
        var last = UkTime.At(ends);
        Assert.Equal([], Raised(id, conference, last).Case.RaisedLateAfter);
        var late = Raised(id, conference, last.AddMinutes(1)).Case;
        Assert.Equal(["conference"], late.RaisedLateAfter);
        Assert.True(late.IsOpen);
    }

    private static CaseStory Raised(string id, string conference, DateTimeOffset at)
    {
        var (day, time) = conference.Split(' ') is [var d, var t]
            ? (d, TimeOnly.Parse(t))
            : (conference, (TimeOnly?)null);
        return Procedure.Opened(
            id,
            UkTime.Text(at),
            o => o with { Dates = new Dictionary<string, GivenDay> { ["conference"] = new(DateOnly.Parse(day), time) } }
        );
    }

    [Fact]
    public void A_window_without_its_day_marks_nothing() =>
        Assert.Equal([], Procedure.Opened("sussex-dissent", "2026-12-23 10:00").Case.RaisedLateAfter);

    [Theory]
    // A working week, where no day was set, and where it is later.
    [InlineData(null, "2027-01-04 17:00")]
    [InlineData("2027-01-20", "2027-01-04 17:00")]
    [InlineData("2026-12-29", "2026-12-29 17:00")]
    // The same day, and a day that nobody works, are what was set.
    [InlineData("2026-12-23", "2026-12-23 17:00")]
    [InlineData("2026-12-26", "2026-12-26 17:00")]
    public void In_London_a_shorter_time_that_protects_the_child_wins(string? set, string deadline)
    {
        var story = Procedure.Opened("london", "2026-12-23 10:00", o => o with { Dates = Set("protectiveTime", set) });
        var stage = story.Case.Stage;
        Assert.Equal(deadline, UkTime.Text(stage.DeadlineInForce!.Value));
        if (set is "2026-12-29")
            Assert.Contains(
                "the day set for “A time that protects the child”",
                stage.Deadline!.Explanation.Rule,
                StringComparison.Ordinal
            );
        Assert.Equal("2", story.Until(deadline).Case.Stage.Id);
    }

    [Fact]
    public void A_day_whose_close_had_passed_leaves_the_close_of_the_next_working_day()
    {
        var story = Procedure.Opened(
            "london",
            "2026-12-23 18:00",
            o => o with { Dates = Set("protectiveTime", "2026-12-23") }
        );
        Assert.Equal("2026-12-24 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
    }

    [Fact]
    public void In_Leicestershire_only_a_day_that_was_agreed_limits_the_first_stage()
    {
        var agreed = Procedure.Opened(
            "leicestershire",
            "2026-10-12 10:00",
            o => o with { Dates = Set("agreed", "2026-10-16") }
        );
        Assert.Equal("2", agreed.Until("2026-10-16 17:00").Case.Stage.Id);
        var open = Procedure.Opened("leicestershire", "2026-10-12 10:00").Until("2026-11-12 10:00");
        Assert.Equal(("1", true), (open.Case.Stage.Id, open.Case.Stage.IsWithoutLimit));
        Assert.Contains(open.History, e => e.Event is ReminderDue);
    }

    [Fact]
    public void A_day_agreed_later_sets_the_deadline_set_anew_it_moves_it_and_both_sides_are_told()
    {
        var story = Procedure.Opened("leicestershire", "2026-10-12 10:00").Until("2026-10-21 10:00");
        Assert.True(story.Case.Stage.IsWithoutLimit);
        Assert.Equal("done", story.Do(Commands.SetDate(Sample.Receiving, "agreed", "2026-10-30")));
        Assert.Equal("2026-10-30 17:00", UkTime.Text(story.Case.Stage.DeadlineInForce!.Value));
        Assert.False(story.Case.Stage.IsWithoutLimit);
        Assert.Equal(
            [Sample.Raising, Sample.Receiving],
            story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n => n.Kind == NoticeKinds.DateSet && n.Side is not Side.Partnership)
                .Select(n => n.Agency)
                .Distinct()
                .OrderDescending(StringComparer.Ordinal)
        );
        Assert.Equal("done", story.Do(Commands.SetDate(Sample.Raising, "agreed", "2026-10-23")));
        Assert.Equal("1", story.Until("2026-10-23 16:59").Case.Stage.Id);
        Assert.Equal("2", story.Until("2026-10-23 17:00").Case.Stage.Id);
    }

    [Fact]
    public void A_day_set_twice_by_the_same_command_counts_once()
    {
        var story = Procedure.Opened("leicestershire", "2026-10-12 10:00");
        var set = Commands.SetDate(Sample.Raising, "agreed", "2026-10-23") with { Id = "once" };
        Assert.Equal(("done", "done"), (story.Do(set), story.Do(set)));
        Assert.Single(story.History, e => e.Event is DateSet);
    }

    [Fact]
    public void A_day_that_the_present_limit_does_not_depend_on_leaves_the_deadline_as_it_is()
    {
        var story = Procedure.Opened(
            "leicestershire",
            "2026-10-12 10:00",
            o => o with { Dates = Set("agreed", "2026-10-16") }
        );
        story.Until("2026-10-16 17:00");
        var deadline = story.Case.Stage.DeadlineInForce;
        Assert.Equal("done", story.Do(Commands.SetDate(Sample.Raising, "agreed", "2026-10-19")));
        Assert.Equal(("2", deadline), (story.Case.Stage.Id, story.Case.Stage.DeadlineInForce));
        Assert.Null(story.History.Select(e => e.Event).OfType<DateSet>().Single().Deadline);
    }

    [Fact]
    public void A_day_that_has_passed_and_a_day_of_no_name_are_refused_when_they_are_set()
    {
        var story = Procedure.Opened("leicestershire", "2026-10-12 10:00");
        Assert.Equal("invalid", story.Do(Commands.SetDate(Sample.Raising, "agreed", "2026-10-09")));
        Assert.Equal("invalid", story.Do(Commands.SetDate(Sample.Raising, "conference", "2026-10-16")));
        Assert.DoesNotContain(story.History, e => e.Event is DateSet);
    }

    [Fact]
    public void A_day_that_may_never_be_set_holds_up_no_limit_after_it()
    {
        var document = OwnDocument.Node("sandwell");
        var dated = JsonNode.Parse(OwnDocument.WithAgreedDay("sandwell"))!;
        var own = document["stages"]![0]!["limits"]![0]!.DeepClone();
        dated["stages"]![0]!["limits"] = new JsonArray(
            new JsonObject { ["for"] = "discussion", ["by"] = "agreed" },
            own
        );
        var reading = OwnPolicyDocument.Read("own", Encoding.UTF8.GetBytes(dated.ToJsonString()));
        Assert.Contains(reading.Errors, e => e.Field == "stages[0].limits[0].by");
    }

    [Theory]
    [InlineData("london", "protectiveTime", "2026-12-22", FaultCode.Past)]
    [InlineData("sussex-dissent", "conference", "2026-12-24", FaultCode.InFuture)]
    [InlineData("sussex-dissent", "conference", "1826-12-24", FaultCode.NotPlausible)]
    public void A_day_that_cannot_be_meant_is_named(string id, string date, string day, FaultCode code)
    {
        var refused = (Decision.Refused)Procedure.Try(id, "2026-12-23 10:00", o => o with { Dates = Set(date, day) });
        Assert.Equal(code, Assert.Single(refused.Why.Errors![$"dates.{date}"]).Code);
    }

    [Fact]
    public void A_date_that_the_policy_does_not_know_is_named()
    {
        var refused = (Decision.Refused)
            Procedure.Try("london", "2026-12-23 10:00", o => o with { Dates = Set("conference", "2026-12-20") });
        Assert.Equal("This policy has: protectiveTime.", Assert.Single(refused.Why.Errors!["dates"]).Text);
    }

    private static Dictionary<string, GivenDay> Set(string date, string? day) =>
        day is null ? [] : new() { [date] = new GivenDay(DateOnly.Parse(day)) };
}
