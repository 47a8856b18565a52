using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>A decision that two take together: the heads of both agencies, at a last stage that has 5 working days.</summary>
public sealed class JointDecisionTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving,
        Raisers = "raising/headOfService",
        Receivers = "receiving/headOfService";

    [Fact]
    public void What_the_head_of_one_agency_records_counts_once_the_head_of_the_other_confirms_it()
    {
        var story = AtLast();
        Assert.Equal("done", story.Record(Outcomes.Decided, R, By($"{R}/headOfService")));
        Assert.Equal([Receivers], story.Case.Awaiting!.Deciders);
        Assert.Equal([$"{C}/headOfService Confirm"], Confirming(story));
        Assert.Equal("done", story.Do(Confirm(C, $"{C}/headOfService")));
        Assert.Equal(CaseStatus.Decided, story.Case.Status);
        Assert.False(story.Case.Stage.Late);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("intake/raisedBy")]
    [InlineData("oak-primary/lineManager")]
    public void Nobody_else_of_a_party_records_it_by_whatever_way(string? contact)
    {
        var story = AtLast();
        Assert.Equal(
            Codes.NotAllowed,
            story.Record(Outcomes.Decided, R, m => contact is null ? m : m with { Actor = $"link:{contact}" })
        );
        Assert.Contains("by a link of their own", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Allowed(story, R, contact), o => o.Id == Outcomes.Decided);
        Assert.Contains(Allowed(story, R, $"{R}/headOfService"), o => o.Id == Outcomes.Decided);
        Assert.Contains(Allowed(story, story.Case.Partnership, null), o => o.Id == Outcomes.Decided);
    }

    [Fact]
    public void Nobody_else_confirms_it()
    {
        var story = AtLast();
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        Assert.Equal(Codes.NotAllowed, story.Do(Confirm(R, $"{R}/headOfService")));
        Assert.Equal(Codes.NotAllowed, story.Do(Confirm(C, $"{C}/lineManager")));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Confirm(C)));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Dispute(R) with { Actor = $"link:{R}/headOfService" }));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
    }

    [Fact]
    public void A_dispute_opens_the_stage_again_and_the_other_may_record_another()
    {
        var story = AtLast();
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        Assert.Equal("done", story.Do(Commands.Dispute(C) with { Actor = $"link:{C}/headOfService" }));
        Assert.Equal((CaseStatus.Open, null), (story.Case.Status, story.Case.Awaiting));
        Assert.Equal(Receivers, Assert.Single(story.LatestEvents.OfType<OutcomeDisputed>()).Decider);
        Assert.Contains(story.LatestEvents.OfType<NoticeQueued>(), n => n.Kind == NoticeKinds.Disputed);
        Assert.Equal("done", story.Record(Outcomes.Decided, C, By($"{C}/headOfService")));
        Assert.Equal("done", story.Do(Confirm(R, $"{R}/headOfService")));
        Assert.Equal(CaseStatus.Decided, story.Case.Status);
    }

    [Fact]
    public void What_the_partnership_records_both_confirm_and_it_may_confirm_for_each_by_name()
    {
        var story = AtLast();
        var partnership = story.Case.Partnership;
        Assert.Equal("done", story.Record(Outcomes.Decided, partnership));
        Assert.Equal([$"{C}/headOfService Confirm", $"{R}/headOfService Confirm"], Confirming(story));
        Assert.Equal(Codes.Invalid, story.Do(Commands.Confirm(partnership)));
        Assert.Equal(FaultCode.Required, Assert.Single(story.Refused!.Errors!["for"]).Code);
        Assert.Equal(Codes.Invalid, story.Do(Commands.Confirm(partnership) with { For = "partnership/chair" }));
        Assert.Equal(FaultCode.NotOffered, Assert.Single(story.Refused!.Errors!["for"]).Code);
        Assert.Equal("done", story.Do(Commands.Confirm(partnership) with { For = Raisers }));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        // One alone is left: it need not be said for whom.
        Assert.Equal("done", story.Do(Commands.Confirm(partnership)));
        Assert.Equal(CaseStatus.Decided, story.Case.Status);
        Assert.Equal(
            [Raisers, Receivers],
            story.History.Select(e => e.Event).OfType<OutcomeConfirmed>().Select(e => e.Decider)
        );
    }

    [Fact]
    public void The_clock_goes_on_and_a_decision_that_nobody_confirms_does_not_count()
    {
        var story = AtLast();
        story.Until(story.Case.Stage.Deadline!.At.AddHours(-2));
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        var by = story.Case.Awaiting!.By;
        Assert.Equal(story.Rules.Calendar.CloseOfNextWorkingDay(story.Now), by);
        story.Until(by);
        Assert.Equal((CaseStatus.Open, null), (story.Case.Status, story.Case.Awaiting));
        Assert.Contains(story.LatestEvents, e => e is DeadlineMissed { Unconfirmed: true, Stays: true });
        Assert.Contains(story.LatestEvents.OfType<NoticeQueued>(), n => n.Kind == NoticeKinds.Overdue);
        Assert.Equal("done", story.Record(Outcomes.Decided, C, By($"{C}/headOfService")));
    }

    [Fact]
    public void Another_outcome_of_the_stage_is_confirmed_as_ever()
    {
        var story = AtLast();
        Assert.Equal("done", story.Record(Outcomes.Resolved, C));
        Assert.Equal([Side.Raising], story.Case.Awaiting!.Sides);
        Assert.Empty(story.Case.Awaiting.Deciders);
        Assert.Equal("done", story.Do(Commands.Confirm(R)));
        Assert.Equal(CaseStatus.Resolved, story.Case.Status);
    }

    [Fact]
    public void A_colleague_to_whom_it_was_handed_over_confirms_in_their_place()
    {
        var story = AtLast();
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        Assert.Equal("done", story.Do(Commands.HandOver(C, $"{C}/headOfService", $"nel@{C}.example.org")));
        var asked = Assert.Single(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.ConfirmationAsked, Action: NoticeAction.Confirm }
        );
        Assert.Equal("done", story.Do(Confirm(C, asked.Contact)));
        Assert.Equal(CaseStatus.Decided, story.Case.Status);
    }

    [Fact]
    public void A_deputy_of_one_of_the_two_stands_in_when_the_email_comes_back_then_the_business_manager_is_told()
    {
        var story = AtLast();
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        story.Bounce(story.Case.Notices.Last(n => n.Queued.Kind == NoticeKinds.ConfirmationAsked));
        Assert.Equal([$"{C}/deputy Confirm"], Confirming(story));
        story.Bounce(story.Case.Notices.Last(n => n.Queued.Kind == NoticeKinds.ConfirmationAsked));
        Assert.Equal(["essex/businessManager None"], Confirming(story));
        Assert.Equal("done", story.Do(Confirm(C, $"{C}/deputy")));
    }

    [Fact]
    public void Where_one_of_the_two_has_nobody_the_business_manager_is_told_and_confirms_for_them()
    {
        var story = AtLast(r => r.With(C, a => a.Without("headOfService")));
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        Assert.Equal(["essex/businessManager None"], Confirming(story));
        Assert.Equal("done", story.Do(Commands.Confirm("essex")));
        Assert.Equal(CaseStatus.Decided, story.Case.Status);
    }

    [Fact]
    public void Those_who_confirm_are_asked_once_more_when_the_emails_are_sent_again()
    {
        var story = AtLast();
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        story.Do(Commands.SendAgain(R));
        Assert.Equal([$"{C}/headOfService Confirm"], Confirming(story));
    }

    [Fact]
    public void A_stored_case_that_waits_for_one_of_two_is_the_same_when_it_is_read_again()
    {
        var story = AtLast();
        story.Record(Outcomes.Decided, R, By($"{R}/headOfService"));
        var read = story.Reread().Case;
        Assert.Equal(story.Case.Awaiting!.Deciders, read.Awaiting!.Deciders);
        Assert.Equal(Raisers, read.Awaiting.Said.Decider);
    }

    private static IReadOnlyList<AllowedOutcome> Allowed(CaseStory story, string agency, string? contact) =>
        AllowedOutcomes.For(story.Case, story.Rules, story.Case.Stage.Id, agency, story.Now, contact);

    private static Confirm Confirm(string agency, string contact) =>
        Commands.Confirm(agency) with
        {
            Actor = $"link:{contact}",
        };

    private static Func<RecordOutcome, RecordOutcome> By(string contact) => m => m with { Actor = $"link:{contact}" };

    /// <summary>Whom the last step asked to confirm, or told of it.</summary>
    private static IEnumerable<string> Confirming(CaseStory story) =>
        story
            .LatestEvents.OfType<NoticeQueued>()
            .Where(n => n.Kind == NoticeKinds.ConfirmationAsked)
            .Select(n => $"{n.Contact} {n.Action}")
            .Order(StringComparer.Ordinal);

    private static CaseStory AtLast(Func<Rules, Rules>? change = null)
    {
        var policy = OwnDocument.Read(
            OwnDocument.OfEssex(change: d =>
            {
                var last = OwnDocument.Stage(d, "4").AsObject();
                last.Remove("chair");
                last.Remove("copyTiers");
                last["told"] = "both";
                last["tiers"] = new JsonArray("headOfService");
                last["jointly"] = JsonNode.Parse(
                    """
                    { "by": [{ "agency": "raising", "tier": "headOfService" }, { "agency": "receiving", "tier": "headOfService" }],
                      "basis": { "where": "Step 4", "text": "The heads of both decide" } }
                    """
                );
            })
        );
        var rules = new Rules(policy, Sample.Calendar(), Sample.Directory(policy.Partnership));
        return CaseStory.Open("sefton", "2026-10-12 09:00", rules: (change ?? (r => r))(rules)).ToStage("4");
    }
}
