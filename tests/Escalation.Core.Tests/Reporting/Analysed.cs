using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Tests.Calendars;

namespace Escalation.Core.Tests.Reporting;

internal static class Analysed
{
    /// <summary>After all that the stories tell; a story on hold is analysed at its own instant.</summary>
    public static readonly DateTimeOffset Now = London.At("2027-06-01 09:00");

    public static AnnualAnalysis Year(int year, params Story[] stories) => Year("sandwell", year, stories);

    public static AnnualAnalysis Year(string partnership, int year, params Story[] stories) =>
        Of(partnership, ReportPeriod.OfYear(new FinancialYear(year)), Now, stories);

    public static AnnualAnalysis Of(
        string partnership,
        ReportPeriod period,
        DateTimeOffset now,
        params Story[] stories
    ) =>
        AnnualAnalysis.Of(
            partnership,
            period,
            stories.Select(s => s.Document),
            PolicyCatalogue.BuiltIn,
            _ => London.Calendar,
            now
        );

    public static PolicyAnalysis Policy(this AnnualAnalysis analysis, string id) =>
        analysis.Policies.Single(p => p.Id == id);

    public static StageAnalysis Stage(this AnnualAnalysis analysis, string policy, string stage) =>
        analysis.Policy(policy).Stages.Single(s => s.Id == stage);

    public static int Of(this IReadOnlyList<Tally> tallies, string id) => tallies.Single(t => t.Id == id).Count;
}
