using Escalation.Core.Policies;

namespace Escalation.Core.Tests.Policies;

public sealed class RuleTableTests
{
    private static readonly string All = RuleTable.ToMarkdown(PolicyCatalogue.BuiltIn.All);

    [Theory]
    [InlineData("### Suffolk Safeguarding Partnership: Multi-Agency Escalation Process")]
    [InlineData("`suffolk`, version 4. Edition: Version 8, July 2024.")]
    [InlineData("`surrey-adults`, version 4. Edition: Version 7.0, October 2023. Review: October 2025.")]
    [InlineData(
        "| 1 | The professionals | all agencies | 3 working days (maximum) after the concern was raised | "
            + " | 3 working days after the concern was raised, at the most (Stage 1)"
    )]
    [InlineData(
        "| 2 | Manager, or named or designated safeguarding lead | raising agency only | "
            + "1 working day (maximum) after the day of stage 1 |  |"
    )]
    [InlineData(
        "| all agencies | 1 working day (target, local setting) | "
            + " | 1 working day after stage 2 (local setting: Stage 3 prints the same timescale as stage 2; "
            + "read as the same length, counted from the end of stage 2) |"
    )]
    [InlineData("| all agencies | 3 working days (maximum) | 5 working days (maximum) after the day of stage 1 |")]
    [InlineData(
        "| 5 (final) | Independent Scrutineer, through the agency's partnership representative | "
            + "partnership, copy to the agencies | answer: 2 working days (maximum) |"
    )]
    [InlineData("| informal | The practitioners | all agencies | 24 hours (target) |  |")]
    [InlineData("| all agencies | 5 working days (target) | 8 working days (maximum) after stage 1 opened |")]
    [InlineData("| all agencies | none of its own | 5 working days (target) after the concern was raised |")]
    [InlineData(
        "| 1 | The MASH | receiving agency only | answer: 3 working days (target, local setting), a miss reminds |"
    )]
    [InlineData("- Refused: By email. Email is not recommended")]
    [InlineData(
        "- Duty: Send the outcome and the learning to all parties. Within one month of the meeting (Appendix 1, stage 4)"
    )]
    [InlineData("- Stop and Review: Review after 5 working days; after 10 a hold ends by itself;")]
    public void Shows_the_rule(string line) => Assert.Contains(line, All, StringComparison.Ordinal);

    [Fact]
    public void Has_a_row_for_every_stage_of_every_policy()
    {
        var stages = PolicyCatalogue.BuiltIn.All.Sum(p => p.Stages.Count);
        Assert.Equal(33, stages);
        Assert.Equal(stages + (2 * 8), All.Split('\n').Count(l => l.StartsWith('|')));
    }

    [Fact]
    public void Every_row_has_six_cells() =>
        Assert.All(All.Split('\n').Where(l => l.StartsWith('|')), l => Assert.Equal(7, l.Count(c => c == '|')));

    [Fact]
    public void A_duty_that_two_outcomes_set_off_is_shown_once() =>
        Assert.Single(
            RuleTable.ToMarkdown([PolicyCatalogue.BuiltIn.Find("sandwell")!]).Split('\n'),
            l => l.StartsWith("- Duty: Confirm the outcome in writing", StringComparison.Ordinal)
        );

    [Fact]
    public void Markup_in_a_text_stays_text()
    {
        var policy = PolicyCatalogue.BuiltIn.Find("sefton")! with { Name = "A | b <i> *c*" };
        Assert.Contains(@"A \| b \<i\> \*c\*", RuleTable.ToMarkdown([policy]), StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_order_given_and_gives_the_same_text_again()
    {
        var reversed = PolicyCatalogue.BuiltIn.All.Reverse().ToList();
        Assert.StartsWith(
            "### Surrey Safeguarding Adults Board: Risk escalation\n",
            RuleTable.ToMarkdown(reversed),
            StringComparison.Ordinal
        );
        Assert.Equal(All, RuleTable.ToMarkdown(PolicyCatalogue.BuiltIn.All));
    }
}
