using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Who lets a Stop and Review begin, how often, and who takes part in it.</summary>
public sealed class HoldAskedTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving,
        Suffolk = "suffolk";

    [Theory]
    [InlineData(R)]
    [InlineData(Suffolk)]
    public void A_hold_that_the_receiving_agency_asks_for_begins_when_the_other_side_or_the_partnership_places_it(
        string agrees
    )
    {
        var story = Opened();
        var deadline = story.Case.Stage.DeadlineInForce;
        Assert.Equal("done", story.Do(Commands.Hold(C)));
        Assert.Equal((CaseStatus.Open, deadline), (story.Case.Status, story.Case.Stage.DeadlineInForce));
        Assert.Equal(C, story.Case.Stage.HoldAskedBy);
        Assert.Equal(
            ["intake/raisedBy", "suffolk/businessManager"],
            story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.HoldAsked).Select(n => n.Contact)
        );
        // Asked once; the answer is the others'.
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Hold(C)));
        Assert.Equal("done", story.Do(Commands.Hold(agrees)));
        Assert.Equal((CaseStatus.OnHold, null), (story.Case.Status, story.Case.Stage.HoldAskedBy));
    }

    [Fact]
    public void Of_the_hold_of_an_internal_stage_nobody_of_the_other_agency_is_told()
    {
        var story = CaseStory.Open(
            Suffolk,
            "2026-10-12 09:00",
            o => o with { Circumstances = ["childProtectionPlan"] }
        );
        story.ToStage("2");
        var before = story.History.Count;
        Assert.Equal("done", story.Do(Commands.Hold(R)));
        story.Until(story.Case.Hold!.EndsAt!.Value);
        var told = story.History.Skip(before).Select(e => e.Event).OfType<NoticeQueued>().ToList();
        Assert.Contains(told, n => n.Kind == NoticeKinds.HoldEnded && n.Agency == R);
        Assert.DoesNotContain(told, n => n.Agency == C && n.Stage == "2");
    }

    [Fact]
    public void While_nobody_agrees_the_clock_goes_on()
    {
        var story = Opened();
        story.Do(Commands.Hold(C));
        Assert.Equal("2", story.Until(story.Case.Stage.DeadlineInForce!.Value).Case.Stage.Id);
        Assert.Null(story.Case.Stage.HoldAskedBy);
    }

    [Fact]
    public void A_case_is_held_once_unless_the_partnership_holds_it_again()
    {
        var story = Opened();
        Assert.Equal("done", story.Do(Commands.Hold(R)));
        Assert.Equal("done", story.Do(Commands.Resume(R)));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Hold(R)));
        Assert.Contains("held once", story.Refused!.Reason, StringComparison.Ordinal);
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Hold(C)));
        Assert.Equal("done", story.Do(Commands.Hold(Suffolk)));
    }

    [Theory]
    [InlineData("childProtectionPlan", "named/conferenceChair")]
    [InlineData("lookedAfter")]
    public void A_review_brings_the_managers_and_leads_together_and_of_a_child_on_a_plan_the_conference_chair(
        string circumstance,
        params string[] besides
    )
    {
        string[] managers = ["lineManager", "safeguardingLead", "serviceManager"];
        var expected = managers
            .SelectMany(tier => new[] { $"childrens-services/{tier}", $"oak-primary/{tier}" })
            .Concat(besides)
            .Order(StringComparer.Ordinal);
        var story = Opened(o =>
            o with
            {
                Circumstances = [circumstance],
                Named = new Dictionary<string, PersonName>
                {
                    ["conferenceChair"] = new("Chris Chair", null, "chris@childrens-services.example.org"),
                },
            }
        );
        story.Do(Commands.Hold(R));
        Assert.Equal(expected, Told(NoticeKinds.HoldPlaced));
        story.Until(story.Case.Hold!.EndsAt!.Value);
        Assert.Equal(expected, Told(NoticeKinds.HoldReview));
        Assert.Equal(expected, Told(NoticeKinds.HoldEnded));

        IEnumerable<string> Told(string kind) =>
            story
                .Case.Notices.Where(n => n.Queued.Kind == kind)
                .Select(n => n.Queued.Contact)
                .Except(["intake/raisedBy", "intake/receivedBy.0", "suffolk/businessManager"])
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_review_of_a_plan_that_ends_unresolved_asks_each_agencys_head_of_service()
    {
        var story = Opened(o => o with { Circumstances = ["childProtectionPlan"] });
        story.Do(Commands.Hold(R));
        Assert.Equal("done", story.Do(Commands.Resume(R) with { Review = "unresolved" }));
        Assert.Equal("4", story.Case.Stage.Id);
        Assert.Equal(
            ["childrens-services/headOfService", "oak-primary/headOfService"],
            story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n =>
                    n.Kind == NoticeKinds.StageOpened && n.Contact.EndsWith("headOfService", StringComparison.Ordinal)
                )
                .Select(n => n.Contact)
                .Order(StringComparer.Ordinal)
        );
    }

    // "Make a request to the Chair of the Conference for a 'Stop and Review' meeting."
    [Fact]
    public void A_review_of_a_plan_that_the_other_agency_asks_for_is_asked_of_the_conference_chair_too()
    {
        var story = Opened(o =>
            o with
            {
                Circumstances = ["childProtectionPlan"],
                Named = new Dictionary<string, PersonName>
                {
                    ["conferenceChair"] = new("Con Chair", null, "con@childrens-services.example.org"),
                },
            }
        );
        Assert.Equal("done", story.Do(Commands.Hold(Sample.Receiving)));
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.HoldAsked, Contact: "named/conferenceChair" }
        );
    }

    [Fact]
    public void What_stage_2_checks_is_asked_of_stage_3s_manager_where_a_clock_or_a_skip_passed_over_it()
    {
        var checkedAt2 = Opened().ToStage("2");
        Assert.Equal("done", checkedAt2.Record(Outcomes.Escalate, R));
        Assert.Equal(
            "done",
            checkedAt2.Record(Outcomes.Escalate, R, m => m with { Fields = new Dictionary<string, string>() })
        );

        var byClock = Opened().ToStage("2");
        byClock.Until(byClock.Case.Stage.DeadlineInForce!.Value);
        var skipped = Opened();
        Assert.Equal("done", skipped.Do(Commands.Skip(R, "3")));
        foreach (var story in new[] { byClock, skipped })
        {
            Assert.Equal("3", story.Case.Stage.Id);
            var without = story.Record(Outcomes.Escalate, R, m => m with { Fields = new Dictionary<string, string>() });
            Assert.Equal(Codes.Invalid, without);
            Assert.Equal(["fields.evidenceBase", "fields.stepsFollowed"], story.Refused!.Errors!.Keys.Order());
            // The other agency's manager knows nothing of what the raising one did.
            Assert.Equal([], AskedFields.Of(story.Case, story.Rules.Policy, "3", Side.Receiving));
            Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        }
    }

    private static CaseStory Opened(Func<OpenCase, OpenCase>? change = null) =>
        CaseStory.Open(Suffolk, "2026-10-12 09:00", change);
}
