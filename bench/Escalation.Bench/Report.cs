using System.Globalization;

namespace Escalation.Bench;

/// <summary>Prints a section's settings, then its measurements as a table.</summary>
internal static class Report
{
    private static readonly string[] Heads = ["measured", "ours", "baseline", "result", "target", ""];

    public static void Print(string section, Findings findings)
    {
        Console.WriteLine();
        Console.WriteLine($"== {section}");
        foreach (var setting in findings.Settings)
            Console.WriteLine($"   {setting}");
        Console.WriteLine();
        var rows = findings
            .Measurements.Select(m =>
                new[] { m.What, m.Ours, m.Baseline, m.Shown, m.Target.ToString(), m.Met ? "met" : "NOT MET" }
            )
            .Prepend(Heads)
            .ToList();
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            Console.WriteLine(
                "   " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()
            );
    }

    public static string PerSecond(int count, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{count / seconds:N0}/s");

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");
}
