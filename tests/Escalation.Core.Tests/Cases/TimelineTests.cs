using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>The worked timelines: every stage missed, nobody answers. Days are closes, unless a time is given.</summary>
public sealed class TimelineTests
{
    public static TheoryData<string, string, string[]> Worked { get; } =
        new()
        {
            {
                "sandwell",
                "2026-12-23 10:00",
                ["2026-12-24 10:00", "2026-12-31", "2027-01-08", "2027-01-15", "2027-01-26"]
            },
            {
                "sandwell",
                "2026-09-25 16:00",
                ["2026-09-26 16:00", "2026-09-30", "2026-10-07", "2026-10-14", "2026-10-23"]
            },
            {
                "surrey-adults",
                "2026-03-27 16:30",
                ["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-07", "2026-04-08"]
            },
            { "sefton", "2026-04-30 09:00", ["2026-05-05", "2026-05-07", "2026-05-11", "2026-05-18"] },
            { "suffolk", "2026-10-10 12:00", ["2026-10-14", "2026-10-15", "2026-10-16", "2026-10-21", "2026-10-23"] },
            { "berkshire-west", "2026-09-25 11:00", ["2026-09-28", "2026-09-29", "2026-10-02", "2026-10-07"] },
            {
                "berkshire-west-disagreement",
                "2026-09-25 11:00",
                ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-01", "2026-10-06"]
            },
            { "suffolk-mash", "2026-09-25 11:00", ["2026-09-30", "2026-10-05"] },
            { "surrey-adults-risk", "2026-09-25 11:00", ["2026-10-02", "2026-10-06"] },
        };

    [Theory]
    [MemberData(nameof(Worked))]
    public void The_timeline_if_nobody_answers_is_the_worked_one(string policy, string raised, string[] deadlines)
    {
        var line = Timeline.IfNobodyAnswers(Sample.Policy(policy), Sample.Calendar(), UkTime.At(raised));
        Assert.Equal(Texts(deadlines), line.Select(s => UkTime.Text(s.Deadline!.At)));
        Assert.Equal(Sample.Policy(policy).Stages.Select(s => s.Id), line.Select(s => s.Id));
        Assert.Equal(Texts([raised, .. deadlines[..^1]]), line.Select(s => UkTime.Text(s.Opens)));
    }

    [Theory]
    [MemberData(nameof(Worked))]
    public void No_limit_is_used_up_or_without_an_anchor_when_stages_are_taken_in_order(
        string policy,
        string raised,
        string[] deadlines
    )
    {
        var line = Timeline.IfNobodyAnswers(Sample.Policy(policy), Sample.Calendar(), UkTime.At(raised));
        Assert.Equal(deadlines.Length, line.Count);
        Assert.All(line, s => Assert.Null(s.Deadline!.Explanation.Exceeded));
    }

    [Theory]
    [MemberData(nameof(Worked))]
    public void A_live_case_that_nobody_answers_keeps_to_the_worked_timeline(
        string policy,
        string raised,
        string[] deadlines
    )
    {
        var story = CaseStory.Open(policy, raised).Until(deadlines[^1]);
        if (!Moves(policy))
        {
            Assert.Equal(("1", UkTime.At(deadlines[0])), (story.Case.Stage.Id, story.Case.Stage.MissedAt));
            return;
        }
        Assert.Equal(Sample.Policy(policy).Stages.Select(s => s.Id), story.Case.Stages.Select(s => s.Id));
        Assert.Equal(Texts(deadlines), story.Case.Stages.Select(s => UkTime.Text(s.Deadline!.At)));
        Assert.Equal(Texts([raised, .. deadlines[..^1]]), story.Case.Stages.Select(s => UkTime.Text(s.OpenedAt)));
        Assert.All(
            story.Case.Stages.SkipLast(1),
            s =>
                Assert.Equal(
                    ("escalated", ClosedBy.Deadline, true, s.Deadline!.At),
                    (s.Outcome, s.By, s.Late, s.ClosedAt)
                )
        );
        Assert.All(story.Case.Stages.Skip(1), s => Assert.Equal(OpenedBecause.Deadline, s.Because));
        Assert.Equal(
            (CaseStatus.Open, UkTime.At(deadlines[^1]), (DateTimeOffset?)null),
            (story.Case.Status, story.Case.Stage.MissedAt, story.Case.Stage.ClosedAt)
        );
        Assert.Equal(
            Texts(deadlines),
            story.History.Select(e => e.Event).OfType<DeadlineMissed>().Select(m => UkTime.Text(m.Deadline))
        );
    }

    [Theory]
    [MemberData(nameof(Worked))]
    public void The_stages_ahead_of_a_case_are_the_rest_of_its_worked_timeline(
        string policy,
        string raised,
        string[] deadlines
    )
    {
        var story = CaseStory.Open(policy, raised);
        for (var past = 1; past < deadlines.Length; past++)
        {
            var ahead = Timeline.Ahead(story.Case, story.Rules.Policy, story.Rules.Calendar);
            if (!Moves(policy))
            {
                Assert.Empty(ahead);
                return;
            }
            Assert.Equal(Texts(deadlines[past..]), ahead.Select(s => UkTime.Text(s.Deadline!.At)));
            Assert.Equal(Texts(deadlines[(past - 1)..^1]), ahead.Select(s => UkTime.Text(s.Opens)));
            story.Until(deadlines[past - 1]);
        }
        Assert.Empty(Timeline.Ahead(story.Case, story.Rules.Policy, story.Rules.Calendar));
    }

    [Fact]
    public void Nothing_is_known_of_the_stages_ahead_on_hold_and_after_the_end()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Raising)));
        Assert.Empty(Timeline.Ahead(story.Case, story.Rules.Policy, story.Rules.Calendar));
        Assert.Equal("done", story.Do(Commands.Withdraw(Sample.Raising)));
        Assert.Empty(Timeline.Ahead(story.Case, story.Rules.Policy, story.Rules.Calendar));
    }

    [Fact]
    public void The_stages_ahead_wait_for_the_end_of_a_confirmation()
    {
        var story = CaseStory.Open("suffolk", "2026-10-15 09:00").Until("2026-10-20 16:30");
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Receiving));
        Assert.Equal("2026-10-21 17:00", UkTime.Text(story.Case.Awaiting!.By));
        Assert.Equal(
            "2026-10-21 17:00",
            UkTime.Text(Timeline.Ahead(story.Case, story.Rules.Policy, story.Rules.Calendar)[0].Opens)
        );
    }

    [Fact]
    public void The_stages_ahead_have_the_days_of_a_hold_that_is_over()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-13 16:00");
        var discussed = UkTime.Day("2026-10-12");
        Assert.Equal("done", story.Record("escalate", Sample.Raising, m => m with { DiscussedOn = discussed }));
        Assert.Equal("done", story.Until("2026-10-14 10:00").Do(Commands.Hold(Sample.Raising)));
        Assert.Equal("done", story.Until("2026-10-15 10:00").Do(Commands.Resume(Sample.Raising)));
        var ahead = Timeline.Ahead(story.Case, story.Rules.Policy, story.Rules.Calendar);
        var line = ahead.Select(s => $"{s.Id} {UkTime.Text(s.Deadline!.At)}").ToList();
        // The cap of stage 4, five working days after Monday 12, moves by the one day held.
        Assert.Contains("4 2026-10-20 17:00", line);
        story.Until(ahead[^1].Deadline!.At);
        Assert.Equal(line, story.Case.Stages.Skip(2).Select(s => $"{s.Id} {UkTime.Text(s.Deadline!.At)}"));
    }

    [Fact]
    public void A_miss_carried_out_late_keeps_both_instants_and_opens_the_next_stage_then()
    {
        var story = CaseStory.Open("sefton", "2026-04-30 09:00").Sleep("2026-05-06 11:30").Wake();
        var missed = Assert.Single(story.Latest, e => e.Event is DeadlineMissed);
        Assert.Equal(
            (UkTime.At("2026-05-05"), UkTime.At("2026-05-06 11:30")),
            (((DeadlineMissed)missed.Event).Deadline, missed.At)
        );
        Assert.Equal(UkTime.At("2026-05-06 11:30"), story.Case.Stage.OpenedAt);
        // Two further days from then would be Friday; four in all from Thursday 30 April are Thursday.
        Assert.Equal("2026-05-07 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
    }

    [Fact]
    public void A_wake_a_month_late_opens_one_stage_only()
    {
        var story = CaseStory.Open("surrey-adults", "2026-03-27 16:30").Sleep("2026-04-27 10:00").Wake();
        Assert.Equal(["1", "2"], story.Case.Stages.Select(s => s.Id));
        Assert.Equal("2026-04-28 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
    }

    [Theory]
    [MemberData(nameof(Worked))]
    public void A_stale_or_doubled_wake_is_a_no_op(string policy, string raised, string[] deadlines)
    {
        var story = CaseStory.Open(policy, raised).Until(deadlines[0]);
        var events = story.Case.Events;
        Assert.Empty(story.Wake().Latest);
        Assert.Equal(events, story.Case.Events);
    }

    [Fact]
    public void Raised_long_ago_the_used_up_limit_is_recorded_and_the_stage_has_the_close_of_the_next_working_day()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-14 12:00",
            o => o with { RaisedAt = UkTime.At("2026-09-01 09:00") }
        );
        Assert.Equal("2026-10-15 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
        Assert.NotNull(story.Case.Stage.Deadline.Explanation.Exceeded);
    }

    [Fact]
    public void Sefton_caps_that_are_used_up_leave_each_step_the_close_of_the_next_working_day()
    {
        var story = CaseStory
            .Open("sefton", "2026-10-14 12:00", o => o with { RaisedAt = UkTime.At("2026-06-01 09:00") })
            .Until("2026-10-27");
        Assert.Equal(
            Texts(["2026-10-15", "2026-10-16", "2026-10-19", "2026-10-20"]),
            story.Case.Stages.Select(s => UkTime.Text(s.Deadline!.At))
        );
        Assert.All(story.Case.Stages, s => Assert.NotNull(s.Deadline!.Explanation.Exceeded));
    }

    [Fact]
    public void Started_at_stage_4_Suffolk_lacks_the_day_of_stage_1_and_runs_the_stages_own_limit()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 12:00",
            o => o with { StartAtStage = "4", StartReason = "Stages 1 to 3 were held by phone." }
        );
        Assert.Equal("2026-10-15 17:00", UkTime.Text(story.Case.Stage.Deadline!.At));
        Assert.NotNull(story.Case.Stage.Deadline.Explanation.Exceeded);
        var skipped = Assert.Single(story.LatestEvents.OfType<StagesSkipped>());
        Assert.Equal(["1", "2", "3"], skipped.Skipped);
        Assert.Equal("Stages 1 to 3 were held by phone.", skipped.Words!.Text("reason"));
    }

    [Fact]
    public void The_day_of_stage_1_is_the_day_of_its_discussion()
    {
        // Discussed on Monday 12 October, escalated on Wednesday: five working days after Monday are Monday 19 October.
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-14 16:00");
        Assert.Equal(
            "done",
            story.Record("escalate", Sample.Raising, m => m with { DiscussedOn = UkTime.Day("2026-10-12") })
        );
        story.Until("2026-10-16");
        Assert.Equal(("4", "2026-10-19 17:00"), (story.Case.Stage.Id, UkTime.Text(story.Case.Stage.Deadline!.At)));
    }

    /// <summary>A limit of its own counted from the day of an earlier stage, which no built-in procedure has.</summary>
    [Theory]
    [InlineData("day:1", "2026-10-19")] // stage 1 closes on Wednesday 14 October
    [InlineData("opened:1", "2026-10-15")]
    [InlineData("opened", "2026-10-19")]
    [InlineData("raised", "2026-10-15")]
    public void A_policy_of_ones_own_may_count_a_limit_from_an_earlier_stage(string from, string expected)
    {
        var policy = OwnDocument.Read(
            OwnDocument.OfEssex(change: d =>
            {
                foreach (var stage in d["stages"]!.AsArray())
                    stage!["limits"]![0]!.AsObject().Remove("cap");
                d["stages"]![1]!["limits"]![0]!["limit"]!["workingDays"] = 3;
                d["stages"]![1]!["limits"]![0]!["from"] = from;
            })
        );
        var rules = new Rules(policy, Sample.Calendar(), Sample.Directory(OwnDocument.Essex));
        var line = Timeline.IfNobodyAnswers(policy, rules.Calendar, UkTime.At("2026-10-12 09:00"));
        Assert.Equal(
            ("2026-10-14 17:00", expected + " 17:00"),
            (UkTime.Text(line[0].Deadline!.At), UkTime.Text(line[1].Deadline!.At))
        );
        Assert.All(line, s => Assert.Null(s.Deadline!.Explanation.Exceeded));
    }

    /// <summary>Whether a miss moves the case up at every stage: at Suffolk's MASH the referrer does.</summary>
    private static bool Moves(string policy) => policy != "suffolk-mash";

    private static IEnumerable<string> Texts(IEnumerable<string> times) => times.Select(t => UkTime.Text(UkTime.At(t)));
}
