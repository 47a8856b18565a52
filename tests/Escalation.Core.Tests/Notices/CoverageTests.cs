using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Notices;

/// <summary>What the directory says beforehand of a tier with nobody is what happens in a case.</summary>
public sealed class CoverageTests
{
    private static readonly DateOnly Day = new(2026, 10, 12);

    public static TheoryData<string, string> Sides()
    {
        var data = new TheoryData<string, string>();
        foreach (var policy in Sample.Policies)
        {
            data.Add(policy, Sample.Raising);
            data.Add(policy, Sample.Policy(policy).Partnership);
        }
        data.Add("suffolk-mash", Sample.Receiving);
        return data;
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Detours_are_where_a_case_sends_the_notices(string policy, string agency)
    {
        var own = agency == Sample.Policy(policy).Partnership;
        foreach (
            var tier in own
                ? Coverage.TiersOfPartnership([Sample.Policy(policy)])
                : Coverage.TiersOfAgencies([Sample.Policy(policy)])
        )
        {
            var rules = Sample.Rules(policy).With(agency, a => a.Without(tier));
            var said = Coverage
                .Detours(rules.Directory, [rules.Policy], agency, tier, Day)
                .Where(d => d.To is not InsteadOf.SameStage && d.Stage is { } s && (own || Tells(s.Told, agency)))
                .Select(Words)
                .Distinct()
                .Order(StringComparer.Ordinal);
            Assert.Equal(HappensIn(policy, rules, agency, tier), said);
        }
    }

    [Fact]
    public void Without_a_business_manager_there_is_nobody_at_all()
    {
        var rules = Sample
            .Rules("sandwell")
            .With("sandwell", a => a.Without(Tiers.BusinessManager))
            .With(Sample.Raising, a => a with { Contacts = [] });
        Assert.Equal(
            InsteadOf.Nobody,
            Coverage.Detours(rules.Directory, [rules.Policy], Sample.Raising, "director", Day)[0].To
        );
        Assert.Contains(
            Coverage.Detours(rules.Directory, [rules.Policy], "sandwell", Tiers.BusinessManager, Day),
            d => d is { Stage: null, To: InsteadOf.Nobody }
        );
    }

    [Fact]
    public void A_tier_counts_as_lost_once_and_only_where_no_business_manager_gets_its_notices()
    {
        var rules = Sample.Rules("sandwell").With(Sample.Raising, a => a.Without(Tiers.SafeguardingLead));
        Assert.Empty(Coverage.Lost(rules.Directory, [rules.Policy], Day));
        var without = rules.With("sandwell", a => a.Without(Tiers.BusinessManager));
        Assert.Equal(
            [(Sample.Raising, Tiers.SafeguardingLead), ("sandwell", Tiers.BusinessManager)],
            Coverage.Lost(without.Directory, [rules.Policy], Day).Select(lost => (lost.Agency.Id, lost.Tier))
        );
    }

    [Fact]
    public void Word_of_imminent_risk_for_an_agency_without_a_safeguarding_lead_goes_to_the_business_manager_as_said_beforehand()
    {
        foreach (var policy in Sample.Policies)
        {
            var rules = Sample.Rules(policy).With(Sample.Raising, a => a.Without(Tiers.SafeguardingLead));
            var said = Coverage.Detours(rules.Directory, [rules.Policy], Sample.Raising, Tiers.SafeguardingLead, Day);
            Assert.Single(said, d => d is { Stage: null, To: InsteadOf.BusinessManager });
        }
        var without = Sample.Rules("sandwell").With(Sample.Raising, a => a.Without(Tiers.SafeguardingLead));
        var story = CaseStory.Open("sandwell", "2026-10-12 10:00", rules: without);
        story.Do(Commands.Urgent(Sample.Receiving));
        var fellBack = Assert.Single(story.LatestEvents.OfType<NobodyToTell>(), n => n.Tier == Tiers.SafeguardingLead);
        Assert.Equal((Sample.Raising, "business manager"), (fellBack.Agency, fellBack.FellBackTo));
    }

    [Fact]
    public void Of_an_answer_after_the_end_the_business_manager_is_told_and_nobody_counts_as_missing()
    {
        var without = Sample.Rules("sandwell").With(Sample.Raising, a => a.Without(Tiers.LineManager));
        var story = CaseStory.Open("sandwell", "2026-10-12 10:00", rules: without);
        story.Record(Outcomes.Escalate, Sample.Raising);
        Assert.Contains(story.LatestEvents.OfType<NobodyToTell>(), n => n.Tier == Tiers.LineManager);
        story.Do(Commands.Withdraw(Sample.Raising));
        Assert.Equal(
            "stageClosed",
            story.Record(Outcomes.Escalate, Sample.Receiving, m => m with { Stage = "informal" })
        );
        Assert.Empty(story.LatestEvents.OfType<NobodyToTell>());
        var told = Assert.Single(story.LatestEvents.OfType<NoticeQueued>());
        Assert.Equal((NoticeKinds.LateResponse, "sandwell/businessManager"), (told.Kind, told.Contact));
    }

    [Fact]
    public void Whoever_is_away_without_a_deputy_counts_as_nobody()
    {
        var away = Sample
            .Rules("sandwell")
            .With(
                Sample.Raising,
                a =>
                    a with
                    {
                        Contacts =
                        [
                            .. a.Contacts.Select(c => c with { Deputy = null, Absences = [new Absence(Day, Day)] }),
                        ],
                    }
            );
        Assert.Equal(
            InsteadOf.BusinessManager,
            Coverage.Detours(away.Directory, [away.Policy], Sample.Raising, Tiers.LineManager, Day)[0].To
        );
        var next = Coverage.Detours(away.Directory, [away.Policy], Sample.Raising, Tiers.LineManager, Day.AddDays(1))[
            0
        ];
        Assert.Equal((InsteadOf.LaterStage, "2"), (next.To, next.Later!.Id));
    }

    [Theory]
    [InlineData(
        "berkshire-west",
        "lineManager,safeguardingLead,designatedProfessional,childProtectionOfficer,secondTierManager,seniorManager,"
            + "departmentalHead,partnershipRepresentative",
        "businessManager,partnershipManager,chair,statutoryPartners"
    )]
    [InlineData(
        "suffolk",
        "lineManager,safeguardingLead,serviceManager,headOfSafeguarding,seniorManager,headOfService,partnershipRepresentative,"
            + "mash,practiceManager,safeguardingManager",
        "businessManager,scrutineer"
    )]
    [InlineData(
        "sandwell",
        "lineManager,safeguardingLead,serviceManager,headOfService,director,partnershipRepresentative,directorForQualityAndReview",
        "businessManager,chair,mash"
    )]
    [InlineData("sefton", "lineManager,safeguardingSupervisor,safeguardingLead,headOfService", "businessManager,chair")]
    [InlineData(
        "surrey-adults",
        "lineManager,safeguardingLead,secondTierManager,headOfService,director,partnershipRepresentative",
        "businessManager,boardManager,board,headOfAdultSafeguarding,mash"
    )]
    public void Tiers_are_those_that_the_partnerships_policies_use(string partnership, string agencies, string own)
    {
        IReadOnlyList<Policy> policies = [.. PolicyCatalogue.BuiltIn.All.Where(p => p.Partnership == partnership)];
        Assert.Equal(agencies.Split(','), Coverage.TiersOfAgencies(policies));
        Assert.Equal(own.Split(','), Coverage.TiersOfPartnership(policies));
    }

    private static bool Tells(Told told, string agency) =>
        told switch
        {
            Told.Receiving => agency == Sample.Receiving,
            Told.Raising => agency == Sample.Raising,
            _ => true,
        };

    /// <summary>Every stage opens, because nobody answers.</summary>
    private static IEnumerable<string> HappensIn(string policy, Rules rules, string agency, string tier) =>
        CaseStory
            .Open(policy, "2026-10-12 10:00", rules: rules)
            .ToStage(rules.Policy.FinalStage.Id)
            .Until("2026-12-24 10:00")
            .History.Select(r => r.Event)
            .OfType<NobodyToTell>()
            .Where(n =>
                n.Agency == agency
                && n.Kind is NoticeKinds.StageOpened or NoticeKinds.StageCopy or NoticeKinds.Told
                && n.Stage is not null
            )
            .Where(n => n.Agency == agency && (n.Kind != NoticeKinds.Told || n.Tier == tier))
            .Select(n => $"{n.Stage}: {n.FellBackTo ?? "nobody"}")
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static string Words(Detour d) =>
        $"{d.Stage!.Id}: "
        + d.To switch
        {
            InsteadOf.LaterStage => $"stage {d.Later!.Id}",
            InsteadOf.PartnershipManager => "partnership manager",
            InsteadOf.BusinessManager => "business manager",
            _ => "nobody",
        };
}
