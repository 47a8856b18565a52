using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Storage;

namespace Escalation.Core.Reporting;

/// <summary>Counts one case at a time and keeps none: beside counters only the lessons' texts.</summary>
public sealed class AnnualAnalysisBuilder
{
    private const string ActionRule = "action";
    private readonly string _partnership;
    private readonly ReportPeriod _period;
    private readonly PolicyCatalogue _catalogue;
    private readonly Func<Policy, WorkingCalendar> _calendarOf;
    private readonly DateTimeOffset _now;
    private readonly SortedDictionary<string, PolicyCounts> _policies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, AgencyTally> _agencies = new(StringComparer.Ordinal);
    private readonly CaseMeasures _cases = new();
    private readonly NoticeMeasures _notices = new();
    private readonly DutyMeasures _actions = new(),
        _duties = new();
    private readonly DayCounts _days = new();
    private readonly List<Lesson> _lessons = [];
    private int _outcomesWithLessons;

    /// <inheritdoc cref="AnnualAnalysis.Of"/>
    public AnnualAnalysisBuilder(
        string partnership,
        ReportPeriod period,
        PolicyCatalogue policies,
        Func<Policy, WorkingCalendar> calendarOf,
        DateTimeOffset now
    )
    {
        _partnership = partnership;
        _period = period;
        _catalogue = policies;
        _calendarOf = calendarOf;
        _now = now;
        foreach (var policy in policies.All.Where(p => p.Partnership == partnership))
            _policies[policy.Id] = new PolicyCounts(policy);
    }

    /// <summary>Each case once: a repeat is counted again.</summary>
    public void Add(CaseDocument document)
    {
        var c = document.Case;
        if (c.Partnership != _partnership || !_period.Contains(c.RaisedAt))
            return;
        var pinned = Pinned.Of(c, _catalogue);
        var policy = _policies[c.Policy.Id];
        var calendar = _calendarOf(pinned);
        if (policy.Count(c, pinned, calendar) is { } days)
            _days.Add(days);
        Count(c, calendar);
        var before = pinned.Earlier?.Policy;
        if (before is not null)
            _policies[before.Id].CountLedOn(c, before, calendar);
        foreach (var recorded in DocumentFormat.Recorded(document.Events, document.Words))
        {
            var then = pinned.AsOf(recorded.Number);
            _policies[then.Id].CountThemes(recorded.Event, then);
            policy.CountAtStage(recorded.Event, pinned);
            if (before is not null)
                _policies[before.Id].CountAtStage(recorded.Event, before);
            Count(c, recorded.Event);
        }
    }

    /// <summary>What was added so far.</summary>
    public AnnualAnalysis Finish()
    {
        IReadOnlyList<PolicyAnalysis> policies = [.. _policies.Values.Select(p => p.Finish())];
        return new AnnualAnalysis
        {
            Partnership = _partnership,
            Year = _period.Year,
            Quarter = _period.Quarter,
            From = _period.First,
            To = _period.Last,
            Cases = _cases with { },
            WorkingDays = _days.Finish(),
            Endings = Sum([.. policies.SelectMany(p => p.Endings)]),
            Natures = Sum([.. policies.SelectMany(p => p.Natures)]),
            Splits = new CaseSplits
            {
                PersonKinds = Sum([.. policies.SelectMany(p => p.Splits.PersonKinds)]),
                Circumstances = Sum([.. policies.SelectMany(p => p.Splits.Circumstances)]),
                LevelsOfNeed = Sum([.. policies.SelectMany(p => p.Splits.LevelsOfNeed)]),
            },
            Agencies = [.. _agencies.Values],
            Policies = policies,
            Notices = _notices with { },
            Actions = _actions with { },
            Duties = _duties with { },
            OutcomesWithLessons = _outcomesWithLessons,
            Themes = Sum([.. policies.SelectMany(p => p.Themes)]),
            Lessons = [.. _lessons.OrderBy(l => l.Reference, StringComparer.Ordinal)],
        };
    }

    private void Count(Case c, WorkingCalendar calendar)
    {
        _cases.Count(c, calendar, _now);
        foreach (var notice in c.Notices)
            _notices.Count(notice);
        foreach (var duty in c.Duties)
            (duty.Rule == ActionRule ? _actions : _duties).Count(duty);
        foreach (var party in c.Parties.Select(p => p.IsListed ? p : p with { Agency = Party.Other }).Distinct())
        {
            var before = _agencies.GetValueOrDefault(party.Agency) ?? new AgencyTally(party.Agency, 0, 0, 0);
            _agencies[party.Agency] = party.Side switch
            {
                Side.Raising => before with { Raised = before.Raised + 1 },
                Side.Receiving => before with { Received = before.Received + 1 },
                _ => before with { Involved = before.Involved + 1 },
            };
        }
    }

    private void Count(Case c, CaseEvent e)
    {
        _cases.Count(e);
        _notices.Count(e);
        if (e is not OutcomeRecorded { Lessons: true } outcome)
            return;
        _outcomesWithLessons++;
        if (outcome.Words?.Text("lessons") is { } text)
            _lessons.Add(new Lesson(c.Reference, outcome.Stage, text));
    }

    /// <summary>In the order they first come, so that one policy's tallies keep theirs.</summary>
    private static IReadOnlyList<Tally> Sum(IReadOnlyList<Tally> tallies)
    {
        var sum = new TallyCounts(tallies.Select(t => (t.Id, t.Name)));
        foreach (var tally in tallies)
            sum.Add(tally.Id, tally.Name, tally.Count);
        return sum.Finish();
    }
}
