using Escalation.Core.Policies;

namespace Escalation.Web.Forms;

/// <summary>The fields of a procedure's own, asked in the same way at intake and with an outcome.</summary>
internal static class OwnField
{
    public static FormPart Part(IFormField field, bool optional)
    {
        var name = $"fields.{field.Id}";
        return field.Kind switch
        {
            FieldKinds.Text => new FormPart.Text(name, field.Name, 3) { Optional = optional },
            FieldKinds.Choice => new FormPart.FromList(
                name,
                field.Name,
                [.. field.Options.Select(o => new Choice(o.Id, o.Name))],
                optional ? "Not known" : "Choose one"
            )
            {
                Optional = optional,
            },
            FieldKinds.Date => new FormPart.Date(name, field.Name) { Optional = optional },
            FieldKinds.Yes => new FormPart.Tick(name, field.Name)
            {
                Legend = "To be confirmed",
                Missing = $"Confirm that {Sentence.LowerFirst(field.Name)}",
            },
            _ => throw new InvalidOperationException($"Nothing is known of a field of the kind {field.Kind}."),
        };
    }
}
