using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Reporting;

/// <summary>Counts the cases of one policy, whatever the versions they are pinned to.</summary>
internal sealed class PolicyCounts
{
    public const string NotGiven = "notGiven",
        Open = "open";

    public static IReadOnlyList<(string Id, string Name)> Endings { get; } =
    [
        .. Outcomes.All.Where(o => o.Ending is not null).Select(o => (o.Id, o.Ending!)),
        (CaseStatus.Withdrawn, "Withdrawn"),
        (Open, "Still open"),
    ];

    private readonly Policy _policy;
    private readonly Dictionary<string, StageCounts> _stages = new(StringComparer.Ordinal);
    private readonly DayCounts _days = new();
    private readonly TallyCounts _endings = new(Endings);
    private readonly TallyCounts _natures;
    private readonly SplitCounts _splits;
    private readonly TallyCounts _themes;
    private int _cases,
        _ledOn;

    /// <param name="policy">The current version: it gives the names and the order.</param>
    public PolicyCounts(Policy policy)
    {
        _policy = policy;
        _natures = new TallyCounts([.. policy.Natures.Select(n => (n.Id, n.Name)), (NotGiven, "Not given")]);
        _splits = new SplitCounts(policy);
        _themes = new TallyCounts(
            policy.Themes.Count == 0 ? [] : [.. policy.Themes.Select(t => (t.Id, t.Name)), (NotGiven, "Not given")]
        );
        foreach (var stage in policy.Stages)
            _stages[stage.Id] = new StageCounts(stage);
    }

    /// <summary>Null: not ended.</summary>
    public int? Count(Case c, Policy pinned, WorkingCalendar calendar)
    {
        _cases++;
        var ending = c.IsOpen ? Open : c.Stage.Outcome!;
        _endings.Add(ending, ending);
        foreach (var nature in c.Natures.DefaultIfEmpty(NotGiven))
            _natures.Add(nature, pinned.Natures.FirstOrDefault(n => n.Id == nature)?.Name ?? nature);
        _splits.Count(c, pinned);
        CountStages(c, pinned, calendar);
        if (c.EndedAt is not { } ended)
            return null;
        var days = calendar.WorkingDaysBetween(calendar.LocalDate(c.RaisedAt), calendar.LocalDate(ended));
        _days.Add(days);
        return days;
    }

    /// <summary>A case that was taken from this policy to another, under which it counts: here it left its stages.</summary>
    public void CountLedOn(Case c, Policy pinned, WorkingCalendar calendar)
    {
        _ledOn++;
        CountStages(c, pinned, calendar);
    }

    private void CountStages(Case c, Policy pinned, WorkingCalendar calendar)
    {
        for (var i = 0; i < c.Stages.Count; i++)
            StageOf(c.Stages[i].Id, pinned)?.Count(c.Stages[i], last: i == c.Stages.Count - 1, calendar);
    }

    public void CountThemes(CaseEvent e, Policy pinned)
    {
        if (e is OutcomeRecorded { Lessons: true } outcome && pinned.Themes.Count > 0)
            foreach (var theme in (outcome.Themes ?? []).DefaultIfEmpty(NotGiven))
                _themes.Add(theme, pinned.Themes.FirstOrDefault(t => t.Id == theme)?.Name ?? theme);
    }

    public void CountAtStage(CaseEvent e, Policy pinned)
    {
        if (e is StagesSkipped skipped)
            foreach (var stage in skipped.Skipped)
                if (StageOf(stage, pinned) is { } passed)
                    passed.Measures.Skipped++;
        var about = e switch
        {
            DeadlineMissed m => m.Stage,
            ReminderDue m => m.Stage,
            LateResponseRecorded m => m.Stage,
            HoldPlaced m => m.Stage,
            NobodyToTell m => m.Stage,
            _ => null,
        };
        if (about is not null)
            StageOf(about, pinned)?.Measures.Count(e);
    }

    public PolicyAnalysis Finish() =>
        new()
        {
            Id = _policy.Id,
            Name = _policy.Name,
            Cases = _cases,
            LedOn = _ledOn,
            WorkingDays = _days.Finish(),
            Endings = _endings.Finish(),
            Natures = _natures.Finish(),
            Splits = _splits.Finish(),
            Themes = _themes.Finish(),
            Stages =
            [
                .. _stages
                    .Values.OrderBy(s => _policy.IndexOf(s.Measures.Id) is var i and >= 0 ? i : int.MaxValue)
                    .ThenBy(s => s.Measures.Id, StringComparer.Ordinal)
                    .Select(s => s.Finish()),
            ],
        };

    /// <summary>Null for a stage of another policy, and for one that even the pinned version does not have: a newer program's.</summary>
    private StageCounts? StageOf(string id, Policy pinned)
    {
        if (pinned.OwnStage(id) is not { } own)
            return null;
        if (_stages.TryGetValue(own, out var known))
            return known;
        return pinned.Find(id) is { } stage ? _stages[own] = new StageCounts(stage with { Id = own }) : null;
    }
}

internal sealed class StageCounts(Stage stage)
{
    private readonly DayCounts _days = new();
    private readonly TallyCounts _closings = new([]);

    public StageAnalysis Measures { get; } = new() { Id = stage.Id, Name = stage.Name };

    public void Count(StageRecord record, bool last, WorkingCalendar calendar)
    {
        Measures.Count(record, last);
        if (record.ClosedAt is not { } closed)
            return;
        _days.Add(calendar.WorkingDaysBetween(calendar.LocalDate(record.OpenedAt), calendar.LocalDate(closed)));
        _closings.Add(record.Outcome!, record.Outcome!);
    }

    public StageAnalysis Finish() => Measures with { WorkingDays = _days.Finish(), Closings = _closings.Finish() };
}
