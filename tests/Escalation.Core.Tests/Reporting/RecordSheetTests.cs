using System.Runtime.CompilerServices;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Reporting;

/// <summary>The procedures' forms filled from cases.</summary>
public sealed class RecordSheetTests
{
    public static TheoryData<string, string> Policies { get; } =
        new()
        {
            { "suffolk", "Professional difference escalation proforma" },
            { "suffolk-mash", "Professional difference escalation proforma" },
            {
                "sandwell",
                "Multi-agency escalation of safeguarding concern: resolution template|Agency escalation summary log"
            },
            { "surrey-adults", "Escalation form to the Board" },
            { "surrey-adults-risk", "Risk escalation to the Board manager" },
            { "sefton", "Agency escalation summary log|Report to the partnership" },
            { "berkshire-west", "Record of escalation" },
            { "berkshire-west-disagreement", "Record of escalation" },
            { "of-its-own", "Record of escalation" },
        };

    [Theory]
    [MemberData(nameof(Policies))]
    public void Every_policy_has_its_own_forms(string policy, string titles) =>
        Assert.Equal(titles.Split('|'), FormsOf(policy).Select(f => f.Title));

    /// <summary>The words that stood in the program before the documents had them. Written anew with <c>TABLES_WRITE=1</c>.</summary>
    [Fact]
    public void Titles_headings_and_labels_are_those_that_are_kept_beside()
    {
        var text = new StringBuilder();
        foreach (var policy in Policies.Select(p => (string)((object[])p)[0]).Order(StringComparer.Ordinal))
        foreach (var form in FormsOf(policy))
        {
            text.Append(policy).Append(form.FromStage is { } stage ? $", from stage {stage}" : "");
            text.Append(form.Layout is RecordLayout.Log ? ", a log" : "");
            text.Append($": {form.Title}. {form.Basis.Where}\n");
            foreach (var section in form.Sections)
            {
                text.Append($"  {section.Heading ?? "-"}\n");
                foreach (var line in section.Lines)
                    text.Append($"    {line.Label ?? "-"}: {string.Join(", ", line.Shows)}\n");
            }
        }
        Assert.Null(KeptWords.Difference(Beside("record-forms.txt"), text.ToString(), "TABLES_WRITE"));
    }

    [Fact]
    public void A_version_from_before_there_were_forms_in_documents_has_those_of_the_present_one()
    {
        var old = System
            .IO.Directory.GetFiles(Beside(Path.Combine("..", "Kept", "Policies")))
            .Select(file => PolicyDocument.ReadStored(file, File.ReadAllBytes(file)).Policy!)
            .Where(policy => policy.Forms is null)
            .ToList();
        Assert.Equal(Sample.Policies, old.Select(p => p.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.All(old, policy => Assert.Same(Sample.Policy(policy.Id).Forms, RecordForms.For(policy)));
        var own = OwnDocument.Of(
            "sandwell",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                d.AsObject().Remove("forms");
            }
        );
        Assert.Same(Sample.Policy("sandwell").Forms, RecordForms.For(OwnDocument.Read(own)));
    }

    [Fact]
    public void Every_shipped_policy_is_stated() =>
        Assert.Equal(
            PolicyCatalogue.BuiltIn.All.Select(p => p.Id).Order(StringComparer.Ordinal),
            Policies.Select(p => (string)((object[])p)[0]).Where(p => p != "of-its-own").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_form_can_be_filled_at_the_last_stage_and_asks_for_nothing_that_no_form_asks_for()
    {
        foreach (var policy in Sample.Policies)
        {
            var story = CaseStory.Open(policy, "2026-10-12 09:00").Until("2026-12-01 09:00");
            Assert.Equal(FormsOf(policy).Count, RecordSheets.Of(story.As(null), story.Rules).Count);
        }
        var asked = Sample
            .Policies.SelectMany(FormsOf)
            .SelectMany(f => f.Sections)
            .SelectMany(s => s.Lines)
            .SelectMany(l => l.Shows)
            .ToHashSet();
        Assert.Empty(RecordSource.Words.Keys.Except(asked));
    }

    [Fact]
    public void While_a_case_is_open_its_form_has_no_outcome_though_a_stage_had_one()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", rules: OwnDocument.WhereOneAgencyAgrees());
        string[] Outcome() =>
            [
                .. RecordSheets
                    .Of(story.As(null), story.Rules)[0]
                    .Sections.Single(s => s.Heading.StartsWith("Outcome of escalation", StringComparison.Ordinal))
                    .Lines.Select(l => l.Answer)
                    .OfType<RecordAnswer.Text>()
                    .SelectMany(t => t.Paragraphs),
            ];

        story.Record(Outcomes.Escalate, Sample.Raising, m => m with { Summary = "No way forward yet." });
        Assert.DoesNotContain(Outcome(), line => line == "No way forward yet.");
        story.Record(Outcomes.Resolved, Sample.Raising, m => m with { Summary = "A way forward." });
        Assert.False(story.Case.IsOpen);
        Assert.Contains(Outcome(), line => line.Contains("A way forward.", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_parts_of_the_business_manager_the_form_shows_the_later()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00").Until("2026-10-30 09:00");
        story.Do(Commands.Review("sandwell"));
        story.Do(Commands.Review("sandwell") with { Issues = "Later issues.", Result = "A later result." });
        var answers = RecordSheets
            .Of(story.As(null), story.Rules)
            .SelectMany(f => f.Sections)
            .SelectMany(s => s.Lines)
            .Select(l => l.Answer)
            .OfType<RecordAnswer.Text>()
            .SelectMany(t => t.Paragraphs)
            .ToList();
        Assert.Contains("Later issues.", answers);
        Assert.Contains("A later result.", answers);
        Assert.DoesNotContain("The issues.", answers);
    }

    [Fact]
    public void The_Suffolk_proforma_has_the_headings_of_its_appendix_filled_from_the_case()
    {
        var story = CaseStory.Open(
            "suffolk",
            "2026-10-12 09:00",
            o => o with { OutcomeSought = "A review.", Nature = ["informationSharing"] }
        );
        story.Record(
            Outcomes.Resolved,
            Sample.Raising,
            m => m with { Lessons = "Ring first.", Comments = "All went well." }
        );
        var sheet = Assert.Single(RecordSheets.Of(story.As(null), story.Rules));
        Assert.Equal(
            [
                "Child, family or adult",
                "Escalation",
                "Nature of professional difference",
                "Details of the professional difference and outcome sought",
                "Outcome of escalation",
                "Additional comments, including any learning identified",
                "",
            ],
            sheet.Sections.Select(s => s.Heading)
        );
        Assert.Equal("Robin Example", Text(sheet, "Name"));
        Assert.Equal("Wednesday 4 March 2015", Text(sheet, "Date of birth"));
        Assert.Equal("Oak Primary School", Text(sheet, "Agency initiating escalation"));
        Assert.Equal(["Stage 1"], Ticked(sheet, "Stage of escalation"));
        Assert.Equal(["Information sharing"], Ticked(sheet, ""));
        Assert.Equal(
            "Details: What the disagreement is about.\nOutcome sought: A review.",
            Text(sheet.Sections[3].Lines[0].Answer)
        );
        var actions = Assert.IsType<RecordAnswer.Table>(Answer(sheet, "Actions to be taken"));
        Assert.Equal(["Visit", "Cam", "Oak Primary School", "Monday 26 October 2026", ""], Assert.Single(actions.Rows));
        Assert.Equal("Ring first.", Text(sheet, "Learning"));
        Assert.IsType<RecordAnswer.Blank>(Answer(sheet, "Signature"));
    }

    [Fact]
    public void The_Sandwell_template_has_the_levels_of_need_and_the_business_managers_part()
    {
        var story = CaseStory.Open(
            "sandwell",
            "2026-10-12 09:00",
            o =>
                o with
                {
                    Fields = new Dictionary<string, string>
                    {
                        ["levelOfNeed"] = "childInCare",
                        ["levelOfNeed.legalStatus"] = "Care order",
                    },
                }
        );
        Assert.Equal("done", story.Do(Commands.Review("sandwell")));
        var sheet = RecordSheets.Of(story.As(null), story.Rules)[0];
        Assert.Equal(["Child in care, legal status: Care order"], Ticked(sheet, "Current level of need"));
        Assert.Empty(Ticked(sheet, "Perceived level of need"));
        Assert.Equal("Monday 5 January 2026", Text(sheet, "Date received"));
        Assert.Equal("Yes\nBecause.", Text(sheet, "Concern referred to the partnership chair, with the reason"));
        Assert.Equal("The issues.", Text(sheet, "Issues referred"));
        Assert.Contains(
            "rae@oak-primary.example.org",
            Text(sheet, "Name, email, role and agency of the person escalating a concern"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Sandwells_summary_log_has_the_action_taken_and_the_outcome_each_under_its_own_heading()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00");
        Assert.Equal("done", story.Record(Outcomes.Resolved, Sample.Raising, m => m with { Actions = [] }));
        var log = RecordSheets.Of(story.As(null), story.Rules)[1];
        Assert.Equal("Informal discussion: What was agreed.", Text(log, "Action taken towards reaching a resolution"));
        Assert.StartsWith(
            "Resolved: Informal discussion, Monday 12 October 2026",
            Text(log, "Outcome of resolution"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_words_given_for_another_nature_stand_beside_it()
    {
        string Other(IReadOnlyList<string> natures, string? words)
        {
            var story = CaseStory.Open(
                "suffolk",
                "2026-10-12 09:00",
                o => o with { Nature = natures, NatureOther = words }
            );
            var sheet = Assert.Single(RecordSheets.Of(story.As(null), story.Rules));
            return Assert
                .IsType<RecordAnswer.Ticks>(Answer(sheet, ""))
                .Choices.Select(c => (c.Ticked ? "x " : "- ") + c.Label)
                .Last();
        }
        Assert.Equal("x Other: How the plan is reviewed", Other(["other"], "How the plan is reviewed"));
        Assert.Equal("- Other: How the plan is reviewed", Other(["informationSharing"], "How the plan is reviewed"));
        Assert.Equal("x Other", Other(["other"], null));
    }

    [Fact]
    public void Where_a_procedure_lists_no_natures_the_words_given_are_the_nature()
    {
        var policy = OwnDocument.Read(
            OwnDocument.OfEssex(change: d => d["natures"] = new System.Text.Json.Nodes.JsonArray())
        );
        var rules = new Rules(policy, Sample.Calendar(), Sample.Directory(OwnDocument.Essex));
        var story = CaseStory.Open(
            "sefton",
            "2026-10-12 09:00",
            o => o with { Nature = [], NatureOther = "How the plan is reviewed" },
            rules
        );
        var sheet = Assert.Single(RecordSheets.Of(story.As(null), story.Rules));
        Assert.Equal("How the plan is reviewed", Text(sheet, "Area"));
    }

    [Fact]
    public void Addresses_of_people_are_left_out_for_who_may_not_see_them()
    {
        var story = CaseStory.Open("sandwell", "2026-10-12 09:00");
        var sheet = RecordSheets.Of(story.As(Sample.Receiving), story.Rules)[0];
        Assert.Equal(
            "Rae Raiser, Practitioner, Oak Primary School",
            Text(sheet, "Name, email, role and agency of the person escalating a concern")
        );
    }

    [Fact]
    public void Seftons_log_is_due_from_step_2_and_its_report_from_step_3()
    {
        var story = CaseStory.Open("sefton", "2026-04-30 09:00");
        Assert.Empty(RecordSheets.Of(story.As(null), story.Rules));
        story.Until("2026-05-05 17:30");
        Assert.Equal(
            ["Agency escalation summary log"],
            RecordSheets.Of(story.As(null), story.Rules).Select(s => s.Form.Title)
        );
        story.Until("2026-05-07 17:30");
        Assert.Equal(
            ["Agency escalation summary log", "Report to the partnership"],
            RecordSheets.Of(story.As(null), story.Rules).Select(s => s.Form.Title)
        );
    }

    [Fact]
    public void More_than_ten_supporting_papers_stand_in_the_order_in_which_they_were_given()
    {
        string[] papers = [.. Enumerable.Range(1, 12).Select(i => $"Paper {i}")];
        var story = CaseStory.Open("surrey-adults", "2026-03-27 16:30", o => o with { Supporting = papers });
        var sheet = RecordSheets.Of(story.As(null), story.Rules)[0];
        Assert.Equal(papers, Text(sheet, "Supporting papers").Split('\n'));
    }

    [Fact]
    public void What_was_said_at_an_internal_stage_is_not_in_the_other_agencys_copy()
    {
        var story = CaseStory.Open("surrey-adults", "2026-03-27 16:30");
        Assert.Equal(
            "done",
            story.Record(Outcomes.Escalate, Sample.Raising, m => m with { Summary = "Said among ourselves." })
        );
        var own = RecordSheets.Of(story.As(Sample.Raising), story.Rules)[0];
        var other = RecordSheets.Of(story.As(Sample.Receiving), story.Rules)[0];
        Assert.Contains("Said among ourselves.", Text(own, "What was discussed at each"), StringComparison.Ordinal);
        Assert.Equal("", Text(other, "What was discussed at each"));
        Assert.Equal(["Stage 1", "Stage 2"], Ticked(own, "Stages"));
        Assert.Equal(["Stage 2"], Ticked(other, "Stages"));
    }

    [Fact]
    public void An_action_that_was_agreed_at_an_internal_stage_is_not_in_the_other_agencys_copy()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", rules: OwnDocument.WhereOneAgencyAgrees());
        Assert.Equal("done", story.Record(Outcomes.Escalate, Sample.Raising));
        Assert.Equal(
            "done",
            story.Record(
                Outcomes.Resolved,
                Sample.Raising,
                m => m with { Actions = [m.Actions[0] with { Agency = Sample.Receiving }] }
            )
        );
        Assert.Equal(["Visit"], Actions(Sample.Raising));
        Assert.Empty(Actions(Sample.Receiving));

        IEnumerable<string> Actions(string agency) =>
            Assert
                .IsType<RecordAnswer.Table>(
                    Answer(RecordSheets.Of(story.As(agency), story.Rules)[0], "Actions to be taken")
                )
                .Rows.Select(row => row[0]);
    }

    [Fact]
    public void After_retention_the_record_still_stands_without_anything_personal()
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        story.Record(Outcomes.Resolved, Sample.Raising);
        story.Until("2040-03-04").Forget();
        var sheet = Assert.Single(RecordSheets.Of(story.As(null), story.Rules));
        Assert.Equal("", Text(sheet, "Name"));
        Assert.Equal("Oak Primary School", Text(sheet, "Agency initiating escalation"));
    }

    private static IReadOnlyList<RecordForm> FormsOf(string policy) =>
        RecordForms.For(policy == "of-its-own" ? OwnDocument.Read(OwnDocument.OfEssex()) : Sample.Policy(policy));

    private static string Beside(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, file);

    private static RecordAnswer Answer(RecordSheet sheet, string label) =>
        sheet.Sections.SelectMany(s => s.Lines).First(l => l.Label == label).Answer;

    private static string Text(RecordSheet sheet, string label) => Text(Answer(sheet, label));

    private static string Text(RecordAnswer answer) =>
        string.Join('\n', Assert.IsType<RecordAnswer.Text>(answer).Paragraphs);

    private static IEnumerable<string> Ticked(RecordSheet sheet, string label) =>
        Assert.IsType<RecordAnswer.Ticks>(Answer(sheet, label)).Choices.Where(c => c.Ticked).Select(c => c.Label);
}
