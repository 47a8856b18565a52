using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using static Escalation.Core.Tests.Notices.Asking;

namespace Escalation.Core.Tests.Notices;

/// <summary>Who is asked when an email did not arrive, could not be sent, or went out too late.</summary>
public sealed class BounceTests
{
    [Fact]
    public void After_a_bounce_nobody_else_is_asked_while_somebody_of_the_tier_was_reached()
    {
        var rules = Sample
            .Rules("sandwell")
            .With(R, a => a with { Contacts = [.. a.Contacts.Select(c => c with { Deputy = null })] });
        var story = At("sandwell", "2", rules: rules);
        string[] tier = ["oak-primary/headOfService", "oak-primary/safeguardingLead", "oak-primary/serviceManager"];
        Assert.Equal(tier, Asked(story).Where(a => a.StartsWith(R, StringComparison.Ordinal)));
        foreach (var contact in tier[..^1])
        {
            story.Bounce(Opened(contact));
            Assert.Empty(Asked(story));
            Assert.Equal([NoticeKinds.NoticeFailed], story.LatestEvents.OfType<NoticeQueued>().Select(n => n.Kind));
        }
        story.Bounce(Opened(tier[^1]));
        Assert.Equal(["oak-primary/director"], Asked(story));

        Notice Opened(string contact) =>
            story.Case.Notices.Single(n =>
                n.Queued is { Kind: NoticeKinds.StageOpened, Stage: "2" } && n.Queued.Contact == contact
            );
    }

    [Fact]
    public void For_a_conference_chair_whose_email_bounced_the_business_manager_is_asked()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o =>
                o with
                {
                    Nature = ["childProtectionConference"],
                    Named = new Dictionary<string, PersonName>
                    {
                        ["conferenceChair"] = new("Con Chair", null, "con@oak-primary.example.org"),
                    },
                }
        );
        Assert.DoesNotContain(story.Case.Notices, n => n.Queued.Contact == "suffolk/businessManager");
        story.Bounce(story.Case.Notices.Single(n => n.Queued.Contact == "named/conferenceChair"));
        var asked = story.LatestEvents.OfType<NoticeQueued>().Single(n => n.Kind == NoticeKinds.StageOpened);
        Assert.Equal(
            ("suffolk/businessManager", NoticeAction.Outcome, "named:conferenceChair"),
            (asked.Contact, asked.Action, asked.InsteadOf)
        );
    }

    [Fact]
    public void What_was_not_sent_when_its_stage_closed_is_superseded_and_the_business_manager_hears_that_nobody_was_told()
    {
        var story = At("suffolk", "2", mailWorks: false);
        var closed = story.LatestEvents.OfType<StageClosed>().Single();
        Assert.True(closed.Untold);
        Assert.All(
            story.Case.Notices.Where(n => n.Queued is { Stage: "1", Action: not NoticeAction.None }),
            n => Assert.Equal(NoticeState.Superseded, n.Status)
        );
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.StageUntold, Contact: "suffolk/businessManager", Stage: "1" }
        );
        Assert.True(story.Case.Stages[0].Untold);
        Assert.False(At("suffolk", "2").Case.Stages[0].Untold);
    }

    [Fact]
    public void What_asks_nobody_for_anything_is_still_sent_after_its_stage_closed()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { ImminentRisk = true },
            mailWorks: false
        );
        var news = story.Case.Notices.Where(n => n.Queued.Action is NoticeAction.None).Select(n => n.Key).ToList();
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.NotEmpty(news);
        Assert.All(
            story.Case.Notices.Where(n => news.Contains(n.Key)),
            n => Assert.Equal(NoticeState.Queued, n.Status)
        );
    }

    [Fact]
    public void A_stage_whose_emails_were_delivered_was_told()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", mailWorks: false);
        foreach (var notice in story.Case.Notices)
            story.Sent(notice, "operation").Delivered(notice);
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.False(story.LatestEvents.OfType<StageClosed>().Single().Untold);
    }

    [Fact]
    public void A_bounce_asks_the_deputy_then_the_next_tier_then_the_business_manager_and_tells_the_business_manager_each_time()
    {
        var story = At("sandwell", "1");
        foreach (
            var expected in new[] { "oak-primary/deputy", "oak-primary/headOfService", "oak-primary/serviceManager" }
        )
        {
            story.Bounce(
                story.Case.Notices.Last(n =>
                    n.Queued is { Action: NoticeAction.Outcome, Agency: R } && n.Status == NoticeState.Sent
                )
            );
            if (expected != "oak-primary/serviceManager")
                Assert.Contains(expected, Asked(story));
            Assert.Contains(
                story.LatestEvents.OfType<NoticeQueued>(),
                n => n is { Kind: NoticeKinds.NoticeFailed, Contact: "sandwell/businessManager" }
            );
        }
        Assert.Empty(story.Bounce(story.Case.Notices.First(n => n.Status == NoticeState.Failed)).Latest);
    }

    [Fact]
    public void A_business_manager_whose_mailbox_refused_what_asked_in_a_tiers_place_is_not_asked_again()
    {
        var rules = Sample.Rules("sandwell").With(R, a => a with { Contacts = [] });
        var story = At("sandwell", "1", rules: rules);
        story.Bounce(AskedOf(story, "sandwell/businessManager"));
        Assert.Equal(["sandwell/deputy"], Asked(story));
        story.Bounce(AskedOf(story, "sandwell/deputy"));
        Assert.Empty(Asked(story));
        Assert.Null(Assert.Single(story.LatestEvents.OfType<NobodyToTell>()).FellBackTo);
    }

    [Fact]
    public void A_bounce_leaves_on_record_to_whom_and_where_the_email_had_gone()
    {
        var story = At("sandwell", "1");
        var sent = story.Case.Notices.Last(n => n.Status == NoticeState.Sent);
        Assert.NotNull(sent.To);
        story.Bounce(sent);
        Assert.Equal(sent.To, story.Case.Notices.Single(n => n.Key == sent.Key).To);
    }

    [Fact]
    public void Two_who_stand_in_for_each_other_and_both_bounce_are_asked_once_each()
    {
        var rules = Sample
            .Rules("sandwell")
            .With(
                R,
                a =>
                    a with
                    {
                        Contacts =
                        [
                            .. a.Contacts.Select(x => x.Id == "deputy" ? x with { Deputy = "lineManager" } : x),
                        ],
                    }
            );
        var story = At("sandwell", "1", rules: rules);
        foreach (var expected in new[] { "oak-primary/deputy", "oak-primary/headOfService" })
        {
            story.Bounce(
                story.Case.Notices.Last(n =>
                    n.Queued is { Action: NoticeAction.Outcome, Agency: R } && n.Status == NoticeState.Sent
                )
            );
            Assert.Contains(expected, Asked(story));
            Assert.DoesNotContain("oak-primary/lineManager", Asked(story));
        }
    }

    [Fact]
    public void Whose_email_failed_at_an_earlier_stage_stands_in_at_a_later_one_all_the_same()
    {
        var story = At("sandwell", "1");
        story.Bounce(AskedOf(story, "oak-primary/lineManager"));
        story.Bounce(AskedOf(story, "oak-primary/deputy"));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Equal("2", story.Case.Stage.Id);
        story.Bounce(AskedOf(story, "oak-primary/headOfService"));
        Assert.Equal(["oak-primary/deputy"], Asked(story));
    }

    [Fact]
    public void What_the_mail_service_failed_to_send_at_an_earlier_stage_does_not_count_at_the_next()
    {
        var story = At("suffolk", "2");
        story.Bounce(AskedOf(story, "oak-primary/lineManager"), DeliveryRules.NotSent);
        Assert.Equal(["oak-primary/lineManager"], Asked(story));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        story.Bounce(AskedOf(story, "oak-primary/lineManager"), DeliveryRules.NotSent);
        Assert.Equal(["oak-primary/lineManager"], Asked(story));
    }

    [Fact]
    public void A_deputy_whom_the_directory_no_longer_has_is_passed_over_and_the_next_tier_is_asked()
    {
        var rules = Sample
            .Rules("sandwell")
            .With(R, a => a with { Contacts = [.. a.Contacts.Select(c => c with { Deputy = "gone" })] });
        var story = At("sandwell", "1", rules: rules);
        story.Bounce(AskedOf(story, "oak-primary/lineManager"));
        Assert.Equal(
            ["oak-primary/headOfService", "oak-primary/safeguardingLead", "oak-primary/serviceManager"],
            Asked(story)
        );
    }

    [Fact]
    public void A_bounce_of_what_asked_somebody_to_confirm_asks_the_deputy_to_confirm()
    {
        var story = At("sandwell", "2");
        Assert.Equal("done", story.Record(Outcomes.Resolved, C));
        var asked = story
            .LatestEvents.OfType<NoticeQueued>()
            .First(n => n is { Kind: NoticeKinds.ConfirmationAsked, Agency: R });
        story.Bounce(story.Case.Notices.Single(n => n.Key == asked.Key));
        var instead = Assert.Single(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n.Kind == NoticeKinds.ConfirmationAsked
        );
        Assert.Equal(("oak-primary/deputy", NoticeAction.Confirm), (instead.Contact, instead.Action));
    }

    [Fact]
    public void A_bounce_after_the_end_asks_nobody_else_and_tells_the_business_manager()
    {
        var story = At("sandwell", "1");
        var asked = AskedOf(story, "oak-primary/lineManager");
        Assert.Equal("done", story.Do(Commands.Withdraw(R)));
        story.Bounce(asked);
        Assert.Equal(
            ["noticeFailed sandwell/businessManager"],
            story.LatestEvents.OfType<NoticeQueued>().Select(n => $"{n.Kind} {n.Contact}")
        );
    }

    [Fact]
    public void A_person_of_a_tier_whose_email_failed_at_an_earlier_stage_is_asked_at_the_next()
    {
        var story = At("suffolk", "2");
        story.Bounce(AskedOf(story, "oak-primary/lineManager"));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.Contains("oak-primary/lineManager", Asked(story));
    }

    [Fact]
    public void A_bounce_after_a_report_of_delivery_asks_the_deputy_and_tells_the_business_manager()
    {
        var story = At("sandwell", "1");
        var asked = AskedOf(story, "oak-primary/lineManager");
        story.Delivered(asked);
        Assert.Equal(NoticeState.Delivered, story.Case.Notices.Single(n => n.Key == asked.Key).Status);
        story.Bounce(asked);
        Assert.Equal(NoticeState.Failed, story.Case.Notices.Single(n => n.Key == asked.Key).Status);
        Assert.Equal(["oak-primary/deputy"], Asked(story));
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.NoticeFailed, Contact: "sandwell/businessManager" }
        );
    }

    [Fact]
    public void After_a_bounce_no_report_of_sending_or_of_delivery_changes_anything()
    {
        var story = At("sandwell", "1");
        var asked = AskedOf(story, "oak-primary/lineManager");
        story.Bounce(asked);
        Assert.Empty(story.Delivered(asked).Latest);
        Assert.Empty(story.Sent(asked, "operation").Latest);
        Assert.Equal(NoticeState.Failed, story.Case.Notices.Single(n => n.Key == asked.Key).Status);
    }

    [Fact]
    public void No_report_on_a_superseded_notice_changes_anything_or_asks_anybody()
    {
        var story = At("suffolk", "2", mailWorks: false);
        var superseded = story.Case.Notices.First(n => n.Status == NoticeState.Superseded);
        Assert.Empty(story.Sent(superseded, "operation").Latest);
        Assert.Empty(story.Delivered(superseded).Latest);
        Assert.Empty(story.Bounce(superseded).Latest);
    }

    [Fact]
    public void A_bounce_of_a_stage_that_has_closed_asks_nobody_else_and_tells_the_business_manager()
    {
        var story = At("sandwell", "1");
        var earlier = story.Case.Notices.Last(n =>
            n.Queued is { Action: NoticeAction.Outcome, Agency: R } && n.Status == NoticeState.Sent
        );
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        story.Bounce(earlier);
        Assert.Equal(
            ["noticeFailed sandwell/businessManager"],
            story.LatestEvents.OfType<NoticeQueued>().Select(n => $"{n.Kind} {n.Contact}")
        );
    }

    [Fact]
    public void A_report_of_delivery_that_comes_before_the_sending_was_written_stands()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", mailWorks: false);
        var notice = story.Case.Notices[0];
        Assert.Equal(NoticeState.Delivered, story.Delivered(notice).Case.Notices[0].Status);
        story.Sent(notice, "operation");
        Assert.Equal(NoticeState.Delivered, story.Case.Notices[0].Status);
    }

    [Fact]
    public void What_the_mail_service_itself_failed_to_send_is_asked_of_the_same_person_once_more_then_of_the_deputy()
    {
        var story = At("sandwell", "1");
        for (var times = 1; times <= 2; times++)
        {
            var asked = story.Case.Notices.Last(n =>
                n.Queued is { Action: NoticeAction.Outcome, Contact: "oak-primary/lineManager" }
            );
            story.Bounce(asked, DeliveryRules.NotSent);
            Assert.Equal([times == 1 ? "oak-primary/lineManager" : "oak-primary/deputy"], Asked(story));
            Assert.Contains(story.LatestEvents.OfType<NoticeQueued>(), n => n.Kind == NoticeKinds.NoticeFailed);
            Assert.Empty(story.Bounce(asked, DeliveryRules.NotSent).Latest);
        }
    }

    [Fact]
    public void News_that_the_mail_service_failed_to_send_is_told_to_the_business_manager()
    {
        var story = At("sandwell", "1");
        story.Bounce(
            story.Case.Notices.Last(n => n is { Status: NoticeState.Sent, Queued.Action: NoticeAction.None }),
            DeliveryRules.NotSent
        );
        Assert.Equal([NoticeKinds.NoticeFailed], story.LatestEvents.OfType<NoticeQueued>().Select(n => n.Kind));
    }

    [Fact]
    public void The_business_managers_own_bounce_is_recorded_and_goes_nowhere_else()
    {
        var story = At("suffolk", "1", o => o with { PossibleDuplicates = ["SUF-0000-0000"] });
        story.Bounce(story.Case.Notices.Single(n => n.Queued.Kind == NoticeKinds.PossibleDuplicate));
        var again = Assert.Single(story.LatestEvents.OfType<NoticeQueued>());
        story.Bounce(story.Case.Notices.Single(n => n.Key == again.Key));
        Assert.Empty(story.LatestEvents.OfType<NoticeQueued>());
    }

    [Fact]
    public void Sent_again_only_the_stages_people_are_asked_under_a_new_key()
    {
        var story = At("sandwell", "3");
        var before = story.Case.Notices.Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        story.Do(Commands.SendAgain(R));
        Assert.Equal(["childrens-services/director", "oak-primary/director"], Asked(story));
        Assert.Equal(2, story.LatestEvents.OfType<NoticeQueued>().Count());
        Assert.All(story.LatestEvents.OfType<NoticeQueued>(), n => Assert.DoesNotContain(n.Key, before));
    }

    [Fact]
    public void Whoever_was_asked_is_not_asked_again_when_the_deputy_of_another_bounces_too()
    {
        var story = At("sandwell", "2");
        story.Bounce(AskedOf(story, "oak-primary/headOfService"));
        Assert.Equal(["oak-primary/deputy"], Asked(story));
        story.Bounce(AskedOf(story, "oak-primary/deputy"));
        Assert.Empty(Asked(story));
    }

    [Fact]
    public void Nobody_left_to_ask_names_the_agency_and_not_the_partnership_whose_business_manager_stood_in_for_it()
    {
        var rules = Sample.Rules("sandwell").With(R, a => a with { Contacts = [] });
        var story = At("sandwell", "1", rules: rules);
        story.Bounce(AskedOf(story, "sandwell/businessManager"));
        story.Bounce(AskedOf(story, "sandwell/deputy"));
        var nobody = Assert.Single(story.LatestEvents.OfType<NobodyToTell>());
        Assert.Equal((R, "lineManager", "1"), (nobody.Agency, nobody.Tier, nobody.Stage));
    }

    [Fact]
    public void Nobody_left_to_ask_names_each_agency_that_the_business_manager_stood_in_for()
    {
        var rules = Sample
            .Rules("sandwell")
            .With(R, a => a with { Contacts = [] })
            .With(C, a => a with { Contacts = [] });
        var story = At("sandwell", "1", rules: rules);
        story.Bounce(AskedOf(story, "sandwell/businessManager"));
        story.Bounce(AskedOf(story, "sandwell/deputy"));
        Assert.Equal([R, C], story.LatestEvents.OfType<NobodyToTell>().Select(n => n.Agency));
    }

    [Fact]
    public void A_bounce_of_a_request_to_confirm_what_was_disputed_since_asks_nobody_else()
    {
        var story = At("sandwell", "2");
        Assert.Equal("done", story.Record(Outcomes.Resolved, C));
        var asked = story
            .Case.Notices.Where(n => n.Queued is { Kind: NoticeKinds.ConfirmationAsked, Agency: R })
            .ToList();
        Assert.Equal("done", story.Do(Commands.Dispute(R)));
        foreach (var notice in asked)
        {
            story.Bounce(notice);
            Assert.DoesNotContain(
                story.LatestEvents.OfType<NoticeQueued>(),
                n => n.Kind == NoticeKinds.ConfirmationAsked
            );
        }
    }

    [Fact]
    public void Where_whoever_stood_in_for_the_confirming_side_bounced_their_deputy_is_told_and_then_nobody_is_left()
    {
        var rules = Sample.Rules("sandwell").With(R, a => a with { Contacts = [] });
        var story = At("sandwell", "2", rules: rules);
        Assert.Equal("done", story.Record(Outcomes.Resolved, C));
        story.Bounce(Confirming(story, "sandwell/businessManager"));
        story.Bounce(Confirming(story, "sandwell/deputy"));
        var nobody = Assert.Single(story.LatestEvents.OfType<NobodyToTell>());
        Assert.Equal((R, (string?)null), (nobody.Agency, nobody.FellBackTo));

        static Notice Confirming(CaseStory story, string contact)
        {
            var notice = story.Case.Notices.Last(n => n.Queued.Kind == NoticeKinds.ConfirmationAsked);
            Assert.Equal((contact, NoticeAction.None), (notice.Queued.Contact, notice.Queued.Action));
            return notice;
        }
    }

    [Fact]
    public void Where_the_whole_confirming_side_bounced_the_business_manager_is_told_without_being_asked_to_confirm()
    {
        var story = At("sandwell", "2");
        Assert.Equal("done", story.Record(Outcomes.Resolved, C));
        while (Waiting(story, Side.Raising) is { } asked)
            story.Bounce(asked);
        var manager = Waiting(story, Side.Partnership);
        Assert.Equal(
            ("sandwell/businessManager", NoticeAction.None),
            (manager?.Queued.Contact, manager?.Queued.Action)
        );

        static Notice? Waiting(CaseStory story, Side side) =>
            story.Case.Notices.Find(n =>
                n.Queued.Kind == NoticeKinds.ConfirmationAsked && n.Queued.Side == side && n.Status == NoticeState.Sent
            );
    }
}
