using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Site.Pages;

namespace Escalation.Web.Policies;

/// <summary>
/// The days of a simulation for month grids: when it begins, which stage runs, what falls due, what is not worked and
/// why.
/// </summary>
internal sealed class SimulatorDays(Simulation simulation)
{
    private readonly WorkingCalendar _calendar = simulation.Calendar;

    public DateOnly First => _calendar.LocalDate(simulation.Raised);
    public DateOnly Last => _calendar.LocalDate(simulation.Stages[^1].Deadline?.At ?? simulation.Stages[^1].Opens);

    /// <summary>The mark of a stage, one or two characters: its id, or its first letter.</summary>
    public static string Mark(string stage) => stage.Length <= 2 ? stage : stage[..1].ToUpperInvariant();

    /// <summary>Days from the beginning to the last deadline that are off and no weekend, with the reason.</summary>
    public IEnumerable<(DateOnly Date, string Reason, bool Asked)> Off()
    {
        for (var date = First; date <= Last; date = date.AddDays(1))
            if (!IsWeekend(date) && _calendar.WhyNotWorking(date) is { } reason)
                yield return (date, reason, simulation.Asked.Contains(date));
    }

    public DayCell? CellOf(DateOnly date)
    {
        var due = simulation
            .Stages.Where(s => s.Deadline is { } deadline && _calendar.LocalDate(deadline.At) == date)
            .ToList();
        var words = new List<string>();
        if (date == First)
            words.Add($"raised at {UkDates.Time(_calendar.LocalTime(simulation.Raised))}");
        words.AddRange(due.Select(s => $"{s.Name} ends at {UkDates.Time(_calendar.LocalTime(s.Deadline!.At))}"));
        if (_calendar.WhyNotWorking(date) is { } reason)
            words.Add(simulation.Asked.Contains(date) ? "what if this were a bank holiday" : reason);
        var (style, mark) = Look(date, due);
        if (words.Count == 0 && Running(date) is { } running)
            (style, mark, words) = ("runs", Mark(running.Id), [$"{running.Name} is open"]);
        return words.Count == 0 ? null : new DayCell(style, mark, string.Join("; ", words));
    }

    private (string? Style, string Mark) Look(DateOnly date, IReadOnlyList<TimelineStage> due) =>
        date switch
        {
            _ when due.Count > 1 => ("due", $"{Mark(due[0].Id)}–{Mark(due[^1].Id)}!"),
            _ when due.Count > 0 => ("due", $"{Mark(due[0].Id)}!"),
            _ when simulation.Asked.Contains(date) => ("asked", "?"),
            _ when date == First => ("from", "▶"),
            _ when IsWeekend(date) => ("skipped", "×"),
            _ when _calendar.WhyNotWorking(date) is { } reason => reason.Contains(
                "bank holiday",
                StringComparison.OrdinalIgnoreCase
            )
                ? ("holiday", "BH")
                : ("skipped", "C"),
            _ => (null, ""),
        };

    private TimelineStage? Running(DateOnly date) =>
        simulation.Stages.FirstOrDefault(s =>
            _calendar.LocalDate(s.Opens) < date && !(s.Deadline is { } end && date >= _calendar.LocalDate(end.At))
        );

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
