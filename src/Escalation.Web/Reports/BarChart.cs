using System.Globalization;
using System.Text;

namespace Escalation.Web.Reports;

/// <summary>How the bars of a series are filled, told apart without colour.</summary>
public enum Fill
{
    Solid,
    Hatched,
    Dotted,
    Hollow,
}

/// <summary>One kind of bar in a chart.</summary>
public sealed record Series(string Name, Fill Fill);

/// <summary>A bar: parts laid end to end, and the figure that stands after them.</summary>
public sealed record BarRow(IReadOnlyList<(Series Series, decimal Value)> Parts, string Figure)
{
    public decimal Length => Parts.Sum(p => p.Value);

    public static BarRow Of(Series series, decimal value) => new([(series, value)], Format(value));

    internal static string Format(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}

/// <summary>A label with its bars below.</summary>
public sealed record BarGroup(string Label, IReadOnlyList<BarRow> Rows);

/// <summary>A bar chart with every number printed; a table with the same numbers stands beside it.</summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Description">The chart in a sentence, for those who hear it.</param>
public sealed record BarChart(
    string Id,
    string Title,
    string Description,
    IReadOnlyList<Series> Series,
    IReadOnlyList<BarGroup> Groups
);

/// <summary>
/// Where everything in a chart stands: widths in parts of a hundred of whatever width there is, heights in pixels, so
/// that its words stay readable on a phone and on paper.
/// </summary>
public sealed class BarLayout
{
    /// <summary>The longest bar leaves room for its figure.</summary>
    private const decimal Longest = 82;
    private const int Line = 20,
        Bar = 18,
        Step = 24,
        Gap = 12,
        LineLength = 38;
    private readonly List<(string Text, int Y)> _labels = [];
    private readonly List<(Series Series, string X, string Width, int Y, int Height)> _bars = [];
    private readonly List<(string Text, string X, int Y)> _figures = [];

    public BarLayout(BarChart chart)
    {
        var most = chart.Groups.SelectMany(g => g.Rows).Select(r => r.Length).DefaultIfEmpty(0).Max();
        var y = 0;
        foreach (var group in chart.Groups)
        {
            foreach (var line in Lines(group.Label))
                _labels.Add((line, (y += Line) - 4));
            y += 4;
            foreach (var row in group.Rows)
            {
                Place(row, most, y);
                y += Step;
            }
            y += Gap;
        }
        Height = y;
    }

    public int Height { get; }
    public IReadOnlyList<(string Text, int Y)> Labels => _labels;
    public IReadOnlyList<(Series Series, string X, string Width, int Y, int Height)> Bars => _bars;
    public IReadOnlyList<(string Text, string X, int Y)> Figures => _figures;

    private void Place(BarRow row, decimal most, int y)
    {
        var x = 0m;
        foreach (var (series, value) in row.Parts.Where(p => p.Value > 0))
        {
            var width = value / most * Longest;
            _bars.Add((series, Percent(x), Percent(width), y, Bar));
            x += width;
        }
        _figures.Add((row.Figure, Percent(x), y + Bar - 4));
    }

    /// <summary>A label in lines short enough for a phone, broken between words.</summary>
    public static IReadOnlyList<string> Lines(string label)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in label.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LineLength)
            {
                lines.Add(line.ToString());
                line.Clear();
            }
            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }
        lines.Add(line.ToString());
        return lines;
    }

    private static string Percent(decimal value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}%");
}
