namespace Escalation.Web.Forms;

/// <summary>
/// A form as it was sent. What was not sent is the empty text; what cannot be seen around a value does not count. A date sent as day, month
/// and year is there as one value.
/// </summary>
public sealed record FormValues
{
    private const string Day = ".day",
        Month = ".month",
        Year = ".year";

    public FormValues(IReadOnlyDictionary<string, string> sent) => Sent = WithDates(sent);

    public static FormValues Empty { get; } = new(new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Sent { get; }

    public string this[string name] => Sent.TryGetValue(name, out var value) ? TypedText.Trim(value) : "";

    /// <summary>Null where nothing was typed.</summary>
    public string? Typed(string name) => this[name] is { Length: > 0 } value ? value : null;

    /// <summary>The values of a field that was sent more than once (check boxes), in the order sent.</summary>
    public IReadOnlyList<string> All(string name) =>
        [.. this[name].Split('\n').Select(TypedText.Trim).Where(value => value.Length > 0)];

    /// <summary>Every value, to be sent again as it was, by name; without those named here.</summary>
    public IEnumerable<KeyValuePair<string, string>> Again(params IReadOnlyList<string> without) =>
        Sent.Where(p => !without.Contains(p.Key) && Typed(p.Key) is not null)
            .OrderBy(p => p.Key, StringComparer.Ordinal);

    public FormValues With(string name, string value) => new(new Dictionary<string, string>(Sent) { [name] = value });

    /// <summary>
    /// The three inputs <c>name.day</c>, <c>name.month</c>, <c>name.year</c> become <c>name</c>: 2026-12-29, or what
    /// was typed, joined by hyphens, when that is no date. All three left empty: the field is what was sent as one
    /// value, if anything was.
    /// </summary>
    private static IReadOnlyDictionary<string, string> WithDates(IReadOnlyDictionary<string, string> sent)
    {
        var names = sent
            .Keys.Where(k => k.EndsWith(Day, StringComparison.Ordinal))
            .Select(k => k[..^Day.Length])
            .ToList();
        if (names.Count == 0)
            return sent;
        var values = new Dictionary<string, string>(sent);
        foreach (var name in names)
        {
            var (day, month, year) = (Part(name + Day), Part(name + Month), Part(name + Year));
            values[name] =
                day.Length + month.Length + year.Length == 0 ? Part(name) : TypedDate.Joined(day, month, year);
            foreach (var part in new[] { Day, Month, Year })
                values.Remove(name + part);
        }
        return values;

        string Part(string key) => sent.TryGetValue(key, out var text) ? TypedText.Trim(text) : "";
    }
}

/// <summary>What is wrong with a form, field by field, in the order of finding.</summary>
public sealed record FormErrors(IReadOnlyList<FieldError> All)
{
    public static FormErrors None { get; } = new([]);

    public bool Any => All.Count > 0;

    public string? Of(string field) => All.FirstOrDefault(e => e.Field == field)?.Message;
}

/// <param name="Field">The field's name; empty for the form as a whole.</param>
public sealed record FieldError(string Field, string Message);
