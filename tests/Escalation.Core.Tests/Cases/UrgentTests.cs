using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Where imminent risk leads: forward to the stage that the policy names, and never back.</summary>
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
}
