using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Forms;

namespace Escalation.Web.Policies;

/// <summary>The form that changes one local setting, or chooses one reading of the text.</summary>
/// <param name="Setting">Null: a reading is chosen.</param>
/// <param name="Reading">Null: a setting is changed.</param>
public sealed record SettingForm(
    Policy Policy,
    LocalSetting? Setting,
    TextReading? Reading,
    FormValues Values,
    FormErrors Errors
)
{
    /// <summary>The version in force that the form was made from.</summary>
    public const string Seen = "seen";

    public string Back => $"/policies/{Policy.Id}/settings";

    public string Url =>
        Reading is { } reading
            ? $"{Back}/reading?id={reading.Id}"
            : $"{Back}/change?path={Uri.EscapeDataString(Setting!.Path)}";

    public string Title => Reading?.Question ?? SettingWords.Place(Policy, Setting!.Path);

    /// <summary>As the setting is now.</summary>
    public static FormValues Present(Policy policy, LocalSetting? setting, TextReading? reading)
    {
        var values = new Dictionary<string, string> { [Seen] = policy.Hash };
        if (reading is not null)
            values["choice"] = reading.Chosen;
        foreach (var value in setting?.Values ?? [])
            values[$"values.{value.Name}"] = value.Value;
        if (setting is not null)
            values["text"] = setting.Text;
        return new FormValues(values);
    }

    public IReadOnlyList<FormPart> Parts =>
        [
            new FormPart.Hidden(Seen, Values[Seen]),
            .. Reading is { } reading ? Choices(reading) : Rule(Setting!),
            new FormPart.Text("reason", "Why it is set so", 3)
            {
                What = "why it is set so",
                Hint = "It stands in the procedure from now on, beside the rule: who decided it, and on what grounds.",
            },
        ];

    private static IEnumerable<FormPart> Choices(TextReading reading)
    {
        yield return new FormPart.OneOf(
            "choice",
            reading.Question,
            [.. reading.Choices.Select(c => new Choice(c.Id, c.Name))]
        )
        {
            What = "how it is read",
        };
    }

    private static IEnumerable<FormPart> Rule(LocalSetting setting) =>
        [
            .. setting.Values.Select(Value),
            new FormPart.Text("text", "The rule in words", 2)
            {
                What = "the rule in words",
                Hint = "As emails and pages say it. Change it with the values.",
            },
        ];

    private static FormPart Value(SettingValue value)
    {
        var (name, label) = ($"values.{value.Name}", SettingWords.Value(value.Name));
        return value.Kind switch
        {
            SettingKind.YesNo => new FormPart.OneOf(name, label, [new("yes", "Yes"), new("no", "No")]),
            SettingKind.Word => new FormPart.OneOf(
                name,
                label,
                [.. value.Words!.Select(w => new Choice(w, SettingWords.Word(w)))]
            ),
            SettingKind.Number or SettingKind.Time => new FormPart.Text(name, label),
            _ => throw new InvalidOperationException($"Nothing is known of a setting of the kind {value.Kind}."),
        };
    }

    /// <summary>What it comes to: a policy, or what is wrong by the form's fields.</summary>
    public (Policy? Policy, FormErrors Errors) Read()
    {
        var faults = new Faults();
        faults.Required("reason", OnOneLine("reason"), OwnPolicyDocument.LongestText);
        if (Setting is not null)
            faults.Required("text", OnOneLine("text"), OwnPolicyDocument.LongestText);
        if (faults.ToRefusal() is { } refusal)
            return (null, FormFaults.Of(Parts, Values, [], refusal));
        var reading = Reading is { } place
            ? PolicyChanges.Choose(Policy, place.Id, Values["choice"], OnOneLine("reason"))
            : PolicyChanges.Set(Policy, Setting!.Path, Typed(), OnOneLine("text"), OnOneLine("reason"));
        return (reading.Policy, new FormErrors([.. reading.Errors.Select(Named)]));
    }

    private Dictionary<string, string> Typed() =>
        Setting!.Values.ToDictionary(v => v.Name, v => Values[$"values.{v.Name}"], StringComparer.Ordinal);

    /// <summary>A policy document holds no line breaks.</summary>
    private string OnOneLine(string name) =>
        string.Join(
            ' ',
            Values[name].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>A fault beside the field that it is of; a place in the document is one of the setting's values.</summary>
    private FieldError Named(PolicyError error)
    {
        var own = Parts.Select(p => p.Name).FirstOrDefault(name => name == error.Field);
        var inRule = Setting?.Values.FirstOrDefault(v => error.Field == $"{Setting.Path}.{v.Name}");
        var field = own ?? (inRule is null ? "" : $"values.{inRule.Name}");
        var label = field.Length == 0 ? error.Field : Parts.First(p => p.Name == field).Label;
        return new FieldError(field, $"{label} {error.Reason}");
    }
}
