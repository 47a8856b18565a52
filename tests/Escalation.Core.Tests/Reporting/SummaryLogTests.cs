using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Calendars;

namespace Escalation.Core.Tests.Reporting;

public sealed class SummaryLogTests
{
    private static Story Agreed() =>
        new Story(
            "sandwell",
            "2026-12-23 10:00",
            change: o =>
                o with
                {
                    Concern = "No visit for a month.",
                    Fields = new Dictionary<string, string>
                    {
                        ["levelOfNeed"] = "childInNeed",
                        ["levelOfNeed.legalStatus"] = "none",
                        ["perceivedLevelOfNeed"] = "childProtection",
                    },
                }
        ).Outcome(
            "2026-12-23 16:00",
            "resolved",
            change: o =>
                o with
                {
                    Actions = [new AgreedAction("Visit.", "Cy", Story.Receiver, London.Day("2027-01-04"))],
                }
        );

    [Fact]
    public void A_line_has_the_columns_of_the_printed_log()
    {
        var row = Row(Agreed(), "oak")!;

        Assert.Equal(("TST-0001", Story.Child, London.Day("2015-12-24")), (row.Reference, row.Name, row.DateOfBirth));
        Assert.Equal("No visit for a month.", row.Concern);
        Assert.Equal(
            "Child in need (section 17), legal status: none; perceived: Child protection (section 47)",
            row.LevelOfNeed
        );
        Assert.Equal("The threshold was not agreed.", row.Disagreement);
        Assert.Equal(
            "Informal discussion: What was said: resolved.\nVisit. (Cy, trust, by Monday 4 January 2027: not yet done)",
            row.ActionTaken
        );
        Assert.Equal("Resolved: Informal discussion, Wednesday 23 December 2026", row.Outcome);
    }

    [Theory]
    [InlineData("2015-12-23", 11)]
    [InlineData("2015-12-24", 10)]
    [InlineData("2026-12-23", 0)]
    public void Age_is_in_whole_years_on_the_day_the_concern_was_raised(string born, int age) =>
        Assert.Equal(age, Row(Born("2026-12-23 10:00", born), "oak")!.Age);

    [Theory]
    [InlineData("2027-02-28 10:00", 10)]
    [InlineData("2027-03-01 10:00", 11)]
    public void Born_on_29_February_is_a_year_older_on_1_March(string raised, int age) =>
        Assert.Equal(age, Row(Born(raised, "2016-02-29"), "oak")!.Age);

    [Fact]
    public void A_concern_without_words_of_its_own_shows_its_natures()
    {
        var story = new Story(
            "sandwell",
            "2026-12-23 10:00",
            change: o => o with { Nature = ["assessment", "other"], NatureOther = "Transport" }
        );

        Assert.Equal("Outcome of an assessment, or its analysis; Other; Transport", Row(story, "oak")!.Concern);
    }

    [Theory]
    [InlineData("oak", "OAK-7")]
    [InlineData("trust", "T-9")]
    [InlineData(null, null)]
    public void A_line_shows_the_case_number_of_the_agency_whose_log_it_is(string? agency, string? number) =>
        Assert.Equal(number, Row(Agreed(), agency)!.CaseNumber);

    [Fact]
    public void An_agency_that_is_not_in_the_case_gets_no_line() => Assert.Null(Row(Agreed(), Story.ThirdAgency));

    [Fact]
    public void A_case_still_internal_to_the_raising_agency_is_in_no_other_agencys_log()
    {
        var story = new Story("surrey-adults", "2026-10-05 09:00");

        Assert.Null(Row(story, Story.Receiver));
        Assert.NotNull(Row(story, Story.Raiser));
        Assert.NotNull(Row(story, null));
    }

    [Fact]
    public void What_was_said_at_an_internal_stage_is_left_out_of_the_other_agencys_log()
    {
        var story = new Story("surrey-adults", "2026-10-05 09:00").Outcome("2026-10-05 12:00", "escalate");

        Assert.Null(Row(story, Story.Receiver)!.ActionTaken);
        Assert.EndsWith("What was said: escalate.", Row(story, Story.Raiser)!.ActionTaken, StringComparison.Ordinal);
        Assert.EndsWith("What was said: escalate.", Row(story, null)!.ActionTaken, StringComparison.Ordinal);
    }

    [Fact]
    public void After_retention_only_what_is_not_personal_is_left()
    {
        var row = Row(Agreed().Forget("2060-01-01 09:00"), null)!;

        Assert.True(row.PersonalDataRemoved);
        Assert.Equal((null, null, null), (row.Name, row.DateOfBirth, row.Age));
        Assert.Equal((null, null, null, null), (row.Concern, row.LevelOfNeed, row.Disagreement, row.ActionTaken));
        Assert.Equal("Resolved: Informal discussion, Wednesday 23 December 2026", row.Outcome);
    }

    [Fact]
    public async Task A_log_is_of_one_partnership_and_one_agency()
    {
        Story[] stories =
        [
            Agreed(),
            new Story("sefton", "2026-12-23 10:00", "SEF"),
            new Story(
                "sandwell",
                "2026-12-23 10:00",
                "B",
                o => o with { ReceivedBy = [new IntakePerson(Story.ThirdAgency, null, null, null, null, null, null)] }
            ),
        ];

        Assert.Equal(["TST-0001", "B"], await References("oak"));
        Assert.Equal(["TST-0001"], await References("trust"));
        Assert.Equal(["TST-0001", "B"], await References(null));

        async Task<List<string>> References(string? agency) =>
            await SummaryLog
                .OfAsync(
                    "sandwell",
                    agency,
                    stories.Select(s => s.Document).ToAsyncEnumerable(),
                    PolicyCatalogue.BuiltIn,
                    new PartnershipRules(
                        stories[0].Rules.Directory,
                        new StoredCalendar
                        {
                            Edition = CalendarEdition.BuiltIn,
                            Amendments = [],
                            Version = 0,
                        }
                    ),
                    default
                )
                .Select(r => r.Reference)
                .ToListAsync();
    }

    [Fact]
    public void An_outcome_that_waits_for_confirmation_says_so()
    {
        var story = new Story("sandwell", "2026-12-23 10:00").Outcome("2026-12-23 16:00", "resolved", Story.Receiver);
        Assert.Equal("Agreed, to be confirmed: Informal discussion", Row(story, null)!.Outcome);

        story.Confirm("2026-12-23 16:30", Story.Raiser);

        Assert.Equal("Resolved: Informal discussion, Wednesday 23 December 2026", Row(story, null)!.Outcome);
    }

    private static Story Born(string raised, string born) =>
        new(
            "sandwell",
            raised,
            change: o => o with { Person = new Person("child", Story.Child, London.Day(born), null) }
        );

    private static SummaryLogRow? Row(Story story, string? agency) =>
        SummaryLog.Row(story.Document, story.Rules, agency);
}
