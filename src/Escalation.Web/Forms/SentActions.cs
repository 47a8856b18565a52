using System.Globalization;
using Escalation.Core.Cases;

namespace Escalation.Web.Forms;

/// <summary>
/// The rows of agreed actions as a form sends them: <c>actions[0].what</c> and so on. However many are sent, all are read: more than an
/// outcome may have is for the case to refuse.
/// </summary>
public static class SentActions
{
    private const string Prefix = "actions[";

    public static IReadOnlyList<string> Parts { get; } = ["what", "byWhom", "agency", "due"];

    /// <summary>The numbers of the rows that something was typed into, in order.</summary>
    public static IReadOnlyList<int> Filled(FormValues values) =>
        [.. Sent(values).Where(row => Parts.Any(p => values.Typed($"{Prefix}{row}].{p}") is not null))];

    /// <summary>The form with its action rows moved up over empty ones, so that a row's number is the action's number.</summary>
    public static FormValues Compact(FormValues values)
    {
        var kept = values.Sent.Where(p => !p.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary();
        foreach (var (i, row) in Filled(values).Index())
        foreach (var part in Parts)
            kept[$"{Prefix}{i}].{part}"] = values[$"{Prefix}{row}].{part}"];
        return new FormValues(kept);
    }

    /// <summary>How many to show: those in use, and more where they were asked for, as long as an outcome may have more.</summary>
    /// <param name="least">On an empty form.</param>
    /// <param name="more">0: none were asked for.</param>
    public static int Shown(int used, int least, int more) =>
        Math.Max(used, Math.Min(RecordOutcome.MostActions, Math.Max(least, used) + more));

    /// <summary>One more than the last row that was sent, filled or not; a row's number is below what a form can send.</summary>
    public static int Used(FormValues values) =>
        Sent(values).Where(row => row < values.Sent.Count).LastOrDefault(-1) + 1;

    private static IEnumerable<int> Sent(FormValues values) =>
        values
            .Sent.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(k => k[Prefix.Length..].Split(']')[0])
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : -1)
            .Where(row => row >= 0)
            .Distinct()
            .Order();
}
