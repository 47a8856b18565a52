using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>A local setting, or a reading of the text, is changed: a new version results, and nothing else of it is another.</summary>
public sealed class PolicyChangesTests
{
    private const string FinalMissed = "finalMissed";

    public static IEnumerable<object[]> Settings { get; } =
    [
        .. PolicyCatalogue.BuiltIn.All.SelectMany(p =>
            LocalSetting.Of(p).Where(s => s.Values.Count > 0).Select(s => new object[] { p.Id, s.Path })
        ),
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_setting_can_be_written_again_with_other_words(string id, string path)
    {
        var policy = Sample.Policy(id);
        var before = LocalSetting.Of(policy).Single(s => s.Path == path);
        var same = before.Values.ToDictionary(v => v.Name, v => v.Value);
        var after = PolicyChanges.Set(policy, path, same, "The rule in other words", "The board decided so.");
        Assert.Equal([], after.Errors);
        var changed = LocalSetting.Of(after.Policy!).Single(s => s.Path == path);
        Assert.Equal(("The rule in other words", "The board decided so."), (changed.Text, changed.Where));
        Assert.Equal(before.Values, changed.Values);
        Assert.Equal(Policy.FirstOwnVersion, after.Policy!.Version);
        // But for the words, the version and what follows from them it is the same document.
        Assert.Equal(
            LocalSetting.Of(policy).Where(s => s.Path != path).Select(s => s.Path),
            LocalSetting.Of(after.Policy).Where(s => s.Path != path).Select(s => s.Path)
        );
    }

    [Fact]
    public void A_setting_that_is_changed_is_what_new_cases_go_by()
    {
        var after = PolicyChanges.Set(
            Sample.Policy("sefton"),
            FinalMissed,
            new Dictionary<string, string> { ["everyWorkingDays"] = "3" },
            "Told again every 3 working days",
            "Agreed by the board in November."
        );
        Assert.Equal(3, after.Policy!.FinalMissed.EveryWorkingDays);
        Assert.Equal("Told again every 3 working days", after.Policy.FinalMissed.Basis.Text);
        Assert.True(after.Policy.FinalMissed.Basis.Local);
        var again = PolicyChanges.Set(after.Policy, FinalMissed, new Dictionary<string, string>(), "So", "Why");
        Assert.Equal(Policy.FirstOwnVersion + 1, again.Policy!.Version);
    }

    [Fact]
    public void What_a_missed_limit_does_is_set_at_every_stage_but_the_last_whether_or_not_the_document_speaks_of_it()
    {
        foreach (var policy in PolicyCatalogue.BuiltIn.All)
        {
            var missed = LocalSetting
                .Of(policy)
                .Where(s => s.Path.EndsWith(".missed", StringComparison.Ordinal))
                .ToList();
            var last = policy.Stages.Count - 1;
            Assert.Equal(
                policy
                    .Stages.SkipLast(1)
                    .SelectMany((s, i) => s.Limits.Select((_, j) => $"stages[{i}].limits[{j}].missed")),
                missed.Select(s => s.Path).Where(p => !p.StartsWith($"stages[{last}]", StringComparison.Ordinal))
            );
            Assert.All(
                missed.Where(s => s.Values.Any(v => v.Kind is SettingKind.Word)),
                s => Assert.DoesNotContain($"stages[{last}]", s.Path, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void A_limit_whose_miss_moved_the_case_up_reminds_once_that_is_set_and_the_other_way_round()
    {
        const string path = "stages[0].limits[0].missed";
        var reminds = PolicyChanges.Set(
            Sample.Policy("sefton"),
            path,
            new Dictionary<string, string> { ["does"] = "remind" },
            "A miss moves nothing: both sides and the business manager are told",
            "Decided by the board."
        );
        Assert.Equal([], reminds.Errors);
        Assert.Equal(("1", true), Missed(reminds.Policy!));
        var again = PolicyChanges.Set(
            reminds.Policy!,
            path,
            new Dictionary<string, string> { ["does"] = "escalate" },
            "A miss moves the case up",
            "Taken back by the board."
        );
        Assert.Equal(("2", false), Missed(again.Policy!));

        static (string Stage, bool Told) Missed(Policy policy)
        {
            var story = CaseStory.Open(
                "sefton",
                "2026-10-12 09:00",
                rules: Sample.Rules("sefton") with
                {
                    Policy = policy,
                }
            );
            story.Until("2026-10-14 17:00");
            return (story.Case.Stage.Id, story.LatestEvents.Any(e => e is OverdueTold));
        }
    }

    public static IEnumerable<object[]> OfTheFirstFormat { get; } =
    [
        .. System
            .IO.Directory.EnumerateFiles(Path.Combine(Here(), "..", "Kept", "Policies"), "*.json")
            .Order(StringComparer.Ordinal)
            .Where(file => PolicyDocument.ReadStored(file, File.ReadAllBytes(file)).Policy!.Format == 1)
            .Select(file => new object[] { Path.GetFileNameWithoutExtension(file) }),
    ];

    [Theory]
    [MemberData(nameof(OfTheFirstFormat))]
    public void A_policy_of_the_first_format_is_written_in_the_present_one_when_it_is_changed_and_means_the_same(
        string kept
    )
    {
        var document = File.ReadAllBytes(Path.Combine(Here(), "..", "Kept", "Policies", $"{kept}.json"));
        var before = PolicyDocument.ReadStored(kept, document).Policy!;
        var setting = LocalSetting.Of(before).First(s => s.Values.Count > 0);
        var after = PolicyChanges.Set(before, setting.Path, new Dictionary<string, string>(), "As agreed", "Why");
        Assert.Equal([], after.Errors);
        Assert.Equal(Policy.PresentFormat, after.Policy!.Format);
        Assert.Equal(LocalSetting.Of(before).Select(s => s.Path), LocalSetting.Of(after.Policy).Select(s => s.Path));
        foreach (var raised in new[] { "2026-10-10 12:00", "2026-12-23 10:00", "2026-03-27 16:30" })
            Assert.Equal(Deadlines(before, raised), Deadlines(after.Policy, raised));
    }

    private static IEnumerable<(string Stage, DateTimeOffset? Deadline)> Deadlines(Policy policy, string raised) =>
        Timeline.IfNobodyAnswers(policy, Sample.Calendar(), UkTime.At(raised)).Select(s => (s.Id, s.Deadline?.At));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static Policy WithReading(string chosen) =>
        OwnDocument.Read(
            OwnDocument.OfEssex(change: d =>
            {
                const string basis = """{ "where": "Step 1", "text": "As agreed", "local": true }""";
                OwnDocument.Stage(d, "1")["limits"] = JsonNode.Parse(
                    $$"""
                    [{ "for": "outcome", "limit": { "workingDays": 2, "kind": "target", "basis": {{basis}} },
                       "lengths": [{ "when": { "personKinds": ["child"] },
                                     "limit": { "workingDays": 5, "kind": "target", "basis": {{basis}} } }],
                       "missed": { "does": "escalate", "basis": {{basis}} } }]
                    """
                );
                d["readings"] = JsonNode.Parse(
                    $$"""
                    [{ "id": "time", "question": "How long?", "chosen": "{{chosen}}", "basis": {{basis}}, "choices": [
                       { "id": "written", "name": "As the stage says", "limits": [] },
                       { "id": "short", "name": "One day", "limits": [{ "stage": "1", "for": "outcome",
                         "limit": { "workingDays": 1, "kind": "target", "basis": {{basis}} } }] }] }]
                    """
                );
            })
        );

    [Theory]
    [InlineData("written", "2026-10-19 17:00")]
    [InlineData("short", "2026-10-13 17:00")]
    public void A_reading_says_how_long_a_limit_is_also_where_that_depends_on_the_concern(string chosen, string due)
    {
        var rules = Sample.Rules("sefton") with { Policy = WithReading(chosen) };
        var story = CaseStory.Open("sefton", "2026-10-12 09:00", rules: rules);
        Assert.Equal(due, UkTime.Text(story.Case.Stage.Deadline!.At));
    }

    [Fact]
    public void A_reading_hides_the_settings_of_the_lengths_that_it_replaces_and_no_other_of_the_limit()
    {
        static IEnumerable<string> OfTheLimit(string chosen) =>
            LocalSetting
                .Of(WithReading(chosen))
                .Select(s => s.Path)
                .Where(p => p.StartsWith("stages[0].limits[0].", StringComparison.Ordinal));
        const string limit = "stages[0].limits[0]";
        Assert.Equal([$"{limit}.limit", $"{limit}.lengths[0].limit", $"{limit}.missed"], OfTheLimit("written"));
        Assert.Equal([$"{limit}.missed"], OfTheLimit("short"));
    }

    [Fact]
    public void A_value_is_not_changed_under_words_that_say_the_old_one()
    {
        var policy = Sample.Policy("sefton");
        var text = policy.FinalMissed.Basis.Text;
        var days = new Dictionary<string, string> { ["everyWorkingDays"] = "3" };
        var after = PolicyChanges.Set(policy, FinalMissed, days, text, "Why");
        Assert.Equal("text", Assert.Single(after.Errors).Field);
    }

    [Fact]
    public void A_rule_without_a_value_is_not_said_otherwise_than_it_is()
    {
        var setting = LocalSetting.Of(Sample.Policy("sefton")).First(s => s.Values.Count == 0);
        var none = new Dictionary<string, string>();
        var after = PolicyChanges.Set(Sample.Policy("sefton"), setting.Path, none, "Said otherwise", "Why");
        Assert.Equal("path", Assert.Single(after.Errors).Field);
    }

    [Theory]
    [InlineData("stages[0].limits[0].limit", "workingDays", "2", "path")] // as printed: no setting
    [InlineData("nowhere", "workingDays", "2", "path")]
    [InlineData(FinalMissed, "notes", "2", "values.notes")]
    [InlineData(FinalMissed, "everyWorkingDays", "often", "values.everyWorkingDays")]
    [InlineData(FinalMissed, "everyWorkingDays", "-1", "values.everyWorkingDays")]
    [InlineData(FinalMissed, "everyWorkingDays", "99", "finalMissed.everyWorkingDays")]
    [InlineData("stages[0].limits[0].missed", "does", "nothing", "values.does")]
    [InlineData("stages[3].limits[0].missed", "does", "remind", "path")] // the last stage has nothing above it
    public void A_change_that_cannot_stand_is_named_and_gives_nothing(
        string path,
        string name,
        string value,
        string field
    )
    {
        var after = PolicyChanges.Set(
            Sample.Policy("sefton"),
            path,
            new Dictionary<string, string> { [name] = value },
            "So",
            "Why"
        );
        Assert.Null(after.Policy);
        Assert.Equal(field, Assert.Single(after.Errors).Field);
    }

    [Theory]
    // Raised on Friday 25 September; the stages' own worked timeline, and every day counted.
    [InlineData(
        "sandwell",
        "days",
        "calendarDays",
        "2026-09-26 16:00",
        "2026-09-29 17:00",
        "2026-10-02 17:00",
        "2026-10-07 17:00",
        "2026-10-14 17:00"
    )]
    // Nobody answers: stage 2 ends at its close, so that the same day is the next one.
    [InlineData(
        "suffolk",
        "stage3",
        "sameDay",
        "2026-09-30 17:00",
        "2026-10-01 17:00",
        "2026-10-02 17:00",
        "2026-10-07 17:00",
        "2026-10-09 17:00"
    )]
    [InlineData(
        "berkshire-west",
        "stage1",
        "hours",
        "2026-09-28 17:00",
        "2026-09-29 17:00",
        "2026-10-02 17:00",
        "2026-10-07 17:00"
    )]
    public void Another_reading_has_other_days(string id, string reading, string choice, params string[] days)
    {
        var after = PolicyChanges.Choose(Sample.Policy(id), reading, choice, "So does our board read it.");
        Assert.Equal([], after.Errors);
        var place = after.Policy!.Readings.Single(r => r.Id == reading);
        Assert.Equal((choice, "So does our board read it."), (place.Chosen, place.Basis.Where));
        Assert.Equal(
            days,
            Timeline
                .IfNobodyAnswers(after.Policy, Sample.Calendar(), UkTime.At("2026-09-25 16:00"))
                .Select(s => UkTime.Text(s.Deadline!.At))
        );
    }

    [Theory]
    [InlineData("sameDay", "2026-10-13 11:00", "2026-10-13 17:00")]
    [InlineData("dayLater", "2026-10-13 11:00", "2026-10-14 17:00")]
    public void In_Suffolk_stage_3_has_the_day_of_stage_2_or_one_more(string choice, string escalated, string deadline)
    {
        var policy = PolicyChanges.Choose(Sample.Policy("suffolk"), "stage3", choice, "So").Policy!;
        var rules = Sample.Rules("suffolk") with { Policy = policy };
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00", rules: rules);
        story.Record(Outcomes.Escalate, Sample.Raising);
        story.Until(escalated).Record(Outcomes.Escalate, Sample.Raising);
        Assert.Equal(("3", deadline), (story.Case.Stage.Id, UkTime.Text(story.Case.Stage.DeadlineInForce!.Value)));
    }

    [Fact]
    public void Back_to_the_first_reading_the_rules_are_what_they_were()
    {
        var first = Sample.Policy("sandwell");
        var other = PolicyChanges.Choose(first, "days", "calendarDays", "So").Policy!;
        var back = PolicyChanges.Choose(other, "days", "workingDays", "Not so").Policy!;
        Assert.Equal(Policy.FirstOwnVersion + 1, back.Version);
        Assert.Equal(
            first.Stages.SelectMany(s => s.Limits.Select(l => (l.Limit, l.From, l.Cap))),
            back.Stages.SelectMany(s => s.Limits.Select(l => (l.Limit, l.From, l.Cap)))
        );
    }

    [Theory]
    [InlineData("months", "calendarDays", "reading")]
    [InlineData("days", "months", "choice")]
    public void A_reading_that_is_not_offered_is_named(string reading, string choice, string field) =>
        Assert.Equal(
            field,
            Assert.Single(PolicyChanges.Choose(Sample.Policy("sandwell"), reading, choice, "So").Errors).Field
        );
}
