using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>
/// Where imminent risk leads: forward to the stage that the policy names, and never back; and whose it is to act: whoever believes that
/// there is such a risk, whichever agency they are of.
/// </summary>
public sealed class UrgentTests
{
    [Theory]
    [InlineData("1", "2")]
    [InlineData("2", "2")]
    [InlineData("3", "3")]
    public void Imminent_risk_goes_forward_to_the_stage_the_policy_names_and_leaves_a_later_one_where_it_is(
        string stage,
        string then
    )
    {
        var own = OwnDocument.Of(
            "berkshire-west",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                d["skip"]!["urgentTo"] = "2";
            }
        );
        var rules = Sample.Rules("berkshire-west") with { Policy = OwnDocument.Read(own) };
        var story = CaseStory.Open("berkshire-west", "2026-10-12 09:00", rules: rules);
        story.ToStage(stage);
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
        Assert.Equal(then, story.Case.Stage.Id);
    }

    [Theory]
    [InlineData("sandwell", "marf")]
    [InlineData("surrey-adults", "mashInformsReferrer")]
    public void Said_again_within_the_hour_imminent_risk_gives_no_duty_once_more(string policy, string duty)
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00");
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
        Assert.Equal("done", story.Until("2026-10-12 09:59").Do(Commands.Urgent(Sample.Raising)));
        Assert.Single(story.Case.Duties, d => d.Rule == duty);
    }

    // "In all cases where a professional thinks a child is at imminent risk of harm and another agency disagrees they should refer
    // direct to their Safeguarding Children Board nominated person, after consulting quickly with their named Child Protection Officer."
    [Theory]
    [InlineData(Sample.Raising)]
    [InlineData(Sample.Receiving)]
    public void Berkshire_Wests_nominated_person_and_Child_Protection_Officer_are_those_of_the_agency_that_reports_it(
        string reporting
    )
    {
        string[] tiers = [Tiers.PartnershipRepresentative, "childProtectionOfficer"];
        Assert.Equal(tiers.Select(t => $"{reporting}/{t}").Order(), Told("berkshire-west", reporting, tiers));
    }

    // "If a child is thought to be at risk of immediate harm the designated safeguarding lead/line manager in your agency should be
    // informed immediately."
    [Theory]
    [InlineData(Sample.Raising)]
    [InlineData(Sample.Receiving)]
    public void The_second_Berkshire_procedure_tells_the_line_manager_of_the_agency_that_reports_it(string reporting) =>
        Assert.Equal([$"{reporting}/lineManager"], Told("berkshire-west-disagreement", reporting, [Tiers.LineManager]));

    // "In all cases where a professional believes a child to be at imminent risk of harm they should make a MARF."
    [Fact]
    public void Sandwells_MARF_is_owed_by_the_agency_that_reports_it_and_by_each_that_does()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00");
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Receiving)));
        Assert.Equal([Sample.Receiving], Owners());
        Assert.Equal(RiskPart.Act, story.Case.RiskPartOf(Sample.Receiving));
        Assert.Equal(RiskPart.Protect, story.Case.RiskPartOf(Sample.Raising));
        Assert.Equal(RiskPart.Know, story.Case.RiskPartOf("sandwell"));

        Assert.Equal("done", story.Until("2026-10-12 09:10").Do(Commands.Urgent(Sample.Raising)));
        Assert.Equal([Sample.Receiving, Sample.Raising], Owners());
        Assert.Equal(RiskPart.Act, story.Case.RiskPartOf(Sample.Raising));

        string[] Owners() => [.. story.Case.Duties.Where(d => d.Rule == "marf").Select(d => d.Owner)];
    }

    [Fact]
    public void What_the_partnership_reports_is_the_raising_agencys_to_act_on_and_within_the_hour_the_same_report()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00");
        Assert.Equal("done", story.Do(Commands.Urgent("sandwell")));
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Raising)));
        Assert.Equal(Sample.Raising, Assert.Single(story.Case.Duties, d => d.Rule == "marf").Owner);
        var report = Assert.Single(story.Case.RiskReports);
        Assert.Equal(("sandwell", Sample.Raising), (report.Agency, report.Acting));
    }

    // North East Lincolnshire: "immediate risk: MASH (children) or SPA (adults)", one guidance for both.
    [Theory]
    [InlineData("child", "suffolk/mash")]
    [InlineData("adult", "suffolk/singlePointOfAccess")]
    public void Whom_imminent_risk_is_told_to_goes_by_the_kind_of_person(string kind, string told)
    {
        var own = OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                d["tiers"]!
                    .AsArray()
                    .Add(JsonNode.Parse("""{ "id": "singlePointOfAccess", "name": "Single Point of Access" }"""));
                d["urgent"]!["tell"] = JsonNode.Parse(
                    """
                    [
                      { "agency": "partnership", "tier": "mash", "when": { "personKinds": ["child", "family"] } },
                      { "agency": "partnership", "tier": "singlePointOfAccess", "when": { "personKinds": ["adult"] } }
                    ]
                    """
                );
            }
        );
        var rules = Sample.Rules("suffolk") with { Policy = OwnDocument.Read(own) };
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { ImminentRisk = true, Person = o.Person! with { Kind = kind } },
            rules: rules
        );
        var tier = told.Split('/')[1];
        var others = new[] { Tiers.BusinessManager, Tiers.SafeguardingLead };
        Assert.Equal(
            [tier],
            story
                .History.Select(e => e.Event)
                .OfType<NobodyToTell>()
                .Where(n => n.Kind == NoticeKinds.Urgent)
                .Select(n => n.Tier)
                .Concat(
                    story
                        .Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.Urgent)
                        .Select(n => n.Queued.Contact.Split('/')[1])
                        .Except(others)
                )
        );
    }

    [Fact]
    public void At_an_internal_stage_of_the_other_agency_what_an_agency_reports_is_still_its_own_to_act_on()
    {
        var own = OwnDocument.Of(
            "suffolk",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                d["urgent"]!["leadsOf"] = "reporting";
                d["duties"]!
                    .AsArray()
                    .Add(
                        JsonNode.Parse(
                            """
                            {
                              "id": "refer", "what": "Refer to the MASH", "when": "urgent", "owner": "reporting", "workingDays": 0,
                              "basis": { "where": "a test", "text": "At once", "local": true }
                            }
                            """
                        )
                    );
            }
        );
        var rules = Sample.Rules("suffolk") with { Policy = OwnDocument.Read(own) };
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", rules: rules).ToStage("2");
        Assert.Equal("done", story.Do(Commands.Urgent(Sample.Receiving)));
        Assert.Equal(Sample.Receiving, Assert.Single(story.Case.Duties, d => d.Rule == "refer").Owner);
        Assert.Equal(
            ["childrens-services/safeguardingLead", "suffolk/businessManager"],
            story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n => n.Kind == NoticeKinds.Urgent)
                .Select(n => n.Contact)
                .Order()
        );
        story.Until("2026-10-12 18:00");
        Assert.All(
            story.Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.DutyOverdue && n.Queued.Agency != "suffolk"),
            n => Assert.Equal(Sample.Receiving, n.Queued.Agency)
        );
    }

    [Fact]
    public void Who_reported_it_is_forgotten_with_the_rest_of_the_personal_data_and_that_it_was_reported_is_not()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00", o => o with { ImminentRisk = true });
        story.Do(Commands.Urgent(Sample.Receiving) with { Phone = "01234 567890" });
        Assert.Equal("01234 567890", story.Case.RiskReports[1].By!.Phone);
        Assert.All(story.Case.RiskReports, r => Assert.NotNull(r.By));
        story.Do(Commands.Withdraw(Sample.Raising));
        story.Until("2052-12-01").Forget();
        Assert.True(story.Case.PersonalDataRemoved);
        Assert.All(story.Case.RiskReports, r => Assert.Null(r.By));
        Assert.True(story.Case.ImminentRisk);
    }

    /// <summary>Who of these tiers is told of a report.</summary>
    private static string[] Told(string policy, string reporting, string[] tiers)
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00");
        Assert.Equal("done", story.Do(Commands.Urgent(reporting)));
        return
        [
            .. story
                .LatestEvents.OfType<NoticeQueued>()
                .Where(n =>
                    n.Kind == NoticeKinds.Urgent
                    && tiers.Any(t => n.Contact.EndsWith($"/{t}", StringComparison.Ordinal))
                )
                .Select(n => n.Contact)
                .Order(),
        ];
    }
}
