using System.Globalization;

namespace Escalation.Web.CasePages;

/// <summary>A bar of the drawing, in its units.</summary>
/// <param name="X">Null: the stage has no time, and its mark stands at the start.</param>
/// <param name="Deadline">Where the deadline's tick stands; null: none.</param>
public sealed record StageBar(StageRow Row, double Y, double? X, double Width, double? Deadline);

/// <param name="Label">"23 Dec".</param>
public sealed record AxisTick(double X, string Label);

/// <summary>The stages on an axis of time: where everything stands. Widths and places are in the units of the view box.</summary>
public sealed record StageDrawing
{
    public const double Left = 170,
        Right = 90,
        PlotWidth = 560,
        Top = 34,
        RowHeight = 34,
        BarHeight = 20;
    private const int MostTicks = 7,
        MostShadedDays = 80;
    private static readonly int[] Steps = [1, 2, 3, 7, 14, 28, 56, 112, 224, 448];
    private static readonly string[] Months =
    [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ];

    public required IReadOnlyList<StageBar> Bars { get; init; }
    public required IReadOnlyList<AxisTick> Ticks { get; init; }

    /// <summary>Days that are no working days: where they begin and how wide they are.</summary>
    public required IReadOnlyList<(double X, double Width)> Shaded { get; init; }

    /// <summary>Where now is; null outside the drawing.</summary>
    public required double? Now { get; init; }
    public double Height => Top + Bars.Count * RowHeight + 8;
    public double Width => Left + PlotWidth + Right;

    public static StageDrawing Of(CaseReading r, IReadOnlyList<StageRow> rows)
    {
        var instants = rows.SelectMany(row => new[] { row.From, row.To, row.Deadline?.At })
            .OfType<DateTimeOffset>()
            .DefaultIfEmpty(r.Case.OpenedAt)
            .ToList();
        var (first, last) = (r.Calendar.LocalDate(instants.Min()), r.Calendar.LocalDate(instants.Max()).AddDays(1));
        var (start, end) = (Midnight(r, first), Midnight(r, last));
        double At(DateTimeOffset at) => Left + PlotWidth * Math.Clamp((at - start) / (end - start), 0, 1);
        var days = last.DayNumber - first.DayNumber;
        var step = Steps.First(s => days / s <= MostTicks);
        return new StageDrawing
        {
            Bars = [.. rows.Select((row, i) => BarOf(row, Top + i * RowHeight, At))],
            Ticks =
            [
                .. Enumerable
                    .Range(0, days / step + 1)
                    .Select(i => first.AddDays(i * step))
                    .Where(d => d < last || days < 3)
                    .Select(d => new AxisTick(At(Midnight(r, d)), Short(d))),
            ],
            Shaded =
                days > MostShadedDays
                    ? []
                    :
                    [
                        .. Enumerable
                            .Range(0, days)
                            .Select(first.AddDays)
                            .Where(d => !r.Calendar.IsWorkingDay(d))
                            .Select(d => (At(Midnight(r, d)), At(Midnight(r, d.AddDays(1))) - At(Midnight(r, d)))),
                    ],
            Now = r.Case.IsOpen && r.Now >= start && r.Now <= end ? At(r.Now) : null,
        };
    }

    /// <summary>A number as SVG writes it.</summary>
    public static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static StageBar BarOf(StageRow row, double y, Func<DateTimeOffset, double> at)
    {
        if (row is not { From: { } from, To: { } to })
            return new StageBar(row, y, null, 0, null);
        var x = at(from);
        return new StageBar(
            row,
            y,
            x,
            Math.Max(3, at(to) - x),
            row.Record is not null && row.Deadline is { } deadline ? at(deadline.At) : null
        );
    }

    private static DateTimeOffset Midnight(CaseReading r, DateOnly date) => r.Calendar.Instant(date, TimeOnly.MinValue);

    private static string Short(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Months[date.Month - 1]}");
}
