using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Reporting;

/// <summary>A partnership's own forms, filled with what its own fields were answered.</summary>
public sealed class OwnFormTests
{
    private static readonly Policy Policy = OwnDocument.Read(OwnDocument.OfEssex(change: OwnDocument.AddForms));

    [Fact]
    public void An_own_form_is_printed_as_it_is_laid_out_and_filled_with_what_intake_and_outcomes_said()
    {
        var story = Open();
        Assert.Equal(
            "done",
            story.Record(Outcomes.Resolved, Sample.Raising, Answered("high", "2026-10-12", "2026-11-02"))
        );

        var sheet = Assert.Single(RecordSheets.Of(story.As(null), story.Rules));
        Assert.Equal("Record of a difference", sheet.Form.Title);
        Assert.Equal(["The person", "Where it happened", "At step 1", ""], sheet.Sections.Select(s => s.Heading));
        Assert.Equal(
            ["Name", "", "Risk", "Visit", "Justified", "All of it", "As asked", "Signature"],
            sheet.Sections.SelectMany(s => s.Lines).Select(l => l.Label)
        );
        Assert.Equal(["Robin Example"], Texts(sheet, "Name"));
        Assert.Equal([("At home", false), ("At school", true)], Ticks(sheet, ""));
        Assert.Equal([("Low", false), ("High", true)], Ticks(sheet, "Risk"));
        Assert.Equal(["Monday 12 October 2026"], Texts(sheet, "Visit"));
        Assert.Empty(Texts(sheet, "Justified"));
        Assert.Equal(
            [
                "Details: What the disagreement is about.",
                "Where it happened: At school",
                "Day of the visit: Monday 12 October 2026",
                "Next review: Monday 2 November 2026",
            ],
            Texts(sheet, "All of it")
        );
        Assert.Equal(
            [
                "Step 1: Level of risk: High",
                "Step 1: Day of the visit: Monday 12 October 2026",
                "Step 1: Next review: Monday 2 November 2026",
            ],
            Texts(sheet, "As asked")
        );
        Assert.IsType<RecordAnswer.Blank>(Answer(sheet, "Signature"));
    }

    [Fact]
    public void Before_anything_was_said_its_choices_stand_there_unticked_and_what_only_one_source_said_has_no_name()
    {
        var sheet = Assert.Single(RecordSheets.Of(Open(fields: []).As(null), Rules));
        Assert.All(Ticks(sheet, "").Concat(Ticks(sheet, "Risk")), choice => Assert.False(choice.Ticked));
        Assert.Equal(["What the disagreement is about."], Texts(sheet, "All of it"));
        Assert.Empty(Texts(sheet, "As asked"));
    }

    [Fact]
    public void What_several_stages_ask_is_printed_with_the_stage_at_which_it_was_answered()
    {
        var story = Open();
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising, Answered("low", "2026-10-12")));
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));

        var sheets = RecordSheets.Of(story.As(null), story.Rules);
        Assert.Equal(["Step 2: yes"], Texts(sheets[0], "Justified"));
        Assert.Equal("Log of differences", sheets[1].Form.Title);
        Assert.Equal(RecordLayout.Log, sheets[1].Form.Layout);
        Assert.Equal([story.Case.Reference], Texts(sheets[1], "Number"));
        Assert.Equal([("Low", true), ("High", false)], Ticks(sheets[1], "Risk"));
    }

    [Fact]
    public void Of_a_choice_that_two_outcomes_carry_the_later_is_ticked()
    {
        var story = Open();
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Receiving, Answered("low", "2026-10-12")));
        Assert.Equal("done", story.Do(Commands.Dispute(Sample.Raising)));
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Receiving, Answered("high", "2026-10-12")));
        var sheet = RecordSheets.Of(story.As(null), story.Rules)[0];
        Assert.Equal([("Low", false), ("High", true)], Ticks(sheet, "Risk"));
    }

    [Fact]
    public void A_word_that_a_newer_program_knows_is_a_line_to_write_on()
    {
        var document = OwnDocument.OfEssex(change: d =>
            d["forms"] = System.Text.Json.Nodes.JsonNode.Parse(
                """
                [{ "title": "Record", "basis": { "where": "Here", "text": "So" },
                   "sections": [{ "lines": [{ "label": "Weather", "shows": ["weatherThen"] }] }] }]
                """
            )
        );
        var policy = PolicyDocument.ReadStored("own", System.Text.Encoding.UTF8.GetBytes(document)).Policy!;
        var story = CaseStory.Open("sefton", "2026-10-12 09:00", null, Rules with { Policy = policy });
        var sheet = Assert.Single(RecordSheets.Of(story.As(null), story.Rules));
        Assert.IsType<RecordAnswer.Blank>(Answer(sheet, "Weather"));
    }

    private static Rules Rules => new(Policy, Sample.Calendar(), Sample.Directory(OwnDocument.Essex));

    private static CaseStory Open(Dictionary<string, string>? fields = null) =>
        CaseStory.Open(
            "sefton",
            "2026-10-12 09:00",
            o => o with { Fields = fields ?? new Dictionary<string, string> { ["setting"] = "school" } },
            Rules
        );

    private static Func<RecordOutcome, RecordOutcome> Answered(string risk, string visited, string? review = null) =>
        m =>
        {
            var fields = new Dictionary<string, string> { ["riskSeen"] = risk, ["visitedOn"] = visited };
            if (review is not null)
                fields["nextReview"] = review;
            return m with { Fields = fields };
        };

    private static RecordAnswer Answer(RecordSheet sheet, string label) =>
        sheet.Sections.SelectMany(s => s.Lines).Single(l => l.Label == label).Answer;

    private static IReadOnlyList<string> Texts(RecordSheet sheet, string label) =>
        Assert.IsType<RecordAnswer.Text>(Answer(sheet, label)).Paragraphs;

    private static IReadOnlyList<(string Label, bool Ticked)> Ticks(RecordSheet sheet, string label) =>
        Assert.IsType<RecordAnswer.Ticks>(Answer(sheet, label)).Choices;
}
