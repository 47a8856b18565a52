using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Notices;

/// <summary>Nobody is skipped silently: absence, gaps, strangers, hand-overs, bounces, mail that does not work.</summary>
public sealed class ReachingPeopleTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving;

    [Fact]
    public void Whoever_is_away_is_stood_in_for_by_the_deputy()
    {
        var rules = Sample.Rules("sandwell").With(R, a => Away(a, "lineManager"));
        Assert.Contains("oak-primary/deputy", Asked(At("sandwell", "1", rules: rules)));
    }

    [Fact]
    public void A_tier_without_anybody_falls_back_to_the_next_and_the_case_says_so()
    {
        var story = At("sandwell", "1", rules: Sample.Rules("sandwell").With(R, a => a.Without("lineManager")));
        Assert.Equal(
            [
                "childrens-services/lineManager",
                "oak-primary/headOfService",
                "oak-primary/safeguardingLead",
                "oak-primary/serviceManager",
            ],
            Asked(story)
        );
        Assert.Equal(
            (R, "lineManager", "stage 2"),
            story.LatestEvents.OfType<NobodyToTell>().Select(n => (n.Agency, n.Tier, n.FellBackTo)).First()
        );
        Assert.Contains(
            story.LatestEvents.OfType<NoticeQueued>(),
            n => n is { Kind: NoticeKinds.ContactMissing, Contact: "sandwell/businessManager" }
        );
        Assert.True(TrackerRow.Of(story.Document, Sample.Policy("sandwell")).NobodyToTell);
        Assert.False(TrackerRow.Of(At("sandwell", "1").Document, Sample.Policy("sandwell")).NobodyToTell);
    }

    [Fact]
    public void A_person_who_is_asked_in_two_roles_of_one_side_gets_one_email_and_in_roles_of_two_sides_one_each()
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
                            .. a.Contacts,
                            Of(a, "second", "same@example.org"),
                            Of(a, "third", "SAME@example.org"),
                        ],
                    }
            )
            .With(C, a => a with { Contacts = [.. a.Contacts, Of(a, "fourth", "same@example.org")] });
        Assert.Equal(
            [
                "childrens-services/fourth",
                "childrens-services/lineManager",
                "oak-primary/lineManager",
                "oak-primary/second",
            ],
            Asked(At("sandwell", "1", rules: rules))
        );

        static Contact Of(Agency agency, string id, string email) =>
            agency.Contacts.First(c => c.Id == "lineManager") with
            {
                Id = id,
                Email = email,
            };
    }

    [Fact]
    public void An_agency_without_anybody_falls_back_to_the_business_manager()
    {
        var story = At("sandwell", "1", rules: Sample.Rules("sandwell").With(R, a => a with { Contacts = [] }));
        Assert.Equal(["childrens-services/lineManager", "sandwell/businessManager"], Asked(story));
        Assert.Equal("business manager", story.LatestEvents.OfType<NobodyToTell>().First().FellBackTo);
    }

    [Fact]
    public void With_nobody_at_all_the_case_says_so_and_the_clock_goes_on()
    {
        var rules = Sample.Rules("sandwell") with
        {
            Directory = new PartnershipDirectory(
                "sandwell",
                [.. Sample.Directory("sandwell").Agencies.Select(a => a with { Contacts = [] })]
            ),
        };
        var story = At("sandwell", "2", rules: rules);
        Assert.Contains(story.LatestEvents.OfType<NobodyToTell>(), n => n.FellBackTo is null);
        Assert.True(story.Case.Stages[1].Untold);
    }

    [Fact]
    public void Where_an_agency_has_no_representative_the_partnership_manager_acts_in_Berkshire_West()
    {
        var story = At(
            "berkshire-west",
            "3",
            rules: Sample.Rules("berkshire-west").With(C, a => a.Without("partnershipRepresentative"))
        );
        Assert.Equal(
            ["berkshire-west/chair", "berkshire-west/partnershipManager", "oak-primary/partnershipRepresentative"],
            Asked(story)
        );
    }

    [Fact]
    public void A_missing_contact_is_a_duty_of_that_agency_in_Surrey()
    {
        var story = At(
            "surrey-adults",
            "3",
            rules: Sample.Rules("surrey-adults").With(C, a => a.Without("lineManager"))
        );
        var duty = story.Case.Duties.Single(d => d.Rule == "missingContact");
        Assert.Equal((C, UkTime.At("2026-10-15")), (duty.Owner, duty.Due));
        Assert.Equal("2026-10-14 17:00", UkTime.Text(story.Case.Stage.OpenedAt));
    }

    [Fact]
    public void An_agency_outside_the_directory_opens_and_its_people_wait_to_be_accepted()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o =>
                o with
                {
                    ReceivedBy = [new("other", "Elm Clinic", "Elle Other", null, "elle@elm.example.com", null, null)],
                }
        );
        Assert.Equal(["intake/raisedBy", "suffolk/businessManager"], Asked(story));
        var kinds = story
            .LatestEvents.OfType<NoticeQueued>()
            .Where(n => n.Contact == "suffolk/businessManager")
            .Select(n => n.Kind)
            .ToList();
        Assert.Subset(
            kinds.ToHashSet(StringComparer.Ordinal),
            new HashSet<string> { NoticeKinds.ContactMissing, NoticeKinds.AddressToAccept }
        );
        story.Do(Commands.Accept("suffolk", "intake/receivedBy.0"));
        Assert.Equal(["intake/receivedBy.0"], Asked(story));
    }

    [Fact]
    public void Two_agencies_outside_the_directory_are_two_parties()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o =>
                o with
                {
                    ReceivedBy =
                    [
                        new("other", "Elm Clinic", null, null, null, null, null),
                        new("other", "Ash Clinic", null, null, null, null, null),
                    ],
                }
        );
        Assert.Equal(["oak-primary", "other-2", "other-3"], story.Case.Parties.Select(p => p.Agency));
    }

    [Fact]
    public void An_address_outside_the_agencys_domains_is_not_written_to_until_the_partnership_accepts_it()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { ReceivedBy = [o.ReceivedBy[0] with { Email = "cam@evil.example.com" }] }
        );
        Assert.DoesNotContain("intake/receivedBy.0", Asked(story));
        Assert.Equal(Codes.NotAllowed, story.Do(Commands.Accept(C, "intake/receivedBy.0")));
        Assert.Equal("done", story.Do(Commands.Accept("suffolk", "intake/receivedBy.0")));
        Assert.Equal(["intake/receivedBy.0"], Asked(story));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Nobody_whose_address_waits_to_be_accepted_is_written_to_in_the_whole_life_of_a_case(string policy)
    {
        static IntakePerson Outside(IntakePerson person) =>
            person with
            {
                Email = "someone@evil.example.com",
                Manager = new("Mo Manager", "mo@evil.example.com"),
            };
        var story = CaseStory.Open(
            policy,
            "2026-10-12 09:00",
            o =>
                o with
                {
                    RaisedBy = Outside(o.RaisedBy!),
                    ReceivedBy = [.. o.ReceivedBy.Select(Outside)],
                    Involved = [.. o.Involved.Select(Outside)],
                    Circumstances = [.. Sample.Policy(policy).Circumstances.Select(c => c.Id)],
                    IndependentReviewingOfficer = new PersonName("Iris Officer", null, "iris@evil.example.com"),
                    ImminentRisk = true,
                }
        );
        story.Do(Commands.SendAgain(R));
        story.Do(Commands.Urgent(R));
        story.Until("2027-03-01 09:00");
        Assert.Equal(
            Codes.NotAllowed,
            story.Do(Commands.HandOver(R, "intake/raisedBy", "nel@oak-primary.example.org"))
        );
        story.Do(Commands.Withdraw(R));
        var waiting = story.Case.Contacts.Where(c => !c.Accepted).ToList();
        Assert.Equal(5, waiting.Count);
        Assert.All(waiting, c => Assert.DoesNotContain(story.Case.Notices, n => n.Queued.Contact == c.Id));
        Assert.All(waiting, c => Assert.Null(CaseContacts.Find(story.Case, story.Rules.Directory, c.Id)));
        Assert.Contains(story.Case.Notices, n => n.Queued.Kind == NoticeKinds.AddressToAccept);
    }

    public static TheoryData<string> Policies => [.. Sample.Policies];

    [Fact]
    public void A_colleague_whose_address_waits_is_not_asked_at_later_stages_either()
    {
        var story = At("suffolk", "2");
        story.Do(Commands.HandOver(R, "oak-primary/lineManager", "nel@evil.example.com"));
        var colleague = story.Case.Contacts[^1].Id;
        story.Until("2026-12-01 09:00");
        Assert.DoesNotContain(story.Case.Notices, n => n.Queued.Contact == colleague);
        var missed = story
            .Case.Notices.Where(n => n.Queued is { Kind: NoticeKinds.StageMissed, Stage: "2" })
            .Select(n => n.Queued.Contact);
        Assert.Contains("oak-primary/lineManager", missed);
    }

    [Fact]
    public void A_fallback_passes_over_the_partnerships_own_stage()
    {
        var own = Sample
            .Rules("berkshire-west")
            .With(R, a => a with { Contacts = [.. a.Contacts.Where(c => c.Tiers is ["partnershipRepresentative"])] });
        var story = At("berkshire-west", "2", rules: own);
        Assert.Contains("berkshire-west/businessManager", Asked(story));
        Assert.DoesNotContain("oak-primary/partnershipRepresentative", Asked(story));
        Assert.Contains(
            story.LatestEvents.OfType<NobodyToTell>(),
            n => n is { Agency: R, FellBackTo: "business manager" }
        );
        foreach (var tier in own.Policy.Find("2")!.Tiers)
        {
            var detours = Coverage.Detours(own.Directory, [own.Policy], R, tier, UkTime.Day("2026-10-12"));
            Assert.Equal(InsteadOf.BusinessManager, detours.Single(d => d.Stage?.Id == "2").To);
        }
    }

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
    public void Two_people_of_one_agency_are_both_asked_and_make_it_one_party()
    {
        var another = Sample.Practitioner(C, "Cal Colleague");
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { ReceivedBy = [.. o.ReceivedBy, another] }
        );
        Assert.Single(story.Case.Parties, p => p.Agency == C);
        Assert.Equal(["intake/raisedBy", "intake/receivedBy.0", "intake/receivedBy.1"], Asked(story));
    }

    [Fact]
    public void A_manager_named_at_intake_goes_before_the_directorys()
    {
        var story = At(
            "sandwell",
            "1",
            o => o with { RaisedBy = o.RaisedBy! with { Manager = new("Mo Manager", "mo@oak-primary.example.org") } }
        );
        Assert.Equal(["childrens-services/lineManager", "intake/raisedBy.manager"], Asked(story));
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
        story.Until(story.Case.Stage.Deadline.At);
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
    public void Who_raised_the_concern_and_handed_it_over_gets_no_more_news()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal("done", story.Do(Commands.HandOver(R, "intake/raisedBy", "nel@oak-primary.example.org")));
        Assert.Equal("done", story.Record(Outcomes.Escalate, R));
        Assert.DoesNotContain(story.LatestEvents.OfType<NoticeQueued>(), n => n.Contact == "intake/raisedBy");
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

    private static Agency Away(Agency agency, string contact) =>
        agency with
        {
            Contacts =
            [
                .. agency.Contacts.Select(c =>
                    c.Id == contact
                        ? c with
                        {
                            Absences = [new Absence(UkTime.Day("2026-10-01"), UkTime.Day("2026-10-31"))],
                        }
                        : c
                ),
            ],
        };

    /// <summary>Whom the last step asked, with links.</summary>
    private static IEnumerable<string> Asked(CaseStory story) =>
        story
            .LatestEvents.OfType<NoticeQueued>()
            .Where(n => n is { Kind: NoticeKinds.StageOpened, Action: NoticeAction.Outcome })
            .Select(n => n.Contact)
            .Order(StringComparer.Ordinal);

    private static CaseStory At(
        string policy,
        string stage,
        Func<OpenCase, OpenCase>? change = null,
        Rules? rules = null,
        bool mailWorks = true
    )
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00", change, rules, mailWorks);
        while (story.Case.Stage.Id != stage)
            story.Next();
        return story;
    }
}
