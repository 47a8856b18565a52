using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Policies;
using Escalation.Web.Forms;

namespace Escalation.Web.Policies;

/// <summary>
/// The simulator's form: when the concern was raised, in local time, and days that might be bank holidays. Empty:
/// raised now, and no such day.
/// </summary>
public sealed record SimulatorQuestion
{
    public const string Date = "raised",
        Time = "time",
        More = "more";
    private const string Holiday = "holiday";
    private const int FewestRows = 2;

    public required FormValues Values { get; init; }

    /// <summary>The days as they were typed, and room for more.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>None while rows are still being added.</summary>
    public required FormErrors Errors { get; init; }

    /// <summary>UTC; null when it was not understood.</summary>
    public DateTimeOffset? Raised { get; init; }
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>The field of the nth day, from 0.</summary>
    public static string Row(int n) => string.Create(CultureInfo.InvariantCulture, $"{Holiday}-{n + 1}");

    public static SimulatorQuestion Read(FormValues sent, WorkingCalendar calendar, DateTimeOffset now)
    {
        var values = sent[Date].Length + sent[Time].Length == 0 ? Now(sent, calendar, now) : sent;
        var (rows, adding) = (RowsOf(values), values[More].Length > 0);
        var errors = new List<FieldError>();
        var raised = Instant(values, calendar, errors);
        var holidays = Days(rows, errors);
        return new SimulatorQuestion
        {
            Values = values,
            Rows = rows,
            Errors = adding ? FormErrors.None : new FormErrors(errors),
            Raised = errors.Count == 0 ? raised : null,
            Holidays = holidays,
        };
    }

    public Simulation? Ask(Policy policy, WorkingCalendar known, bool withHolidays = true) =>
        Raised is { } raised ? Simulation.Of(policy, known, raised, withHolidays ? Holidays : []) : null;

    private static FormValues Now(FormValues sent, WorkingCalendar calendar, DateTimeOffset now) =>
        sent.With(Date, Iso(calendar.LocalDate(now))).With(Time, UkDates.Time(calendar.LocalTime(now)));

    private static DateTimeOffset? Instant(FormValues values, WorkingCalendar calendar, List<FieldError> errors)
    {
        const string noun = "The date on which the concern is raised";
        var date = TypedDate.Read(values[Date]);
        if (date is null)
            errors.Add(
                new(
                    Date,
                    values[Date].Length == 0
                        ? "Enter the date on which the concern is raised"
                        : TypedDate.Fault(noun, values[Date])!
                )
            );
        else if (date.Value.Year is < Simulation.FirstYear or > Simulation.LastYear)
            errors.Add(new(Date, $"{noun} must be in a year from {Simulation.FirstYear} to {Simulation.LastYear}"));
        if (!TypedTime.TryParse(values[Time], out var time))
            errors.Add(
                new(
                    Time,
                    values[Time].Length == 0
                        ? "Enter the time at which the concern is raised"
                        : "Enter a time, such as 10am, 4:30pm or 16:30"
                )
            );
        return errors.Count == 0 ? calendar.Instant(date!.Value, time) : null;
    }

    private static IReadOnlyList<DateOnly> Days(IReadOnlyList<string> rows, List<FieldError> errors)
    {
        var days = new List<DateOnly>();
        foreach (var (n, text) in rows.Index().Where(r => r.Item.Length > 0))
        {
            var noun = string.Create(CultureInfo.InvariantCulture, $"Extra day {n + 1}");
            if (TypedDate.Read(text) is not { } day)
                errors.Add(new(Row(n), TypedDate.Fault(noun, text)!));
            else if (day.Year is < Simulation.FirstYear or > Simulation.LastYear + 1)
                errors.Add(
                    new(Row(n), $"{noun} must be in a year from {Simulation.FirstYear} to {Simulation.LastYear + 1}")
                );
            else
                days.Add(day);
        }
        return days;
    }

    /// <summary>The rows shown before, or days given as the API takes them; one more where that was asked for.</summary>
    private static IReadOnlyList<string> RowsOf(FormValues values)
    {
        var shown = Enumerable
            .Range(0, Simulation.MostHolidays)
            .Where(n => values.Sent.ContainsKey(Row(n)))
            .Select(n => values[Row(n)]);
        List<string> rows = [.. values.All(Holiday), .. shown];
        var count = Math.Clamp(rows.Count + (values[More].Length > 0 ? 1 : 0), FewestRows, Simulation.MostHolidays);
        return [.. rows.Take(count), .. Enumerable.Repeat("", Math.Max(0, count - rows.Count))];
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
