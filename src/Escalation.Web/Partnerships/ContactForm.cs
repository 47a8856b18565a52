using Escalation.Core.Cases;
using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Partnerships;

/// <summary>A contact's fields as a form.</summary>
internal static class ContactForm
{
    public static IReadOnlyList<FormPart> Parts(ContactFormView view) =>
        [
            new FormPart.Text("name", "Name") { What = "the person's name" },
            new FormPart.Text("role", "Role")
            {
                What = "the role",
                Hint = "As shown to others, such as Designated safeguarding lead.",
                Optional = true,
            },
            new FormPart.Text("email", "Email address", Type: "email") { What = "the person's email address" },
            new FormPart.ManyOf("tiers", "Tiers this person stands for", view.Tiers)
            {
                Hint = "Leave all empty for somebody who only stands in for others.",
                Sentences = new Dictionary<FaultCode, string> { [FaultCode.NotOffered] = "Select tiers from the list" },
            },
            new FormPart.FromList("deputy", "Deputy", view.Deputies, "Nobody")
            {
                Hint = "Who is told instead while this person is away.",
                Optional = true,
                Sentences = new Dictionary<FaultCode, string>
                {
                    [FaultCode.NotOffered] = "Select a deputy from the list",
                },
            },
        ];

    public static FormValues Of(Contact contact) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = contact.Name,
                ["role"] = contact.Role ?? "",
                ["email"] = contact.Email,
                ["tiers"] = string.Join('\n', contact.Tiers),
                ["deputy"] = contact.Deputy ?? "",
            }
        );

    public static ContactBody ToBody(FormValues form, string id, IReadOnlyList<Absence> absences) =>
        new(id, form["name"], form.Typed("role"), form["email"], form.All("tiers"), form.Typed("deputy"), absences);

    /// <summary>The faults of an entry as a contact's form shows them.</summary>
    public static FormErrors ErrorsOf(Saving.Faulty faulty, string contact, ContactFormView view)
    {
        var place = $"contacts[{faulty.Body.Contacts!.TakeWhile(c => c!.Id != contact).Count()}].";
        return EntryFaults.At(
            Parts(view),
            view.Form,
            faulty.Refusal,
            at => at.StartsWith(place, StringComparison.Ordinal) ? at[place.Length..] : null
        );
    }
}
