using Escalation.Core.Storage;
using Escalation.Web.Tracking;

namespace Escalation.Web.Tests.Tracking;

/// <summary>Which groups of a page of the tracker are counted whole, where the list may go on over its ends.</summary>
public sealed class CaseGroupTests
{
    [Theory]
    [InlineData("Overdue OnHold Ended", true, true, "Overdue OnHold Ended")]
    [InlineData("Overdue DueToday OnHold", true, false, "Overdue")]
    [InlineData("Overdue OnHold Overdue", true, false, "")]
    [InlineData("DueThisWeek NoDeadline Ended", true, false, "")]
    [InlineData("Overdue DueToday Later", false, false, "DueToday")]
    [InlineData("Overdue DueToday OnHold", false, false, "")]
    [InlineData("DueThisWeek Later OnHold", false, true, "Later")]
    [InlineData("Later OnHold Ended", false, true, "")]
    public void A_group_is_counted_whole_only_where_a_dated_one_stands_between_it_and_each_end_that_goes_on(
        string lines,
        bool isFirst,
        bool isLast,
        string whole
    )
    {
        var groups = CaseGroup.Of([.. lines.Split(' ').Select(Enum.Parse<Urgency>).Select(Line)], isFirst, isLast);

        Assert.Equal(
            whole,
            string.Join(
                ' ',
                groups.Where(g => !g.Count.EndsWith(" on this page", StringComparison.Ordinal)).Select(g => g.Id)
            )
        );
    }

    private static CaseLine Line(Urgency urgency) =>
        new("SAN-7K3M-Q9XA", urgency, "", "", "", null, "", "", true, "", null, "", []);
}
