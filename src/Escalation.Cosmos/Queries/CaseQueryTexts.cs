using Escalation.Core.Storage;
using Escalation.Cosmos.Items;
using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Queries;

/// <summary>
/// The queries of the sweep, the intake, the reports and the health check. One for a single partnership names it in its
/// conditions too.
/// </summary>
internal static class CaseQueryTexts
{
    /// <summary>Where a case lies whose partnership is not known.</summary>
    public static QueryDefinition Partnership(string reference) =>
        new Conditions().And("c.reference = @reference", ("@reference", reference)).Select("VALUE c.partnership");

    public static QueryDefinition Due(DateTimeOffset now) =>
        Until("c.nextTry", now).Select(CaseFound.Selected, "c.nextTry");

    public static QueryDefinition Earliest { get; } =
        new Conditions().And("IS_DEFINED(c.nextTry)").Select("VALUE c.nextTry", "c.nextTry");

    public static QueryDefinition RetentionDue(DateTimeOffset now) =>
        Until("c.retainUntil", now).Select("VALUE c.reference", "c.retainUntil");

    public static QueryDefinition Similar(string partnership, string similarityKey) =>
        Of(partnership)
            .And("c.likeness = @likeness", ("@likeness", similarityKey))
            .And("c.ended = false")
            .Select("VALUE c.reference", "c.reference");

    public static QueryDefinition WithOperation(string operation) =>
        new Conditions()
            .And("ARRAY_CONTAINS(c.operations, @operation)", ("@operation", operation))
            .Select("VALUE c.reference");

    public static QueryDefinition Scan(CaseScan scan) =>
        Of(scan.Partnership)
            .AndIf(scan.OpenOnly, "c.ended = false")
            .AndIf("ARRAY_CONTAINS(c.agencies, @agency)", "@agency", scan.Agency)
            .AndRaised(scan.RaisedFrom, scan.RaisedTo)
            .Select(CaseFound.Selected, "c.raised");

    public static QueryDefinition CountCases(string? partnership) => Of(partnership).Select("VALUE COUNT(1)");

    public static QueryDefinition CountOpen(string? partnership) =>
        Of(partnership).And("c.ended = false").Select("VALUE COUNT(1)");

    public static QueryDefinition CountFailing(string? partnership) =>
        Of(partnership).And("c.failures > 0").Select("VALUE COUNT(1)");

    public static QueryDefinition CountOverdue(string? partnership, DateTimeOffset now) =>
        Until("c.nextWake", now, partnership).Select("VALUE COUNT(1)");

    public static QueryDefinition OldestOverdue(string? partnership, DateTimeOffset now) =>
        Until("c.nextWake", now, partnership).Select("VALUE c.nextWake", "c.nextWake");

    /// <summary>The condition keeps the sum to the few cases that have any.</summary>
    public static QueryDefinition SumQueued(string? partnership) =>
        Of(partnership).And("c.queued > 0").Select("VALUE SUM(c.queued)");

    public static QueryDefinition SumFailed(string? partnership) =>
        Of(partnership).And("c.failed > 0").Select("VALUE SUM(c.failed)");

    public static Conditions Of(string? partnership) =>
        new Conditions().AndIf("c.partnership = @partnership", "@partnership", partnership);

    /// <summary>From inclusive, to exclusive: a place begins with its instant, so it sorts after the instant alone.</summary>
    public static Conditions AndRaised(this Conditions conditions, DateTimeOffset? from, DateTimeOffset? to) =>
        conditions
            .AndIf("c.raised >= @raisedFrom", "@raisedFrom", from is { } first ? Instant.Write(first) : null)
            .AndIf("c.raised < @raisedTo", "@raisedTo", to is { } last ? Instant.Write(last) : null);

    private static Conditions Until(string path, DateTimeOffset now, string? partnership = null) =>
        Of(partnership).And($"{path} <= @now", ("@now", Instant.Write(now)));
}
