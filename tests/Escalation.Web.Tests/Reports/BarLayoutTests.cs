using Escalation.Web.Reports;

namespace Escalation.Web.Tests.Reports;

public sealed class BarLayoutTests
{
    private static readonly Series One = new("One", Fill.Solid),
        Two = new("Two", Fill.Hatched);

    [Fact]
    public void The_longest_bar_leaves_room_for_its_figure_and_the_others_are_in_proportion()
    {
        var layout = new BarLayout(
            Chart(new BarGroup("A", [BarRow.Of(One, 8), BarRow.Of(Two, 2)]), new BarGroup("B", [BarRow.Of(One, 0)]))
        );

        Assert.Equal(["82%", "20.5%"], layout.Bars.Select(b => b.Width));
        Assert.Equal([("8", "82%"), ("2", "20.5%"), ("0", "0%")], layout.Figures.Select(f => (f.Text, f.X)));
    }

    [Fact]
    public void Parts_are_laid_end_to_end_and_a_part_of_nothing_has_no_bar()
    {
        var layout = new BarLayout(Chart(new BarGroup("A", [new BarRow([(One, 3), (Two, 0), (Two, 1)], "4")])));
        Assert.Equal([("0%", "61.5%"), ("61.5%", "20.5%")], layout.Bars.Select(b => (b.X, b.Width)));
    }

    [Fact]
    public void Nothing_overlaps_from_top_to_bottom()
    {
        var layout = new BarLayout(
            Chart(
                new BarGroup(
                    "A label that is too long for one line of a phone",
                    [BarRow.Of(One, 1), BarRow.Of(Two, 1)]
                ),
                new BarGroup("B", [BarRow.Of(One, 1)])
            )
        );

        var tops = layout.Bars.Select(b => b.Y).ToList();
        Assert.Equal(tops.Order().Distinct(), tops);
        Assert.All(
            layout.Bars.Zip(layout.Bars.Skip(1)),
            pair => Assert.True(pair.First.Y + pair.First.Height <= pair.Second.Y)
        );
        Assert.Equal(3, layout.Labels.Count);
        Assert.True(layout.Bars[^1].Y + layout.Bars[^1].Height <= layout.Height);
    }

    [Fact]
    public void A_chart_of_zeros_has_figures_and_no_bars()
    {
        var layout = new BarLayout(Chart(new BarGroup("A", [BarRow.Of(One, 0)])));
        Assert.Empty(layout.Bars);
        Assert.Equal("0", Assert.Single(layout.Figures).Text);
    }

    [Theory]
    [InlineData("Stage 1", "Stage 1")]
    [InlineData(
        "A decision or course of action: step up, step down, conference, closure",
        "A decision or course of action: step|up, step down, conference, closure"
    )]
    [InlineData("", "")]
    public void A_label_breaks_between_words(string label, string lines) =>
        Assert.Equal(lines.Split('|'), BarLayout.Lines(label));

    private static BarChart Chart(params BarGroup[] groups) => new("c", "Title", "Words", [One, Two], groups);
}
