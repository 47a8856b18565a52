using Escalation.Core.Cases;
using Escalation.Core.Reporting;

namespace Escalation.Core.Tests.Reporting;

public sealed class CaseSplitsTests
{
    private const string Raised = "2026-10-05 09:00";

    [Fact]
    public void Cases_are_counted_by_kind_of_person_in_the_order_of_child_adult_and_family()
    {
        var splits = Analysed
            .Year("suffolk", 2026, About("A", "adult"), About("B", "child"), About("C", "child"))
            .Policy("suffolk")
            .Splits;

        Assert.Equal(
            [new("child", "A child", 2), new("adult", "An adult", 1), new("family", "A family", 0)],
            splits.PersonKinds
        );
    }

    [Fact]
    public void A_case_counts_under_each_of_its_circumstances_and_without_any_under_none()
    {
        var splits = Analysed
            .Year(
                2026,
                With("A", o => o with { Circumstances = ["childProtectionPlan", "lookedAfter"] }),
                With("B", o => o with { Circumstances = ["lookedAfter"] }),
                With("C", o => o)
            )
            .Splits;

        Assert.Equal(
            [("childProtectionPlan", 1), ("lookedAfter", 2), ("none", 1)],
            splits.Circumstances.Select(t => (t.Id, t.Count))
        );
    }

    [Fact]
    public void Levels_of_need_stand_in_the_policys_order_with_those_not_given_after_them()
    {
        var splits = Analysed
            .Year(2026, AtLevel("A", "childProtection"), AtLevel("B", "childProtection"), With("C", o => o))
            .Splits;

        Assert.Equal(
            [
                "universal",
                "earlyHelp",
                "childInNeed",
                "childProtection",
                "childInCare",
                "careLeaver",
                "notGiven",
                "removed",
            ],
            splits.LevelsOfNeed.Select(t => t.Id)
        );
        Assert.Equal(
            (2, 1, 0),
            (
                splits.LevelsOfNeed.Of("childProtection"),
                splits.LevelsOfNeed.Of("notGiven"),
                splits.LevelsOfNeed.Of("removed")
            )
        );
    }

    [Fact]
    public void After_retention_the_level_of_need_is_not_known_and_kind_and_circumstances_still_are()
    {
        var story = new Story(
            "sandwell",
            Raised,
            change: o =>
                o with
                {
                    Circumstances = ["lookedAfter"],
                    Fields = new Dictionary<string, string> { ["levelOfNeed"] = "childInCare" },
                }
        ).Outcome("2026-10-05 15:00", "resolved").Forget("2060-01-01 09:00");

        var splits = Analysed.Year(2026, story).Splits;

        Assert.Equal([new Tally("removed", "Not known (removed)", 1)], splits.LevelsOfNeed.Where(t => t.Count > 0));
        Assert.Equal((1, 1), (splits.Circumstances.Of("lookedAfter"), splits.PersonKinds.Of("child")));
    }

    [Theory]
    [InlineData("sefton")]
    [InlineData("suffolk")]
    public void A_level_of_need_that_is_free_text_or_not_asked_for_is_no_split(string policy) =>
        Assert.Empty(Analysed.Year(policy, 2026, new Story(policy, Raised)).Splits.LevelsOfNeed);

    [Fact]
    public void A_procedure_without_circumstances_has_no_split_by_them() =>
        Assert.Empty(Analysed.Year("surrey-adults", 2026, new Story("surrey-adults", Raised)).Splits.Circumstances);

    private static Story About(string reference, string kind) =>
        new("suffolk", Raised, reference, o => o with { Person = o.Person! with { Kind = kind } });

    private static Story AtLevel(string reference, string level) =>
        With(reference, o => o with { Fields = new Dictionary<string, string> { ["levelOfNeed"] = level } });

    private static Story With(string reference, Func<OpenCase, OpenCase> change) =>
        new("sandwell", Raised, reference, change);
}
