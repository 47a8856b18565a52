using System.Globalization;

namespace Escalation.Bench;

/// <summary>One line of the table.</summary>
/// <param name="Value">What the target is about: a ratio, or an amount in <paramref name="Unit"/>.</param>
internal sealed record Measurement(string What, string Ours, string Baseline, double Value, string Unit, Target Target)
{
    public string Shown => Value.ToString(Value < 100 ? "0.00" : "0", CultureInfo.InvariantCulture) + Unit;

    public bool Met => Target.AtLeast ? Value >= Target.Value : Value <= Target.Value;
}

internal sealed record Target(double Value, bool AtLeast, string Unit)
{
    public static Target Least(double ratio) => new(ratio, AtLeast: true, "x");

    public static Target Most(double value, string unit = "x") => new(value, AtLeast: false, unit);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? ">=" : "<=")} {Value}{Unit}");
}

/// <summary>What a section found, and how it was measured.</summary>
internal sealed record Findings(IReadOnlyList<string> Settings, IReadOnlyList<Measurement> Measurements);
