using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>A choice and a date that a stage requires of an outcome.</summary>
public sealed class AskedFieldTests
{
    [Theory]
    [InlineData("riskSeen", null, "Required.")]
    [InlineData("riskSeen", " ", "Required.")]
    [InlineData("riskSeen", "High", "One of: low, high.")]
    [InlineData("visitedOn", null, "Required.")]
    [InlineData("visitedOn", "12 October 2026", "Not a plausible date, YYYY-MM-DD.")]
    [InlineData("visitedOn", "2026-02-30", "Not a plausible date, YYYY-MM-DD.")]
    [InlineData("visitedOn", "0026-10-12", "Not a plausible date, YYYY-MM-DD.")]
    [InlineData("nextReview", "soon", "Not a plausible date, YYYY-MM-DD.")]
    public void An_answer_that_the_field_does_not_take_is_refused_by_name(string field, string? answer, string fault)
    {
        var story = Open();
        Assert.Equal(
            "invalid",
            story.Record(Outcomes.Resolved, Sample.Raising, m => m with { Fields = With(field, answer) })
        );
        var error = Assert.Single(story.Refused!.Errors!);
        Assert.Equal(($"fields.{field}", fault), (error.Key, Assert.Single(error.Value).Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2027-01-15")]
    public void A_date_that_may_be_left_out_may_also_be_given(string? answer)
    {
        var story = Open();
        Assert.Equal(
            "done",
            story.Record(Outcomes.Resolved, Sample.Raising, m => m with { Fields = With("nextReview", answer) })
        );
        var words = story.History.Select(r => r.Event).OfType<OutcomeRecorded>().Single().Words!;
        Assert.Equal(answer is "" ? null : answer, words.Text("fields.nextReview"));
        Assert.Equal(("high", "2026-10-09"), (words.Text("fields.riskSeen"), words.Text("fields.visitedOn")));
    }

    [Fact]
    public void What_goes_with_another_outcome_is_not_required()
    {
        var policy = OwnDocument.Read(
            OwnDocument.OfEssex(change: d =>
                d["stages"]![0]!["requires"] = System.Text.Json.Nodes.JsonNode.Parse(
                    """[{ "id": "agreedOn", "name": "Day of the agreement", "on": ["resolved"], "kind": "date" }]"""
                )
            )
        );
        var story = Open(policy);
        Assert.Equal(
            "done",
            story.Record(Outcomes.Escalate, Sample.Raising, m => m with { Fields = new Dictionary<string, string>() })
        );
    }

    [Fact]
    public void A_late_answer_with_a_choice_that_is_none_is_kept_and_cannot_be_adopted()
    {
        var story = Open();
        var late = Commands.Outcome(
            story.Rules.Policy,
            story.Case,
            Outcomes.Escalate,
            Sample.Raising,
            new(2026, 10, 12)
        );
        story.Until("2026-10-15 09:00");
        Assert.Equal("2", story.Case.Stage.Id);
        Assert.Equal("stageClosed", story.Do(late with { Stage = "1", Fields = With("riskSeen", "none of these") }));
        var words = story.History.Select(r => r.Event).OfType<LateResponseRecorded>().Single().Words!;
        Assert.Equal("none of these", words.Text("fields.riskSeen"));
        Assert.Equal("none of these", story.Rules.Policy.Stages[0].Requires[0].InWords(words.Text("fields.riskSeen")!));
    }

    private static Dictionary<string, string> With(string field, string? answer)
    {
        var fields = new Dictionary<string, string> { ["riskSeen"] = "high", ["visitedOn"] = "2026-10-09" };
        if (answer is null)
            fields.Remove(field);
        else
            fields[field] = answer;
        return fields;
    }

    private static CaseStory Open(Policy? policy = null) =>
        CaseStory.Open(
            "sefton",
            "2026-10-12 09:00",
            null,
            new Rules(
                policy ?? OwnDocument.Read(OwnDocument.OfEssex(change: OwnDocument.AddForms)),
                Sample.Calendar(),
                Sample.Directory(OwnDocument.Essex)
            )
        );
}
