using Escalation.Core.Cases;
using Escalation.Testing.Cases;
using Escalation.Web.Tokens;

namespace Escalation.Web.Tests.Links;

/// <summary>For whom the holder of a link speaks.</summary>
public sealed class LinkSpeakerTests
{
    public static TheoryData<string> Policies { get; } = [.. Sample.Policies];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Whoever_is_asked_by_a_link_at_any_stage_speaks_for_an_agency_of_the_side_that_is_asked(string policy)
    {
        var story = CaseStory.Open(policy, "2026-10-12 10:00");
        story.ToStage(story.Rules.Policy.FinalStage.Id).Until("2026-12-24 10:00");
        Assert.Equal(story.Rules.Policy.FinalStage.Id, story.Case.Stage.Id);
        foreach (var notice in story.Case.Notices.Where(n => n.Queued.Action is not NoticeAction.None))
        {
            var asked = notice.Queued;
            var claims = new LinkClaims(
                story.Case.Reference,
                asked.Stage!,
                asked.Contact,
                asked.Side,
                LinkAction.Outcome
            );
            var state = LinkStates.Of(claims, story.Case, story.Rules.Directory, notice.At);
            var agency = Assert.IsType<LinkState.Good>(state).Agency;
            Assert.Equal((asked.Contact, asked.Side), (asked.Contact, story.Case.SideOf(agency)));
        }
    }
}
