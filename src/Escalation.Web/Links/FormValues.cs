namespace Escalation.Web.Links;

/// <summary>A form as it was sent. What was not sent is the empty text; spaces around a value do not count.</summary>
public sealed record FormValues(IReadOnlyDictionary<string, string> Sent)
{
    public static FormValues Empty { get; } = new(new Dictionary<string, string>());

    public string this[string name] => Sent.TryGetValue(name, out var value) ? value.Trim() : "";

    /// <summary>Null where nothing was typed.</summary>
    public string? Typed(string name) => this[name] is { Length: > 0 } value ? value : null;

    public FormValues With(string name, string value) => new(new Dictionary<string, string>(Sent) { [name] = value });
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
