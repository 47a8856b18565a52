using System.Text;
using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Tests.Calendars;

namespace Escalation.Core.Tests.Reporting;

public sealed class AnnualAnalysisTests
{
    [Fact]
    public void A_year_without_cases_is_zeros_for_every_policy_and_stage_of_the_partnership()
    {
        var analysis = Analysed.Year("suffolk", 2026);

        Assert.Equal((new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31)), (analysis.From, analysis.To));
        Assert.Equal(["suffolk", "suffolk-mash"], analysis.Policies.Select(p => p.Id));
        Assert.Equal(["1", "2", "3", "4", "5"], analysis.Policy("suffolk").Stages.Select(s => s.Id));
        Assert.Equal(new WorkingDaysTaken(0, 0, 0), analysis.WorkingDays);
        Assert.Equal(
            [
                "resolved",
                "decided",
                "withoutAgreement",
                "noLongerDisagrees",
                "registered",
                "furtherAction",
                "withdrawn",
                "open",
            ],
            analysis.Endings.Select(t => t.Id)
        );
        Assert.Empty(analysis.Agencies);
        Assert.All(analysis.Rows(withFreeText: true), row => Assert.Equal("0", row.Value));
        Assert.Contains(new AnalysisRow("stages", "suffolk/5", "late", "0"), analysis.Rows(withFreeText: true));
    }

    [Fact]
    public void The_working_days_of_a_case_are_counted_from_the_day_on_which_the_concern_was_raised()
    {
        // Raised on a Monday, entered and withdrawn on the Wednesday.
        var story = new Story(
            "sandwell",
            "2026-10-07 09:00",
            change: o => o with { RaisedAt = London.At("2026-10-05 09:00") }
        ).Withdraw("2026-10-07 15:00");

        Assert.Equal(new WorkingDaysTaken(1, 2, 2), Analysed.Year(2026, story).WorkingDays);
    }

    [Fact]
    public void Urgent_cases_duplicates_natures_and_agencies_are_counted_by_case()
    {
        Story[] stories =
        [
            new Story(
                "sandwell",
                "2026-10-05 09:00",
                "A",
                o => o with { Nature = ["assessment", "driftOrDelay"], ImminentRisk = true }
            ),
            new Story(
                "sandwell",
                "2026-10-05 09:00",
                "B",
                o => o with { Nature = ["assessment"], PossibleDuplicates = ["A"] }
            ).RaiseUrgent("2026-10-05 10:00"),
            new Story(
                "sandwell",
                "2026-10-05 09:00",
                "C",
                o =>
                    o with
                    {
                        RaisedBy = new IntakePerson(Story.Receiver, null, "Cy Example", null, null, null, null),
                        ReceivedBy =
                        [
                            new IntakePerson(Story.ThirdAgency, null, null, null, null, null, null),
                            new IntakePerson("other", "A charity", null, null, null, null, null),
                            new IntakePerson("other", "A club", null, null, null, null, null),
                        ],
                    }
            ),
        ];

        var analysis = Analysed.Year(2026, stories);

        Assert.Equal((3, 2, 1), (analysis.Cases.Raised, analysis.Cases.Urgent, analysis.Cases.PossibleDuplicates));
        Assert.Equal(
            (2, 1, 1, 0),
            (
                analysis.Natures.Of("assessment"),
                analysis.Natures.Of("driftOrDelay"),
                analysis.Natures.Of("notGiven"),
                analysis.Natures.Of("other")
            )
        );
        AgencyTally[] agencies =
        [
            new("oak", 2, 0, 0),
            new("other", 0, 1, 0),
            new("police", 0, 1, 0),
            new("trust", 1, 2, 0),
        ];
        Assert.Equal(agencies, analysis.Agencies);
        Assert.True(analysis.Notices.NobodyToTell >= 2);
    }

    [Fact]
    public void Notices_count_as_they_stand_and_a_failed_one_stays_failed_though_another_is_queued_instead()
    {
        var story = new Story("sandwell", "2026-10-05 09:00");
        var keys = story.Document.Case.Notices.ConvertAll(n => n.Key);
        var before = Analysed.Year(2026, story).Notices;
        story.Sent("2026-10-05 09:01", keys[0]).Failed("2026-10-05 09:02", keys[0]);
        story.Sent("2026-10-05 09:03", keys[1]).Delivered("2026-10-05 09:04", keys[1]);

        var after = Analysed.Year(2026, story).Notices;

        Assert.Equal((keys.Count, keys.Count, 0, 0), (before.Queued, before.Waiting, before.Sent, before.Failed));
        Assert.Equal((0, 1, 1), (after.Sent, after.Delivered, after.Failed));
        Assert.True(after.Queued > before.Queued);
        Assert.Equal(after.Queued, after.Waiting + after.Sent + after.Delivered + after.Failed + after.Superseded);
    }

    [Fact]
    public void Lessons_are_listed_while_kept_and_only_counted_after_retention()
    {
        var story = new Story("sandwell", "2026-10-05 09:00").Outcome(
            "2026-10-05 15:00",
            "resolved",
            change: o => o with { Lessons = "Ring first." }
        );
        var kept = Analysed.Year(2026, story);
        Assert.Equal([new Lesson("TST-0001", "informal", "Ring first.")], kept.Lessons);
        Assert.Contains(kept.Rows(withFreeText: true), r => r.Value == "Ring first.");
        Assert.DoesNotContain(kept.Rows(withFreeText: false), r => r.Value == "Ring first.");

        story.Forget("2060-01-01 09:00");

        var later = Analysed.Year(2026, story);
        Assert.True(story.Document.Case.PersonalDataRemoved);
        Assert.Empty(later.Lessons);
        Assert.Equal(1, later.OutcomesWithLessons);
        Assert.Equal(Lasting(kept), Lasting(later));

        // The level of need goes with what was said at intake: CaseSplitsTests.
        static IEnumerable<AnalysisRow> Lasting(AnnualAnalysis analysis) =>
            analysis.Rows(withFreeText: false).Where(r => r.Section != "levelsOfNeed");
    }

    [Fact]
    public void No_name_of_a_person_is_in_the_analysis()
    {
        var text = JsonSerializer.Serialize(
            Analysed.Year(2026, Story.Unanswered().Outcome("2027-02-03 12:00", "decided", "sandwell"))
        );

        Assert.DoesNotContain("Example", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_the_cases_and_the_way_they_are_fed_change_nothing()
    {
        Story[] stories =
        [
            Story.Unanswered(),
            new Story("sandwell", "2026-10-05 09:00", "B").Outcome(
                "2026-10-05 15:00",
                "resolved",
                change: o => o with { Lessons = "Ring first." }
            ),
            new Story("sandwell", "2026-10-05 09:00", "A").Outcome(
                "2026-10-05 15:00",
                "resolved",
                change: o => o with { Lessons = "Write it down." }
            ),
        ];

        var forward = JsonSerializer.Serialize(Analysed.Year(2026, stories));

        Assert.Equal(forward, JsonSerializer.Serialize(Analysed.Year(2026, [.. stories.Reverse()])));
        var streamed = await AnnualAnalysis.OfAsync(
            "sandwell",
            ReportPeriod.OfYear(new FinancialYear(2026)),
            stories.Select(s => s.Document).ToAsyncEnumerable(),
            PolicyCatalogue.BuiltIn,
            _ => London.Calendar,
            Analysed.Now,
            default
        );
        Assert.Equal(forward, JsonSerializer.Serialize(streamed));
    }

    [Theory]
    [InlineData("surrey-adults", "noLongerDisagrees", Story.Raiser)]
    [InlineData("suffolk", "resolved", Story.Raiser)]
    public void An_ending_is_counted_under_its_outcome(string policy, string outcome, string agency)
    {
        var analysis = Analysed.Year(
            policy,
            2026,
            new Story(policy, "2026-10-05 09:00").Outcome("2026-10-05 12:00", outcome, agency)
        );

        Assert.Equal([(outcome, 1)], analysis.Endings.Where(t => t.Count > 0).Select(t => (t.Id, t.Count)));
        Assert.Equal(analysis.Endings, analysis.Policy(policy).Endings);
    }

    [Theory]
    [InlineData("registered")]
    [InlineData("furtherAction")]
    public void A_shared_risk_ends_registered_or_with_further_action_and_its_agencies_are_involved(string outcome)
    {
        var story = new Story(
            "surrey-adults-risk",
            "2026-10-05 09:00",
            change: o => o with { Involved = o.ReceivedBy, ReceivedBy = [] }
        )
            .Advance("2026-10-12 17:00")
            .Outcome("2026-10-13 12:00", outcome, "surrey-adults");

        var analysis = Analysed.Year("surrey-adults", 2026, story);

        Assert.Equal([(outcome, 1)], analysis.Endings.Where(t => t.Count > 0).Select(t => (t.Id, t.Count)));
        Assert.Equal([new AgencyTally("oak", 1, 0, 0), new AgencyTally("trust", 0, 0, 1)], analysis.Agencies);
    }

    [Fact]
    public void A_nature_that_only_an_older_version_has_comes_last_under_its_old_name()
    {
        var old = PolicyCatalogue.BuiltIn.Find("sandwell")!;
        var text = Encoding
            .UTF8.GetString(PolicyDocument.BytesOf(old).Span)
            .Replace($"\"version\": {old.Version},", "\"version\": 1000,")
            .Replace("\"driftOrDelay\"", "\"delay\"");
        var newer = PolicyDocument.Read("newer", Encoding.UTF8.GetBytes(text)).Policy!;
        var story = new Story("sandwell", "2026-10-05 09:00", change: o => o with { Nature = ["driftOrDelay"] });

        var analysis = AnnualAnalysis.Of(
            "sandwell",
            ReportPeriod.OfYear(new FinancialYear(2026)),
            [story.Document],
            PolicyCatalogue.BuiltIn.With(newer).Catalogue,
            _ => London.Calendar,
            Analysed.Now
        );

        Assert.Equal(new Tally("driftOrDelay", "Drift or unreasonable delay", 1), analysis.Natures[^1]);
        Assert.Equal(0, analysis.Natures.Of("delay"));
    }

    [Fact]
    public void Cases_of_another_partnership_are_passed_over()
    {
        var analysis = Analysed.Year(
            2026,
            new Story("sefton", "2026-10-05 09:00"),
            new Story("sandwell", "2026-10-05 09:00", "B")
        );

        Assert.Equal(1, analysis.Cases.Raised);
        Assert.Equal(["sandwell"], analysis.Policies.Select(p => p.Id));
    }

    [Fact]
    public void An_analysis_taken_earlier_is_not_changed_by_cases_added_later()
    {
        var builder = new AnnualAnalysisBuilder(
            "sandwell",
            ReportPeriod.OfYear(new FinancialYear(2026)),
            PolicyCatalogue.BuiltIn,
            _ => London.Calendar,
            Analysed.Now
        );
        builder.Add(new Story("sandwell", "2026-10-05 09:00").Document);
        var first = builder.Finish();
        var before = JsonSerializer.Serialize(first);

        builder.Add(new Story("sandwell", "2026-10-06 09:00", "B").Document);

        Assert.Equal(before, JsonSerializer.Serialize(first));
        Assert.Equal(2, builder.Finish().Cases.Raised);
    }

    [Fact]
    public void A_case_whose_policy_is_not_in_the_catalogue_is_named_rather_than_left_out()
    {
        var document = new Story("sandwell", "2026-10-05 09:00").Document;
        var lost = document with { Case = document.Case with { Policy = new PolicyReference("sandwell", 7, "0000") } };

        var fault = Assert.Throws<PolicyUnavailableException>(() =>
            AnnualAnalysis.Of(
                "sandwell",
                ReportPeriod.OfYear(new FinancialYear(2026)),
                [lost],
                PolicyCatalogue.BuiltIn,
                _ => London.Calendar,
                Analysed.Now
            )
        );

        Assert.Contains("TST-0001", fault.Message, StringComparison.Ordinal);
    }
}
