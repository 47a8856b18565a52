using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Procedures;

/// <summary>How procedures end at which nobody decides, or two decide together; and one whose raiser changes on the way.</summary>
public sealed class ProcedureEndsTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    [Fact]
    public void In_Salford_the_board_mediates_and_a_mediation_without_agreement_ends_the_case_as_what_it_is()
    {
        var story = Procedure.Opened("salford", "2026-10-12 10:00");
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        // Nobody decides, and no party ends the mediation.
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, "salford"));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.WithoutAgreement, R));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.WithoutAgreement, C));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, "salford"));
        Assert.Equal("done", story.Record(Outcomes.WithoutAgreement, "salford"));
        Assert.Equal(CaseStatus.WithoutAgreement, story.Case.Status);
        Assert.Equal(Outcomes.WithoutAgreement, story.Case.Stage.Outcome);
        Assert.Equal(
            ["childrens-services/headOfService", "oak-primary/headOfService"],
            story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n => n.Kind == NoticeKinds.Told)
                .Select(n => n.Contact)
                .Order()
        );
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.Ended, Contact: "intake/raisedBy" }
        );
        Assert.Null(story.Until("2027-10-12 10:00").NextWake);
    }

    [Fact]
    public void In_Salford_a_mediation_that_succeeds_ends_in_agreement()
    {
        var story = Procedure.Opened("salford", "2026-10-12 10:00");
        story.Record(Outcomes.Escalate, R);
        Assert.Equal("done", story.Record(Outcomes.Resolved, "salford"));
        Assert.Equal(CaseStatus.Resolved, story.Case.Status);
    }

    [Fact]
    public void An_end_without_agreement_is_counted_apart_and_is_no_withdrawal()
    {
        var story = Procedure.Opened("salford", "2026-10-12 10:00");
        story.Record(Outcomes.Escalate, R);
        story.Record(Outcomes.WithoutAgreement, "salford");
        var analysis = AnnualAnalysis.Of(
            "salford",
            ReportPeriod.OfYear(FinancialYear.Of(story.Now)),
            [story.Document],
            PolicyCatalogue.Empty.With(Procedure.Read("salford").Policy!).Catalogue,
            _ => story.Rules.Calendar,
            story.Now
        );
        Assert.Equal("Without agreement", Assert.Single(analysis.Endings, e => e.Count > 0).Name);
        var last = analysis.Policies.Single().Stages[^1];
        Assert.Equal((1, 0), (last.Closed, last.Withdrawn));
    }

    [Fact]
    public void In_Pan_Lancashire_the_other_agency_is_warned_before_the_last_level_and_nobody_decides_at_it()
    {
        var story = Procedure.Opened("pan-lancashire", "2026-10-12 10:00");
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        var queued = story.LatestEvents.OfType<NoticeQueued>().ToList();
        var warned = queued.FindIndex(n =>
            n is { Kind: NoticeKinds.Told, Contact: "childrens-services/headOfService" }
        );
        Assert.InRange(warned, 0, int.MaxValue);
        Assert.Contains(queued, n => n is { Kind: NoticeKinds.Told, Contact: "pan-lancashire/businessManager" });
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, "pan-lancashire"));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.WithoutAgreement, C));
        Assert.Equal("done", story.Record(Outcomes.WithoutAgreement, "pan-lancashire"));
        Assert.Equal(CaseStatus.WithoutAgreement, story.Case.Status);
    }

    [Fact]
    public void In_Cheshire_West_the_senior_manager_decides_with_the_conference_chair_and_neither_alone()
    {
        var story = Appeal();
        // Its own manager approved it; a party decides nothing, by whatever link.
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, R));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Decided, R, By($"{R}/lineManager")));
        Assert.Equal("done", story.Record(Outcomes.Decided, Board, By($"{Board}/boardManager")));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        var asked = Assert.Single(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n.Kind == NoticeKinds.ConfirmationAsked
        );
        Assert.Equal(("named/conferenceChair", NoticeAction.Confirm), (asked.Contact, asked.Action));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm(Board) with { Actor = $"link:{Board}/boardManager" }));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm(R)));
        var confirm = Commands.Confirm(Board) with { Actor = "link:named/conferenceChair", Id = "once" };
        Assert.Equal(("done", "done"), (story.Do(confirm), story.Do(confirm)));
        Assert.Equal(CaseStatus.Decided, story.Case.Status);
        var said = Assert.Single(
            story.History.Select(e => e.Event).OfType<OutcomeRecorded>(),
            o => o.Decider is not null
        );
        var confirmed = Assert.Single(story.History.Select(e => e.Event).OfType<OutcomeConfirmed>());
        Assert.Equal(
            ("partnership/boardManager", "partnership/named:conferenceChair"),
            (said.Decider, confirmed.Decider)
        );
    }

    private const string Board = "cheshire-appeals";

    private static CaseStory Appeal()
    {
        var story = Procedure.Opened(
            "cheshire-appeals",
            "2026-10-12 10:00",
            o =>
                o with
                {
                    Named = new Dictionary<string, PersonName>
                    {
                        ["conferenceChair"] = new("Chris Chair", null, "chris@oak-primary.example.org"),
                    },
                }
        );
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal("2", story.Case.Stage.Id);
        return story;
    }

    private static Func<RecordOutcome, RecordOutcome> By(string contact) => m => m with { Actor = $"link:{contact}" };

    [Fact]
    public void To_a_reviewing_officers_alert_silence_moves_it_up_and_each_stage_has_its_own_raiser()
    {
        var story = Procedure.Opened("reviewing-officers", "2026-12-23 10:00");
        Assert.Equal([$"{C}/lineManager", "intake/raisedBy"], Procedure.Asked(story));
        Assert.Equal("2", story.Until("2027-01-04 17:00").Case.Stage.Id);
        Assert.Equal(
            [$"{C}/headOfService", $"{R}/headOfQuality", $"{R}/qualityServiceManager"],
            Procedure.Asked(story)
        );
        // Whoever raised it first still hears of it.
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.StageNews, Contact: "intake/raisedBy" }
        );
        Assert.Equal("done", story.Record(Outcomes.Responded, C));
        Assert.Equal("done", story.Record(Outcomes.Resolved, C));
        // What the other side records as agreed, the raiser of this stage confirms.
        Assert.Equal(
            [$"{R}/qualityServiceManager"],
            story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n => n.Kind == NoticeKinds.ConfirmationAsked)
                .Select(n => n.Contact)
        );
        Assert.Equal("done", story.Do(Commands.Dispute(R)));
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, C));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal([$"{C}/director", $"{R}/headOfQuality"], Procedure.Asked(story));
        // Nobody else raises it at the last stage: the head of quality assurance reports.
        Assert.Equal("4", story.Until("2027-02-01 17:00").Case.Stage.Id);
        Assert.Equal([$"{C}/strategicDirector", $"{R}/headOfQuality"], Procedure.Asked(story));
        Assert.Equal("done", story.Record(Outcomes.Decided, C));
        Assert.Equal(CaseStatus.Decided, story.Case.Status);
    }

    [Fact]
    public void To_a_reviewing_officers_alert_an_answer_meets_the_limit_and_the_officer_judges_it()
    {
        var story = Procedure.Opened("reviewing-officers", "2026-12-23 10:00");
        Assert.Equal("done", story.Until("2026-12-30 12:00").Record(Outcomes.Responded, C));
        Assert.Equal("1", story.Until("2027-02-01 10:00").Case.Stage.Id);
        Assert.Equal(Codes.NotAllowed, story.Record(Outcomes.Escalate, C));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal("3", story.Until("2027-02-08 17:00").Case.Stage.Id);
        Assert.Contains(
            Timeline.IfNobodyAnswers(story.Rules.Policy, story.Rules.Calendar, story.Now),
            s => s is { Id: "4", Deadline: null }
        );
    }

    [Fact]
    public void Whoever_raises_it_at_a_stage_is_asked_what_the_rule_says_and_the_others_what_the_stage_says()
    {
        var policy = Procedure.Read("reviewing-officers").Policy!;
        string Instruction(string stage, string side, string tier) =>
            policy.InstructionFor(policy.Find(stage)!, side, tier, []);
        const string judge = "Say whether the alert was addressed; if not, take it further.";
        Assert.Equal(judge, Instruction("2", "raising", "qualityServiceManager"));
        Assert.StartsWith("Judge with", Instruction("2", "raising", "headOfQuality"), StringComparison.Ordinal);
        Assert.Equal("Answer the alert.", Instruction("2", "receiving", "headOfService"));
        // As at the stage before, until another says who.
        Assert.Equal(judge, Instruction("4", "raising", "headOfQuality"));
    }

    [Fact]
    public void Where_a_stages_raiser_has_nobody_the_next_stages_is_asked_and_the_case_says_so()
    {
        var story = Procedure.Opened(
            "reviewing-officers",
            "2026-12-23 10:00",
            directory: r => r.With(R, a => a.Without("qualityServiceManager"))
        );
        story.Until("2027-01-04 17:00");
        Assert.Equal([$"{C}/headOfService", $"{R}/headOfQuality"], Procedure.Asked(story));
        Assert.Contains(
            story.LatestEvents,
            e => e is NobodyToTell { Agency: R, Tier: "qualityServiceManager", FellBackTo: "stage 3" }
        );
    }
}
