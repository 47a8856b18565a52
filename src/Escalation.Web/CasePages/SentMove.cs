using Escalation.Core.Cases;
using Escalation.Web.Forms;

namespace Escalation.Web.CasePages;

/// <summary>Reads what a move's form says; a date that is none is an error of its field.</summary>
public sealed class SentMove(FormValues values, string? of)
{
    private readonly List<FieldError> _errors = [];

    /// <summary>What the move is about: a duty, a contact, a late answer, a stage.</summary>
    public string? About => of;

    public FormErrors Errors => new(_errors);

    public string? Text(string name) => values.Typed(name);

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
        if (TypedDate.Read(text) is { } date)
            return date;
        _errors.Add(new(name, "Enter a real date, such as 29 12 2026"));
        return null;
    }

    public Speaker? Chair =>
        (values.Typed("chair.name") ?? values.Typed("chair.role") ?? values.Typed("chair.agency")) is null
            ? null
            : new Speaker(values["chair.agency"], values["chair.name"], values.Typed("chair.role"));

    public IReadOnlyDictionary<string, string> Fields =>
        values
            .Sent.Keys.Where(k => k.StartsWith("fields.", StringComparison.Ordinal) && values.Typed(k) is not null)
            .ToDictionary(k => k[7..], k => values[k]);

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

    /// <summary>Rows to show: three more than are filled when more were asked for.</summary>
    public static int Rows(FormValues values) =>
        SentActions.Shown(
            SentActions.Filled(values).LastOrDefault(-1) + 1,
            least: 2,
            more: values["step"] == "more" ? 3 : 0
        );
}
