using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Tests.Calendars;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Themes of learning: codes that a policy declares, chosen with an outcome's lessons.</summary>
public sealed class ThemeTests
{
    private const string R = Sample.Raising,
        C = Sample.Receiving,
        Opened = "2026-10-12 09:00";

    private static readonly Policy Own = OwnDocument.Read(
        OwnDocument.Of(
            "sandwell",
            d =>
            {
                d["version"] = Policy.FirstOwnVersion;
                d["themes"] = new JsonArray(
                    new JsonObject { ["id"] = "thresholds", ["name"] = "Thresholds" },
                    new JsonObject { ["id"] = "informationSharing", ["name"] = "Information sharing" },
                    new JsonObject { ["id"] = "voiceOfTheChild", ["name"] = "The child's voice" }
                );
            }
        )
    );

    [Fact]
    public void Chosen_themes_are_recorded_with_the_outcome_and_stay_when_personal_data_is_removed()
    {
        var story = Open();

        Assert.Equal("done", Record(story, ["thresholds", "voiceOfTheChild"]));
        story.Sleep("2060-01-01 09:00").Forget();

        Assert.True(story.Case.PersonalDataRemoved);
        var said = story.History.Select(r => r.Event).OfType<OutcomeRecorded>().Single();
        Assert.Equal(["thresholds", "voiceOfTheChild"], said.Themes);
        Assert.Contains(
            story.Document.Events,
            e => e.Contains("\"themes\":[\"thresholds\",\"voiceOfTheChild\"]", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_outcome_without_themes_is_stored_as_it_was_before_there_were_any()
    {
        var story = Open();

        Assert.Equal("done", Record(story, null));

        Assert.DoesNotContain(story.Document.Events, e => e.Contains("themes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("themes", FaultCode.NotOffered, "drift")]
    [InlineData("themes", FaultCode.NamedTwice, "thresholds", "thresholds")]
    public void A_theme_that_the_policy_does_not_have_or_that_is_named_twice_is_refused(
        string field,
        FaultCode code,
        params string[] themes
    )
    {
        var story = Open();

        Assert.Equal(Codes.Invalid, Record(story, themes));

        Assert.Equal(code, Assert.Single(Assert.Single(story.Refused!.Errors!, e => e.Key == field).Value).Code);
    }

    [Fact]
    public void A_policy_without_themes_takes_none()
    {
        var story = CaseStory.Open("sandwell", Opened);

        Assert.Equal(Codes.Invalid, Record(story, ["thresholds"]));

        Assert.Equal("This policy has none.", Assert.Single(story.Refused!.Errors!["themes"]).Text);
    }

    [Fact]
    public void Themes_are_those_of_lessons_so_what_was_learned_has_to_be_said()
    {
        var story = Open();

        Assert.Equal(Codes.Invalid, Record(story, ["thresholds"], lessons: null));

        Assert.Equal(["lessons"], story.Refused!.Errors!.Keys);
    }

    [Fact]
    public void Themes_of_a_late_response_go_with_it_when_it_is_adopted()
    {
        var story = Open().Until("2026-10-13 17:00");
        Assert.Equal("1", story.Case.Stage.Id);
        Assert.Equal(Answers.StageClosed, Record(story, ["informationSharing"], by: C, stage: "informal"));
        var late = Assert.Single(story.Case.LateResponses);
        Assert.Equal(["informationSharing"], late.Said.Themes);

        Assert.Equal("done", story.Do(Commands.Adopt(R, late.Number)));

        Assert.Equal(["informationSharing"], story.LatestEvents.OfType<OutcomeRecorded>().Single().Themes);
    }

    [Fact]
    public void The_analysis_counts_an_outcome_under_each_of_its_themes_and_one_without_under_not_given()
    {
        var (both, one, none, silent) = (Open(), Open(), Open(), Open());
        Record(both, ["thresholds", "voiceOfTheChild"]);
        Record(one, ["thresholds"]);
        Record(none, null);
        Record(silent, null, lessons: null);

        var analysis = AnnualAnalysis.Of(
            Own.Partnership,
            ReportPeriod.OfYear(new FinancialYear(2026)),
            [both.Document, one.Document, none.Document, silent.Document],
            PolicyCatalogue.BuiltIn.With(Own).Catalogue,
            _ => London.Calendar,
            London.At("2026-12-01 09:00")
        );

        Assert.Equal(
            [
                new("thresholds", "Thresholds", 2),
                new("informationSharing", "Information sharing", 0),
                new("voiceOfTheChild", "The child's voice", 1),
                new("notGiven", "Not given", 1),
            ],
            analysis.Themes
        );
        Assert.Equal(3, analysis.OutcomesWithLessons);
        Assert.Equal(analysis.Themes, analysis.Policies.Single(p => p.Id == "sandwell").Themes);
        Assert.Contains(new AnalysisRow("themes", "all", "thresholds", "2"), analysis.Rows(withFreeText: false));
    }

    private static CaseStory Open() =>
        CaseStory.Open("sandwell", Opened, rules: Sample.Rules("sandwell") with { Policy = Own });

    private static string Record(
        CaseStory story,
        IReadOnlyList<string>? themes,
        string? lessons = "Ring first.",
        string by = R,
        string stage = ""
    ) => story.Record(Outcomes.Resolved, by, m => m with { Stage = stage, Lessons = lessons, Themes = themes });
}
