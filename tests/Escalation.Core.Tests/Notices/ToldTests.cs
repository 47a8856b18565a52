using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;
using static Escalation.Core.Tests.Notices.Asking;

namespace Escalation.Core.Tests.Notices;

/// <summary>Who is told, for every policy and happening: kind, contact, and its links' action where it has any.</summary>
public sealed class ToldTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    [Fact]
    public void A_stage_that_its_deadline_closed_was_missed_and_nobody_is_told_that_a_person_closed_it()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Until(story.Case.Stage.Deadline!.At);
        var kinds = story.LatestEvents.OfType<NoticeQueued>().Select(n => n.Kind).ToList();
        Assert.Contains(NoticeKinds.StageMissed, kinds);
        Assert.DoesNotContain(NoticeKinds.StageClosed, kinds);
    }

    [Theory]
    [InlineData("escalated")]
    [InlineData("skipped")]
    public void The_people_of_a_stage_that_a_person_closed_are_told_so(string how)
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00").Until("2026-10-15 10:00");
        var asked = Asked(story);
        Assert.NotEmpty(asked);
        if (how == "skipped")
            story.Do(Commands.Skip(R, "5"));
        else
            story.Record(Outcomes.Escalate, R);
        var told = story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.StageClosed);
        Assert.Equal(asked, told.Select(n => n.Contact).Order(StringComparer.Ordinal));

        static List<string> Asked(CaseStory story) =>
            [
                .. story
                    .Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.StageOpened)
                    .Where(n => n.Queued.Stage == story.Case.Stage.Id)
                    .Select(n => n.Queued.Contact)
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Theory]
    [InlineData("suffolk", "1", "stageOpened intake/raisedBy Outcome", "stageOpened intake/receivedBy.0 Outcome")]
    [InlineData(
        "suffolk",
        "2",
        "stageNews intake/raisedBy",
        "stageOpened oak-primary/lineManager Outcome",
        "stageOpened oak-primary/safeguardingLead Outcome"
    )]
    [InlineData(
        "suffolk",
        "3",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/lineManager Outcome",
        "stageOpened childrens-services/safeguardingLead Outcome",
        "stageOpened oak-primary/lineManager Outcome",
        "stageOpened oak-primary/safeguardingLead Outcome"
    )]
    [InlineData(
        "suffolk",
        "5",
        "stageCopy childrens-services/lineManager",
        "stageCopy childrens-services/partnershipRepresentative",
        "stageCopy childrens-services/safeguardingLead",
        "stageNews intake/raisedBy",
        "stageOpened oak-primary/lineManager Outcome",
        "stageOpened oak-primary/partnershipRepresentative Outcome",
        "stageOpened oak-primary/safeguardingLead Outcome",
        "stageOpened suffolk/scrutineer Outcome"
    )]
    [InlineData(
        "suffolk-mash",
        "1",
        "stageOpened childrens-services/mash Outcome",
        "stageOpened intake/raisedBy Outcome"
    )]
    [InlineData(
        "suffolk-mash",
        "2",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/practiceManager Outcome"
    )]
    [InlineData(
        "berkshire-west",
        "2",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/childProtectionOfficer Outcome",
        "stageOpened childrens-services/safeguardingLead Outcome",
        "stageOpened childrens-services/seniorManager Outcome",
        "stageOpened oak-primary/childProtectionOfficer Outcome",
        "stageOpened oak-primary/safeguardingLead Outcome",
        "stageOpened oak-primary/seniorManager Outcome"
    )]
    [InlineData(
        "berkshire-west",
        "3",
        "stageCopy childrens-services/childProtectionOfficer",
        "stageCopy childrens-services/safeguardingLead",
        "stageCopy childrens-services/seniorManager",
        "stageCopy oak-primary/childProtectionOfficer",
        "stageCopy oak-primary/safeguardingLead",
        "stageCopy oak-primary/seniorManager",
        "stageNews intake/raisedBy",
        "stageOpened berkshire-west/chair Outcome",
        "stageOpened childrens-services/partnershipRepresentative Outcome",
        "stageOpened oak-primary/partnershipRepresentative Outcome"
    )]
    [InlineData(
        "berkshire-west-disagreement",
        "2",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/safeguardingLead Outcome",
        "stageOpened childrens-services/secondTierManager Outcome",
        "stageOpened oak-primary/safeguardingLead Outcome",
        "stageOpened oak-primary/secondTierManager Outcome",
        "told oak-primary/designatedProfessional"
    )]
    [InlineData(
        "berkshire-west-disagreement",
        "4",
        "stageNews intake/raisedBy",
        "stageOpened berkshire-west/businessManager Outcome",
        "stageOpened childrens-services/departmentalHead Outcome",
        "stageOpened oak-primary/departmentalHead Outcome",
        "told berkshire-west-disagreement/statutoryPartners"
    )]
    [InlineData(
        "sandwell",
        "1",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/lineManager Outcome",
        "stageOpened oak-primary/lineManager Outcome"
    )]
    [InlineData(
        "sandwell",
        "3",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/director Outcome",
        "stageOpened oak-primary/director Outcome",
        "told childrens-services/partnershipRepresentative",
        "told oak-primary/partnershipRepresentative"
    )]
    [InlineData(
        "sandwell",
        "4",
        "stageCopy childrens-services/director",
        "stageCopy oak-primary/director",
        "stageNews intake/raisedBy",
        "stageOpened sandwell/businessManager Outcome",
        "stageOpened sandwell/chair Outcome"
    )]
    [InlineData(
        "surrey-adults",
        "1",
        "stageOpened intake/raisedBy Outcome",
        "stageOpened oak-primary/lineManager Outcome"
    )]
    [InlineData(
        "surrey-adults",
        "6",
        "stageCopy childrens-services/headOfService",
        "stageCopy childrens-services/secondTierManager",
        "stageCopy oak-primary/secondTierManager",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/partnershipRepresentative Outcome",
        "stageOpened oak-primary/director Outcome",
        "stageOpened oak-primary/headOfService Outcome",
        "stageOpened oak-primary/partnershipRepresentative Outcome",
        "stageOpened surrey-adults/board Outcome"
    )]
    [InlineData(
        "surrey-adults-risk",
        "1",
        "stageNews intake/raisedBy",
        "stageOpened health-trust/safeguardingLead Outcome",
        "stageOpened oak-primary/safeguardingLead Outcome",
        "stageOpened surrey-adults/headOfAdultSafeguarding Outcome"
    )]
    [InlineData(
        "surrey-adults-risk",
        "2",
        "stageCopy health-trust/safeguardingLead",
        "stageCopy oak-primary/safeguardingLead",
        "stageNews intake/raisedBy",
        "stageOpened surrey-adults/boardManager Outcome"
    )]
    [InlineData(
        "sefton",
        "2",
        "stageNews intake/raisedBy",
        "stageOpened childrens-services/lineManager Outcome",
        "stageOpened childrens-services/safeguardingSupervisor Outcome",
        "stageOpened oak-primary/lineManager Outcome",
        "stageOpened oak-primary/safeguardingSupervisor Outcome"
    )]
    [InlineData(
        "sefton",
        "4",
        "stageCopy childrens-services/headOfService",
        "stageCopy oak-primary/headOfService",
        "stageNews intake/raisedBy",
        "stageOpened sefton/businessManager Outcome",
        "stageOpened sefton/chair Outcome"
    )]
    public void A_stage_that_opens(string policy, string stage, params string[] expected)
    {
        var story = At(policy, stage);
        var opened = story.History.Last(e => e.Event is StageOpened).Number;
        var partnership = $"{policy}/";
        Assert.Equal(
            expected.Select(e => e.Replace(partnership, story.Case.Partnership + "/")),
            Of(story.Case.Notices.Select(n => n.Queued).Where(n => n.Cause == opened))
        );
    }

    [Fact]
    public void Internal_stages_never_tell_the_opponent()
    {
        foreach (var (policy, stage) in new[] { ("suffolk", "2"), ("surrey-adults", "1") })
        {
            var story = At(policy, stage);
            var before = story.Case.Notices.Count;
            story.Until(story.Case.Stage.Deadline!.At.AddHours(-1));
            story.Do(Commands.Note(R));
            story.Do(Commands.SendAgain(R));
            story.Record(Outcomes.NoLongerDisagrees, R);
            Assert.Equal(CaseStatus.Withdrawn, story.Case.Status);
            // That the case has ended is told to those who know of it, without a word of the stage.
            Assert.DoesNotContain(
                story.Case.Notices.Skip(before),
                n =>
                    (n.Queued.Agency == C || n.Queued.Side is Side.Receiving)
                    && n.Queued is not { Kind: NoticeKinds.Ended, Stage: "1", Action: NoticeAction.None }
            );
        }
    }

    [Fact]
    public void A_partnership_stage_gives_links_to_the_partnership_and_to_whom_the_policy_also_asks()
    {
        foreach (
            var policy in Sample.Policies.Where(p => Sample.Policy(p).FinalStage.Told is Core.Policies.Told.Partnership)
        )
        {
            var story = At(policy, Sample.Policy(policy).FinalStage.Id).Until("2026-12-20 12:00");
            var alsoAsked = Sample.Policy(policy).FinalStage.AlsoAsks.Select(also => also.Who.Agency).ToHashSet();
            Assert.All(
                story.Case.Notices.Where(n =>
                    n.Queued.Stage == story.Case.Stage.Id
                    && n.Queued.Action is not NoticeAction.None
                    && !alsoAsked.Contains(n.Queued.Side.Word())
                ),
                n => Assert.Equal((Side.Partnership, story.Case.Partnership), (n.Queued.Side, n.Queued.Agency))
            );
        }
    }

    [Fact]
    public void Whoever_raised_the_concern_hears_of_every_opening_and_the_end()
    {
        foreach (var policy in Sample.Policies)
        {
            var story = At(policy, Sample.Policy(policy).FinalStage.Id);
            story.Do(Commands.Withdraw(R));
            var causes = story
                .Case.Notices.Where(n => n.Queued.Contact == "intake/raisedBy")
                .Select(n => n.Queued.Cause)
                .ToHashSet();
            Assert.All(
                story.History.Where(e => e.Event is StageOpened or CaseWithdrawn),
                e => Assert.Contains(e.Number, causes)
            );
        }
    }

    [Theory]
    [InlineData("suffolk", "1", "stageMissed intake/raisedBy", "stageMissed intake/receivedBy.0")]
    [InlineData("suffolk", "2", "stageMissed oak-primary/lineManager", "stageMissed oak-primary/safeguardingLead")]
    [InlineData(
        "suffolk-mash",
        "1",
        "overdue childrens-services/mash Outcome",
        "overdue intake/raisedBy Outcome",
        "overdue suffolk/businessManager"
    )]
    public void A_missed_deadline(string policy, string stage, params string[] expected)
    {
        var story = At(policy, stage);
        story.Until(story.Case.Stage.Deadline!.At);
        var missed = story.History.Last(e => e.Event is DeadlineMissed).Number;
        Assert.Equal(expected, Of(story.Case.Notices.Select(n => n.Queued).Where(n => n.Cause == missed)));
    }

    [Theory]
    [InlineData("suffolk", "1", "stageClosed intake/raisedBy", "stageClosed intake/receivedBy.0")]
    [InlineData("suffolk", "2", "stageClosed oak-primary/lineManager", "stageClosed oak-primary/safeguardingLead")]
    public void A_stage_that_a_person_escalates(string policy, string stage, params string[] expected)
    {
        var story = At(policy, stage);
        story.Record(Outcomes.Escalate, R);
        var closed = story.History.Last(e => e.Event is StageClosed).Number;
        Assert.Equal(
            expected,
            Of(
                story
                    .Case.Notices.Select(n => n.Queued)
                    .Where(n => n.Cause == closed && n.Kind == NoticeKinds.StageClosed)
            )
        );
        Assert.All(
            story.Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.StageClosed),
            n => Assert.Equal(NoticeAction.None, n.Queued.Action)
        );
    }

    [Theory]
    [InlineData(
        "suffolk",
        "childrens-services/safeguardingLead",
        "oak-primary/safeguardingLead",
        "suffolk/businessManager"
    )]
    [InlineData(
        "berkshire-west",
        "berkshire-west/businessManager",
        "childrens-services/safeguardingLead",
        "oak-primary/childProtectionOfficer",
        "oak-primary/partnershipRepresentative",
        "oak-primary/safeguardingLead"
    )]
    [InlineData(
        "berkshire-west-disagreement",
        "berkshire-west/businessManager",
        "childrens-services/safeguardingLead",
        "oak-primary/lineManager",
        "oak-primary/safeguardingLead"
    )]
    [InlineData(
        "sandwell",
        "childrens-services/safeguardingLead",
        "oak-primary/safeguardingLead",
        "sandwell/businessManager",
        "sandwell/mash"
    )]
    // At Surrey's stage 1 the other agency knows of nothing.
    [InlineData("surrey-adults", "oak-primary/safeguardingLead", "surrey-adults/businessManager", "surrey-adults/mash")]
    public void Urgency_at_intake_and_later(string policy, params string[] expected)
    {
        var atIntake = CaseStory.Open(
            policy,
            "2026-10-12 09:00",
            o => o with { ImminentRisk = true, PossibleDuplicates = ["X-1"] }
        );
        var later = At(policy, Sample.Policy(policy).FirstStage.Id);
        later.Do(Commands.Urgent(R));
        foreach (var story in new[] { atIntake, later })
            Assert.Equal(
                expected,
                story
                    .Case.Notices.Select(n => n.Queued)
                    .Where(n => n.Kind == NoticeKinds.Urgent)
                    .Select(n => n.Contact)
                    .Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public void The_other_agencys_lead_hears_of_imminent_risk_once_that_agency_is_told_of_the_case_and_of_nothing_internal()
    {
        var atIntake = CaseStory.Open("surrey-adults", "2026-10-12 09:00", o => o with { ImminentRisk = true });
        Assert.DoesNotContain(atIntake.Case.Notices, n => n.Queued.Agency == C);
        atIntake.ToStage("2");
        var lead = Assert.Single(Urgent(atIntake), n => n.Agency == C);
        Assert.Equal(("childrens-services/safeguardingLead", "2"), (lead.Contact, lead.Stage));

        // Suffolk's stage 2 is internal, and stage 1 was not: the risk is told, by the stage that they know.
        var later = At("suffolk", "2");
        later.Do(Commands.Urgent(R));
        Assert.Equal("1", Assert.Single(Urgent(later), n => n.Agency == C).Stage);
        Assert.Equal("2", Assert.Single(Urgent(later), n => n.Contact == "oak-primary/safeguardingLead").Stage);
        Assert.Single(Urgent(later.ToStage("3")), n => n.Agency == C);

        static IEnumerable<NoticeQueued> Urgent(CaseStory story) =>
            story.Case.Notices.Select(n => n.Queued).Where(n => n.Kind == NoticeKinds.Urgent);
    }

    [Fact]
    public void The_reviewing_officer_is_told_at_Sandwells_stage_1_only_of_a_child_on_a_plan_or_looked_after()
    {
        string[] Told(params string[] circumstances) =>
            [
                .. At(
                    "sandwell",
                    "1",
                    o =>
                        o with
                        {
                            Circumstances = circumstances,
                            Named = new Dictionary<string, PersonName>
                            {
                                ["independentReviewingOfficer"] = new(
                                    "Ira Officer",
                                    null,
                                    "ira@oak-primary.example.org"
                                ),
                            },
                        }
                )
                    .Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.Told)
                    .Select(n => n.Queued.Contact),
            ];
        Assert.Equal(["named/independentReviewingOfficer"], Told("childProtectionPlan"));
        Assert.Equal(["named/independentReviewingOfficer"], Told("lookedAfter"));
        Assert.Empty(Told());
    }

    [Fact]
    public void An_officer_whose_address_is_accepted_after_stage_1_opened_is_told_then()
    {
        var story = At(
            "sandwell",
            "1",
            o =>
                o with
                {
                    Circumstances = ["lookedAfter"],
                    Named = new Dictionary<string, PersonName>
                    {
                        ["independentReviewingOfficer"] = new("Ira Officer", null, "ira@elsewhere.example.com"),
                    },
                }
        );
        Assert.DoesNotContain(story.Case.Notices, n => n.Queued.Contact == "named/independentReviewingOfficer");
        story.Do(Commands.Accept("sandwell", "named/independentReviewingOfficer"));
        Assert.Equal(["told named/independentReviewingOfficer"], Of(story.LatestEvents.OfType<NoticeQueued>()));
    }

    [Fact]
    public void The_director_for_quality_and_review_is_told_before_stage_3_opens_where_the_trust_is_a_party()
    {
        const string director = "told sandwell-childrens-trust/directorForQualityAndReview";
        CaseStory AtStage2() =>
            At("sandwell", "2", o => o with { ReceivedBy = [Sample.Practitioner(Sample.SandwellTrust, "Tam Trust")] });

        // With the last reminder of stage 2, and not again when the clock opens stage 3.
        var missed = AtStage2();
        missed.Until(missed.Case.Stage.Reminders[0]);
        Assert.DoesNotContain(director, Of(missed.LatestEvents.OfType<NoticeQueued>()));
        missed.Until(missed.Case.Stage.Reminders[^1]);
        Assert.Contains(director, Of(missed.LatestEvents.OfType<NoticeQueued>()));
        missed.Until(missed.Case.Stage.Deadline!.At);
        Assert.Equal("3", missed.Case.Stage.Id);
        Assert.DoesNotContain(director, Of(missed.LatestEvents.OfType<NoticeQueued>()));

        // By a person, in the write of the escalation, before the stage's own people are asked.
        var escalated = AtStage2();
        escalated.Record(Outcomes.Escalate, R);
        Assert.Contains(director, Of(escalated.LatestEvents.OfType<NoticeQueued>()));

        Assert.DoesNotContain(director, Of(At("sandwell", "3").Case.Notices.Select(n => n.Queued)));
    }

    /// <summary>Everybody who was asked at any stage, the practitioners of both sides and the business manager.</summary>
    [Theory]
    [InlineData(
        "suffolk",
        "1",
        R,
        "ended intake/raisedBy 1",
        "ended intake/receivedBy.0 1",
        "ended suffolk/businessManager 1"
    )]
    [InlineData(
        "sandwell",
        "1",
        R,
        "ended childrens-services/lineManager 1",
        "ended intake/raisedBy 1",
        "ended intake/receivedBy.0 1",
        "ended oak-primary/lineManager 1",
        "ended sandwell/businessManager 1"
    )]
    [InlineData(
        "sandwell",
        "4",
        "sandwell",
        "ended childrens-services/director 4",
        "ended childrens-services/headOfService 4",
        "ended childrens-services/lineManager 4",
        "ended childrens-services/safeguardingLead 4",
        "ended childrens-services/serviceManager 4",
        "ended intake/raisedBy 4",
        "ended intake/receivedBy.0 4",
        "ended oak-primary/director 4",
        "ended oak-primary/headOfService 4",
        "ended oak-primary/lineManager 4",
        "ended oak-primary/safeguardingLead 4",
        "ended oak-primary/serviceManager 4",
        "ended sandwell/businessManager 4",
        "ended sandwell/chair 4"
    )]
    // Suffolk's stage 2 is the raising agency's own: the other's practitioner hears of the end, not of the stage.
    [InlineData(
        "suffolk",
        "2",
        R,
        "ended intake/raisedBy 2",
        "ended intake/receivedBy.0 1",
        "ended oak-primary/lineManager 2",
        "ended oak-primary/safeguardingLead 2",
        "ended suffolk/businessManager 2"
    )]
    // At Surrey's stage 1 the other agency knows of nothing.
    [InlineData(
        "surrey-adults",
        "1",
        R,
        "ended intake/raisedBy 1",
        "ended oak-primary/lineManager 1",
        "ended surrey-adults/businessManager 1"
    )]
    public void An_outcome_that_ends_the_case(string policy, string stage, string by, params string[] expected)
    {
        var story = At(policy, stage);
        story.Record(stage is "2" || policy == "surrey-adults" ? Outcomes.NoLongerDisagrees : Outcomes.Resolved, by);
        var ended = story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.Ended).ToList();
        Assert.Equal(expected, ended.Select(n => $"{n.Kind} {n.Contact} {n.Stage}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whoever_was_replaced_or_could_not_be_reached_is_not_told_of_the_end()
    {
        var story = At("sandwell", "1");
        story.Bounce(AskedOf(story, "childrens-services/lineManager"));
        Assert.Equal("done", story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org")));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        story.Record(Outcomes.Resolved, R);
        var ended = story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.Ended).ToList();
        Assert.DoesNotContain(ended, n => n.Contact is "oak-primary/lineManager" or "childrens-services/lineManager");
        Assert.Contains(ended, n => n.Contact.StartsWith("handed/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("suffolk", "1", "deadlineMoved intake/raisedBy Outcome", "deadlineMoved intake/receivedBy.0 Outcome")]
    [InlineData(
        "suffolk",
        "2",
        "deadlineMoved intake/raisedBy",
        "deadlineMoved oak-primary/lineManager Outcome",
        "deadlineMoved oak-primary/safeguardingLead Outcome"
    )]
    [InlineData(
        "sandwell",
        "1",
        "deadlineMoved childrens-services/lineManager Outcome",
        "deadlineMoved intake/raisedBy",
        "deadlineMoved oak-primary/lineManager Outcome"
    )]
    [InlineData(
        "sandwell",
        "4",
        "deadlineMoved childrens-services/director",
        "deadlineMoved intake/raisedBy",
        "deadlineMoved oak-primary/director",
        "deadlineMoved sandwell/businessManager Outcome",
        "deadlineMoved sandwell/chair Outcome"
    )]
    public void A_deadline_that_a_closure_moves(string policy, string stage, params string[] expected)
    {
        var story = At(policy, stage);
        var last = UkTime.DayOf(story.Case.Stage.Deadline!.At);
        story.Rules = story.Rules with { Calendar = Sample.Calendar(2, new Closure(last, "A day of mourning")) };
        story.Wake();
        Assert.Equal(expected, Of(story.LatestEvents.OfType<NoticeQueued>()));
    }

    [Theory]
    [InlineData("suffolk", "1", "reminder intake/raisedBy Outcome", "reminder intake/receivedBy.0 Outcome")]
    [InlineData(
        "suffolk",
        "2",
        "reminder oak-primary/lineManager Outcome",
        "reminder oak-primary/safeguardingLead Outcome"
    )]
    public void A_reminder(string policy, string stage, params string[] expected)
    {
        var story = At(policy, stage);
        while (!story.LatestEvents.OfType<NoticeQueued>().Any(n => n.Kind == NoticeKinds.Reminder))
            story.Next();
        Assert.Equal(expected, Of(story.LatestEvents.OfType<NoticeQueued>()));
    }

    [Fact]
    public void Keys_are_reference_cause_kind_contact_and_side_and_the_same_when_told_again_the_same_way()
    {
        var (one, two) = (At("suffolk", "2"), At("suffolk", "2"));
        Assert.Equal(one.Case.Notices.Select(n => n.Key), two.Case.Notices.Select(n => n.Key));
        Assert.Equal("SUF-7K3M-Q9XA/2/stageOpened/intake/raisedBy/raising", one.Case.Notices[0].Key);
        Assert.All(one.Case.Notices, n => Assert.DoesNotContain("@", n.Key, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Of(IEnumerable<NoticeQueued> notices) =>
        notices
            .Select(n => $"{n.Kind} {n.Contact}{(n.Action is NoticeAction.None ? "" : $" {n.Action}")}")
            .Order(StringComparer.Ordinal);

    private static CaseStory At(string policy, string stage, Func<OpenCase, OpenCase>? change = null)
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00", change);
        story.ToStage(stage);
        return story;
    }
}
