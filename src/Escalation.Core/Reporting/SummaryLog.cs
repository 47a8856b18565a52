using System.Runtime.CompilerServices;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

/// <summary>Makes the lines of a summary log.</summary>
public static class SummaryLog
{
    /// <summary>In the order of the cases; those of other partnerships, or none of the agency's, are passed over.</summary>
    /// <param name="agency">Null: the partnership's log of all agencies.</param>
    /// <param name="policies">Holds every version that a case was opened under.</param>
    public static async IAsyncEnumerable<SummaryLogRow> OfAsync(
        string partnership, string? agency, IAsyncEnumerable<CaseDocument> cases, PolicyCatalogue policies, Func<Policy, WorkingCalendar> calendarOf,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var document in cases.WithCancellation(cancel))
        {
            var policy = Pinned.Of(document.Case, policies);
            if (document.Case.Partnership == partnership && Row(document, policy, calendarOf(policy), agency) is { } row)
                yield return row;
        }
    }

    /// <summary>
    /// The case as a line of the agency's log; null when it is none of the agency's. A stage internal to the raising agency is left out of
    /// every other agency's log, and so is a case that never left it.
    /// </summary>
    /// <param name="agency">Null: the partnership's log of all agencies.</param>
    public static SummaryLogRow? Row(CaseDocument document, Policy policy, WorkingCalendar calendar, string? agency)
    {
        var c = document.Case;
        var seesAll = agency is null || agency == c.Raising.Agency;
        if (agency is not null && c.Parties.All(p => p.Agency != agency))
            return null;
        if (!seesAll && c.Stages.TrueForAll(s => IsInternal(s.Id, policy)))
            return null;
        var outcomes = DocumentFormat.Recorded(document.Events, document.Words)
            .Where(r => r.Event is OutcomeRecorded said && (seesAll || !IsInternal(said.Stage, policy))).ToList();
        var raisedOn = calendar.LocalDate(c.RaisedAt);
        var person = c.Intake?.Person;
        return new SummaryLogRow
        {
            Reference = c.Reference,
            Policy = c.Policy.Id,
            RaisedOn = raisedOn,
            RaisedBy = NameOf(c, c.Raising.Agency),
            Others = [.. c.Parties.Where(p => p.Side is not Side.Raising).Select(p => NameOf(c, p.Agency))],
            CaseNumber = agency is not null && c.Intake?.CaseNumbers is { } numbers && numbers.TryGetValue(agency, out var number) ? number : null,
            Name = person?.Name,
            DateOfBirth = person?.DateOfBirth,
            Age = person?.DateOfBirth is { } born ? AgeOn(raisedOn, born) : null,
            Concern = SummaryTexts.Concern(c, policy),
            LevelOfNeed = SummaryTexts.LevelOfNeed(c, policy),
            Disagreement = c.Intake?.Text("details"),
            ActionTaken = SummaryTexts.ActionTaken(c, policy, outcomes),
            Outcome = SummaryTexts.Outcome(c, policy, calendar),
            PersonalDataRemoved = c.PersonalDataRemoved,
            RecordMarking = policy.RecordMarking,
        };
    }

    private static bool IsInternal(string stage, Policy policy) => policy.Find(stage)?.Told is Told.Raising;

    private static string NameOf(Case c, string agency) =>
        c.Intake?.AgencyNames is { } names && names.TryGetValue(agency, out var name) ? name : agency;

    private static int AgeOn(DateOnly day, DateOnly born) =>
        day.Year - born.Year - ((day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);
}
