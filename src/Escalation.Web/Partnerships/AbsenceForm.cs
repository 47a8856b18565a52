using Escalation.Core.Directory;
using Escalation.Web.Forms;

namespace Escalation.Web.Partnerships;

/// <summary>The form of a contact's absences: those to remove, and one to add.</summary>
internal static class AbsenceForm
{
    public static IReadOnlyList<FormPart> Parts { get; } =
    [
        new FormPart.Date("from", "First day away") { What = "the first day away", Hint = "For example, 24 12 2026" },
        new FormPart.Date("to", "Last day away")
        {
            What = "the last day away",
            Hint = "The same day again, for one day",
        },
    ];

    public static FormErrors Errors(FormValues form)
    {
        if (form["from"].Length + form["to"].Length == 0)
            return form.All("remove").Count > 0
                ? FormErrors.None
                : new([new("from", "Enter the first day away, or select an absence to remove")]);
        var errors = new List<FieldError>();
        var (from, to) = (Date(form, Parts[0], errors), Date(form, Parts[1], errors));
        if (errors.Count == 0 && to < from)
            errors.Add(new("to", "The last day away must be the same as or after the first"));
        return new FormErrors(errors);
    }

    /// <summary>Those there, less what is to be removed, with the new one, by date. The same twice is one.</summary>
    public static IReadOnlyList<Absence> Read(FormValues form, IReadOnlyList<Absence> there)
    {
        var left = there.Where(a => !form.All("remove").Contains(AbsenceValues.Of(a)));
        if (TypedDate.Read(form["from"]) is { } from && TypedDate.Read(form["to"]) is { } to)
            left = left.Append(new Absence(from, to));
        return [.. left.Distinct().OrderBy(a => a.From).ThenBy(a => a.To)];
    }

    private static DateOnly Date(FormValues form, FormPart part, List<FieldError> errors)
    {
        var what = Sentence.UpperFirst(part.What);
        if (form.Typed(part.Name) is not { } text)
            errors.Add(new(part.Name, part.Missing));
        else if (TypedDate.Read(text) is not { } date)
            errors.Add(new(part.Name, TypedDate.Fault(what, text)!));
        else if (date.Year <= 2000)
            errors.Add(new(part.Name, $"{what} must have a year after 2000"));
        else
            return date;
        return default;
    }
}
