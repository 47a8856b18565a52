using Escalation.Core.Cases;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>What the business manager's part of the record must say.</summary>
public sealed class PartnershipReviewTests
{
    private static readonly string?[] NoReasons = [null, "", " \n"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_the_concern_is_referred_to_the_chair_or_not_the_reason_is_required(bool referred)
    {
        foreach (var reason in NoReasons)
        {
            var story = Reviewed(referred, reason);
            Assert.Equal(Codes.Invalid, story.Refused?.Code);
            Assert.Equal(["reason"], story.Refused!.Errors!.Keys);
            Assert.Empty(story.Latest);
        }
        Assert.Equal(referred, Referred(Reviewed(referred, "Because.")));
    }

    [Fact]
    public void A_review_that_does_not_say_whether_the_concern_is_referred_needs_no_reason()
    {
        foreach (var reason in NoReasons)
            Assert.Null(Referred(Reviewed(null, reason)));
    }

    private static CaseStory Reviewed(bool? referred, string? reason)
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Do(Commands.Review("suffolk") with { ReferredToChair = referred, Reason = reason });
        return story;
    }

    private static bool? Referred(CaseStory story) =>
        Assert.Single(story.LatestEvents.OfType<PartnershipReviewed>()).ReferredToChair;
}
