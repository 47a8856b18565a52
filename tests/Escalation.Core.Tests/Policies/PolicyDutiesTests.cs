using Escalation.Core.Policies;

namespace Escalation.Core.Tests.Policies;

/// <summary>Who else is told, and what must be done afterwards, against the published rules.</summary>
public sealed class PolicyDutiesTests
{
    [Theory]
    [InlineData(
        "suffolk",
        "escalationRecordForm stageReached:3 raising stage deadline",
        "learning learning recordKeeper no date L"
    )]
    [InlineData("suffolk-mash", "learning learning recordKeeper no date L")]
    [InlineData("berkshire-west", "learning learning recordKeeper no date")]
    [InlineData(
        "berkshire-west-disagreement",
        "reportToSubgroupOnDecision outcomeAt:4:decided businessManager no date",
        "reportToSubgroupOnAgreement outcomeAt:4:resolved businessManager no date",
        "considerCaseReviewOnDecision outcomeAt:4:decided businessManager no date",
        "considerCaseReviewOnLearning learning businessManager no date",
        "gapsInProcedure learning recordKeeper no date"
    )]
    [InlineData(
        "sandwell",
        "confirmationOfAgreement outcome:resolved receiving 2wd",
        "confirmationOfDecision outcome:decided receiving 2wd",
        "resolutionTemplate stageOpened:2 raising stage deadline",
        "resolutionTemplateAtStage3 stageOpened:3 raising stage deadline",
        "stage4Papers stageOpened:4 raising 5wd",
        "outcomeAndLearningOfDecision outcomeAt:4:decided businessManager month of meeting",
        "outcomeAndLearningOfAgreement outcomeAt:4:resolved businessManager month of meeting",
        "learning learning recordKeeper no date",
        "marf urgent reporting same day",
        "templateToDirector stageOpened:3 raising no date"
    )]
    [InlineData(
        "surrey-adults",
        "writtenConfirmation outcome:resolved parties no date",
        "learningOfDecision outcomeAt:6:decided businessManager month of meeting",
        "learningOfAgreement outcomeAt:6:resolved businessManager month of meeting",
        "learning learning recordKeeper no date",
        "actionsToSubgroup learning recordKeeper no date",
        "mashInformsReferrer urgent partnership 1wd L",
        "missingContact contactMissing missing 0wd L"
    )]
    [InlineData(
        "surrey-adults-risk",
        "learning learning recordKeeper no date L",
        "mashInformsReferrer urgent partnership 1wd L",
        "missingContact contactMissing missing 0wd L"
    )]
    [InlineData(
        "sefton",
        "writtenFollowUp outcome:* parties 1wd L",
        "summaryLog stageOpened:2 parties stage deadline",
        "reportAtStep3 stageOpened:3 parties stage deadline",
        "reportOfDecision outcomeAt:4:decided parties no date",
        "reportOfAgreement outcomeAt:4:resolved parties no date",
        "learning learning recordKeeper no date"
    )]
    public void Duties_are_the_published_ones(string id, params string[] expected) =>
        Assert.Equal(
            expected,
            Policy(id).Duties.Select(d => $"{d.Id} {d.When} {d.Owner} {Due(d)}{(d.Basis.Local ? " L" : "")}")
        );

    [Theory]
    [InlineData("suffolk")]
    [InlineData("suffolk-mash")]
    [InlineData("berkshire-west")]
    [InlineData(
        "berkshire-west-disagreement",
        "outcome:resolved parties secondTierManager",
        "stageOpened:2 raising designatedProfessional",
        "stageOpened:4 partnership statutoryPartners",
        "ended:4 partnership statutoryPartners"
    )]
    [InlineData(
        "sandwell",
        "stageOpened:1 raising named:independentReviewingOfficer childProtectionPlan,lookedAfter",
        "stageOpened:3 parties partnershipRepresentative",
        "beforeStage:3 sandwell-childrens-trust directorForQualityAndReview if sandwell-childrens-trust"
    )]
    [InlineData("surrey-adults")]
    [InlineData("surrey-adults-risk")]
    [InlineData("sefton")]
    public void Who_else_is_told(string id, params string[] expected) =>
        Assert.Equal(
            expected,
            Policy(id)
                .Tells.Select(t =>
                    $"{t.When} {t.Who.Agency} {t.Who.Tier}"
                    + (t.Circumstances.Count > 0 ? " " + string.Join(',', t.Circumstances) : "")
                    + (t.IfParty is { } p ? " if " + p : "")
                )
        );

    [Theory]
    [InlineData("suffolk", true)]
    [InlineData("suffolk-mash", true)]
    [InlineData(
        "berkshire-west",
        false,
        "reporting partnershipRepresentative",
        "reporting childProtectionOfficer",
        "reporting safeguardingLead"
    )]
    [InlineData("berkshire-west-disagreement", false, "reporting lineManager", "reporting safeguardingLead")]
    [InlineData("sandwell", false, "partnership mash")]
    [InlineData("surrey-adults", false, "partnership mash")]
    [InlineData("surrey-adults-risk", false, "partnership mash")]
    [InlineData("sefton", true)]
    public void Who_is_told_at_once_of_an_urgent_concern(string id, bool local, params string[] expected)
    {
        Assert.Equal(expected, Policy(id).Urgent.Tell.Select(w => $"{w.Agency} {w.Tier}"));
        Assert.Equal(local, Policy(id).Urgent.Basis.Local);
    }

    [Fact]
    public void Learning_has_an_addressee_everywhere() =>
        Assert.All(
            PolicyCatalogue.BuiltIn.All,
            p => Assert.Contains(p.Duties, d => d.When == "learning" && d.Addressee is not null)
        );

    private static Policy Policy(string id) => PolicyCatalogue.BuiltIn.Find(id)!;

    private static string Due(DutyRule duty) =>
        duty.SameDay ? "same day"
        : duty.WorkingDays is { } days ? $"{days}wd"
        : duty.WithinMonthOfMeeting ? "month of meeting"
        : duty.ByStageDeadline ? "stage deadline"
        : "no date";
}
