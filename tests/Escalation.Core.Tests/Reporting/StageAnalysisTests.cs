using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Calendars;

namespace Escalation.Core.Tests.Reporting;

/// <summary>Clocks, holds, actions and responses: what the analysis makes of how a case went.</summary>
public sealed class StageAnalysisTests
{
    [Fact]
    public void A_missed_final_stage_is_open_and_missed_and_not_closed()
    {
        var analysis = Analysed.Year(2026, Story.Unanswered());
        var final = analysis.Stage("sandwell", "4");

        Assert.Equal((1, 1, 1, 0, 0), (final.Opened, final.Open, final.MissedDeadlines, final.Closed, final.Late));
        Assert.Equal(1, final.Furthest);
        Assert.Equal(
            (1, 1, 5),
            (analysis.Cases.Open, analysis.Cases.WithMissedDeadline, analysis.Cases.MissedDeadlines)
        );
        Assert.Equal(1, analysis.Cases.OverdueTellings);
        Assert.Equal(1, analysis.Endings.Of("open"));
        Assert.Equal(0, analysis.WorkingDays.Count);
    }

    [Fact]
    public void Stages_closed_by_their_deadline_are_late_and_measured_in_working_days_over_bank_holidays()
    {
        var analysis = Analysed.Year(2026, Story.Unanswered().Outcome("2027-02-03 12:00", "decided", "sandwell"));

        (string, int, int, int, int)[] expected =
        [
            ("informal", 1, 0, 1, 1),
            ("1", 1, 0, 1, 3),
            ("2", 1, 0, 1, 5),
            ("3", 1, 0, 1, 5),
            ("4", 0, 1, 1, 13),
        ];
        Assert.Equal(
            expected,
            analysis
                .Policy("sandwell")
                .Stages.Select(s => (s.Id, s.ClosedByDeadline, s.ClosedByPerson, s.Late, s.WorkingDays.Longest))
        );
        Assert.Equal(new WorkingDaysTaken(1, 27, 27), analysis.WorkingDays);
        Assert.Equal(1, analysis.Endings.Of("decided"));
        Assert.Equal(2, analysis.Cases.OverdueTellings);
        Assert.Equal([new Tally("escalated", "escalated", 1)], analysis.Stage("sandwell", "3").Closings);
        Assert.Equal([new Tally("decided", "decided", 1)], analysis.Stage("sandwell", "4").Closings);
    }

    [Fact]
    public void The_median_of_an_even_number_lies_halfway_between_the_middle_two()
    {
        Story[] stories =
        [
            new Story("suffolk", "2026-10-05 09:00", "A").Withdraw("2026-10-05 15:00"),
            new Story("suffolk", "2026-10-05 09:00", "B").Withdraw("2026-10-06 09:00"),
            new Story("suffolk", "2026-10-05 09:00", "C").Withdraw("2026-10-07 09:00"),
            new Story("suffolk", "2026-10-02 23:00", "D").Advance("2026-10-12 09:00").Withdraw("2026-10-12 09:00"),
        ];

        Assert.Equal(new WorkingDaysTaken(4, 1.5m, 6), Analysed.Year("suffolk", 2026, stories).WorkingDays);
        Assert.Equal(4, Analysed.Year("suffolk", 2026, stories).Endings.Of("withdrawn"));
        Assert.Equal(new WorkingDaysTaken(3, 1, 2), Analysed.Year("suffolk", 2026, stories[..3]).WorkingDays);
    }

    [Fact]
    public void A_hold_counts_once_and_a_stage_held_past_its_first_deadline_and_closed_before_the_new_one_is_in_time()
    {
        var story = new Story("suffolk", "2026-10-12 09:00")
            .Hold("2026-10-13 10:00", "2026-10-16")
            .Resume("2026-10-16 10:00")
            .Outcome("2026-10-19 12:00", "resolved");

        var analysis = Analysed.Year("suffolk", 2026, story);

        Assert.Equal((1, 1, 3), (analysis.Cases.Holds, analysis.Cases.WithHold, analysis.Cases.WorkingDaysHeld));
        var stage = analysis.Stage("suffolk", "1");
        Assert.Equal((1, 1, 0, 0), (stage.Holds, stage.InTime, stage.Late, stage.MissedDeadlines));
        Assert.Equal(new WorkingDaysTaken(1, 5, 5), stage.WorkingDays);
    }

    [Theory]
    [InlineData("2026-10-13 11:00", 0)]
    [InlineData("2026-10-16 09:00", 3)]
    [InlineData("2026-10-19 09:00", 4)]
    public void A_case_still_on_hold_is_open_and_its_days_held_are_counted_up_to_now(string now, int days)
    {
        var analysis = Held(now, new Story("suffolk", "2026-10-12 09:00").Hold("2026-10-13 10:00", "2026-10-16"));

        Assert.Equal(
            (1, 1, 1, days),
            (analysis.Cases.Open, analysis.Cases.Holds, analysis.Cases.WithHold, analysis.Cases.WorkingDaysHeld)
        );
    }

    [Fact]
    public void Days_held_are_those_of_the_holds_that_ended_and_of_the_one_that_goes_on()
    {
        var story = new Story("suffolk", "2026-10-12 09:00")
            .Hold("2026-10-13 10:00", "2026-10-16")
            .Resume("2026-10-16 10:00")
            .Hold("2026-10-16 11:00", "2026-10-21", new Speaker("suffolk", "Bo Manager", "Business manager"));

        Assert.Equal(3 + 2, Held("2026-10-20 09:00", story).Cases.WorkingDaysHeld);
    }

    [Fact]
    public void A_hold_past_its_own_end_is_no_longer_than_it_may_be()
    {
        var story = new Story("suffolk", "2026-10-12 09:00").Hold("2026-10-13 10:00", "2026-10-16");
        var most = PolicyCatalogue.BuiltIn.Find("suffolk")!.Hold!.MaxWorkingDays;

        Assert.Equal(most, Held("2027-05-04 09:00", story).Cases.WorkingDaysHeld);
    }

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("noLongerDisagrees")]
    public void A_stage_in_which_the_concern_was_given_up_is_neither_in_time_nor_late(string how)
    {
        var story = new Story("surrey-adults", "2026-10-05 09:00");
        _ = how == "withdrawn" ? story.Withdraw("2026-10-05 12:00") : story.Outcome("2026-10-05 12:00", how);

        var analysis = Analysed.Year("surrey-adults", 2026, story);

        var stage = analysis.Policy("surrey-adults").Stages.Single(s => s.Closed > 0);
        Assert.Equal((1, 1, 0, 0), (stage.Closed, stage.Withdrawn, stage.InTime, stage.Late));
        Assert.Equal(new StageTotals(Closed: 1, InTime: 0, Late: 0, Withdrawn: 1, Open: 0), StageTotals.Of(analysis));
        Assert.Equal(1, analysis.Endings.Of(how));
    }

    [Fact]
    public void A_concern_withdrawn_at_an_overdue_final_stage_does_not_make_that_stage_late()
    {
        var story = Story.Unanswered().Withdraw("2027-02-03 12:00");
        Assert.True(story.Document.Case.Stage.Late);

        var final = Analysed.Year(2026, story).Stage("sandwell", "4");

        Assert.Equal((1, 1, 0, 1), (final.Closed, final.Withdrawn, final.Late, final.MissedDeadlines));
    }

    [Fact]
    public void A_stage_that_closed_before_the_concern_was_withdrawn_stays_in_time()
    {
        var story = new Story("suffolk", "2026-10-05 09:00")
            .Outcome("2026-10-05 12:00", "escalate")
            .Withdraw("2026-10-05 15:00");

        var analysis = Analysed.Year("suffolk", 2026, story);

        Assert.Equal(new StageTotals(Closed: 2, InTime: 1, Late: 0, Withdrawn: 1, Open: 0), StageTotals.Of(analysis));
    }

    [Fact]
    public void Actions_are_in_time_late_outstanding_or_overdue_and_a_procedures_duties_are_counted_apart()
    {
        var story = new Story("sandwell", "2026-10-05 09:00").Outcome(
            "2026-10-05 15:00",
            "resolved",
            change: o =>
                o with
                {
                    Actions =
                    [
                        new AgreedAction("Write.", "Cy", Story.Receiver, London.Day("2026-10-09")),
                        new AgreedAction("Visit.", "Cy", Story.Receiver, London.Day("2026-10-09")),
                        new AgreedAction("Meet.", "Bea", Story.Raiser, London.Day("2026-10-12")),
                        new AgreedAction("Review.", "Bea", Story.Raiser, London.Day("2026-12-01")),
                    ],
                }
        );
        var actions = story.Document.Case.Duties.FindAll(d => d.Action is not null);
        story
            .Complete("2026-10-09 18:00", actions[0].Id, "2026-10-09")
            .Complete("2026-10-13 09:00", actions[1].Id, "2026-10-12");

        var analysis = Analysed.Year(2026, story);

        Assert.Equal((0, 0, 0, 0, 0), Numbers(Analysed.Year(2025, story).Actions));
        Assert.Equal((4, 1, 1, 2, 1), Numbers(analysis.Actions));
        Assert.Equal((1, 0, 0, 1, 1), Numbers(analysis.Duties));
    }

    [Fact]
    public void An_agreement_that_nobody_confirmed_is_a_missed_deadline_and_agrees_no_actions()
    {
        var story = new Story("sandwell", "2026-10-05 09:00")
            .Outcome(
                "2026-10-05 15:00",
                "resolved",
                Story.Receiver,
                change: o =>
                    o with
                    {
                        Actions = [new AgreedAction("Write.", "Cy", Story.Receiver, London.Day("2026-10-09"))],
                    }
            )
            .Advance("2026-10-06 17:00");

        var analysis = Analysed.Year(2026, story);

        Assert.Equal(0, analysis.Actions.Arose);
        Assert.Equal(
            (1, 1),
            (analysis.Stage("sandwell", "informal").MissedDeadlines, analysis.Stage("sandwell", "informal").Unconfirmed)
        );
        Assert.Equal(1, analysis.Stage("sandwell", "1").Open);
    }

    [Fact]
    public void A_disputed_agreement_is_counted_and_leaves_its_stage_open()
    {
        var story = new Story("sandwell", "2026-10-05 09:00")
            .Outcome("2026-10-05 15:00", "resolved", Story.Receiver)
            .Dispute("2026-10-05 16:00", Story.Raiser);

        var analysis = Analysed.Year(2026, story);

        Assert.Equal((1, 1), (analysis.Cases.Disputes, analysis.Cases.Open));
        Assert.Equal(1, analysis.Stage("sandwell", "informal").Open);
    }

    [Fact]
    public void A_reminder_counts_for_its_stage_once_however_many_people_it_goes_to()
    {
        var analysis = Analysed.Year(
            "sefton",
            2026,
            new Story("sefton", "2026-10-05 09:00").Advance("2026-10-07 09:00")
        );

        Assert.Equal(1, analysis.Cases.Reminders);
        Assert.Equal(1, analysis.Stage("sefton", "1").Reminders);
    }

    [Fact]
    public void A_late_response_counts_for_the_stage_it_was_meant_for_and_again_when_adopted()
    {
        var story = new Story("sandwell", "2026-10-05 09:00")
            .Advance("2026-10-06 09:00")
            .Outcome("2026-10-06 11:00", "resolved", Story.Receiver, stage: "informal");
        var number = story.Document.Case.LateResponses[0].Number;
        Assert.Equal((1, 0), LateResponses(Analysed.Year(2026, story)));

        story.Adopt("2026-10-06 12:00", number);

        Assert.Equal((1, 1), LateResponses(Analysed.Year(2026, story)));
        Assert.Equal(1, Analysed.Year(2026, story).Stage("sandwell", "informal").LateResponses);
        Assert.Equal(0, Analysed.Year(2026, story).Stage("sandwell", "1").LateResponses);
    }

    [Fact]
    public void Only_the_late_response_that_was_adopted_counts_as_adopted()
    {
        var story = new Story("sandwell", "2026-10-05 09:00")
            .Advance("2026-10-06 09:00")
            .Outcome("2026-10-06 11:00", "resolved", Story.Receiver, stage: "informal")
            .Outcome("2026-10-06 11:30", "resolved", stage: "informal");
        var other = new Story("sandwell", "2026-10-05 09:00", "B")
            .Advance("2026-10-06 09:00")
            .Outcome("2026-10-06 11:00", "resolved", Story.Receiver, stage: "informal");
        Assert.Equal((3, 0), LateResponses(Analysed.Year(2026, story, other)));

        story.Adopt("2026-10-06 12:00", story.Document.Case.LateResponses[1].Number);

        Assert.Equal((3, 1), LateResponses(Analysed.Year(2026, story, other)));
    }

    [Fact]
    public void A_tier_without_a_contact_counts_each_time_for_its_stage_and_for_the_year()
    {
        string[] wakes = ["2026-10-06 09:00", "2026-10-08 17:00"];
        var story = new Story("sandwell", "2026-10-05 09:00", without: (Story.Receiver, "lineManager")).Advance(wakes);

        var analysis = Analysed.Year(2026, story);

        var told = PlacedEvent.Of(story.Document).Select(e => e.Event).OfType<NobodyToTell>().ToList();
        Assert.All(told, n => Assert.Equal((Story.Receiver, "lineManager", "1"), (n.Agency, n.Tier, n.Stage)));
        Assert.Equal(["reminder", "stageOpened"], told.Select(n => n.Kind).Order(StringComparer.Ordinal));
        Assert.Equal((0, 2, 0), (Missing("informal"), Missing("1"), Missing("2")));
        Assert.Equal(2, analysis.Notices.NobodyToTell);
        Assert.Equal(
            0,
            Analysed.Year(2026, new Story("sandwell", "2026-10-05 09:00").Advance(wakes)).Notices.NobodyToTell
        );

        int Missing(string stage) => analysis.Stage("sandwell", stage).NobodyToTell;
    }

    [Fact]
    public void Stages_passed_over_are_skipped_and_not_opened()
    {
        var analysis = Analysed.Year(
            "suffolk",
            2026,
            new Story("suffolk", "2026-10-05 09:00").Skip("2026-10-05 12:00", "4")
        );

        (string, int, int, int)[] expected =
        [
            ("1", 1, 0, 0),
            ("2", 0, 1, 0),
            ("3", 0, 1, 0),
            ("4", 1, 0, 1),
            ("5", 0, 0, 0),
        ];
        Assert.Equal(expected, analysis.Policy("suffolk").Stages.Select(s => (s.Id, s.Opened, s.Skipped, s.Furthest)));
    }

    private static AnnualAnalysis Held(string now, Story story) =>
        Analysed.Of("suffolk", ReportPeriod.OfYear(new FinancialYear(2026)), London.At(now), story);

    private static (int, int, int, int, int) Numbers(DutyMeasures d) =>
        (d.Arose, d.DoneInTime, d.DoneLate, d.Outstanding, d.Overdue);

    private static (int, int) LateResponses(AnnualAnalysis a) => (a.Cases.LateResponses, a.Cases.LateResponsesAdopted);
}
