using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Nothing closes by itself: the final stage overdue, responded to, started at, skipped to.</summary>
public sealed class FinalStageTests
{
    public static TheoryData<string> EveryPolicy => [.. Sample.Policies];

    [Theory]
    [MemberData(nameof(EveryPolicy))]
    public void A_start_after_the_first_stage_needs_its_reason(string policy)
    {
        var rules = Sample.Rules(policy);
        foreach (var (place, stage) in rules.Policy.Stages.Index())
        {
            var open = Sample.Opening(policy) with { StartAtStage = stage.Id, StartReason = null };
            var refused = CaseRoom.Try(open, rules, UkTime.At("2026-10-12 09:00")) as Decision.Refused;
            Assert.Equal(place > 0, refused?.Why.Errors?.ContainsKey("startReason") ?? false);
        }
    }

    [Theory]
    [InlineData("suffolk", "5", "2026-10-26", "2026-10-28 09:00", "2026-10-30 09:00")]
    [InlineData("sandwell", "4", "2026-11-10", "2026-11-12 09:00", "2026-11-16 09:00")]
    [InlineData("surrey-adults", "6", "2026-10-20", "2026-10-27 09:00", "2026-11-03 09:00")]
    [InlineData("sefton", "4", "2026-10-27", "2026-10-29 09:00", "2026-11-02 09:00")]
    public void Overdue_it_stays_open_and_is_told_again_every_so_many_working_days(
        string policy,
        string stage,
        string missed,
        params string[] again
    )
    {
        var story = CaseStory.Open(policy, "2026-10-12 12:00").Until(again[^1]);
        Assert.Equal(
            (CaseStatus.Open, stage, UkTime.At(missed)),
            (story.Case.Status, story.Case.Stage.Id, story.Case.Stage.MissedAt)
        );
        Assert.Equal(
            [UkTime.Text(UkTime.At(missed)), .. again],
            story.History.Where(e => e.Event is OverdueTold).Select(e => UkTime.Text(e.At))
        );
        var told = story
            .LatestEvents.OfType<NoticeQueued>()
            .Where(n => n.Kind == NoticeKinds.Overdue)
            .Select(n => n.Contact)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Contains($"{story.Case.Partnership}/businessManager", told);
        Assert.Contains("intake/raisedBy", told);
        var asked = story.Rules.Policy.FinalStage.Tiers.Count(t => t != "businessManager");
        Assert.Equal(
            asked + story.Rules.Policy.FinalStage.AlsoAsks.Count(also => also.Natures is null) + 2,
            told.Count
        );
        Assert.Single(
            story.Case.Notices,
            n => n.Queued is { Kind: NoticeKinds.Overdue, Contact: "intake/raisedBy", Action: NoticeAction.None }
        );
    }

    [Theory]
    [InlineData("suffolk", "5")]
    public void A_response_in_time_meets_the_limit_and_is_followed_up_every_five_working_days(
        string policy,
        string stage
    )
    {
        var story = At(policy, stage, "2026-10-12 12:00");
        story.Until(story.Case.Stage.OpenedAt.AddHours(1));
        var responded = story.Now;
        Assert.Equal("done", story.Record(Outcomes.Responded, policy));
        Assert.Equal((CaseStatus.Open, (DateTimeOffset?)null), (story.Case.Status, story.Case.Stage.DeadlineInForce));
        var first = story.Rules.Calendar.Instant(
            story.Rules.Calendar.AddWorkingDays(UkTime.DayOf(responded), 5),
            new TimeOnly(9, 0)
        );
        story.Until(first.AddDays(7));
        Assert.DoesNotContain(story.History, e => e.Event is DeadlineMissed { Stays: true } or OverdueTold);
        Assert.Equal(
            [first, first.AddDays(7)],
            story.History.Where(e => e.Event is ReminderDue { Again: not null }).Select(e => e.At)
        );
        Assert.Equal("done", story.Record(Outcomes.Decided, policy));
        Assert.Equal((CaseStatus.Decided, false), (story.Case.Status, story.Case.Stage.Late));
    }

    [Fact]
    public void A_response_after_the_miss_ends_the_overdue_notices_and_is_followed_up_instead()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 12:00").Until("2026-10-27 10:00");
        Assert.Equal("done", story.Record(Outcomes.Responded, "suffolk"));
        Assert.False(story.LatestEvents.OfType<OutcomeRecorded>().Single().InTime);
        story.Until("2026-11-10 10:00");
        Assert.Equal(1, story.History.Count(e => e.Event is OverdueTold));
        Assert.Equal(
            ["2026-11-03 09:00", "2026-11-10 09:00"],
            story.History.Where(e => e.Event is ReminderDue { Again: not null }).Select(e => UkTime.Text(e.At))
        );
    }

    [Fact]
    public void Suffolk_is_skipped_forward_with_a_reason_straight_to_stage_5_but_never_back()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 12:00");
        Assert.Equal(Codes.Invalid, story.Do(Commands.Skip(Sample.Raising, "5") with { Reason = "" }));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Skip(Sample.Receiving, "5")));
        Assert.Equal(Codes.Invalid, story.Do(Commands.Skip(Sample.Raising, "6")));
        Assert.Equal("done", story.Do(Commands.Skip(Sample.Raising, "5")));
        Assert.Equal((OpenedBecause.Skipped, "skipped"), (story.Case.Stage.Because, story.Case.Stages[0].Outcome));
        Assert.Equal(["2", "3", "4"], story.LatestEvents.OfType<StagesSkipped>().Single().Skipped);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Skip(Sample.Raising, "3")));
    }

    [Fact]
    public void Every_other_procedure_takes_its_stages_in_order()
    {
        foreach (var policy in Sample.Policies.Where(p => p != "suffolk"))
        {
            var last = Sample.Policy(policy).FinalStage.Id;
            Assert.Equal(
                Codes.NotAllowed,
                CaseStory.Open(policy, "2026-10-12 12:00").Do(Commands.Skip(Sample.Raising, last))
            );
            var open = Sample.Opening(policy) with { StartAtStage = last, StartReason = "All else was tried." };
            var refused = Assert.IsType<Decision.Refused>(
                Decisions.Open(open, "digest", Sample.Rules(policy), UkTime.At("2026-10-12 12:00"))
            );
            Assert.Equal(Codes.NotAllowed, refused.Why.Code);
        }
    }

    [Fact]
    public void Imminent_risk_takes_Berkshire_West_straight_to_stage_3()
    {
        var story = CaseStory.Open("berkshire-west", "2026-10-12 12:00", o => o with { ImminentRisk = true });
        Assert.Equal(
            ("3", OpenedBecause.Urgent, "2026-10-15 17:00"),
            (story.Case.Stage.Id, story.Case.Stage.Because, UkTime.Text(story.Case.Stage.Deadline!.At))
        );
        Assert.Equal(["pre", "1", "2"], story.LatestEvents.OfType<StagesSkipped>().Single().Skipped);
    }

    [Fact]
    public void Imminent_risk_raised_later_takes_Berkshire_West_to_stage_3_too()
    {
        var story = CaseStory.Open("berkshire-west", "2026-10-12 12:00");
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
        Assert.Equal(
            ("3", OpenedBecause.Urgent, CaseStatus.Open),
            (story.Case.Stage.Id, story.Case.Stage.Because, story.Case.Status)
        );
    }

    [Fact]
    public void Elsewhere_urgency_leaves_the_case_at_its_stage()
    {
        foreach (var policy in Sample.Policies.Where(p => p != "berkshire-west"))
        {
            var story = CaseStory.Open(policy, "2026-10-12 12:00");
            Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
            Assert.Equal((story.Rules.Policy.FirstStage.Id, true), (story.Case.Stage.Id, story.Case.ImminentRisk));
        }
    }

    private static CaseStory At(string policy, string stage, string opened)
    {
        var story = CaseStory.Open(policy, opened);
        story.ToStage(stage);
        return story;
    }
}
