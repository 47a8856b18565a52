using System.Globalization;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Forms;

/// <summary>Reads what a form says. What is missing or not allowed is for the case to say; only what cannot be read is said here.</summary>
/// <param name="of">What the form is about: a duty, a contact, a late answer, a stage.</param>
public sealed class FormReader(IReadOnlyList<FormPart> parts, FormValues values, string? of)
{
    private const string FieldsOfStage = "fields.";
    private readonly List<FieldError> _unread = [];

    public string? About => of;

    /// <summary>What could not be read of what was asked for so far.</summary>
    public IReadOnlyList<FieldError> Unread => _unread;

    public string? Text(string name) => values.Typed(name);

    /// <inheritdoc cref="FormValues.All"/>
    public IReadOnlyList<string> All(string name) => values.All(name);

    public bool? YesOrNo(string name) =>
        values[name] switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    public DateOnly? Date(string name)
    {
        if (values.Typed(name) is not { } text)
            return null;
        var what = parts.SelectMany(p => p.All).FirstOrDefault(p => p.Name == name)?.What ?? "the date";
        if (TypedDate.Fault(Sentence.UpperFirst(what), text) is { } fault)
            _unread.Add(new(name, fault));
        return TypedDate.Read(text);
    }

    /// <summary>
    /// Null where nothing is asked or said of a chair. An agency of the case that was typed by its name is that agency: a chair from a
    /// party is
    /// refused however it is written.
    /// </summary>
    public Speaker? Chair
    {
        get
        {
            var isAsked = parts.SelectMany(p => p.All).Any(p => p.Name == "chair.name");
            if (!isAsked || (Text("chair.name") ?? Text("chair.role") ?? Text("chair.agency")) is null)
                return null;
            var organisation = values["chair.agency"];
            var agencies = parts.OfType<FormPart.Actions>().SelectMany(a => a.Agencies);
            var known = agencies.FirstOrDefault(a =>
                string.Equals(a.Label, organisation, StringComparison.OrdinalIgnoreCase)
            );
            return new Speaker(known?.Id ?? organisation, values["chair.name"], Text("chair.role"));
        }
    }

    /// <summary>The stage's own fields, those that count.</summary>
    public IReadOnlyDictionary<string, string> Fields =>
        parts
            .SelectMany(p => p.All)
            .Where(p => p.Name.StartsWith(FieldsOfStage, StringComparison.Ordinal) && p.Words(values) is not null)
            .ToDictionary(p => p.Name[FieldsOfStage.Length..], Answer);

    public IReadOnlyList<AgreedAction> Actions =>
        [
            .. SentActions
                .Filled(values)
                .Select(i => new AgreedAction(
                    values[$"actions[{i}].what"],
                    values[$"actions[{i}].byWhom"],
                    values[$"actions[{i}].agency"],
                    Date($"actions[{i}].due") ?? default
                )),
        ];

    private string Answer(FormPart part) =>
        part is FormPart.Date && Date(part.Name) is { } date
            ? date.ToString(FieldKinds.DateFormat, CultureInfo.InvariantCulture)
            : values[part.Name];
}
