using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Notices;

/// <summary>
/// A decision is communicated to all, as Berkshire West ("within 3 working days"), Sandwell ("confirmed in writing within 2 working days")
/// and Sefton ("communicate this to all within a further 5 working days") limit it: the notice of the end does it, in the same write.
/// </summary>
public sealed class CommunicationTests
{
    [Theory]
    [InlineData("berkshire-west", "3")]
    [InlineData("sandwell", "4")]
    [InlineData("sefton", "4")]
    public void A_decision_reaches_everybody_asked_at_any_stage_and_both_practitioners_with_the_decision_itself(
        string policy,
        string stage
    )
    {
        var story = CaseStory.Open(policy, "2026-10-12 09:00").ToStage(stage);
        var asked = story
            .Case.Notices.Where(n => n.Queued.Action is not NoticeAction.None)
            .Select(n => n.Queued.Contact)
            .Concat(["intake/raisedBy", "intake/receivedBy.0"])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal("done", story.Record(Outcomes.Decided, story.Case.Partnership));
        var told = story.LatestEvents.OfType<NoticeQueued>().Where(n => n.Kind == NoticeKinds.Ended).ToList();
        Assert.Equal([], asked.Except(told.Select(n => n.Contact)));
        // As soon as it was recorded, which is before any limit of its communication.
        Assert.All(
            story.Case.Notices.Where(n => n.Queued.Kind == NoticeKinds.Ended),
            n => Assert.Equal(story.Case.EndedAt, n.At)
        );
    }

    [Fact]
    public void The_report_of_Seftons_decision_is_a_duty_of_the_head_of_service_of_each_agency_and_chased_at_them()
    {
        var story = CaseStory.Open("sefton", "2026-10-12 09:00").ToStage("4");
        story.Record(Outcomes.Decided, "sefton");
        Assert.Equal(
            [Sample.Raising, Sample.Receiving],
            story
                .Case.Duties.Where(d => d.Rule == "reportOfDecision")
                .Select(d => d.Owner)
                .Order(StringComparer.Ordinal)
                .Reverse()
        );
        story.Until(story.Now.AddDays(14));
        Assert.Equal(
            ["childrens-services/headOfService", "oak-primary/headOfService"],
            story
                .Case.Notices.Where(n =>
                    n.Queued.Kind == NoticeKinds.DutyReminder
                    && n.Queued.Duty?.StartsWith("reportOfDecision", StringComparison.Ordinal) == true
                )
                .Select(n => n.Queued.Contact)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }
}
