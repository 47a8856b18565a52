using Escalation.Core.Calendars;
using Escalation.Core.Policies;

namespace Escalation.Core.Tests.Policies;

/// <summary>The shipped documents against the published rules, written out.</summary>
public sealed class BuiltInPoliciesTests
{
    [Fact]
    public void The_eight_procedures_are_built_in() =>
        Assert.Equal(
            [
                "berkshire-west",
                "berkshire-west-disagreement",
                "sandwell",
                "sefton",
                "suffolk",
                "suffolk-mash",
                "surrey-adults",
                "surrey-adults-risk",
            ],
            PolicyCatalogue.BuiltIn.All.Select(p => p.Id)
        );

    /// <summary>Stage, told, own limit, cap; <c>L</c> marks a local setting.</summary>
    [Theory]
    [InlineData(
        "suffolk",
        "1 both 3wd maximum raised | ",
        "2 raising 1wd maximum day:1 | ",
        "3 both 1wd target L opened | ",
        "4 both 3wd maximum opened | 5wd maximum day:1",
        "5 partnership 2wd maximum opened | "
    )]
    [InlineData("suffolk-mash", "1 receiving 3wd target L opened | ", "2 receiving 3wd target L opened | ")]
    [InlineData(
        "berkshire-west",
        "pre both 1wd target L opened | ",
        "1 both 1wd target L opened | ",
        "2 both  | 5wd target raised",
        "3 partnership 3wd maximum opened | "
    )]
    [InlineData(
        "berkshire-west-disagreement",
        "pre both 1wd maximum opened | ",
        "1 both 24h maximum opened | ",
        "2 both 1wd target L opened | ",
        "3 both 1wd target L opened | ",
        "4 both 3wd target L opened | "
    )]
    [InlineData(
        "sandwell",
        "informal both 24h target opened | ",
        "1 both 3wd target opened | 3wd target opened:1",
        "2 both 5wd target opened | 8wd maximum opened:1",
        "3 both 5wd target opened | 13wd maximum opened:1",
        "4 partnership 7wd target opened | 20wd target opened:1"
    )]
    [InlineData(
        "surrey-adults",
        "1 raising 1wd target raised | ",
        "2 both 1wd target opened | ",
        "3 both 1wd target opened | ",
        "4 both 1wd target opened | ",
        "5 both 1wd target opened | ",
        "6 partnership 1wd target opened | "
    )]
    [InlineData("surrey-adults-risk", "1 both 5wd target L opened | ", "2 partnership 2wd target L opened | ")]
    [InlineData(
        "sefton",
        "1 both 2wd maximum opened | 2wd maximum raised",
        "2 both 2wd maximum opened | 4wd maximum raised",
        "3 both 2wd maximum opened | 6wd maximum raised",
        "4 partnership 5wd maximum opened | 11wd maximum raised"
    )]
    public void Stages_and_limits_are_the_published_ones(string id, params string[] expected) =>
        Assert.Equal(expected, Policy(id).Stages.Select(s => $"{s.Id} {Lower(s.Told)} {Own(s)} | {Cap(s)}"));

    [Theory]
    [InlineData("suffolk", "resolved", "noLongerDisagrees", "resolved", "resolved", "responded resolved decided")]
    [InlineData("suffolk-mash", "responded resolved", "resolved decided")]
    [InlineData("berkshire-west", "resolved", "resolved", "resolved", "decided resolved")]
    [InlineData("berkshire-west-disagreement", "resolved", "resolved", "resolved", "resolved", "decided resolved")]
    [InlineData("sandwell", "resolved", "resolved", "resolved", "resolved", "decided resolved")]
    [InlineData(
        "surrey-adults",
        "noLongerDisagrees",
        "resolved",
        "resolved",
        "resolved",
        "resolved",
        "referred resolved decided"
    )]
    [InlineData("surrey-adults-risk", "", "registered furtherAction")]
    [InlineData("sefton", "resolved", "resolved noLongerDisagrees", "resolved", "decided resolved")]
    public void Outcomes_beside_escalate(string id, params string[] expected) =>
        Assert.Equal(expected, Policy(id).Stages.Select(s => string.Join(' ', s.Outcomes)));

    [Theory]
    [InlineData(
        "suffolk",
        "referralDecision assessment implementationOfPlan effectivenessOfPlan informationSharing childProtectionConference other"
    )]
    [InlineData("berkshire-west", "levelsOfNeed rolesAndResponsibilities needForAction communication other")]
    [InlineData(
        "berkshire-west-disagreement",
        "referralThreshold furtherInformation childProtectionProcedures interpretationOfNeed "
            + "informationSharingOrServices assessmentOutcome rolesAndResponsibilities "
            + "progressOfPlans caseClosure other"
    )]
    [InlineData(
        "sandwell",
        "thresholdsAtReferral actionOrInaction decisionOrCourseOfAction conferenceOutcome "
            + "planImplementationOrEffectiveness informationSharing assessment provisionOfServices livedExperience "
            + "driftOrDelay childProtectionProcedures other"
    )]
    [InlineData(
        "surrey-adults",
        "riskAndAssessment rolesAndResponsibilities interventions communication informationSharing other"
    )]
    [InlineData("sefton", "informationSharing other")]
    public void Natures_are_the_published_bullets(string id, string expected) =>
        Assert.Equal(expected, string.Join(' ', Policy(id).Natures.Select(n => n.Id)));

    /// <summary>Emails print where a rule stands; what the partnership decided beside it is for the procedure's page.</summary>
    [Fact]
    public void What_is_published_names_a_place_and_holds_no_note_of_ours()
    {
        var places = PolicyCatalogue
            .BuiltIn.All.SelectMany(p =>
                p.Duties.Select(d => d.Basis)
                    .Concat(p.Tells.Select(t => t.Basis))
                    .Concat(LimitsOf(p).Select(l => l.Basis))
            )
            .Where(b => !b.Local)
            .Select(b => b.ToString())
            .ToList();
        Assert.NotEmpty(places);
        Assert.All(places, p => Assert.DoesNotMatch(@"\b(ours?|we|called|named, not printed|local setting)\b", p));
    }

    [Fact]
    public void A_local_setting_says_so_in_short_and_why_on_the_procedures_page()
    {
        var basis = new Basis("the text prints no limit", "1 working day", Local: true, "Asked for in 2025");
        Assert.Equal("1 working day (local setting)", basis.ToString());
        Assert.Equal("1 working day (local setting: the text prints no limit). Asked for in 2025", basis.InFull);
        Assert.Equal("1 working day (Stage 2). Noted", new Basis("Stage 2", "1 working day", Note: "Noted").InFull);
    }

    [Fact]
    public void Only_Suffolk_lets_the_conference_chair_decide_at_any_stage() =>
        Assert.Equal(
            ["suffolk childProtectionConference The Conference Chair"],
            PolicyCatalogue.BuiltIn.All.SelectMany(p =>
                p.Natures.Where(n => n.DecidedBy is not null).Select(n => $"{p.Id} {n.Id} {n.DecidedBy}")
            )
        );

    [Fact]
    public void Only_Suffolk_skips_forward_and_holds_and_only_Berkshire_West_has_an_urgent_stage()
    {
        Assert.Equal(["suffolk"], Ids(p => p.Skip.Forward));
        Assert.Equal(["suffolk"], Ids(p => p.Hold is not null));
        Assert.Equal(["berkshire-west"], Ids(p => p.Skip.UrgentTo == "3"));
        Assert.Equal(["berkshire-west"], Ids(p => p.Skip.UrgentTo is not null));
    }

    [Fact]
    public void A_Suffolk_hold_is_reviewed_within_ten_working_days_and_goes_to_stage_4_on_a_child_protection_plan()
    {
        var hold = Policy("suffolk").Hold!;
        Assert.Equal(["1", "2", "3", "4"], hold.Stages);
        Assert.Equal(
            (5, 10, "4", "childProtectionPlan", true),
            (hold.ReviewWorkingDays, hold.MaxWorkingDays, hold.UnresolvedGoesTo, hold.UnresolvedWhen, hold.Basis.Local)
        );
    }

    [Fact]
    public void Only_Sefton_refuses_a_method_and_it_is_email()
    {
        var refused = PolicyCatalogue.BuiltIn.All.SelectMany(p =>
            p.Methods.Where(m => m.Refused is not null).Select(m => (p.Id, Method: m.Id, m.Refused))
        );
        var (id, method, reason) = Assert.Single(refused);
        Assert.Equal(("sefton", "email"), (id, method));
        Assert.Contains("not recommended", reason, StringComparison.Ordinal);
        Assert.All(
            PolicyCatalogue.BuiltIn.All,
            p => Assert.Equal(["phone", "meeting", "online", "email"], p.Methods.Select(m => m.Id))
        );
    }

    [Fact]
    public void Both_agencies_confirm_in_Surrey_and_in_Sefton()
    {
        Assert.Equal(["sefton", "surrey-adults"], Ids(p => p.Confirmation.ByBoth));
        Assert.Empty(Policy("surrey-adults").Confirmation.ExceptStages);
        Assert.Empty(Policy("sefton").Confirmation.ExceptStages);
        Assert.Equal(["sefton"], Ids(p => p.Resolved.NeedsAction));
        Assert.Equal(["surrey-adults"], Ids(p => p.Resolved.NeedsOutstanding));
    }

    [Theory]
    [InlineData("berkshire-west-disagreement", "4", true)]
    [InlineData("sefton", "4", true)]
    [InlineData("surrey-adults-risk", "1", false)]
    [InlineData("sandwell", "4", false)]
    [InlineData("berkshire-west", "3", true)]
    public void A_chair_is_named_where_the_text_has_one(string id, string stage, bool notFromParty) =>
        Assert.Equal(notFromParty, Policy(id).Find(stage)!.Chair!.NotFromParty);

    [Fact]
    public void No_other_stage_has_a_chair() =>
        Assert.Equal(5, PolicyCatalogue.BuiltIn.All.Sum(p => p.Stages.Count(s => s.Chair is not null)));

    [Theory]
    [InlineData("suffolk", "2", "stepsFollowed:yes:escalate", "evidenceBase:text:escalate")]
    [InlineData("sefton", "2", "justified:yes:escalate,resolved", "reason:text:noLongerDisagrees")]
    [InlineData("sefton", "3", "justified:yes:escalate,resolved")]
    [InlineData("surrey-adults-risk", "1", "riskLevel:text:escalate", "actionsAudited:yes:escalate")]
    public void What_an_outcome_must_carry(string id, string stage, params string[] expected) =>
        Assert.Equal(
            expected,
            Policy(id).Find(stage)!.Requires.Select(r => $"{r.Id}:{r.Kind}:{string.Join(',', r.On)}")
        );

    [Fact]
    public void Everything_that_an_outcome_must_carry_says_where_it_is_printed_or_that_it_is_ours() =>
        Assert.All(
            PolicyCatalogue.BuiltIn.All.SelectMany(p => p.Stages).SelectMany(s => s.Requires),
            field => Assert.NotNull(field.Basis)
        );

    [Fact]
    public void A_response_of_the_MASH_and_at_Suffolks_final_stage_and_a_referral_at_Surreys_are_followed_up_every_five_working_days() =>
        Assert.Equal(
            ["suffolk 5 5", "suffolk-mash 1 5", "surrey-adults 6 5"],
            PolicyCatalogue.BuiltIn.All.SelectMany(p =>
                p.Stages.Where(s => s.Review is not null).Select(s => $"{p.Id} {s.Id} {s.Review!.EveryWorkingDays}")
            )
        );

    [Fact]
    public void A_missed_final_stage_is_told_every_two_working_days_and_every_five_at_the_Surrey_Board() =>
        Assert.Equal(
            [("surrey-adults", 5)],
            PolicyCatalogue
                .BuiltIn.All.Where(p => p.FinalMissed.EveryWorkingDays != 2)
                .Select(p => (p.Id, p.FinalMissed.EveryWorkingDays))
        );

    [Theory]
    [InlineData("suffolk", "Version 8, July 2024", null)]
    [InlineData("surrey-adults", "Version 7.0, October 2023", "October 2025")]
    [InlineData("surrey-adults-risk", "Version 7.0, October 2023", "October 2025")]
    [InlineData(
        "berkshire-west",
        "Adopted by Innov8 Sportz CIC in September 2016; reviewed September 2018, 2019 and 2020",
        "September 2021"
    )]
    public void Edition_and_review_are_as_printed(string id, string edition, string? review) =>
        Assert.Equal((edition, review), (Policy(id).Edition, Policy(id).Review));

    [Fact]
    public void Sandwell_asks_for_the_current_and_the_perceived_level_of_need_with_legal_status()
    {
        var fields = Policy("sandwell").Fields;
        Assert.Equal(["levelOfNeed", "perceivedLevelOfNeed"], fields.Select(f => f.Id));
        Assert.All(fields, f => Assert.True(f.WithLegalStatus));
        Assert.All(
            fields,
            f =>
                Assert.Equal(
                    ["universal", "earlyHelp", "childInNeed", "childProtection", "childInCare", "careLeaver"],
                    f.Options.Select(o => o.Id)
                )
        );
    }

    [Fact]
    public void Nobody_receives_a_Surrey_risk_escalation_only() =>
        Assert.Equal(["surrey-adults-risk"], Ids(p => !p.Parties.Receiving));

    [Fact]
    public void What_is_exported_is_marked_in_Surrey_only()
    {
        Assert.Equal(["surrey-adults", "surrey-adults-risk"], Ids(p => p.RecordMarking is not null));
        Assert.Contains("non-disclosure section", Policy("surrey-adults").RecordMarking, StringComparison.Ordinal);
    }

    [Fact]
    public void Suffolk_shows_the_whistleblowing_helpline() =>
        Assert.Contains("08000 724 725", Policy("suffolk").NotThisProcess, StringComparison.Ordinal);

    [Fact]
    public void Records_are_kept_six_years_as_a_local_setting_everywhere() =>
        Assert.All(
            PolicyCatalogue.BuiltIn.All,
            p => Assert.Equal((6, true), (p.Retention.Years, p.Retention.Basis.Local))
        );

    [Fact]
    public void Every_limit_that_is_a_local_setting_is_a_target() =>
        Assert.All(Limits().Where(l => l.Basis.Local), l => Assert.Equal(LimitKind.Target, l.Kind));

    [Fact]
    public void Every_tier_that_is_asked_or_told_is_a_known_one()
    {
        var asked = PolicyCatalogue.BuiltIn.All.SelectMany(p =>
            p.Stages.SelectMany(s =>
                (
                    s.Told == Told.Partnership
                        ? s.Tiers.Select(t => (t == "partnershipRepresentative" ? "agency" : "partnership", t))
                        : s.Tiers.Select(t => ("agency", t))
                ).Concat(s.CopyTiers.Select(t => ("agency", t)))
            )
        );
        var told = PolicyCatalogue
            .BuiltIn.All.SelectMany(p =>
                p.Tells.Select(t => t.Who).Concat(p.Urgent.Tell.Select(t => new Recipients(t.Agency, t.Tier)))
            )
            .Where(w => NamedRole.Of(w.Tier) is null)
            .Select(w => (w.Agency == "partnership" ? "partnership" : "agency", w.Tier));
        var known = KnownTiers
            .OfAgencies.Select(t => ("agency", t.Id))
            .Concat(KnownTiers.OfPartnerships.Select(t => ("partnership", t.Id)))
            .ToHashSet();
        Assert.All(asked.Concat(told), tier => Assert.Contains(tier, known));
    }

    private static Policy Policy(string id) => PolicyCatalogue.BuiltIn.Find(id)!;

    private static IEnumerable<string> Ids(Func<Policy, bool> which) =>
        PolicyCatalogue.BuiltIn.All.Where(which).Select(p => p.Id);

    private static IEnumerable<TimeLimit> Limits() => PolicyCatalogue.BuiltIn.All.SelectMany(LimitsOf);

    private static IEnumerable<TimeLimit> LimitsOf(Policy policy) =>
        policy.Stages.SelectMany(s => s.Limits).SelectMany(l => new[] { l.Limit, l.Cap?.Limit }).OfType<TimeLimit>();

    private static string Lower(Told told) => told.ToString().ToLowerInvariant();

    private static string Own(Stage stage) =>
        stage.Limits[0] is { Limit: { } limit } first ? $"{Length(limit)} {first.From}" : "";

    private static string Cap(Stage stage) => stage.Limits[0].Cap is { } cap ? $"{Length(cap.Limit)} {cap.From}" : "";

    private static string Length(TimeLimit limit) =>
        (limit.WorkingDays is { } days ? $"{days}wd" : $"{limit.Hours}h")
        + $" {limit.Kind.ToString().ToLowerInvariant()}"
        + (limit.Basis.Local ? " L" : "");
}
