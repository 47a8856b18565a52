using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using static Escalation.Core.Tests.Notices.Asking;

namespace Escalation.Core.Tests.Notices;

/// <summary>Who is told in a person's place: hand-overs, corrections, newcomers.</summary>
public sealed class HandOverTests
{
    [Theory]
    [InlineData("suffolk", "1", C, R, "intake/raisedBy")]
    [InlineData("sandwell", "2", C, R, "oak-primary/headOfService")]
    [InlineData("suffolk-mash", "1", C, R, "intake/raisedBy")]
    [InlineData("surrey-adults", "6", R, C, "childrens-services/partnershipRepresentative")]
    public void A_newcomer_on_the_side_that_confirms_is_asked_to(
        string policy,
        string stage,
        string by,
        string confirms,
        string from
    )
    {
        var story = At(policy, stage);
        Assert.Equal("done", story.Record(Outcomes.Resolved, by));
        Assert.Equal(CaseStatus.AwaitingConfirmation, story.Case.Status);
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.ConfirmationAsked } && n.Contact == from
        );
        Assert.Equal("done", story.Do(Commands.HandOver(confirms, from, $"nel@{confirms}.example.org")));
        var colleague = story.Case.Contacts[^1].Id;
        var asked = Assert.Single(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n.Kind == NoticeKinds.ConfirmationAsked
        );
        Assert.Equal(
            (colleague, NoticeAction.Confirm, story.Case.SideOf(confirms)),
            (asked.Contact, asked.Action, asked.Side)
        );
    }

    [Fact]
    public void A_newcomer_on_the_side_that_recorded_is_not_asked_to_confirm()
    {
        var story = At("sandwell", "2");
        Assert.Equal("done", story.Record(Outcomes.Resolved, C));
        Assert.Equal(
            "done",
            story.Do(Commands.HandOver(C, "childrens-services/headOfService", "nel@childrens-services.example.org"))
        );
        Assert.DoesNotContain(story.LatestEvents.OfType<NoticeQueued>(), n => n.Kind == NoticeKinds.ConfirmationAsked);
    }

    [Fact]
    public void Handed_over_to_a_colleague_the_colleague_is_asked_now_and_later()
    {
        var story = At("suffolk", "2");
        Assert.Equal("done", story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org")));
        var colleague = story.Case.Contacts[^1].Id;
        Assert.Equal([colleague], Asked(story));
        Assert.True(CaseContacts.IsReplaced(story.Case, "oak-primary/lineManager"));
        Assert.Equal(
            "nel@oak-primary.example.org",
            CaseContacts.Find(story.Case, story.Rules.Directory, colleague)!.Person.Email
        );
        story.Until(story.Case.Stage.Deadline!.At);
        Assert.Contains(
            colleague,
            story
                .Case.Notices.Where(n => n.Queued is { Kind: NoticeKinds.StageOpened, Stage: "3" })
                .Select(n => n.Queued.Contact)
        );
        Assert.DoesNotContain(
            "oak-primary/lineManager",
            story.Case.Notices.Where(n => n.Queued.Stage == "3").Select(n => n.Queued.Contact)
        );
    }

    [Fact]
    public void Handed_over_once_more_the_matter_is_the_last_colleagues_now_and_later()
    {
        var story = At("suffolk", "2");
        Assert.Equal("done", story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org")));
        var first = story.Case.Contacts[^1].Id;
        Assert.Equal("done", story.Do(Commands.HandOver(R, first, "nat@oak-primary.example.org")));
        var last = story.Case.Contacts[^1].Id;
        Assert.Equal([last], Asked(story));
        var before = story.Case.Notices.Count;
        story.Until(story.Case.Stage.Deadline!.At);
        Assert.Equal("3", story.Case.Stage.Id);
        var told = story.Case.Notices.Skip(before).Select(n => n.Queued).ToList();
        foreach (var kind in new[] { NoticeKinds.Reminder, NoticeKinds.StageMissed, NoticeKinds.StageOpened })
            Assert.Contains(told, n => n.Kind == kind && n.Contact == last);
        Assert.DoesNotContain(told, n => n.Contact == first || n.Contact == "oak-primary/lineManager");
    }

    [Fact]
    public void A_colleague_who_was_handed_the_matter_and_is_then_corrected_is_told_nothing_more()
    {
        var story = At("suffolk", "2");
        Assert.Equal("done", story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org")));
        var handed = story.Case.Contacts[^1].Id;
        Assert.Equal("done", story.Do(Commands.ChangeContact("suffolk", handed)));
        var changed = story.Case.Contacts[^1].Id;
        Assert.Equal([changed], Asked(story));
        story.Do(Commands.SendAgain(R));
        Assert.Equal([changed, "oak-primary/safeguardingLead"], Asked(story));
    }

    [Fact]
    public void A_hand_over_while_the_mail_waits_leaves_nothing_queued_for_who_handed_over()
    {
        var story = At("suffolk", "2", mailWorks: false);
        Assert.Equal("done", story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org")));
        var theirs = story.Case.Notices.Where(n => n.Queued.Contact == "oak-primary/lineManager").ToList();
        Assert.NotEmpty(theirs);
        Assert.All(theirs, n => Assert.Equal(NoticeState.Superseded, n.Status));
        Assert.Contains(
            story.Case.Notices,
            n => n.Status == NoticeState.Queued && n.Queued.Contact == story.Case.Contacts[^1].Id
        );
    }

    [Fact]
    public void A_hand_over_that_waits_to_be_accepted_takes_nothing_from_the_queue_until_it_is()
    {
        var story = At("suffolk", "2", mailWorks: false);
        story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@evil.example.com"));
        Assert.Contains(NoticeState.Queued, States());
        story.Do(Commands.Accept("suffolk", story.Case.Contacts[^1].Id));
        Assert.Equal([NoticeState.Superseded], States().Distinct());

        IEnumerable<NoticeState> States() =>
            story.Case.Notices.Where(n => n.Queued.Contact == "oak-primary/lineManager").Select(n => n.Status);
    }

    [Fact]
    public void A_hand_over_to_a_strange_address_changes_nobody_until_it_is_accepted()
    {
        var story = At("suffolk", "2");
        story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@evil.example.com"));
        Assert.Equal(
            ["addressToAccept suffolk/businessManager"],
            story.LatestEvents.OfType<NoticeQueued>().Select(n => $"{n.Kind} {n.Contact}")
        );
        Assert.False(CaseContacts.IsReplaced(story.Case, "oak-primary/lineManager"));
        story.Do(Commands.Accept("suffolk", story.Case.Contacts[^1].Id));
        Assert.True(CaseContacts.IsReplaced(story.Case, "oak-primary/lineManager"));
    }

    [Fact]
    public void Who_is_of_an_agency_outside_the_directory_hands_over_to_nobody_until_the_business_manager_accepts_it()
    {
        var elle = new IntakePerson("other", "Elm Clinic", "Elle Other", null, "elle@elm.example.com", null, null);
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", o => o with { ReceivedBy = [elle] });
        Assert.Equal("done", story.Do(Commands.Accept("suffolk", "intake/receivedBy.0")));
        var agency = story.Case.Parties[^1].Agency;
        Assert.Equal("done", story.Do(Commands.HandOver(agency, "intake/receivedBy.0", "nel@elm.example.com")));
        Assert.Equal(
            ["addressToAccept suffolk/businessManager"],
            story.LatestEvents.OfType<NoticeQueued>().Select(n => $"{n.Kind} {n.Contact}")
        );
        var colleague = story.Case.Contacts[^1].Id;
        Assert.Equal("done", story.Do(Commands.Accept("suffolk", colleague)));
        Assert.Equal([colleague], Asked(story));
    }

    [Fact]
    public void Only_a_contacts_own_agency_hands_over_and_only_once()
    {
        var story = At("suffolk", "2");
        Assert.Equal(
            Codes.NotAllowed,
            story.Do(Commands.HandOver(C, "oak-primary/lineManager", "nel@oak-primary.example.org"))
        );
        Assert.Equal(
            Codes.NotAllowed,
            story.Do(Commands.HandOver(R, "oak-primary/nobody", "nel@oak-primary.example.org"))
        );
        story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org"));
        Assert.Equal(
            Codes.NotAllowed,
            story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nat@oak-primary.example.org"))
        );
    }

    [Fact]
    public void A_changed_contact_supersedes_what_was_still_queued_for_the_one_before()
    {
        var story = At("suffolk", "2", mailWorks: false);
        Assert.Equal("done", story.Do(Commands.ChangeContact("suffolk", "oak-primary/lineManager")));
        Assert.All(
            story.Case.Notices.Where(n => n.Queued.Contact == "oak-primary/lineManager"),
            n => Assert.Equal(NoticeState.Superseded, n.Status)
        );
        Assert.Equal([story.Case.Contacts[^1].Id], Asked(story));
        Assert.Contains(
            story.Case.Notices,
            n => n.Status == NoticeState.Queued && n.Queued.Contact != story.Case.Contacts[^1].Id
        );
    }

    [Fact]
    public void A_gap_is_filled_for_the_case_and_asked_at_once()
    {
        var story = At("sandwell", "1", rules: Sample.Rules("sandwell").With(R, a => a with { Contacts = [] }));
        story.Do(Commands.ChangeContact("sandwell", null, R, "lineManager"));
        Assert.Equal([story.Case.Contacts[^1].Id], Asked(story));
    }

    [Fact]
    public void Where_a_newcomer_alone_is_asked_nothing_is_said_of_others_who_have_nobody()
    {
        var rules = Sample.Rules("sandwell").With(C, a => a with { Contacts = [] });
        var story = At("sandwell", "1", rules: rules);
        Assert.Contains(story.LatestEvents.OfType<NobodyToTell>(), n => n.Agency == C);
        Assert.Equal("done", story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org")));
        Assert.Equal([story.Case.Contacts[^1].Id], Asked(story));
        Assert.Empty(story.LatestEvents.OfType<NobodyToTell>());
    }

    [Fact]
    public void Who_raised_the_concern_and_handed_it_over_gets_no_more_news()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal("done", story.Do(Commands.HandOver(R, "intake/raisedBy", "nel@oak-primary.example.org")));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.DoesNotContain(story.LatestEvents.OfType<NoticeQueued>(), n => n.Contact == "intake/raisedBy");
    }

    [Fact]
    public void A_contact_who_was_replaced_cannot_be_replaced_again_and_the_one_in_their_place_can()
    {
        var story = At("suffolk", "2");
        Assert.Equal("done", story.Do(Commands.ChangeContact("suffolk", "oak-primary/lineManager")));
        var first = story.Case.Contacts[^1].Id;
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.ChangeContact("suffolk", "oak-primary/lineManager")));
        Assert.Equal("done", story.Do(Commands.ChangeContact("suffolk", first)));
        Assert.Equal([story.Case.Contacts[^1].Id], Asked(story));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_email_to_somebody_in_anothers_place_bounces_the_next_are_asked_unless_one_of_the_tier_was_reached(
        bool alone
    )
    {
        var rules = Sample.Rules("suffolk").With(R, a => alone ? a.Without("safeguardingLead") : a);
        var story = At("suffolk", "2", rules: rules);
        Assert.Equal("done", story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@oak-primary.example.org")));
        story.Bounce(AskedOf(story, story.Case.Contacts[^1].Id));
        Assert.Equal(alone, Asked(story).Any());
        Assert.DoesNotContain("oak-primary/lineManager", Asked(story));
    }
}
