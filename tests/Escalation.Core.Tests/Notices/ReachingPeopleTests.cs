using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Testing.Cases;
using static Escalation.Core.Tests.Notices.Asking;

namespace Escalation.Core.Tests.Notices;

/// <summary>Nobody is skipped silently: absence, gaps, strangers.</summary>
public sealed class ReachingPeopleTests
{
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
                    Named = new Dictionary<string, PersonName>
                    {
                        ["independentReviewingOfficer"] = new PersonName("Iris Officer", null, "iris@evil.example.com"),
                    },
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
}
