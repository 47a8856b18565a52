using System.Runtime.CompilerServices;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>Makes the lines of a summary log.</summary>
public static class SummaryLog
{
    /// <summary>In the order of the cases; those of other partnerships, or that the agency does not see, are passed over.</summary>
    /// <param name="agency">Null: the partnership's log of all agencies.</param>
    /// <param name="policies">Holds every version that a case was opened under.</param>
    public static async IAsyncEnumerable<SummaryLogRow> OfAsync(
        string partnership,
        string? agency,
        IAsyncEnumerable<CaseDocument> cases,
        PolicyCatalogue policies,
        PartnershipRules rules,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var document in cases.WithCancellation(cancel))
        {
            if (document.Case.Partnership == partnership && Row(document, policies, rules, agency) is { } row)
                yield return row;
        }
    }

    /// <summary>The case as a line of the agency's log, by the policy that it was opened under.</summary>
    /// <param name="agency">Null: the partnership's log of all agencies.</param>
    /// <param name="policies">Holds every version that a case was opened under.</param>
    public static SummaryLogRow? Row(
        CaseDocument document,
        PolicyCatalogue policies,
        PartnershipRules rules,
        string? agency
    )
    {
        var policy = Pinned.Of(document.Case, policies);
        return Row(document, new Rules(policy, rules.CalendarFor(policy), rules.Directory), agency);
    }

    /// <summary>
    /// The case as a line of the agency's log; null when the agency does not see it. A stage internal to the raising agency is left out of
    /// every other agency's log.
    /// </summary>
    /// <param name="agency">Null: the partnership's log of all agencies.</param>
    public static SummaryLogRow? Row(CaseDocument document, Rules rules, string? agency) =>
        agency is null || Audience.Of(document.Case, rules.Policy).Contains(agency)
            ? Row(new ReadableCase(document, rules.Policy, new CaseReader(agency, Addresses: false)), rules, agency)
            : null;

    /// <summary>The case, as its reader may know it.</summary>
    /// <param name="agency">Whose case number stands in it; null: none.</param>
    internal static SummaryLogRow Row(ReadableCase c, Rules rules, string? agency)
    {
        var (policy, calendar) = (rules.Policy, rules.Calendar);
        var outcomes = c.History.Where(e => e.Event is OutcomeRecorded).Select(e => e.Recorded).ToList();
        var raisedOn = calendar.LocalDate(c.RaisedAt);
        var person = c.Intake?.Person;
        return new SummaryLogRow
        {
            Reference = c.Reference,
            Policy = c.Policy.Id,
            RaisedOn = raisedOn,
            RaisedBy = NameOf(c, rules, c.Raising.Agency),
            Others = [.. c.Parties.Where(p => p.Side is not Side.Raising).Select(p => NameOf(c, rules, p.Agency))],
            CaseNumber =
                agency is not null
                && c.Intake?.CaseNumbers is { } numbers
                && numbers.TryGetValue(agency, out var number)
                    ? number
                    : null,
            Name = person?.Name,
            DateOfBirth = person?.DateOfBirth,
            Age = person?.DateOfBirth is { } born ? AgeOn(raisedOn, born) : null,
            Concern = SummaryTexts.Concern(c, policy),
            LevelOfNeed = SummaryTexts.LevelOfNeed(c, policy),
            Disagreement = c.Intake?.Text("details"),
            ActionTaken = SummaryTexts.ActionTaken(c, policy, outcomes, a => NameOf(c, rules, a)),
            Outcome = SummaryTexts.Outcome(c, policy, calendar),
            PersonalDataRemoved = c.PersonalDataRemoved,
            RecordMarking = policy.RecordMarking,
        };
    }

    private static string NameOf(ReadableCase c, Rules rules, string agency) =>
        c.Intake?.AgencyNames is { } names && names.TryGetValue(agency, out var name) ? name
        : agency == c.Partnership ? rules.Policy.PartnershipName
        : rules.Directory.NameOf(agency);

    private static int AgeOn(DateOnly day, DateOnly born) =>
        day.Year - born.Year - ((day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);
}
